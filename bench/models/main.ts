import { CommanderError } from 'commander'
import { measurePlain } from './measure/measurePlain.ts'
import type { BackendOutcome } from './measure/Plan.ts'
import { runBackend } from './measure/runBackend.ts'
import { readOptions } from './readOptions.ts'
import type { Options } from './readOptions.ts'
import { toReport } from './report/toReport.ts'
import type { Report } from './report/toReport.ts'
import { toText } from './report/toText.ts'

const USAGE = 2

try {
  const options = readOptions(process.argv.slice(2))
  const report = await measure(options)
  print({ report, json: options.json })
  if (report.faults.length > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : USAGE
}

/** One after the other, so that nothing measured disturbs the next. */
async function measure({ backends, software = false, ...plan }: Options): Promise<Report> {
  tell('plain forecasters')
  const plain = await measurePlain(plan)
  const outcomes: BackendOutcome[] = []
  for (const backend of backends) {
    outcomes.push(await runBackend({ job: { backend, software, plan }, tell }))
  }

  return toReport({ plain, outcomes })
}

function print({ report, json = false }: { report: Report; json: boolean | undefined }): void {
  const text = `${toText(report)}\n`
  if (!json) return void process.stdout.write(text)

  process.stderr.write(text)
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

function tell(progress: string): void {
  process.stderr.write(`${progress}\n`)
}

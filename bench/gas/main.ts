import { writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { compile } from '../../devnet/compile.ts'
import { BadInput } from '../lib/checks.ts'
import { hardforks, NEWEST } from './chain.ts'
import { budgets } from './measure/budgets.ts'
import type { Budget } from './measure/budgets.ts'
import { FULL, measureAll, SMALL } from './measure/measureAll.ts'
import type { Figures } from './measure/measureAll.ts'
import { measureBytecode } from './measure/measureBytecode.ts'
import { goalOf } from './report/goalOf.ts'
import { readRecorded } from './report/Recorded.ts'
import { budgetTable } from './report/tables.ts'
import { toJson } from './report/toJson.ts'
import { toText } from './report/toText.ts'
import { describeDrift, findDrift } from './snapshot/findDrift.ts'
import { readSnapshot, toSnapshot } from './snapshot/Snapshot.ts'
import type { Snapshot } from './snapshot/Snapshot.ts'

type Options = {
  json?: boolean
  short?: boolean
  snapshot?: boolean
  check?: boolean
  file: string
}

const SNAPSHOT = fileURLToPath(new URL('snapshot.json', import.meta.url))
const RECORDED = new URL('recorded.json', import.meta.url)

const program = new Command('bench:gas')
  .description('Measures the gas of rounds, reads and all other verbs on an embedded chain.')
  .option('--json', 'print the figures as JSON')
  .option('--short', 'few workers, and the newest hardfork alone')
  .option('--snapshot', 'write the figures that are committed, rather than print all')
  .option('--check', 'with --snapshot: compare with what is committed, rather than write')
  .option('--file <path>', 'where the committed figures are', relative('.', SNAPSHOT))
  .parse()

const { json, short, snapshot, check, file } = program.opts<Options>()

try {
  if (check && !snapshot) throw new BadInput('--check goes with --snapshot: npm run gas -- --check')
  await compile()
  await (snapshot ? keepSnapshot() : printReport())
} catch (error) {
  if (!(error instanceof BadInput)) throw error
  tell(error.message)
  process.exitCode = 1
}

async function printReport(): Promise<void> {
  const plan = short ? SMALL : FULL
  const newest = await measureAll({ hardfork: NEWEST, plan, tell })
  const others = short ? [] : hardforks.filter((hardfork) => hardfork !== NEWEST)
  const older: Figures[] = []
  for (const hardfork of others) older.push(await measureAll({ hardfork, plan, tell }))
  const bytecode = await measureBytecode()
  const recorded = await readRecorded(RECORDED)
  const report = {
    figures: [newest, ...older] as const,
    bytecode,
    budgets: budgets({ figures: newest, bytecode }),
    goal: goalOf({ figures: newest, recorded }),
    recorded,
  }

  print(json ? JSON.stringify(toJson(report), null, 2) : toText(report))
}

async function keepSnapshot(): Promise<void> {
  const committed = check ? await readSnapshot(file) : undefined
  const figures = await measureAll({ hardfork: NEWEST, plan: SMALL, tell })
  const bytecode = await measureBytecode()
  const measured = toSnapshot({ figures, bytecode })
  const promises = budgets({ figures, bytecode })
  print(`${budgetTable(promises)}\n`)

  if (committed !== undefined) return compare({ committed, measured, promises })
  await writeFile(file, `${JSON.stringify(measured, null, 2)}\n`)
  print(`Wrote ${Object.keys(measured.gas).length} figures to ${relative('.', file)}`)
}

/** A missed gas budget is told above; what fails is a figure that moved unseen, or code too large to deploy. */
function compare({
  committed,
  measured,
  promises,
}: {
  committed: Snapshot
  measured: Snapshot
  promises: readonly Budget[]
}): void {
  const drift = findDrift({ committed, measured })
  const tooLarge = promises.filter(({ unit, holds }) => unit === 'bytes' && !holds)

  if (drift.length > 0) {
    tell(`These figures differ from ${relative('.', file)} by more than 0.2 %:`)
    for (const each of drift) tell(`  ${describeDrift(each)}`)
    tell('If that is meant, write the snapshot anew and commit it: npm run gas')
  }
  for (const { name, actual, limit } of tooLarge) {
    tell(`${name}: ${actual} bytes; it must be below ${limit}`)
  }
  if (drift.length > 0 || tooLarge.length > 0) {
    process.exitCode = 1
    return
  }
  print('All figures are as committed.')
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

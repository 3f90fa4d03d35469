import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import type { AccuracyReport } from '../../../bench/accuracy/report/toJson.ts'
import { ruleNames } from '../../../bench/accuracy/rules/peers.ts'
import { expectNear } from '../../helpers/expectNear.ts'
import { sharedFolder } from '../../helpers/shared.ts'
import { linesOf } from './linesOf.ts'
import { randomTopic } from './randomTopic.ts'
import { writeCsv } from './writeCsv.ts'

const MAIN = fileURLToPath(new URL('../../../bench/accuracy/main.ts', import.meta.url))

describe('bench:accuracy', function () {
  this.timeout(120_000)

  const lines = linesOf({
    topics: [1, 2].map((seed) => randomTopic({ seed, rounds: 30, lag: 1 })),
  })

  it('prints figures per family as JSON', async () => {
    const path = writeCsv({ name: 'made.csv.gz', lines })
    const { code, stdout } = await run(['--data', path, '--json'])
    const report = JSON.parse(stdout) as AccuracyReport
    expect(code).to.equal(0)
    expect(report.panels).to.have.length(1)
    const [panel] = report.panels
    expect(panel).to.include({
      file: 'made.csv.gz',
      family: 'made',
      topics: 2,
      rounds: 60,
      workers: 5,
    })
    expect(Object.keys(panel?.rules ?? {})).to.have.members([...ruleNames])
    expectNear(panel?.rules.mean.ratioToMean, 1, 1e-12)
    expect(panel?.coverage).to.be.within(0, 1)
  })

  it('prints tables and writes a page of charts', async () => {
    const data = writeCsv({ name: 'made.csv', lines })
    const page = join(data, '..', 'page.html')
    const { code, stdout } = await run(['--data', data, '--html', page])
    expect(code).to.equal(0)
    for (const rule of ruleNames) expect(stdout).to.match(new RegExp(`^${rule} +\\d`, 'm'))
    expect(stdout).to.include('made|up|1')
    const html = readFileSync(page, 'utf8')
    expect(html.match(/<svg/g)).to.have.length(1 + 2 * 2)
    expect(html).to.not.match(/<script|(src|href)="http/)
  })

  it('takes several files', async () => {
    const [one, two] = ['one.csv', 'two.csv'].map((name) => writeCsv({ name, lines }))
    const { stdout } = await run(['--data', one ?? '', '--data', two ?? '', '--json'])
    const { panels } = JSON.parse(stdout) as AccuracyReport
    expect(panels.map(({ file }) => file)).to.deep.equal(['one.csv', 'two.csv'])
  })

  it('refuses bad rows and missing files in words', async () => {
    const path = writeCsv({ name: 'bad.csv', lines: [...lines, 'made|up|1,3,x,much,1,0'] })
    const refused = await run(['--data', path, '--json'])
    expect(refused.code).to.equal(1)
    expect(refused.stdout).to.equal('')
    expect(refused.stderr).to.equal(`${path}:${lines.length + 1}: prediction is not usable: much\n`)

    const absent = await run(['--data', `${path}.absent`])
    expect(absent.code).to.equal(1)
    expect(absent.stderr).to.match(/^ENOENT/)
  })

  describe('on recorded panels', () => {
    const shared = sharedFolder()
    const folder = join(shared ?? '', 'data/panels/public')

    before(function () {
      if (shared !== undefined && existsSync(folder)) return

      console.log('      no panels: set AUSPEX_SHARED to the folder that holds data/panels')
      this.skip()
    })

    for (const family of ['flusight', 'respicast']) {
      it(`reproduces the known figures of ${family}`, async () => {
        const file = `${family}_2023-25.csv.gz`
        const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
        const known = expected[`${file}:${family}`]
        const args = ['--data', join(folder, file), '--transform', 'log1p', '--json']
        const { panels } = JSON.parse((await run(args)).stdout) as AccuracyReport
        const rules = panels[0]?.rules
        expect(panels[0]?.topics).to.equal(known.topics)
        const pairs = [
          ['ours', 'reference', 0.002],
          ['mean', 'mean', 0.0002],
          ['median', 'median', 0.0002],
          ['mlpoly', 'mlpoly', 0.0002],
          ['alloraClassic', 'allora', 0.01],
        ] as const
        for (const [rule, name, tolerance] of pairs) {
          const { ratioToMean, ratioToBest } = rules?.[rule] ?? {}
          expectNear(ratioToMean, known[name].vs_mean, tolerance)
          expectNear(ratioToBest, known[name].pooled_vs_best_worker, tolerance)
        }
      })
    }
  })
})

function run(args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

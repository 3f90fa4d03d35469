import { expect } from 'chai'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ScaleReport } from '../../../bench/scale/report/toJson.ts'

const MAIN = fileURLToPath(new URL('../../../bench/scale/main.ts', import.meta.url))

describe('bench:scale', function () {
  this.timeout(300_000)

  describe('given few topics and a narrow one', () => {
    let code: number
    let stderr: string
    let report: ScaleReport

    before(async () => {
      const args = ['--topics', '3', '--seats', '2', '--rounds', '2', '--widest', '16', '--json']
      const ran = await run(args)
      code = ran.code
      stderr = ran.stderr
      report = JSON.parse(ran.stdout.trimEnd().split('\n').at(-1)!) as ScaleReport
    })

    it('ends well, tables on stderr and what was run in both', () => {
      expect(code).to.equal(0)
      expect(report.holds).to.equal(true)
      expect(report.measured).to.include({ topics: 3, seats: 2, rounds: 2, widest: 16 })
      expect(stderr).to.include('3 topics at once with 2 workers each (6 seats), 2 rounds each')
      expect(stderr).to.match(/^workers \(gas\) +commit +publish +settle/m)
    })

    it('tells of every phase by the number of workers', () => {
      const { sizes, line, holds } = report.workers
      expect(sizes.map(({ seats }) => seats)).to.deep.equal([1, 4, 16])
      for (const { commit, publish, settle, reputer } of sizes) {
        const phases = [commit, publish, settle]
        for (const { gas, transactions } of phases) {
          expect(gas).to.be.greaterThan(21_000)
          expect(transactions).to.equal(1)
        }
        expect(reputer.gas).to.equal(phases.reduce((sum, { gas }) => sum + gas, 0))
      }
      expect(line.slope).to.be.within(5_000, 100_000)
      expect(holds).to.equal(true)
    })

    it('tells of rounds, memory and disk by the number of topics', () => {
      const [size] = report.topics.sizes
      expect(size).to.include({ topics: 3 })
      expect(size?.perTopicRound.transactions).to.equal(1)
      expect(size?.heap).to.be.greaterThan(1_000_000)
      const { whole, widest } = report
      expect(whole.roundsPerMinute).to.be.greaterThan(0)
      expect(whole.memory).to.have.length(3)
      expect(whole.desk.bytes).to.be.greaterThan(0)
      expect(whole.desk.perPrediction).to.equal(whole.desk.bytes / 12)
      expect(widest).to.include({ seats: 16 })
    })

    it('asks the chain as often for many topics as for one, while there is nothing to do', () => {
      for (const { idle } of report.topics.sizes) expect(idle.live.calls).to.be.at.most(3)
    })

    it('settles all that can be settled after an hour away', () => {
      const { catchUp } = report
      expect(catchUp).to.include({
        ...{ missedSeconds: 3600, seats: 2, overdue: 6, overdueAfter: 0 },
        ...{ settled: 3, published: 3, settledLater: 3, empty: 6 },
      })
      expect(catchUp.missedBlocks).to.be.at.least(300)
      expect(catchUp.work.transactions).to.equal(1)
    })
  })

  it('refuses options that make no sense, in words, before anything runs', async () => {
    const refused = await run(['--seats', '300'])
    expect(refused).to.deep.equal({
      code: 2,
      stdout: '',
      stderr: '--seats takes a whole number from 1 to 256, not 300\n',
    })
    const unknown = await run(['--fast'])
    expect(unknown).to.include({ code: 2, stdout: '' })
    expect(unknown.stderr).to.equal("error: unknown option '--fast'\n")
  })
})

function run(args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { playStretch } from '../../../bench/stretches/playStretch.ts'
import { toReport } from '../../../bench/stretches/toReport.ts'
import { bringUpTensors } from '../../../scripts/demo/members/learnPast.ts'
import { questions } from '../../../workers/src/sources/questions.ts'

const DEMO = fileURLToPath(new URL('../../../scripts/demo.ts', import.meta.url))
const stretch = { from: '2007-07-02', rounds: 12 }

type Result = {
  topics: {
    name: string
    loss: { aggregate: number; mean: number }
    workers: Record<'name' | 'stakeEnd' | 'pool' | 'peers', string>[]
  }[]
}

describe('a stretch of the market by the twins alone', function () {
  this.timeout(300_000)

  it('gives what the demo gives on its chain, to the last unit of every stake', async () => {
    const tensors = await bringUpTensors()
    const twin = await playStretch({ stretch, questions, tensors, seed: 1 })
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [DEMO, '--from', stretch.from, '--rounds', String(stretch.rounds), '--json'],
      { maxBuffer: 2 ** 24 },
    )
    const { topics } = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Result

    expect(topics).to.have.length(twin.length)
    for (const [i, { name, loss, workers }] of twin.entries()) {
      const chain = topics[i]!
      expect(chain.name).to.equal(name)
      expect(chain.loss.aggregate).to.equal(loss.aggregate)
      expect(Math.abs(chain.loss.mean - loss.mean)).to.be.lessThan(1e-9 * loss.mean)
      expect(
        chain.workers.map((each) => [each.name, each.stakeEnd, each.pool, each.peers]),
      ).to.deep.equal(
        workers.map((each) => [
          each.name,
          String(each.stakeEnd),
          String(each.pool + each.reward),
          String(each.peers),
        ]),
      )
    }

    const report = toReport({ seed: 1, played: [twin] })
    expect(report.topics.map(({ name }) => name)).to.deep.equal(questions.map(({ name }) => name))
    for (const { againstMean, stretches } of report.topics) {
      expect(stretches).to.have.length(1)
      expect(againstMean).to.equal(stretches[0]!.againstMean)
    }
  })
})

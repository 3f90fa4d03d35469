import { expect } from 'chai'
import { accountOf } from '../../sdk/src/client.ts'
import * as Schedule from '../../sdk/src/math/schedule.ts'
import { NEWEST } from '../../bench/gas/chain/hardforks.ts'
import { startChain } from '../../bench/gas/chain/startChain.ts'
import { measureJoined } from '../../bench/gas/measure/measureJoined.ts'
import { openTopic } from '../../bench/gas/measure/openTopic.ts'
import { predict } from '../../bench/gas/measure/predict.ts'
import type { Said } from '../../bench/gas/measure/predict.ts'
import type { Scene } from '../../bench/gas/measure/Scene.ts'
import { WINDOW } from '../../bench/gas/measure/termsOf.ts'
import { truthOf } from '../../bench/gas/measure/truthOf.ts'
import { at } from '../../bench/lib/at.ts'
import { openDesk } from '../../workers/src/http/openDesk.ts'
import { createReputer } from '../../workers/src/roles/createReputer.ts'
import { fromFeed } from '../../workers/src/roles/truths/fromFeed.ts'

const WORKERS = 5
/** As many as the bench plays before it measures. */
const ROUNDS = 11n

describe('a reputer that is told nothing else', function () {
  this.timeout(120_000)

  it('sends two transactions a round, and burns what the bench calls usual', async () => {
    const mode = 'batched' as const
    const chain = await startChain({ hardfork: NEWEST, workers: WORKERS })
    const scene = await openTopic({ chain, mode, rhythm: 'usual' })
    const desk = openDesk({ file: ':memory:', durable: false })
    const truth = fromFeed(chain.keeper, { address: chain.truth })
    const reputer = createReputer({ client: chain.keeper, topic: scene.topic, desk, truth })
    const look = async (time: bigint) => {
      await chain.goTo(time)
      const { result, cost } = await chain.measure(() => reputer.tick())
      return { steps: result.map(({ round, status }) => `${round} ${status}`), gas: cost.gas }
    }

    for (let round = 0n; round < ROUNDS; round += 1n) await playRound({ scene, round, desk, look })
    const [early, first, second, late] = await playRound({ scene, round: ROUNDS, desk, look })
    desk.close()
    await chain.stop()

    const measured = await measureJoined({
      ...{ hardfork: NEWEST, mode, rhythm: 'usual', workers: WORKERS },
    })
    const { commit, reveal, publish, settle } = measured
    expect(early).to.deep.equal({ steps: ['10 waiting', '11 idle'], gas: 0 })
    expect(first!.steps).to.deep.equal(['10 settled', '11 committed'])
    expect(first!.gas / (settle.gas + commit.gas)).to.be.within(0.995, 1.005)
    expect(second!.steps).to.deep.equal(['11 revealed', '11 published'])
    expect(second!.gas / (reveal.gas + publish.gas)).to.be.within(0.995, 1.005)
    expect(late!.gas).to.equal(0)
  })
})

/** The reputer looks as soon as the round opens and as soon as its windows do, and when its batches are due. */
async function playRound({
  scene,
  round,
  desk,
  look,
}: {
  scene: Scene
  round: bigint
  desk: ReturnType<typeof openDesk>
  look: (time: bigint) => Promise<{ steps: string[]; gas: number }>
}) {
  const { chain, topic, params } = scene
  const open = Schedule.openTime(params, round)
  const said = await Promise.all(
    chain.workers.map((client, i) => predict({ scene, client, round, i })),
  )
  const handIn = (take: (said: Said, worker: ReturnType<typeof accountOf>) => void) =>
    said.forEach((each, i) => take(each, accountOf(at(chain.workers, i))))

  await chain.goTo(open + 1n)
  if (round > 0n) await chain.tell({ value: truthOf(round - 1n), at: open })
  handIn(({ signed }, worker) => {
    desk.takeCommitment({ topic, round, worker, ...(signed as Required<typeof signed>) })
  })
  const early = await look(open + 10n)
  const first = await look(open + WINDOW / 2n)
  handIn(({ opening }) => desk.takeOpening({ topic, round, ...opening }))
  const second = await look(Schedule.revealTime(params, round) + 10n)
  const late = await look(Schedule.publishTime(params, round) + 10n)
  return [early, first, second, late]
}

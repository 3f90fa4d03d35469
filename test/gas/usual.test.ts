import { expect } from 'chai'
import { NEWEST, startChain } from '../../bench/gas/chain.ts'
import { measureJoined } from '../../bench/gas/measure/measureJoined.ts'
import { openTopic, WINDOW } from '../../bench/gas/measure/openTopic.ts'
import type { BatchedMode, Scene } from '../../bench/gas/measure/openTopic.ts'
import { predict } from '../../bench/gas/measure/predict.ts'
import { truthOf } from '../../bench/gas/measure/settleRound.ts'
import { at } from '../../bench/lib/checks.ts'
import { accountOf } from '../../sdk/src/client/createAuspex.ts'
import * as Schedule from '../../sdk/src/maths/schedule.ts'
import { openDesk } from '../../workers/src/http/openDesk.ts'
import { createReputer } from '../../workers/src/reputer/reputer.ts'
import { fromFeed } from '../../workers/src/reputer/truths/fromFeed.ts'

const WORKERS = 5
/** As many as the bench plays before it measures. */
const ROUNDS = 11n

describe('a reputer that is told nothing else', function () {
  this.timeout(300_000)

  it('sends two transactions a round, and burns what the bench calls usual', async () => {
    const { early, first, second, late, measured } = await play('batched')
    const { commit, publish, settle } = measured
    expect(early).to.deep.equal({ steps: ['10 waiting', '11 idle'], gas: 0 })
    expect(first.steps).to.deep.equal(['10 settled', '11 committed'])
    expect(first.gas / (settle.gas + commit.gas)).to.be.within(0.995, 1.005)
    expect(second.steps).to.deep.equal(['11 published'])
    expect(second.gas / publish.gas).to.be.within(0.995, 1.005)
    expect(late.gas).to.equal(0)
  })

  it('does so as well where nothing is sealed', async () => {
    const { early, first, second, late, measured } = await play('signedOnly')
    const { reveal, publish, settle } = measured
    expect(early).to.deep.equal({ steps: ['10 waiting', '11 idle'], gas: 0 })
    expect(first.steps).to.deep.equal(['10 settled', '11 revealed'])
    expect(first.gas / (settle.gas + reveal.gas)).to.be.within(0.995, 1.005)
    expect(second.steps).to.deep.equal(['11 published'])
    expect(second.gas / publish.gas).to.be.within(0.995, 1.005)
    expect(late.gas).to.equal(0)
  })
})

/** Plays as many rounds as the bench does, and gives the looks at the last, beside what the bench measures. */
async function play(mode: BatchedMode) {
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
  const looks = await playRound({ scene, round: ROUNDS, desk, look })
  desk.close()
  await chain.stop()

  const round = { hardfork: NEWEST, mode, rhythm: 'usual', workers: WORKERS } as const
  return { ...looks, measured: await measureJoined(round) }
}

/** The reputer looks when the round opens, when its batch is due, and when each further window opens. */
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
  const openAll = () =>
    Promise.all(said.map(({ opening }) => desk.takeOpening({ topic, round, ...opening })))

  await chain.goTo(open + 1n)
  if (round > 0n) await chain.tell({ value: truthOf(round - 1n), at: open })
  for (const [i, { signed }] of said.entries()) {
    const worker = accountOf(at(chain.workers, i))
    await desk.takeCommitment({ topic, round, worker, ...(signed as Required<typeof signed>) })
  }
  if (scene.mode === 'signedOnly') await openAll()
  const early = await look(open + 10n)
  const first = await look(open + WINDOW / 2n)
  if (scene.mode !== 'signedOnly') await openAll()
  const second = await look(open + WINDOW + 10n)
  const late = await look(open + 2n * WINDOW + 10n)
  return { early, first, second, late }
}

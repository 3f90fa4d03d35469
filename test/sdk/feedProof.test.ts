import { expect } from 'chai'
import { zeroHash } from 'viem'
import type { Address } from 'viem'
import { AuspexError, createAuspex, getFeedProof, getTruth } from '../../sdk/src/index.ts'
import type { Topic } from '../../sdk/src/index.ts'
import { connection, time } from '../helpers/network.ts'

const HEARTBEAT = 3600n
const snapshot = await connection.networkHelpers.takeSnapshot()

/** Times of each phase's answers, seconds from the target time; answers count up from the phase's number times 100. */
type Case = { name: string; phases: bigint[][]; status: string; value?: bigint }

const cases: Case[] = [
  {
    name: 'a new phase with a history from before the upgrade',
    phases: [
      [-20_000n, -10n],
      [-20_000n, -100n, 5n],
    ],
    status: 'known',
    value: 101n,
  },
  {
    name: 'a new phase that begins after the target',
    phases: [
      [-20_000n, -10n],
      [5n, 6n],
    ],
    status: 'known',
    value: 101n,
  },
  {
    name: 'several new phases, an empty one among them',
    phases: [[-20_000n, -10n], [-50n, -5n], [], [-9_000n, 7n]],
    status: 'known',
    value: 101n,
  },
  {
    name: 'an old phase that had ended hours before',
    phases: [[-20_000n, -10_000n], [], [-8_000n, -60n, 5n]],
    status: 'known',
    value: 301n,
  },
  { name: 'no upgrade', phases: [[-20_000n, -30n, 40n]], status: 'known', value: 101n },
  { name: 'no answer since', phases: [[-20_000n, -30n]], status: 'unknown' },
  { name: 'an outage', phases: [[-20_000n, -10_000n, 40n]], status: 'void' },
  {
    name: 'an outage and the upgrade that it led to',
    phases: [
      [-20_000n, -10_000n, 40n],
      [-20_000n, -100n, 5n],
    ],
    status: 'void',
  },
]

describe('the proof of a feed’s truth', () => {
  beforeEach(() => snapshot.restore())

  for (const { name, phases, status, value = 0n } of cases)
    it(`is found across ${name}`, async () => {
      const { client, source, targetTime, state } = await fed(phases)
      const proof = await getFeedProof(client, { source, targetTime })
      expect(await getTruth(client, { topic: zeroHash, round: 0n, proof, state })).to.deep.equal({
        status,
        value,
      })
    })

  it('says in words that a source has no such search', async () => {
    const { client, targetTime } = await fed([[-20n, -10n]])
    const source = client.network
    const refused = await getFeedProof(client, { source, targetTime }).catch((error) => error)
    expect(refused).to.be.instanceOf(Error).and.not.instanceOf(AuspexError)
  })
})

async function fed(phases: bigint[][]) {
  const { viem } = connection
  const feed = await viem.deployContract('MockAggregator', [18, 'upgraded'])
  const targetTime = BigInt(await time.latest()) + 100_000n
  const push = async (number: number) => {
    for (const [i, at] of phases[number]!.entries())
      await feed.write.push!([BigInt((number + 1) * 100 + i), targetTime + at])
  }
  await push(0)
  const { address } = await viem.deployContract('FeedTruth', [feed.address, HEARTBEAT])
  for (let number = 1; number < phases.length; number++) {
    await feed.write.startPhase!()
    await push(number)
  }
  await time.increaseTo(targetTime + 60n)

  const source = address as Address
  const publicClient = await viem.getPublicClient()
  const client = await createAuspex({ network: feed.address, publicClient })
  const state = { truth: source, start: targetTime, cadence: 1n, horizon: 0n } as unknown as Topic
  return { client, source, targetTime, state }
}

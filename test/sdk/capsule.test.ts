/* What a worker needs to find its prediction again: the chain and its key. */
import { expect } from 'chai'
import fc from 'fast-check'
import { concat, encodeAbiParameters, parseAbiParameters, size, slice } from 'viem'
import type { Hex } from 'viem'
import {
  capsulesIn,
  commit,
  encapsulate,
  encodeCommit,
  encodeMulticall,
  logsFromReceipts,
  multicall,
  openCapsule,
  recoverOpening,
  seal,
  signCommitment,
} from '../../sdk/src/index.ts'
import type { AuspexClient } from '../../sdk/src/index.ts'
import { loadFixture, ONE, staked } from '../helpers/network.ts'

const key = {
  chainId: 31337,
  network: `0x${'5f'.repeat(20)}` as Hex,
  topic: `0x${'07'.repeat(32)}` as Hex,
  round: 5n,
  worker: `0x${'70'.repeat(20)}` as Hex,
  saltKey: `0x${'5e'.repeat(32)}` as Hex,
}
const EDGE = 2n ** 103n

describe('a capsule', () => {
  it('opens to what was sealed, whatever it was', async () => {
    const anything = fc.record({
      value: fc.bigInt({ min: -EDGE, max: EDGE - 1n }),
      confidence: fc.bigInt({ min: 1n, max: 10_000n }),
    })
    await fc.assert(
      fc.asyncProperty(anything, async (prediction) => {
        const { commitment, opening, capsule } = await seal({ ...key, ...prediction })
        expect(size(capsule)).to.equal(15)
        expect(await openCapsule({ ...key, commitment, capsule })).to.deep.equal(opening)
      }),
      { numRuns: 200 },
    )
  })

  it('opens for no other key, round, worker or commitment, and not when a bit of it is changed', async () => {
    const prediction = { value: 101n * ONE, confidence: 5000n }
    const { commitment, capsule } = await seal({ ...key, ...prediction })
    const others = [
      { saltKey: `0x${'5f'.repeat(32)}` as Hex },
      { round: 6n },
      { worker: key.network },
      { commitment: `0x${'11'.repeat(20)}` as Hex },
      { capsule: concat([slice(capsule, 0, 14), '0x00']) },
    ]
    for (const other of others) {
      const opened = await openCapsule({ ...key, commitment, capsule, ...other })
      if (opened && 'capsule' in other && other.capsule === capsule) continue
      expect(opened).to.equal(undefined)
    }
  })

  it('never uses a key stream for two predictions of a round', async () => {
    const [first, second] = [1n, 2n].map((value) => ({ value, confidence: 1n }))
    const [a, b] = await Promise.all([seal({ ...key, ...first! }), seal({ ...key, ...second! })])
    // Under one stream the sum of both would be that of the plain texts, 0x03 in the value's last byte.
    const sum = BigInt(a.capsule) ^ BigInt(b.capsule)
    expect(sum).to.not.equal(3n << 16n)
    const again = await encapsulate({ ...key, ...first!, commitment: a.commitment })
    expect(again).to.equal(a.capsule)
  })

  it('is made of nothing that could not be opened', async () => {
    const wrong = [
      { value: 1n, confidence: 0n },
      { value: 1n, confidence: 10_001n },
      { value: EDGE, confidence: 1n },
      { value: -EDGE - 1n, confidence: 1n },
    ]
    for (const prediction of wrong) {
      const error = await seal({ ...key, ...prediction }).catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(RangeError)
    }
  })
})

describe('capsules in calldata', () => {
  const { topic, round } = key
  const sealedAt = (value: bigint) => seal({ ...key, value, confidence: 1n })

  it('are found in a commit, in a multicall, and in a contract that passes it on', async () => {
    const some = await Promise.all([1n, 2n, 3n].map(sealedAt))
    const commitments = some.map(({ commitment, capsule }) => ({ commitment, capsule }))
    const call = encodeCommit({ topic, round, commitments })
    const batch = encodeMulticall({ calls: ['0x12345678', call, '0x00'] })
    const passedOn = encodeAbiParameters(parseAbiParameters('address, bytes'), [key.network, batch])
    for (const input of [call, batch, concat(['0xdeadbeef', passedOn])]) {
      expect(capsulesIn({ input, topic, round })).to.deep.equal(commitments)
    }
    expect(capsulesIn({ input: call, topic, round: 6n })).to.deep.equal([])
  })

  it('are zeros where a worker gave none, and absent where none did', async () => {
    const { commitment, capsule } = await sealedAt(1n)
    const mixed = encodeCommit({
      topic,
      round,
      commitments: [{ commitment }, { commitment, capsule }],
    })
    expect(capsulesIn({ input: mixed, topic, round }).map((each) => each.capsule)).to.deep.equal([
      `0x${'00'.repeat(15)}`,
      capsule,
    ])
    const plain = encodeCommit({ topic, round, commitments: [{ commitment }] })
    expect(capsulesIn({ input: plain, topic, round })).to.deep.equal([])
  })
})

describe('a prediction whose worker has lost everything but its key', () => {
  const saltKey = key.saltKey
  const prediction = (i: number) => ({ value: (100n + BigInt(i)) * ONE, confidence: 5000n })

  async function offersOf(workers: readonly AuspexClient[], topic: Hex) {
    return Promise.all(
      workers.map(async (client, i) => {
        const { chainId, network } = client
        const place = { chainId, network, topic, round: 0n, worker: client.account!, saltKey }
        const { commitment, capsule, opening } = await seal({ ...place, ...prediction(i) })
        const signature = await signCommitment(client, { topic, round: 0n, commitment })
        return { offer: { commitment, capsule, ...signature }, opening }
      }),
    )
  }

  it('is recovered out of a reputer’s batch, sent alone or with other calls', async () => {
    const { topic, keeper, workers, goTo } = await loadFixture(staked)
    await goTo('openTime', 0n)
    const made = await offersOf(workers, topic)
    const offers = made.map(({ offer }) => offer)
    await commit(keeper, { topic, round: 0n, commitments: offers.slice(0, 2) })
    const rest = encodeCommit({ topic, round: 0n, commitments: offers.slice(2) })
    await multicall(keeper, { calls: [rest] })

    for (const [i, { opening }] of made.entries()) {
      const worker = workers[i]!.account!
      const found = await recoverOpening(keeper, { topic, round: 0n, worker, saltKey })
      expect(found).to.deep.equal(opening)
    }
    const stranger = { topic, round: 0n, worker: keeper.account!, saltKey }
    expect(await recoverOpening(keeper, stranger)).to.equal(undefined)
  })

  it('is recovered where no log can be asked for', async () => {
    const { topic, keeper, workers, goTo, params } = await loadFixture(staked)
    await goTo('openTime', 0n)
    const [{ offer, opening }] = (await offersOf(workers.slice(0, 1), topic)) as [
      Awaited<ReturnType<typeof offersOf>>[number],
    ]
    await commit(keeper, { topic, round: 0n, commitments: [offer] })
    await goTo('revealTime', 0n)

    const getLogs = () => Promise.reject(new Error('query returned more than 10000 results'))
    const deaf = { ...keeper, public: { ...keeper.public, getLogs } } as AuspexClient
    const range = { from: params.start, to: params.start + params.commitWindow }
    const careful = logsFromReceipts(deaf, range)
    const worker = workers[0]!.account!
    expect(await recoverOpening(careful, { topic, round: 0n, worker, saltKey })).to.deep.equal(
      opening,
    )
  })

  it('costs its worker less than 700 gas', async () => {
    const { topic, keeper, workers, goTo, contract } = await loadFixture(staked)
    await goTo('openTime', 0n)
    const offers = (await offersOf(workers, topic)).map(({ offer }) => offer)
    const bare = offers.map(({ capsule: _, ...offer }) => offer)
    const gasOf = (commitments: typeof bare) => {
      const call = encodeCommit({ topic, round: 0n, commitments })
      const data = encodeMulticall({ calls: [call] })
      return keeper.public.estimateGas({ account: keeper.account!, to: contract.address, data })
    }
    const more = (await gasOf(offers)) - (await gasOf(bare))
    expect(Number(more) / offers.length).to.be.within(1, 700)
  })
})

import { expect } from 'chai'
import { encodeFunctionData, hexToBytes } from 'viem'
import type { Hex } from 'viem'
import { NEWEST, startChain } from '../../bench/gas/chain.ts'
import { measureJoined } from '../../bench/gas/measure/measureJoined.ts'
import { measureRound } from '../../bench/gas/measure/measureRound.ts'
import { openTopic } from '../../bench/gas/measure/openTopic.ts'
import { probeRead } from '../../bench/gas/measure/probeRead.ts'
import { publishRound } from '../../bench/gas/measure/publishRound.ts'
import { splitCost } from '../../bench/gas/measure/RoundCost.ts'
import type { RoundCost } from '../../bench/gas/measure/RoundCost.ts'
import { settleRound, warmUp } from '../../bench/gas/measure/settleRound.ts'
import { at } from '../../bench/lib/checks.ts'
import { topicNetworkAbi } from '../../sdk/src/abis/index.ts'

const ACCOUNT = 2_600
const TRANSACTION = 21_000

describe('gas of a round', function () {
  this.timeout(300_000)

  it('is the same in every run, in every mode', async () => {
    for (const mode of ['batched', 'direct', 'signedOnly'] as const) {
      const measure = () => measureRound({ hardfork: NEWEST, mode, workers: 3 })
      expect(await measure(), mode).to.deep.equal(await measure())
    }
    for (const mode of ['batched', 'signedOnly'] as const) {
      for (const rhythm of ['usual', 'row'] as const) {
        const measure = () => measureJoined({ hardfork: NEWEST, mode, rhythm, workers: 3 })
        expect(await measure(), `${mode}, ${rhythm}`).to.deep.equal(await measure())
      }
    }
  })

  it('is less where phases share transactions', async () => {
    const round = { hardfork: NEWEST, mode: 'batched', workers: 3 } as const
    const apart = await measureRound(round)
    const usual = await measureJoined({ ...round, rhythm: 'usual' })
    const row = await measureJoined({ ...round, rhythm: 'row' })
    const heard = (cost: RoundCost) => cost.reveal.gas + cost.publish.gas

    for (const [rhythm, rounds] of Object.entries({ usual, row })) {
      expect(rounds.commit.gas, rhythm).to.be.lessThan(apart.commit.gas - 20_000)
      expect(heard(rounds), rhythm).to.be.lessThan(heard(apart) - 40_000)
      // The first of the transaction bears its base, and pays for what it touches first.
      expect(rounds.settle.gas / apart.settle.gas, rhythm).to.be.within(0.95, 1.1)
    }
    expect(heard(row)).to.be.lessThan(heard(usual) - 20_000)
  })

  it('hardly changes from round to round any more', async () => {
    const chain = await startChain({ hardfork: NEWEST, workers: 4 })
    const scene = await openTopic({ chain, mode: 'batched' })
    const costOf = async (round: bigint): Promise<RoundCost> => {
      const published = await publishRound({ scene, round })
      return { ...published.cost, settle: await settleRound({ scene, published }) }
    }
    const first = await warmUp(scene)
    const [one, other] = [await costOf(first), await costOf(first + 1n)]
    await chain.stop()

    for (const phase of ['commit', 'reveal', 'publish', 'settle'] as const) {
      // What is left are branches of the arithmetic and zero bytes of signatures.
      expect(other[phase].gas / one[phase].gas, phase).to.be.within(0.98, 1.02)
      expect(other[phase].calldata, phase).to.equal(one[phase].calldata)
    }
  })

  it('is split into a part for each worker and a fixed rest', () => {
    const cost = (gas: number): RoundCost => ({
      commit: { gas, calldata: 0 },
      reveal: { gas, calldata: 0 },
      publish: { gas: 1_000, calldata: 0 },
      settle: { gas: 0, calldata: 0 },
    })
    const rounds = new Map([
      [40, cost(500 + 40 * 7)],
      [100, cost(500 + 100 * 7)],
    ])
    expect(splitCost(rounds)).to.deep.equal({ perWorker: 14, fixed: 2_000 })
  })
})

describe('gas of a read', function () {
  this.timeout(300_000)

  it('is what a transaction to the same contract burns, and the price of the account', async () => {
    const chain = await startChain({ hardfork: NEWEST, workers: 1 })
    const scene = await openTopic({ chain, mode: 'batched' })
    await publishRound({ scene, round: 0n })
    const { keeper, measure } = chain
    const read = { abi: topicNetworkAbi, functionName: 'read', args: [scene.topic] } as const
    const call = { to: keeper.network, data: encodeFunctionData(read) }

    const probed = await probeRead({ reader: keeper.public, ...call })
    const { cost } = await measure(() => keeper.send(call))
    await chain.stop()

    expect(probed.cold).to.equal(cost.gas - TRANSACTION - priceOf(call.data) + ACCOUNT)
    expect(probed.warm).to.be.lessThan(probed.cold)
  })

  it('is not measured where the read reverts', async () => {
    const chain = await startChain({ hardfork: NEWEST, workers: 1 })
    const { public: reader, network } = chain.keeper
    const refusal = await probeRead({ reader, to: network, data: '0xdeadbeef' }).then(
      () => '',
      (error: Error) => error.message,
    )
    await chain.stop()

    expect(refusal).to.equal('The read reverted')
  })
})

describe('the chain of the bench', () => {
  it('counts the gas and the calldata of what clients send, and nothing else', async () => {
    const chain = await startChain({ hardfork: NEWEST, workers: 1 })
    const to = at(chain.workers, 0).account!
    const { cost } = await chain.measure(async () => {
      await chain.keeper.send({ to, data: '0x' })
      await chain.keeper.send({ to, data: '0x00' })
    })
    await chain.stop()

    // Pure data is billed at ten gas a zero byte (EIP-7623).
    expect(cost).to.deep.equal({ gas: 2 * TRANSACTION + 10, calldata: 1 })
  })
})

function priceOf(data: Hex): number {
  return hexToBytes(data).reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0)
}

import { expect } from 'chai'
import { zeroAddress, zeroHash } from 'viem'
import { AuspexError, decodeError, getTruth, prepareUpdate } from '../../../sdk/src/index.ts'
import { pythTruthAbi } from '../../../sdk/src/abis/pythTruthAbi.ts'
import { connection, ONE, time } from '../../helpers/network.ts'
import { pythScene } from './subjects.ts'
import type { Update } from './subjects.ts'

const { viem } = connection

describe('PythTruth', () => {
  describe('deployed', () => {
    it('refuses addresses without code, and terms out of bounds', async () => {
      const { terms } = await pythScene()
      const [pyth, network, id, delay] = terms
      const deploy = (...args: unknown[]) => viem.deployContract('PythTruth', args as never)

      expect(await refusal(deploy(zeroAddress, network, id, delay, 50n))).to.equal('NoContract')
      expect(await refusal(deploy(pyth, zeroAddress, id, delay, 50n))).to.equal('NoContract')
      expect(await refusal(deploy(pyth, network, id, 0n, 50n))).to.equal('OutOfBounds')
      expect(await refusal(deploy(pyth, network, id, 86_401n, 50n))).to.equal('OutOfBounds')
      expect(await refusal(deploy(pyth, network, id, delay, 0n))).to.equal('OutOfBounds')
      expect(await refusal(deploy(pyth, network, id, delay, 10_001n))).to.equal('OutOfBounds')
    })
  })

  describe('record', () => {
    it('refuses, in this order: another topic, another time, a second update, too little', async () => {
      const { truth, topic, targetOf, record, dataOf, params } = await pythScene()
      const target = targetOf(0n)
      const update: Update = { at: target, before: target - 1n }

      const data = [await dataOf(update)]
      expect(await refusal(truth.write.record!([zeroHash, 0n, data], { value: 7n }))).to.equal(
        'UnknownTopic',
      )
      expect(await refusal(record(0n, [update]))).to.equal('OutsideWindow')
      expect(await refusal(record(2n ** 255n, [update]))).to.equal('OutsideWindow')
      await time.increaseTo(target)
      expect(await refusal(record(0n, [update], 6n))).to.equal('FeeTooLow')
      await record(0n, [update])
      expect(await refusal(record(0n, [update]))).to.equal('AlreadyRecorded')
      await time.increaseTo(targetOf(1n) + params.truthWindow)
      const late: Update = { at: targetOf(1n), before: target }
      expect(
        await refusal(truth.write.record!([topic, 1n, [await dataOf(late)]], { value: 7n })),
      ).to.equal('OutsideWindow')
    })

    it('takes the first update at or after the target time, and no other', async () => {
      const { record, targetOf, creator, topic } = await pythScene()
      const target = targetOf(0n)
      await time.increaseTo(target + 30n)
      const first: Update = { at: target, before: target - 1n, price: 7_00000000n }
      const wrong: Update[] = [
        { at: target - 1n, before: target - 2n }, // before the target time
        { at: target + 2n, before: target }, // not the first: its predecessor counts
        { at: target + 61n, before: target - 1n }, // later than agreed
        { ...first, id: `0x${'cd'.repeat(32)}` }, // of another price
      ]
      for (const update of wrong) {
        expect(await refusal(record(0n, [update])), String(update.at - target)).to.equal(
          'PriceFeedNotFoundWithinRange',
        )
      }
      expect((await getTruth(creator, { topic, round: 0n })).status).to.equal('unknown')
      await record(0n, [wrong[3]!, first])
      expect(await getTruth(creator, { topic, round: 0n })).to.deep.equal({
        status: 'known',
        value: 7n * ONE,
      })
      expect((await getTruth(creator, { topic, round: 1n })).status).to.equal('unknown')
    })

    it('is void where the confidence is too wide, or the exponent no price’s', async () => {
      const unsure: Partial<Update>[] = [
        { price: 10_000n, conf: 51n },
        { price: -10_000n, conf: 51n },
        { price: 0n, conf: 1n },
        { expo: -19 },
        { expo: 19 },
      ]
      for (const each of unsure) expect((await recorded(each)).status).to.equal('void')
      const value = 10_000n * ONE
      expect(await recorded({ price: 10_000n, conf: 50n, expo: 0 })).to.deep.equal(known(value))
      expect(await recorded({ price: -10_000n, conf: 50n, expo: 0 })).to.deep.equal(known(-value))
      expect(await recorded({ price: 3n, expo: -18 })).to.deep.equal(known(3n))
      expect(await recorded({ price: 2n ** 63n - 1n, expo: 18 })).to.deep.equal(
        known((2n ** 63n - 1n) * 10n ** 36n),
      )
    })

    it('gives back what is more than the fee, keeps nothing, and says what it recorded', async () => {
      const { truth, record, targetOf, wallet, topic } = await pythScene()
      const publicClient = await viem.getPublicClient()
      const target = targetOf(0n)
      await time.increaseTo(target + 5n)
      const before = await publicClient.getBalance({ address: wallet.account.address })
      const hash = await record(0n, [{ at: target + 3n, before: target - 9n }], 1000n)
      const receipt = await publicClient.waitForTransactionReceipt({ hash: hash as never })
      const spent = before - (await publicClient.getBalance({ address: wallet.account.address }))
      expect(spent - receipt.gasUsed * receipt.effectiveGasPrice).to.equal(7n)
      expect(await publicClient.getBalance({ address: truth.address })).to.equal(0n)
      const [event] = await publicClient.getContractEvents({
        address: truth.address,
        abi: pythTruthAbi,
        eventName: 'UpdateRecorded',
        fromBlock: receipt.blockNumber,
      })
      expect(event!.args).to.deep.equal({
        topic,
        round: 0n,
        targetTime: target,
        publishTime: target + 3n,
        status: 1,
        value: 100n * ONE,
      })
    })
  })

  it('is recorded by the transaction that the SDK prepares', async () => {
    const { truth, dataOf, targetOf, creator, topic, wallet } = await pythScene()
    const target = targetOf(0n)
    await time.increaseTo(target + 5n)
    const updates = [await dataOf({ at: target, before: target - 1n })]
    const call = await prepareUpdate(creator, { source: truth.address, topic, round: 0n, updates })
    expect(call.value).to.equal(7n)
    await wallet.sendTransaction({ ...call, chain: null } as never)
    expect((await getTruth(creator, { topic, round: 0n })).status).to.equal('known')
  })
})

const known = (value: bigint) => ({ status: 'known', value })

async function recorded(update: Partial<Update>) {
  const { record, targetOf, creator, topic } = await pythScene()
  const target = targetOf(0n)
  await time.increaseTo(target + 5n)
  await record(0n, [{ at: target, before: target - 1n, ...update }])
  return getTruth(creator, { topic, round: 0n })
}

/** The name of the error that something is refused with, ours or Pyth's. */
async function refusal(sent: Promise<unknown>): Promise<string> {
  const error = await sent.then(
    () => undefined,
    (failure: Error) => failure,
  )
  if (error === undefined) return 'nothing'
  if (error instanceof AuspexError) return error.name
  const text = `${error.message} ${String((error as { details?: string }).details)}`
  const data = /0x[0-9a-f]{8,}/.exec(text.replace(/0x[0-9a-fA-F]{40}\b/g, ''))
  return (
    /\b(NoContract|OutOfBounds|UnknownTopic|OutsideWindow|AlreadyRecorded|FeeTooLow)\b/.exec(
      text,
    )?.[1] ??
    (text.includes('0x45805f5d') ? 'PriceFeedNotFoundWithinRange' : undefined) ??
    decodeError((data?.[0] ?? '0x') as never)?.name ??
    text
  )
}

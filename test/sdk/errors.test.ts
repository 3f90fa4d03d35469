import { expect } from 'chai'
import { encodeErrorResult, toFunctionSelector, zeroAddress } from 'viem'
import type { AbiParameter, Hex } from 'viem'
import { AuspexError, commit, decodeError, explain } from '../../sdk/src/index.ts'
import { errorsAbi } from '../../sdk/src/abis/index.ts'
import { sentences } from '../../sdk/src/contract/sentences.ts'
import { created, loadFixture } from '../helpers/network.ts'

/** Some value of a type, within the enums that errors carry. */
function sampleOf({ type }: AbiParameter): unknown {
  if (type === 'string') return 'horizon'
  if (type === 'address') return zeroAddress
  if (type.startsWith('bytes')) return `0x${'ab'.repeat(Number(type.slice('bytes'.length)))}`
  return /^u?int(8|16|24|32|40|48)$/.test(type) ? 1 : 1_700_000_000n
}

const revert = (errorName: string, args: unknown[]): Hex =>
  encodeErrorResult({ abi: errorsAbi, errorName, args } as never)

describe('errors', () => {
  for (const error of errorsAbi) {
    it(`${error.name} of the contracts decodes to what, why and what to do`, () => {
      const args = error.inputs.map(sampleOf)
      const data = encodeErrorResult({ abi: [error], errorName: error.name, args } as never)
      const decoded = decodeError(data)!
      expect(decoded).to.be.instanceOf(AuspexError)
      expect(decoded.name).to.equal(error.name)
      expect(Object.values(decoded.args)).to.deep.equal(args)
      expect(decoded.message).to.match(/^[^]{40,}\.$/)
      expect(decoded.message).not.to.match(/undefined|null|NaN|\[object/)
      // Two sentences at least: what is wrong, and what to do.
      expect(decoded.message.split(/[.:] /).length).to.be.at.least(2)
    })
  }

  it('have a selector each, and no sentence is left over', () => {
    const selectors = errorsAbi.map((error) => toFunctionSelector(error as never))
    expect(new Set(selectors).size).to.equal(selectors.length)
    const names = new Set<string>(errorsAbi.map(({ name }) => name))
    expect(Object.keys(sentences).filter((name) => !names.has(name))).to.deep.equal([])
  })

  it('decode plain reasons and panics, and leave strangers alone', () => {
    const reason = encodeErrorResult({
      abi: [{ type: 'error', name: 'Error', inputs: [{ type: 'string', name: 'message' }] }],
      args: ['paused'],
    })
    expect(decodeError(reason)?.message).to.contain('paused')
    const panic = encodeErrorResult({
      abi: [{ type: 'error', name: 'Panic', inputs: [{ type: 'uint256', name: 'reason' }] }],
      args: [0x11n],
    })
    expect(decodeError(panic)?.message).to.contain('17')
    expect(decodeError('0xdeadbeef')).to.equal(undefined)
  })

  it('are found wherever a library keeps revert data', () => {
    const data = revert('NothingToClaim', [zeroAddress])
    const carriers = [
      { cause: { cause: { data } } },
      { cause: { data: { data, message: 'reverted' } } },
      { info: { error: { data } } },
      { error: { data: { originalError: {}, data } } },
    ]
    for (const carrier of carriers) expect(explain(carrier)).to.include({ name: 'NothingToClaim' })
    const plain = new Error('the line is dead')
    expect(explain(plain)).to.equal(plain)
  })

  describe('of a transaction', () => {
    const early = async () => {
      const base = await loadFixture(created)
      const commitments = [{ commitment: `0x${'00'.repeat(20)}` as Hex }]
      return { ...base, call: { topic: base.topic, round: 0n, commitments } }
    }

    it('are told before anything is sent', async () => {
      const { keeper, call } = await early()
      let sent = 0
      const send = (): never => {
        sent += 1
        throw new Error('sent')
      }
      const error = await commit({ ...keeper, send }, call).catch((reason) => reason)
      expect(error).to.be.instanceOf(AuspexError).and.to.include({ name: 'WrongPhase' })
      expect(error.args).to.deep.equal({ actual: 0, required: 1 })
      expect(error.message).to.contain('pending').and.to.contain('waitToCommit')
      expect(sent).to.equal(0)
    })

    it('are told as well when nothing was tried before', async () => {
      const { clientOf, call } = await early()
      const client = await clientOf(1, { simulate: false })
      const error = await commit(client, call).catch((reason) => reason)
      expect(error).to.be.instanceOf(AuspexError).and.to.include({ name: 'WrongPhase' })
    })

    it('are found out afterwards when it was mined and reverted', async () => {
      const { keeper, call } = await early()
      const { number } = await keeper.public.getBlock()
      const receipt = { status: 'reverted', blockNumber: number, transactionHash: '0x01', logs: [] }
      const client = { ...keeper, simulate: false, send: async () => receipt as never }
      const error = await commit(client, call).catch((reason) => reason)
      expect(error).to.be.instanceOf(AuspexError).and.to.include({ name: 'WrongPhase' })
    })
  })
})

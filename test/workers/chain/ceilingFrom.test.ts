/* What a transaction may cost, and the name of what says so. */
import { expect } from 'chai'
import { getAbiItem, parseEther, parseGwei, toFunctionSelector } from 'viem'
import type { PublicClient } from 'viem'
import { topicNetworkAbi } from '../../../sdk/src/abis/index.ts'
import { ceilingFrom } from '../../../workers/src/chain/fees/ceilingFrom.ts'

const address = `0x${'a1'.repeat(20)}` as const
const to = `0x${'b2'.repeat(20)}` as const
const gas = 200_000n
const dear = { getBalance: async () => parseEther('1000') } as unknown as PublicClient
const poor = { getBalance: async () => parseEther('0.002') } as unknown as PublicClient
const selectorOf = (name: 'reveal' | 'claim') =>
  toFunctionSelector(getAbiItem({ abi: topicNetworkAbi, name }))
const reveal = { to, data: selectorOf('reveal') }
const claim = { to, data: selectorOf('claim') }
/** Four tokens would be lost. */
const atStake = async () => parseEther('4')

describe('the ceiling of what a transaction may cost', () => {
  it('is what a reveal saves, by what a token is worth', async () => {
    const fees = { tokenPrice: parseEther('0.01') }
    const ceiling = await ceilingFrom({ publicClient: dear, address, fees, atStake })(reveal, gas)
    expect(ceiling).to.deep.equal({ maxFeePerGas: parseGwei('200'), setBy: 'fees.tokenPrice' })
  })

  it('takes a token for one coin where the file does not say it, and says that', async () => {
    const ceiling = await ceilingFrom({ publicClient: dear, address, atStake })(reveal, gas)
    expect(ceiling.maxFeePerGas).to.equal(parseGwei('20000'))
    expect(ceiling.setBy).to.contain('fees.tokenPrice').and.to.contain('not in the file')
  })

  it('follows the stake, not the coin: more coin buys no dearer reveal', async () => {
    const rich = { getBalance: async () => parseEther('1000000') } as unknown as PublicClient
    const [one, other] = await Promise.all(
      [dear, rich].map((publicClient) =>
        ceilingFrom({ publicClient, address, atStake })(reveal, gas),
      ),
    )
    expect(one).to.deep.equal(other)
    const less = ceilingFrom({ publicClient: dear, address, atStake: async () => parseEther('1') })
    expect((await less(reveal, gas)).maxFeePerGas).to.equal(one!.maxFeePerGas / 4n)
  })

  it('is never more than the coin, and half of it for what is no reveal', async () => {
    const own = ceilingFrom({ publicClient: poor, address, atStake })
    expect(await own(reveal, gas)).to.deep.equal({
      maxFeePerGas: parseGwei('10'),
      setBy: 'the balance of the account',
    })
    expect(await own(claim, gas)).to.deep.equal({
      maxFeePerGas: parseGwei('5'),
      setBy: 'half of the balance of the account',
    })
  })

  it('is what the file says, where that is less', async () => {
    const fees = { max: parseGwei('3'), tokenPrice: parseEther('1') }
    const own = ceilingFrom({ publicClient: dear, address, fees, atStake })
    for (const transaction of [reveal, claim]) {
      expect(await own(transaction, gas)).to.deep.equal({
        maxFeePerGas: parseGwei('3'),
        setBy: 'fees.maxGwei',
      })
    }
  })

  it('is the coin where nobody can say what is at stake', async () => {
    const silent = () => Promise.reject(new Error('no answer'))
    const own = ceilingFrom({ publicClient: dear, address, atStake: silent })
    expect(await own(reveal, gas)).to.include({ setBy: 'the balance of the account' })
  })
})

import {
  Api3ReaderProxyV1__factory as Reader,
  Api3ServerV1__factory as Server,
} from '@api3/contracts'
import { expect } from 'chai'
import { encodeFunctionData } from 'viem'
import { NEWEST, startChain } from '../../bench/gas/chain.ts'
import type { Chain } from '../../bench/gas/chain.ts'
import { deployApi3 } from '../../bench/gas/peers/api3/deployApi3.ts'
import type { Api3 } from '../../bench/gas/peers/api3/deployApi3.ts'
import { encodeSetUpdate, setIdOf, signBeacons } from '../../bench/gas/peers/api3/signBeacons.ts'
import { measurePeers } from '../../bench/gas/peers/measurePeers.ts'
import type { PeerFigures } from '../../bench/gas/peers/PeerFigures.ts'
import { at } from '../../bench/lib/checks.ts'

const { abi } = Server

describe("API3's server on the chain of the bench", function () {
  this.timeout(300_000)
  let chain: Chain
  let api3: Api3

  before(async () => {
    chain = await startChain({ hardfork: NEWEST, workers: 0 })
    api3 = await deployApi3(chain)
  })
  after(() => chain.stop())

  it('refuses a value that its source did not sign', async () => {
    const [signed, other] = await signBeacons({ count: 2, update: 0, now: chain.now() })
    const signatureOf = (data: string) => data.slice(-2 * 96)
    const forged = signed!.data.replace(signatureOf(signed!.data), signatureOf(other!.data))
    const refusal = await chain.keeper
      .send({ to: api3.server, data: forged as `0x${string}` })
      .then(() => '', String)

    expect(refusal).to.include('Signature mismatch')
  })

  it('stores every value, and tells their median through its reader', async () => {
    const { keeper } = chain
    await chain.goTo(chain.now() + 60n)
    const beacons = await signBeacons({ count: 5, update: 1, now: chain.now() })
    await keeper.send({ to: api3.server, data: encodeSetUpdate(beacons) })
    const args = [api3.readerName, setIdOf(beacons)] as const
    const setName = { abi, functionName: 'setDapiName', args } as const
    await keeper.send({ to: api3.server, data: encodeFunctionData(setName) })

    for (const { id, value } of beacons) {
      const read = { abi, functionName: 'readDataFeedWithId', args: [id] } as const
      const [stored] = await keeper.public.readContract({ address: api3.server, ...read })
      expect(stored).to.equal(value)
    }
    const inOrder = beacons.map(({ value }) => value).sort((a, b) => (a < b ? -1 : 1))
    const read = { abi: Reader.abi, functionName: 'read' } as const
    const [told] = await keeper.public.readContract({ address: api3.reader, ...read })
    expect(told).to.equal(at(inOrder, 2))
  })
})

describe('gas of others', function () {
  this.timeout(300_000)
  let peers: PeerFigures

  before(async () => {
    peers = await measurePeers({ hardfork: NEWEST, sizes: [4, 13] })
  })

  it('is the same in every run', async () => {
    expect(await measurePeers({ hardfork: NEWEST, sizes: [4, 13] })).to.deep.equal(peers)
  })

  it('is for one beacon what another EVM said, but for zero bytes in its signature', () => {
    const { name, gas, calldata } = at(peers.updates, 0)
    expect({ name, calldata }).to.deep.equal({ name: 'API3 beacon', calldata: 356 })
    // A zero byte is 12 gas cheaper, and a signature follows the addresses that are signed.
    expect((37_221 - gas) % 12).to.equal(0)
    expect(gas).to.be.closeTo(37_221, 36)
  })

  it('grows by a slot, a signature and calldata with every source', () => {
    const [few, many] = [at(peers.updates, 1), at(peers.updates, 2)]
    expect([few.signatures, many.signatures]).to.deep.equal([4, 13])
    expect((many.gas - few.gas) / 9).to.be.within(19_000, 22_000)
  })

  it('of a read is least at the server', () => {
    const [server, reader, chainlinkLike] = peers.reads
    expect(server!.cold).to.be.within(2_600 + 2_100, 6_000)
    expect(reader!.cold).to.be.greaterThan(3 * server!.cold)
    expect(chainlinkLike!.cold).to.be.within(reader!.cold, reader!.cold + 500)
  })

  it('is not measured where no size is asked for', async () => {
    const none = await measurePeers({ hardfork: NEWEST, sizes: [] })
    expect(none).to.deep.equal({ updates: [], reads: [] })
  })
})

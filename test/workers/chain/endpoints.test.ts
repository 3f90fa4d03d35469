import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { createPublicClient, parseAbiItem } from 'viem'
import type { Address } from 'viem'
import {
  cut,
  down,
  flaky,
  hang,
  lagging,
  logLimit,
  noLogs,
  noPending,
  only,
  stalePending,
  startFaultProxy,
  wrongChain,
} from '../../../chaos/src/faultProxy.ts'
import type { Fault, FaultProxy } from '../../../chaos/src/faultProxy.ts'
import { endpointsOf } from '../../../workers/src/chain/endpoints.ts'
import { openChain } from '../../../workers/src/chain/openChain.ts'
import { deployOn, startAnvil, until } from '../../helpers/anvil.ts'

const CHAIN = 31337
const transfer = parseAbiItem(
  'event Transfer(address indexed from, address indexed to, uint256 value)',
)

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

describe('endpoints', function () {
  this.timeout(60_000)

  let anvil: Awaited<ReturnType<typeof startAnvil>>
  let token: Address
  let network: Address
  let clientOf: Awaited<ReturnType<typeof deployOn>>['clientOf']
  const proxies: FaultProxy[] = []
  let timeoutMs = 500

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) this.skip()
    ;({ token, network, clientOf } = await deployOn(anvil))
    await clientOf(1)
  })
  after(() => anvil?.stop())
  afterEach(async () => {
    timeoutMs = 500
    await Promise.all(proxies.splice(0).map(({ close }) => close()))
  })

  async function proxy(...faults: Fault[]): Promise<FaultProxy> {
    const started = await startFaultProxy({ target: anvil!.url, faults, path: '/v2/k3y-0f-mine' })
    proxies.push(started)
    return started
  }

  function over(...nodes: FaultProxy[]) {
    const urls = nodes.map(({ url }) => url)
    const lines: string[] = []
    const note = (fields: object, message: string) =>
      lines.push(`${message} ${JSON.stringify(fields, written)}`)
    const log = { debug: note, info: note, warn: note, error: note }
    const endpoints = endpointsOf({ urls, chainId: CHAIN, network, timeoutMs, log })
    const client = createPublicClient({ transport: endpoints.transport, cacheTime: 0 })
    return { endpoints, client, lines, stateOf: (i: number) => endpoints.states()[i]! }
  }

  it('loses seconds once to a node that never answers, and nothing afterwards', async () => {
    const { client, stateOf } = over(await proxy(hang), await proxy())
    const began = Date.now()
    await client.getBlockNumber()
    expect(Date.now() - began).to.be.below(1500)

    const next = Date.now()
    for (let i = 0; i < 5; i++) await client.getBlockNumber()
    expect(Date.now() - next).to.be.below(400)
    expect(stateOf(0)).to.include({ status: 'silent', reason: 'no answer in 500 ms' })
  })

  it('comes back to a node that answers again, once the other fails', async () => {
    const [first, second] = [await proxy(down()), await proxy()]
    const { client, stateOf } = over(first, second)
    await client.getBlockNumber()
    first.faults.length = 0
    await until('the first is probed', async () => {
      await client.getBlockNumber()
      return stateOf(0).status === 'ok'
    })
    second.faults.push(cut)
    expect(await client.getChainId()).to.equal(CHAIN)
  })

  it('answers every request while three in ten fail', async () => {
    timeoutMs = 2500
    const { client } = over(await proxy(flaky({ share: 0.3 })), await proxy(flaky({ share: 0.3 })))
    const asked = Array.from({ length: 100 }, () => client.getBalance({ address: token }))
    expect(await Promise.all(asked)).to.have.lengthOf(100)
  })

  it('leaves a node alone that serves another chain, and names it', async () => {
    const strange = await proxy(wrongChain({ id: 1 }))
    const { client, lines, stateOf } = over(strange, await proxy())
    await client.getBlockNumber()
    expect(stateOf(0)).to.include({ status: 'wrong chain', reason: 'serves chain 1' })
    expect(strange.counts.has('eth_call')).to.equal(false)
    expect(lines.join()).to.match(/endpoint.wrong-chain .*127.0.0.1/)
  })

  for (const [name, answer, reason] of [
    [
      'redirects',
      (response: ServerResponse, to: string) => response.writeHead(307, { location: to }).end(),
      /HTTP 307/,
    ],
    [
      'answers without end',
      (response: ServerResponse) => {
        const part = Buffer.alloc(2 ** 20, 'x')
        response.writeHead(200)
        const more = () => {
          while (!response.destroyed && response.write(part));
          response.once('drain', more)
        }
        more()
      },
      /no answer in|more than \d+ bytes/,
    ],
  ] as const) {
    it(`goes to the next node where one ${name}`, async () => {
      let asked = 0
      const inside = createServer((_, response) => {
        asked += 1
        response.end('{}')
      })
      const bad = createServer((_, response) => answer(response, urlOf(inside)))
      await Promise.all(
        [inside, bad].map((server) => once(server.listen(0, '127.0.0.1'), 'listening')),
      )
      const heap = process.memoryUsage().rss
      try {
        const { client, stateOf } = over({ url: urlOf(bad) } as FaultProxy, await proxy())
        expect(await client.getBlockNumber()).to.be.a('bigint')
        expect(stateOf(0).reason).to.match(reason)
        expect(asked).to.equal(0)
        expect(process.memoryUsage().rss - heap).to.be.below(400 * 2 ** 20)
      } finally {
        for (const server of [inside, bad]) {
          server.closeAllConnections()
          server.close()
        }
      }
    })
  }

  it('leaves a node alone that serves another chain once, and takes it again afterwards', async () => {
    const { client, stateOf } = over(await proxy(wrongChain({ id: 5, times: 1 })), await proxy())
    await client.getBlockNumber()
    expect(stateOf(0).status).to.equal('wrong chain')
    await until('it is taken again', async () => {
      await client.getBlockNumber()
      return stateOf(0).status === 'ok'
    })
  })

  it('leaves a node alone whose chain began with another block under the same id', async () => {
    const twin = (await startAnvil())!
    try {
      await twin.chain.setCode({ address: network, bytecode: '0x00' })
      const target = await startFaultProxy({ target: twin.url })
      proxies.push(target)
      const { client, endpoints, stateOf } = over(await proxy(), target)
      await client.getBlockNumber()
      await endpoints.check()
      expect(stateOf(1).status).to.equal('wrong genesis')
    } finally {
      twin.stop()
    }
  })

  it('prefers a node that is not behind', async () => {
    await anvil!.chain.mine({ blocks: 40 })
    const { client, endpoints, stateOf } = over(
      await proxy(lagging({ blocks: 30n })),
      await proxy(),
    )
    await endpoints.check()
    const head = await anvil!.chain.getBlockNumber()
    await until('the lag is seen', async () => {
      await client.getChainId()
      return stateOf(0).status === 'lagging'
    })
    expect(await client.getBlockNumber()).to.equal(head)
  })

  it('asks for the latest block where a node knows no pending one', async () => {
    const old = await proxy(noPending)
    const { client } = over(old)
    const account = { address: token, blockTag: 'pending' } as const
    expect(await client.getTransactionCount(account)).to.equal(1)
    const block = await client.getBlock({ blockTag: 'pending' })
    expect(block.number).to.equal(await anvil!.chain.getBlockNumber())
  })

  it('asks the latest block of a node whose pending one is old', async () => {
    await anvil!.chain.mine({ blocks: 3 })
    const { client, lines } = over(await proxy(stalePending({ block: 1n })))
    const account = { address: token, blockTag: 'pending' } as const
    expect(await client.getTransactionCount(account)).to.equal(1)
    const block = await client.getBlock({ blockTag: 'pending' })
    expect(block.number).to.equal(await anvil!.chain.getBlockNumber({ cacheTime: 0 }))
    expect(lines.join()).to.include('endpoint.no-pending')
  })

  it('passes a refusal by a contract on as it is, pending or not', async () => {
    const { client } = over(await proxy(noPending))
    const call = { to: token, data: '0xdeadbeef', blockTag: 'pending' } as const
    const failure = await client.call(call).catch((error: Error) => error)
    expect(String(failure)).to.match(/revert/)
  })

  it('asks for logs in pieces where a node limits their range, and remembers the limit', async () => {
    await anvil!.chain.mine({ blocks: 300 })
    const node = await proxy(logLimit({ blocks: 200n }))
    const { client } = over(node)
    const logs = { address: token, event: transfer, fromBlock: 0n } as const
    expect(await client.getLogs(logs)).to.have.lengthOf.above(0)
    const before = node.counts.get('eth_getLogs')!
    await client.getLogs(logs)
    expect(node.counts.get('eth_getLogs')! - before).to.equal(2)
  })

  it('takes HTTP 413 for a limit as well, of a hundred blocks too', async () => {
    const node = await proxy(logLimit({ blocks: 100n, status: 413 }))
    const { client } = over(node)
    const logs = { address: token, event: transfer, fromBlock: 0n } as const
    expect(await client.getLogs(logs)).to.have.lengthOf.above(0)
  })

  it('does not believe that there are no logs before another node says so', async () => {
    const { client, lines, stateOf } = over(await proxy(noLogs), await proxy())
    const logs = { address: token, event: transfer, fromBlock: 0n } as const
    expect(await client.getLogs(logs)).to.have.lengthOf.above(0)
    expect(stateOf(0).liesAboutLogs).to.equal(true)
    expect(lines.join()).to.include('endpoint.lies-about-logs')
  })

  const all = ['eth_chainId', 'eth_blockNumber', 'eth_getBlockByNumber', 'eth_getBalance']
  const error = (code: unknown, message = 'x') => ({ error: { code, message } }) as never
  for (const [what, methods, reply] of [
    ['null for its chain', ['eth_chainId'], { result: null }],
    ['an empty quantity for its chain', ['eth_chainId'], { result: '0x' }],
    ['an object for its head', ['eth_blockNumber'], { result: {} }],
    ['null for the latest block', ['eth_getBlockByNumber'], { result: null }],
    ['a block without a time', ['eth_getBlockByNumber'], { result: {} }],
    ['null for a balance', ['eth_getBalance'], { result: null }],
    ['a bare number for a balance', ['eth_getBalance'], { result: 5 }],
    ['that it knows no key', all, error(-32000, 'Unauthorized')],
    ['a code of its own', ['eth_getBalance'], error(429, 'compute units exceeded')],
    ['a code that is a word', ['eth_getBalance'], error('RATE_LIMITED')],
    ['an error that is a word', ['eth_getBalance'], { error: 'down' } as never],
    ['HTTP 401', all, { status: 401 }],
  ] as const) {
    it(`asks the other node where one answers ${what}`, async () => {
      const odd: Fault = ({ method }) => (methods.includes(method as never) ? reply : undefined)
      const { client } = over(await proxy(odd), await proxy())
      expect(await client.getBalance({ address: network })).to.equal(0n)
      expect((await client.getBlock()).number).to.equal(await client.getBlockNumber())
    })
  }

  it('names a node that refuses everything, with its words', async () => {
    const refusing: Fault = () => error(-32000, 'Unauthorized')
    const { client, stateOf, lines } = over(await proxy(refusing), await proxy())
    await client.getBlockNumber()
    expect(stateOf(0)).to.include({ status: 'silent', reason: 'refuses: Unauthorized' })
    expect(lines.join()).to.contain('endpoint.silent')
  })

  it('never names more of a URL than its host', async () => {
    const says: Fault = () => ({
      error: { code: -32005, message: 'key k3y-0f-mine is over its daily limit' },
    })
    const { client, lines, endpoints } = over(
      await proxy(says),
      await proxy(only(['eth_call'], cut)),
    )
    const failure = await client.call({ to: token, data: '0x' }).catch((error: Error) => error)
    const shown = [
      (failure as Error).stack,
      JSON.stringify(failure, written),
      JSON.stringify(endpoints.states(), written),
      ...lines,
    ]
    expect(shown.join()).to.include('127.0.0.1').and.not.include('k3y-0f-mine')
  })

  it('waits for a chain that does not answer yet, and says so', async () => {
    const node = await proxy(down())
    const lines: string[] = []
    const note = (_: object, message: string) => void lines.push(message)
    const log = { debug: note, info: note, warn: note, error: note }
    const config = { id: CHAIN, urls: [node.url], network, fromBlock: 0n }
    const opening = openChain(config, { log, wait: new AbortController().signal })
    await until('it is said', async () => lines.includes('chain.silent'))
    node.faults.length = 0
    const { publicClient } = await opening
    expect(await publicClient.getChainId()).to.equal(CHAIN)
  })
})

function written(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

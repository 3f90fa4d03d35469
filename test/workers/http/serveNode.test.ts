import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect } from 'chai'
import { Hono } from 'hono'
import { clientAddress, proxyList } from '../../../workers/src/http/clientAddress.ts'
import { askInTurn, connectReputer } from '../../../workers/src/http/connectReputer.ts'
import { rateLimit } from '../../../workers/src/http/deskApp.ts'
import { serveNode } from '../../../workers/src/http/serveNode.ts'
import type { NodeServer } from '../../../workers/src/http/serveNode.ts'

const options = { host: '127.0.0.1', port: 0, requestsPerMinute: 5000, trustedProxies: [] }

describe('a node over HTTP', function () {
  this.timeout(60_000)
  let server: NodeServer
  afterEach(() => server?.close())

  const status = async (path: string) => (await fetch(server.url + path)).status

  it('lives before it is ready, and is ready from its first tick on', async () => {
    server = await serveNode(options)
    expect(await status('/livez')).to.equal(200)
    expect(await status('/readyz')).to.equal(503)
    server.post({ findings: [], metrics: 'auspex_up 1\n', tickedAt: Date.now() })
    await pause(100)
    expect(await status('/readyz')).to.equal(200)
    expect(await (await fetch(`${server.url}/metrics`)).text()).to.equal('auspex_up 1\n')
  })

  it('says what is wrong, and is not ready where that keeps it from its work', async () => {
    server = await serveNode(options)
    const warned = { name: 'endpoint a', status: 'warn', reason: 'no answer' } as const
    const failed = { name: 'coin', status: 'fail', reason: 'no coin' } as const
    server.post({ findings: [warned], metrics: '', tickedAt: Date.now() })
    await pause(100)
    expect(await status('/readyz')).to.equal(200)
    server.post({ findings: [warned, failed], metrics: '', tickedAt: Date.now() })
    await pause(100)
    const verbose = await (await fetch(`${server.url}/readyz?verbose`)).json()
    expect(verbose).to.deep.equal({
      ready: false,
      checks: [warned, failed, { name: 'tick', status: 'ok' }],
    })
  })

  it('is not ready where no tick went through for a minute', async () => {
    server = await serveNode(options)
    server.post({ findings: [], metrics: '', tickedAt: Date.now() - 61_000 })
    await pause(100)
    expect(await status('/readyz')).to.equal(503)
  })

  it('hands everything else over to its app, and refuses what is too long', async () => {
    server = await serveNode(options)
    expect(await status('/status')).to.equal(503)
    const app = new Hono().post('/offers', async (context) =>
      context.json(await context.req.json()),
    )
    server.mount(app)
    await pause(100)
    const post = (body: string) => fetch(`${server.url}/offers`, { method: 'POST', body })
    expect(await (await post('{"value":"ü"}')).json()).to.deep.equal({ value: 'ü' })
    expect((await post(JSON.stringify({ value: 'x'.repeat(3000) }))).status).to.equal(413)
  })

  it('keeps the node ticking while 1,500 connections ask', async () => {
    server = await serveNode({ ...options, requestsPerMinute: 600 })
    server.post({ findings: [], metrics: '', tickedAt: Date.now() })
    let ticks = 0
    const ticking = setInterval(() => (ticks += 1), 10)
    const began = Date.now()
    const statuses = await floodOf(`${server.url}/readyz`, 1500)
    clearInterval(ticking)
    expect(statuses.filter((each) => each === 429)).to.have.lengthOf.above(800)
    expect(statuses.filter((each) => each === 200)).to.have.lengthOf.above(500)
    expect(ticks).to.be.above((Date.now() - began) / 10 / 10)
  })
})

/** Connections of a thread of their own, all at once; the statuses of their answers. */
function floodOf(url: string, count: number): Promise<number[]> {
  const flood = `
    const { parentPort, workerData } = require('node:worker_threads')
    const ask = () => fetch(workerData.url).then(({ status }) => status, () => 0)
    Promise.all(Array.from({ length: workerData.count }, ask)).then((all) => parentPort.postMessage(all))`
  const thread = new Worker(flood, { eval: true, workerData: { url, count } })
  return new Promise((resolve, reject) => thread.on('message', resolve).on('error', reject))
}

describe('whom a request counts for', () => {
  const proxies = proxyList(['10.0.0.0/8', '2001:db8:1::1'])
  const of = (socket: string, forwardedFor?: string) =>
    clientAddress({ socket, forwardedFor, proxies })

  it('is the socket where no proxy is declared for it', () => {
    expect(of('203.0.113.7', '198.51.100.1')).to.equal('203.0.113.7')
    expect(of('::ffff:203.0.113.7')).to.equal('203.0.113.7')
  })

  it('is the last address before the declared proxies', () => {
    expect(of('10.0.0.1', '198.51.100.1, 203.0.113.9')).to.equal('203.0.113.9')
    expect(of('10.0.0.1', '198.51.100.1, 10.2.3.4')).to.equal('198.51.100.1')
    expect(of('10.0.0.1', 'nonsense')).to.equal('10.0.0.1')
    expect(of('10.0.0.1')).to.equal('10.0.0.1')
  })

  it('is the /64 of an IPv6 address', () => {
    expect(of('2001:db8:0:1::5')).to.equal('2001:db8:0:1::/64')
    expect(of('2001:db8:0:1:ffff::')).to.equal(of('2001:0db8:0:1::9'))
    expect(of('2001:db8:1::1', '2001:db8:7::1')).to.equal('2001:db8:7:0::/64')
  })
})

describe('a limit on requests', () => {
  it('forgets who was heard least recently for who is new', () => {
    const isWithin = rateLimit({ most: 1, windowMs: 60_000, mostKeys: 2 })
    expect(isWithin('a')).to.equal(true)
    expect(isWithin('b')).to.equal(true)
    expect(isWithin('b')).to.equal(false)
    expect(isWithin('c')).to.equal(true)
    expect(isWithin('a')).to.equal(true)
  })
})

describe('a reputer that is asked', () => {
  async function serving(
    answer: (url: string) => { status: number; location?: string; body: string },
  ) {
    const asked: string[] = []
    const node = createServer((request, response) => {
      asked.push(request.url!)
      const { status, location, body } = answer(request.url!)
      response.writeHead(status, location === undefined ? {} : { location }).end(body)
    })
    await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve))
    const { port } = node.address() as AddressInfo
    return { asked, url: `http://127.0.0.1:${port}`, close: () => node.close() }
  }
  const offer = {
    topic: '0x',
    round: 0n,
    worker: '0x',
    commitment: '0x',
    r: '0x',
    vs: '0x',
  } as never
  const accepted = JSON.stringify({ status: 'accepted', committer: `0x${'11'.repeat(20)}` })

  it('is silent where it sends on to somebody else, who is not asked', async () => {
    const inner = await serving(() => ({ status: 200, body: accepted }))
    const reputer = await serving(() => ({ status: 307, location: `${inner.url}/inner`, body: '' }))
    const answer = await connectReputer({ url: reputer.url }).takeCommitment(offer)
    expect(answer.status).to.equal('silent')
    expect(inner.asked).to.deep.equal([])
    reputer.close()
    inner.close()
  })

  it('is silent where its answer is longer than 16 KiB', async () => {
    const padded = `${accepted}${' '.repeat(17 * 1024)}`
    const reputer = await serving(() => ({ status: 200, body: padded }))
    const answer = await connectReputer({ url: reputer.url }).takeCommitment(offer)
    expect(answer).to.include({ status: 'silent', reason: 'an answer of more than 16384 bytes' })
    reputer.close()
  })

  it('holds up nobody where it keeps silent, and there is another one', async () => {
    const silent = await serving(() => ({ status: 200, body: '' }))
    const hanging = createServer(() => {})
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve))
    const { port } = hanging.address() as AddressInfo
    const hung = connectReputer({ url: `http://127.0.0.1:${port}` })
    const good = await serving(() => ({ status: 200, body: accepted }))
    const willing = connectReputer({ url: good.url })
    const began = Date.now()
    const taken = await askInTurn({
      reputers: [hung, hung, connectReputer({ url: silent.url }), willing],
      ask: (each) => each.takeCommitment(offer),
      onAnswer: async () => {},
      limitMs: 3000,
    })
    expect(taken).to.deep.equal({ status: 'accepted', reputer: willing })
    expect(Date.now() - began).to.be.below(2000)
    hanging.closeAllConnections()
    for (const each of [silent, good, hanging]) each.close()
  })

  it('is not asked again for what it accepted', async () => {
    const reputer = await serving(() => ({ status: 200, body: accepted }))
    const endpoint = connectReputer({ url: reputer.url })
    for (let i = 0; i < 3; i++) await endpoint.takeCommitment(offer)
    expect(reputer.asked).to.have.lengthOf(1)
    reputer.close()
  })

  it('is heard where its answer is a short one', async () => {
    const reputer = await serving(() => ({ status: 200, body: accepted }))
    const answer = await connectReputer({ url: reputer.url }).takeCommitment(offer)
    expect(answer.status).to.equal('accepted')
    reputer.close()
  })
})

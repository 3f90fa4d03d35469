/* What operators see: doctor, status, history, logs. */
import { spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'
import {
  commit,
  getFeedProof,
  getPosition,
  publish,
  resolveAndSettle,
  reveal,
  seal,
} from '../../../sdk/src/index.ts'
import type { AuspexClient, TopicParams } from '../../../sdk/src/index.ts'
import { newKeystore } from '../../../workers/src/keys/newKeystore.ts'
import { saltKeyOf, secret } from '../../../workers/src/keys/secret.ts'
import { isAtLeast, readableLine } from '../../../workers/src/runtime/readableLine.ts'
import {
  deployOn,
  freePort,
  keyOf,
  leapTo,
  openTopic,
  seatWorkers,
  startAnvil,
} from '../../helpers/anvil.ts'

const main = new URL('../../../cli/src/main.ts', import.meta.url).pathname
const ONE = 10n ** 18n

function auspex(
  args: readonly string[],
  input = '',
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.on('data', (part: Buffer) => (out += String(part)))
    child.stderr.on('data', (part: Buffer) => (err += String(part)))
    child.once('close', (code) => resolve({ code: code ?? 1, out, err }))
    child.stdin.end(input)
  })
}

describe('a line of the log', () => {
  const json = JSON.stringify({
    level: 'warn',
    time: Date.parse('2026-12-02T16:00:00Z'),
    pid: 7,
    round: '3',
    reason: 'too far \u202E off',
    msg: 'prediction.abstained',
  })

  it('is words for people', () => {
    expect(readableLine(json)).to.equal(
      '2026-12-02 16:00:00 WARN  prediction.abstained round=3 reason="too far \\u{202e} off"',
    )
    expect(readableLine('not \u001B[2J JSON')).to.equal('not \\u{1b}[2J JSON')
  })

  it('is shown from a level on', async () => {
    expect([isAtLeast(json, 'warn'), isAtLeast(json, 'error')]).to.deep.equal([true, false])
    const info = json.replace('"warn"', '"info"').replace('abstained', 'sealed')
    const { code, out } = await auspex(['logs', '--level', 'warn'], `${json}\n${info}\n`)
    expect([code, out]).to.deep.equal([0, `${readableLine(json)}\n`])
    const absent = await auspex(['logs', '/nowhere/at.log'])
    expect([absent.code, absent.err]).to.deep.equal([
      3,
      '/nowhere/at.log cannot be read (ENOENT). Check the path.\n',
    ])
  })
})

describe('a worker’s operator', function () {
  this.timeout(240_000)

  let anvil: Awaited<ReturnType<typeof startAnvil>>
  let folder: string
  let topic: `0x${string}`
  let text: string
  let deployed: Awaited<ReturnType<typeof deployOn>>
  let client: AuspexClient
  let params: TopicParams
  const config = () => join(folder, 'worker.yaml')

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) this.skip()
    folder = mkdtempSync(join(tmpdir(), 'auspex-operator-'))
    deployed = await deployOn(anvil)
    const opened = await openTopic(anvil, deployed)
    topic = opened.topic
    params = opened.params
    client = await deployed.clientOf(1)
    await seatWorkers(anvil, { topic, workers: [client] })

    const { chainId, network, account } = client
    const place = {
      chainId,
      network,
      topic,
      round: 0n,
      worker: account!,
      saltKey: saltKeyOf(keyOf(1)),
    }
    const { commitment, opening } = await seal({ ...place, value: 101n * ONE, confidence: 5000n })
    await leapTo(anvil, opened.params.start)
    const { seals } = await commit(client, { topic, round: 0n, commitments: [{ commitment }] })
    await leapTo(anvil, opened.params.start + opened.params.commitWindow)
    await reveal(client, { topic, round: 0n, seals, openings: [opening] })

    writeFileSync(join(folder, 'password'), 'correct horse', { mode: 0o600 })
    const file = join(folder, 'key.json')
    await newKeystore({ file, password: secret('correct horse'), privateKey: keyOf(1), cost: 1024 })
    writeFileSync(join(folder, 'prices.csv'), 'date,close\n2026-01-02,100\n')
    text = `chain: { id: 31337, urls: ['${anvil.url}'], network: '${network}' }
topic: '${topic}'
keys: { keystore: key.json, passwordFile: password }
dataDir: data
source: { kind: csv, file: prices.csv }
question: close
model: lastValue
confidence: 0.5
http: { port: ${await freePort()} }
`
    writeFileSync(config(), text)
  })
  after(() => {
    anvil?.stop()
    if (folder) rmSync(folder, { recursive: true })
  })

  it('is told by doctor that all is there, and what could be better', async () => {
    const { code, out, err } = await auspex(['doctor', '--json', '--config', config()])
    expect(code, out + err).to.equal(0)
    const { checks, failed, role } = JSON.parse(out)
    expect([failed, role]).to.deep.equal([0, 'worker'])
    expect(checks.length).to.be.at.least(19)
    const warned = checks.filter(({ status }: { status: string }) => status === 'warn')
    for (const { fix } of warned) expect(fix).to.match(/\.$/)
    expect(warned.map(({ name }: { name: string }) => name)).to.include.members([
      'second endpoint',
      'reputers',
      'age of data',
    ])
  })

  it('is told by doctor what is missing, each with its fix, and ends with 3', async () => {
    appendFileSync(join(folder, 'prices.csv'), '2026-01-03,NaN\n')
    writeFileSync(join(folder, 'guess'), 'wrong', { mode: 0o644 })
    const broken = text
      .replace('model: lastValue', 'model: oracle')
      .replace('passwordFile: password', 'passwordFile: guess')
      .replace(topic, `0x${'11'.repeat(32)}`)
    writeFileSync(config(), broken)
    const { code, out, err } = await auspex(['doctor', '--config', config()])
    expect(code).to.equal(3)
    expect(err).to.match(/of \d+ checks fail: password, key, topic 0x11111111, source, model\./)
    expect(out).to.match(/✘ password .*Run: chmod 600/)
    expect(out).to.match(/✘ source .*prices\.csv:3: close "NaN".*Correct the row/)
    expect(out).to.match(/✘ model .*There is no model "oracle".*Choose one of/)
    expect(out).to.match(/Next: mend the first of these/)
    writeFileSync(config(), text)
  })

  it('sees with status where the node stands', async () => {
    const { code, out, err } = await auspex(['status', '--json', '--config', config()])
    expect(code, err).to.equal(0)
    const { topics, coin } = JSON.parse(out)
    expect(topics[0]).to.include({ topic, round: '0', seat: '0' })
    expect(Number(coin.roundsLeft)).to.be.above(0)
    const shown = await auspex(['status', '--config', config()])
    expect(shown.out).to.match(/node +does not answer/)
    expect(shown.out).to.include(`Next: auspex history ${topic} --config ${config()}`)
  })

  it('sees with history what was said', async () => {
    const args = ['history', topic, '--config', config()]
    const { out } = await auspex([...args, '--json'])
    const [round] = JSON.parse(out).rounds
    expect(round).to.include({ round: '0', status: 'open', said: String(101n * ONE) })
    const shown = await auspex(args)
    expect(shown.out).to.match(/round +status +said +aggregate +truth[^]*0 +open +101 +- +-/)
  })

  it('sees with history what came of it, how good it was and what it paid', async () => {
    const key = { topic, round: 0n }
    await leapTo(anvil!, params.start + params.commitWindow + params.revealWindow)
    await publish(client, key)
    const targetTime = params.start + params.horizon
    await deployed.push(103n * ONE, targetTime)
    await leapTo(anvil!, targetTime + 1n)
    await deployed.push(103n * ONE, targetTime + 1n)
    const before = await getPosition(client, { topic, worker: client.account! })
    const proof = await getFeedProof(client, { source: deployed.truth, targetTime })
    await resolveAndSettle(client, { ...key, proof })
    const after = await getPosition(client, { topic, worker: client.account! })

    const args = ['history', topic, '--config', config()]
    const { out } = await auspex([...args, '--json'])
    const [round] = JSON.parse(out).rounds
    expect(round).to.include({
      ...{ status: 'settled', said: String(101n * ONE), aggregate: String(101n * ONE) },
      ...{ truth: String(103n * ONE), error: String(2n * ONE) },
      paid: String(after.stake - before.stake),
    })
    expect(Number(BigInt(round.score)) / 1e18).to.be.within(0.9, 1)
    const shown = await auspex(args)
    expect(shown.out).to.match(/score +paid[^]*0 +settled +101 +101 +103 +2 +2 +0\.9\d+ /)
  })

  it('gets files that watch the node', async () => {
    const target = join(folder, 'monitoring')
    const { code, err } = await auspex(['ops', 'init', target, '--config', config()])
    expect(code, err).to.equal(0)
    expect(parse(readFileSync(join(target, 'alerts.yml'), 'utf8')).groups).to.have.length(1)
    expect((await auspex(['ops', 'init', target, '--config', config()])).code).to.equal(1)
  })
})

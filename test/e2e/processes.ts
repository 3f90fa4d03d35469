import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { getRevealed, getRound, unpackPrediction } from '../../sdk/src/index.ts'
import type { AuspexClient } from '../../sdk/src/index.ts'
import { openJournal } from '../../workers/src/journal/openJournal.ts'
import { newKeystore } from '../../workers/src/keys/newKeystore.ts'
import { secret } from '../../workers/src/keys/secret.ts'
import {
  deployOn,
  freePort,
  keyOf,
  leapTo,
  openTopic,
  seatWorkers,
  startAnvil,
  until,
} from '../helpers/anvil.ts'

const main = new URL('../../cli/src/main.ts', import.meta.url).pathname
const PASSWORD = 'correct horse battery'
const models = ['lastValue', 'ewma', 'ridge']
const round = 0n

type Node = {
  started: Promise<Record<string, unknown>>
  log: () => string
  stop: () => Promise<number>
}

describe('a round of separate processes on anvil', function () {
  this.timeout(170_000)

  let anvil: Awaited<ReturnType<typeof startAnvil>>
  let folder: string
  const nodes: Node[] = []

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) this.skip()
    folder = mkdtempSync(join(tmpdir(), 'auspex-processes-'))
    writeFileSync(join(folder, 'password'), `${PASSWORD}\n`, { mode: 0o600 })
  })

  after(async () => {
    await Promise.all(nodes.map(({ stop }) => stop()))
    anvil?.stop()
    if (folder) rmSync(folder, { recursive: true })
  })

  it('settles what three workers predict through two reputers', async () => {
    const { chain, url } = anvil!
    const deployed = await deployOn(anvil!)
    const { topic, params } = await openTopic(anvil!, deployed, { minWorkers: 3n })
    const reader = await deployed.clientOf(9)
    const workers: AuspexClient[] = []
    for (const index of [1, 2, 3]) workers.push(await deployed.clientOf(index))
    await seatWorkers(anvil!, { topic, workers })

    const place = `
chain:
  id: 31337
  urls: [${url}]
  network: ${deployed.network}
pollMs: 100`
    const ports = [await freePort(), await freePort()]
    const reputers: Node[] = []
    for (const [i, port] of ports.entries()) {
      const config = `${place}
topics:
  - id: ${topic}
    truth: { kind: feed }
${await keysOf(`reputer-${i}`, 5 + i)}
http: { port: ${port} }`
      reputers.push(run('reputer', write(`reputer-${i}`, config)))
    }
    await Promise.all(reputers.map(({ started }) => started))

    const predictors: Node[] = []
    for (const [i, model] of models.entries()) {
      const [first, second] = i === 2 ? [...ports].reverse() : ports
      const config = `${place}
topic: ${topic}
${await keysOf(`worker-${i}`, 1 + i)}
source: { kind: sample }
question: close
model: ${model}
confidence: 0.5
reputers: ['http://127.0.0.1:${first}', 'http://127.0.0.1:${second}']`
      predictors.push(run('worker', write(`worker-${i}`, config)))
    }
    const started = await Promise.all(predictors.map(({ started }) => started))
    for (const { backend } of started) expect(backend).to.have.property('stepMs').above(0)

    await leapTo(anvil!, params.start)
    await until('all are handed in', async () => takenBy(reputers, 'commitment.taken') === 3)

    const twin = await command(['worker', 'start', '--config', writeTwin('worker-0')])
    expect(twin.code, twin.output).to.equal(4)
    expect(twin.output).to.match(/Another node uses the key of 0x\w+: it has signed in round 0/)

    await leapTo(anvil!, params.start + params.commitWindow / 2n + 1n)
    await until('both lists are committed', async () => takenBy(reputers, 'round.committed') === 2)

    await leapTo(anvil!, params.start + params.commitWindow)
    const revealed = async () => (await getRevealed(reader, { topic, round })).workers.length
    await until('all are revealed', async () => (await revealed()) === 3)

    await leapTo(anvil!, params.start + params.commitWindow + params.revealWindow)
    const status = async () => (await getRound(reader, { topic, round })).status
    await until('the aggregate is published', async () => (await status()) === 'published')

    const target = params.start + params.horizon
    const value = 3200n * 10n ** 18n
    await deployed.push(value, target)
    await leapTo(anvil!, target + 1n)
    await deployed.push(value, target + 1n)
    await until('the round is settled', async () => (await status()) === 'settled')

    const config = write('reader', place)
    const read = await command(['read', topic, '--json', '--config', config])
    expect(read.code).to.equal(0)
    expect(JSON.parse(read.output).forecast).to.include({ round: '0', contributors: '3' })

    const asked = ['backtest', '--json', '--against', 'chain', '--config']
    const replayed = await command([...asked, join(folder, 'worker-1.yaml')])
    expect(replayed.code, replayed.output).to.equal(0)
    const [first] = JSON.parse(replayed.output).rounds
    const { predictions, workers: who } = await getRevealed(reader, { topic, round })
    const at = who.findIndex((each) => each === workers[1]!.account)
    expect(first.value).to.equal(String(unpackPrediction(predictions[at]!).value))
    const [, inputs] = /"inputs":"([0-9a-f]{64})"/.exec(predictors[1]!.log())!
    expect(first.inputs).to.equal(inputs)

    const again = await command(['worker', 'start', '--config', join(folder, 'worker-0.yaml')])
    expect(again.code).to.equal(4)
    expect(again.output).to.match(/in use by process \d+/)

    for (const { stop } of [...predictors, ...reputers]) expect(await stop()).to.equal(0)
    expect(await chain.getChainId()).to.equal(31337)
  })

  async function keysOf(name: string, index: number): Promise<string> {
    const file = join(folder, `${name}.json`)
    await newKeystore({ file, password: secret(PASSWORD), privateKey: keyOf(index), cost: 1024 })
    return `keys: { keystore: ${name}.json, passwordFile: password }\ndataDir: ${name}`
  }

  function write(name: string, text: string): string {
    const file = join(folder, `${name}.yaml`)
    writeFileSync(file, text)
    return file
  }

  /** The same key, less sure of itself, with a journal of its own, as if it ran on another machine. */
  function writeTwin(name: string): string {
    const config = readFileSync(join(folder, `${name}.yaml`), 'utf8')
    mkdirSync(join(folder, 'twin'))
    openJournal({ file: join(folder, 'twin', 'journal.db'), now: 0n }).close()
    return write(
      'twin',
      config
        .replace(/^dataDir: .*$/m, 'dataDir: twin')
        .replace(/^confidence: .*$/m, 'confidence: 0.25'),
    )
  }

  function run(role: 'worker' | 'reputer', config: string): Node {
    const args = [main, role, 'start', '--json', '--config', config]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let log = ''
    let output = ''
    child.stderr.on('data', (chunk: Buffer) => (log += String(chunk)))
    const exited = new Promise<number>((resolve) =>
      child.once('exit', (code) => resolve(code ?? 1)),
    )
    const started = new Promise<Record<string, unknown>>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += String(chunk)
        if (output.includes('\n')) resolve(JSON.parse(output.split('\n')[0]!))
      })
      void exited.then((code) => reject(new Error(`${role} ended with ${code}: ${log}`)))
    })
    const stop = () => {
      child.kill('SIGTERM')
      return exited
    }
    const node = { started, log: () => log, stop }
    nodes.push(node)
    return node
  }

  function takenBy(reputers: readonly Node[], message: string): number {
    return reputers.reduce((count, { log }) => count + log().split(`"${message}"`).length - 1, 0)
  }
})

/** Runs a command to its end. */
function command(args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)))
    child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)))
    child.once('exit', (code) => resolve({ code: code ?? 1, output }))
  })
}

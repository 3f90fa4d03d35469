/* A guest of `auspex devnet`, as docs/Workers.md has it: from nothing to a settled round, then the same round again by backtest. */
import { execFile, execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { createAuspex, getTopicRecord, roundsIn } from '@auspex/sdk'
import { formatUnits } from 'viem'
import type { Address } from 'viem'
import { until } from '../helpers/anvil.ts'
import { linearGraph } from './onnxGraph.ts'
import { calldataOf, listenIn, readerOf, seatGuest } from './guests.ts'
import type { Net } from './guests.ts'

const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const openAiServer = fileURLToPath(new URL('./openAiServer.ts', import.meta.url))
/** What a model says beside its value, and what must be nowhere but in its own process. */
const MARKER = 'features-4c1d9e'
const PYTHON = `
import json, sys
for line in sys.stdin:
    question = json.loads(line)
    truths = [bar[-1] for bar in question["bars"]]
    print("${MARKER}", truths, file=sys.stderr, flush=True)
    print(json.dumps({"value": sum(truths[-3:]) / 3, "meta": {"why": "${MARKER}", "rows": truths}}), flush=True)
`

/** Mean of the latest three truths, as the model in Python has it. */
const GRAPH = linearGraph([1 / 3, 1 / 3, 1 / 3])

type Past = { round: string; status: string; said?: string }
type Ended = { code: number; output: string; errors: string }
type Sealed = { round: string; inputs: string }
type Started = { child: ChildProcess; said: () => string; ended: Promise<number> }
/** A worker with a model of its own. */
type Guest = { name: string; config: string; address: Address; worker: Started }

describe('auspex devnet', function () {
  this.timeout(400_000)

  let folder: string
  let config: string
  let served: Started
  let net: Net
  let overheard: Awaited<ReturnType<typeof listenIn>>
  const guests: Guest[] = []
  const children: ChildProcess[] = []

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'auspex-devnet-'))
    config = join(folder, 'net', 'worker.yaml')
    const args = ['--round', '120s', '--speed', '4', '--folder', join(folder, 'net')]
    served = start(main, 'devnet', '--json', ...args)
    await until('it is ready', async () => served.said().includes('"topic"'), 200_000)
    net = JSON.parse(
      served
        .said()
        .split('\n')
        .find((each) => each.startsWith('{'))!,
    )
    overheard = await listenIn(net.reputer)
    await bringGuests()
  })
  after(() => {
    overheard?.close()
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  /** Three models that are not built in; who cannot run here is left out, and says so. */
  async function bringGuests(): Promise<void> {
    writeFileSync(join(folder, 'model.py'), PYTHON)
    writeFileSync(join(folder, 'net.onnx'), GRAPH)
    const server = start(openAiServer, MARKER)
    await until('the model is served', async () => server.said().includes('\n'))
    const url = `http://127.0.0.1:${server.said().trim()}/v1`
    const models = {
      ...(hasPython() && { python: { kind: 'command', run: ['python3', '../model.py'], bars: 5 } }),
      openai: { kind: 'openai', url, model: 'tiny', bars: 5 },
      ...(hasOnnx() && { onnx: { kind: 'onnx', file: '../net.onnx', lags: 3 } }),
    }
    for (const [place, [name, model]] of Object.entries(models).entries()) {
      const data = join(folder, 'net', 'prices.csv')
      const at = { net, folder, name, seat: BigInt(7 - place), data, reputer: overheard.url }
      const own = await seatGuest({ ...at, model })
      guests.push({
        name,
        ...own,
        worker: start(main, 'worker', 'start', '--json', '--config', own.config),
      })
    }
  }

  function hasPython(): boolean {
    try {
      execFileSync('python3', ['--version'])
      return true
    } catch {
      console.log('      left out: a model in Python, as there is no python3')
      return false
    }
  }

  function hasOnnx(): boolean {
    try {
      import.meta.resolve('onnxruntime-node')
      return true
    } catch {
      console.log('      left out: a model in ONNX, as onnxruntime-node is not installed')
      return false
    }
  }

  function start(script: string, ...args: string[]): Started {
    const child = spawn(process.execPath, [script, ...args], { cwd: root })
    children.push(child)
    let text = ''
    child.stdout.on('data', (chunk) => (text += chunk))
    child.stderr.on('data', (chunk) => (text += chunk))
    const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
    return { child, said: () => text, ended }
  }

  function auspex(...args: string[]): Promise<Ended> {
    return new Promise((resolve) => {
      execFile(process.execPath, [main, ...args], { cwd: root }, (error, output, errors) => {
        resolve({ code: Number(error?.code ?? 0), output, errors })
      })
    })
  }

  it('says what is wrong where it is called wrongly', async () => {
    const short = await auspex('devnet', '--round', '3s')
    expect(short.code).to.equal(2)
    expect(short.errors).to.match(/--round 3s is too short for a round. Give at least 10s/)
    const nowhere = await auspex('demo', 'spoil', 'thin', '--folder', folder)
    expect(nowhere.code).to.equal(3)
    expect(nowhere.errors).to.match(/No devnet has its folder at/)
  })

  it('takes a guest from a deposit to a settled round, and the backtest says the same of it', async () => {
    const { topic } = net
    for (const verb of [
      ['deposit', topic, '1000'],
      ['activate', topic],
      ['seat', topic],
    ]) {
      const { code, errors } = await auspex('stake', ...verb, '--config', config)
      expect(code, errors).to.equal(0)
    }
    const worker = start(main, 'worker', 'start', '--json', '--config', config)
    await until('it has sealed', async () => worker.said().includes('prediction.sealed'), 120_000)

    // On a machine with much else to do a window can pass: any round that it has said something in will do.
    let live: Past | undefined
    const isIn = async () => {
      const past = await auspex('history', topic, '--json', '--config', config)
      const rounds = JSON.parse(past.output).rounds as Past[]
      live = rounds.find(({ status, said }) => status === 'settled' && said !== undefined)
      return live !== undefined
    }
    await until('a round with it is settled', isIn, 150_000)
    const { round, said } = live!
    const { inputs } = sealedBy(worker).find((each) => each.round === round)!

    const spoilt = await auspex('demo', 'spoil', 'thin', '--folder', join(folder, 'net'))
    expect(spoilt.code, spoilt.errors).to.equal(0)
    await until('it is spoilt', async () => served.said().includes('the feed is made thin'))

    const again = await auspex('backtest', '--json', '--against', 'chain', '--config', config)
    expect(again.code, again.errors).to.equal(0)
    const asked = JSON.parse(again.output).rounds.find(
      (each: { round: string }) => each.round === round,
    )
    expect(asked).to.include({ value: said, inputs })

    const out = join(folder, 'data')
    const data = await auspex('dataset', topic, '--out', out, '--config', config)
    expect(data.code, data.errors).to.equal(0)
    const record = join(out, 'record.json')
    const offline = await auspex('backtest', '--json', '--against', record, '--config', config)
    expect(offline.code, offline.errors).to.equal(0)

    // What was said in the past and would be said by somebody else then earns the same.
    const file = join(folder, 'said.csv')
    writeFileSync(file, `round,value\n${round},${formatUnits(BigInt(said!), 18)}\n`)
    const what = await auspex('whatif', file, '--json', '--against', record)
    expect(what.code, what.errors).to.equal(0)
    const [instead] = JSON.parse(what.output).rounds
    expect(instead).to.include({ round, value: said })
    const board = await auspex('leaderboard', topic, '--json', '--config', config)
    expect(board.code, board.errors).to.equal(0)
    const workers = JSON.parse(board.output).workers as { worker: string; rounds: number }[]
    expect(workers.length).to.be.at.least(3)

    worker.child.kill('SIGTERM')
    expect(await worker.ended).to.equal(0)
  })

  it('settles what models outside of the worker say, and the backtest repeats it bit for bit', async () => {
    for (const { name, config: file, address, worker } of guests) {
      const client = await createAuspex({
        ...net,
        chainId: net.chain.id,
        publicClient: readerOf(net),
      })
      // A sealed prediction can come too late on a busy machine: any round that it took part in will do.
      let own: { sealed: Sealed; said: bigint } | undefined
      await until(
        `a round of ${name} is settled`,
        async () => {
          const record = roundsIn(await getTopicRecord(client, { topic: net.topic }))
          for (const sealed of sealedBy(worker)) {
            const past = record.find(({ round }) => String(round) === sealed.round)
            const said = past?.predictions.find((each) => each.worker === address)?.value
            if (past?.isSettled && said !== undefined) own = { sealed, said }
          }
          return own !== undefined
        },
        250_000,
      )
      const { sealed, said } = own!
      const { round, inputs } = sealed
      const again = await auspex('backtest', '--json', '--against', 'chain', '--config', file)
      expect(again.code, again.errors).to.equal(0)
      const rounds = JSON.parse(again.output).rounds as { round: string }[]
      const repeated = rounds.find((each) => each.round === round)
      expect(repeated, name).to.include({ value: String(said), inputs })
    }
  })

  it('rehearses with --dry-run: the same values, what leaves the machine, and nothing sent', async () => {
    const { config: own, worker } = guests.find(({ name }) => name === 'openai')!
    const [out, keyless] = [join(folder, 'rehearsed.csv'), join(own, '..', 'keyless.yaml')]
    // Without a key nothing can be signed, and without a reputer's address nothing handed in.
    const text = readFileSync(own, 'utf8').replace('key.json', 'no-key.json')
    writeFileSync(keyless, text.replace(overheard.url, 'http://127.0.0.1:9'))
    const args = ['--dry-run', '--rounds', '1', '--out', out, '--json', '--config', keyless]
    const ran = await auspex('worker', 'start', ...args)
    expect(ran.code, ran.errors).to.equal(0)
    const events = ran.output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
    const sent = events.find(({ kind }) => kind === 'sent')
    expect(sent.to).to.match(/^127\.0\.0\.1:\d+\/v1\/chat\/completions$/)
    expect(sent.body).to.include('Forecast the column truth')
    const predicted = events.find(({ kind }) => kind === 'predicted')
    expect(readFileSync(out, 'utf8')).to.include(`${predicted.round},`)
    const live = () => sealedBy(worker).find(({ round }) => round === predicted.round)
    await until('the live worker has sealed the round too', async () => live() !== undefined)
    expect(predicted.inputs).to.equal(live()!.inputs)
  })

  it('keeps features out of chain, reputers and logs', async () => {
    const rows = readFileSync(join(folder, 'net', 'prices.csv'), 'utf8')
      .trim()
      .split('\n')
    const closes = rows.slice(-40).map((row) => row.split(',').at(-1)!)
    const logs = guests.map(({ worker }) => worker.said()).join('\n')
    const chain = await calldataOf(net)
    expect(overheard.heard()).to.include('commitment')
    expect(logs).to.include('prediction.sealed')
    for (const secret of [MARKER, ...closes]) {
      expect(logs, secret).to.not.include(secret)
      expect(overheard.heard(), secret).to.not.include(secret)
      expect(chain, secret).to.not.include(Buffer.from(secret).toString('hex'))
    }
  })

  it('says what an ONNX model needs where its runtime is not installed', async function () {
    if (guests.some(({ name }) => name === 'onnx')) this.skip()
    const { config: own } = guests[0]!
    const other = join(own, '..', 'onnx.yaml')
    const text = readFileSync(own, 'utf8').replace(/^model:\n(?: .*\n)*/m, '')
    writeFileSync(other, `${text}model: { kind: onnx, file: ../net.onnx, lags: 3 }\n`)
    const { code, errors } = await auspex('backtest', '--config', other)
    expect(errors).to.match(/needs onnxruntime-node, which is not installed. Run: npm install/)
    expect(code).to.equal(3)
  })

  it('ends cleanly at Ctrl-C', async () => {
    for (const { worker } of guests) worker.child.kill('SIGTERM')
    for (const { worker } of guests) expect(await worker.ended).to.equal(0)
    served.child.kill('SIGINT')
    expect(await served.ended).to.equal(0)
  })
})

/** What a worker's log says that it sealed. */
function sealedBy({ said }: Started): Sealed[] {
  const lines = said().split('\n')
  return lines.filter((line) => line.includes('prediction.sealed')).map((line) => JSON.parse(line))
}

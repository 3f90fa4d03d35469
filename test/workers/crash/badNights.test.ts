/* A worker in a process of its own, between its commit and its reveal: bad data, a lost disk, a model that hangs. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { getRevealed, getSealLists, unpackPrediction } from '../../../sdk/src/index.ts'
import { newKeystore } from '../../../workers/src/keys/newKeystore.ts'
import { secret } from '../../../workers/src/keys/secret.ts'
import {
  deployOn,
  keyOf,
  leapTo,
  openTopic,
  seatWorkers,
  startAnvil,
  until,
} from '../../helpers/anvil.ts'

const main = new URL('../../../cli/src/main.ts', import.meta.url).pathname
const PASSWORD = 'correct horse battery'
const ONE = 10n ** 18n
const LIMIT_MS = 100_000

/** Says the last close plus one; hangs for good where the last close is 666. */
const MODEL = `
export const createModel = () => ({
  name: 'plus-one',
  fit() {},
  predict(history) {
    const { close } = history.at(history.length - 1)
    if (close === 666) for (;;);
    return close + 1
  },
})
`

describe('a worker whose night is bad', function () {
  this.timeout(300_000)

  let anvil: Awaited<ReturnType<typeof startAnvil>>
  let folder: string
  let child: ChildProcess | undefined
  let log = ''

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) this.skip()
    folder = mkdtempSync(join(tmpdir(), 'auspex-nights-'))
  })
  after(() => {
    child?.kill('SIGKILL')
    anvil?.stop()
    if (folder) rmSync(folder, { recursive: true })
  })

  function start(): void {
    log = ''
    const args = [main, 'worker', 'start', '--json', '--config', join(folder, 'worker.yaml')]
    child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (part: Buffer) => (log += String(part)))
  }
  async function kill(): Promise<void> {
    const exited = new Promise((resolve) => child!.once('exit', resolve))
    child!.kill('SIGKILL')
    await exited
  }
  const says = (line: string) => until(line, async () => log.includes(`"${line}"`), LIMIT_MS)

  it('reveals through bad data, a lost disk and a model that hangs', async () => {
    const deployed = await deployOn(anvil!)
    const { topic, params } = await openTopic(anvil!, deployed)
    const client = await deployed.clientOf(1)
    await seatWorkers(anvil!, { topic, workers: [client] })

    const prices = join(folder, 'prices.csv')
    const row = (round: bigint, close: number) =>
      `${params.start + round * params.cadence - 500n},${close}\n`
    writeFileSync(prices, `date,close\n${row(-2n, 9)}${row(-1n, 11)}${row(0n, 10)}`)
    writeFileSync(join(folder, 'plusOne.mjs'), MODEL)
    writeFileSync(join(folder, 'password'), PASSWORD, { mode: 0o600 })
    const file = join(folder, 'key.json')
    await newKeystore({ file, password: secret(PASSWORD), privateKey: keyOf(1), cost: 1024 })
    writeFileSync(
      join(folder, 'worker.yaml'),
      `chain: { id: 31337, urls: ['${anvil!.url}'], network: '${deployed.network}' }
topic: '${topic}'
keys: { keystore: key.json, passwordFile: password }
dataDir: data
source: { kind: csv, file: prices.csv, time: seconds }
question: close
model: ./plusOne.mjs
maxSigmas: 1000
predictWithin: 2s
confidence: 0.5
pollMs: 100`,
    )

    const openAt = (round: bigint) => params.start + round * params.cadence
    const revealAt = (round: bigint) => openAt(round) + params.commitWindow
    const committed = (round: bigint) =>
      until(
        `round ${round} is committed`,
        async () => (await getSealLists(client, { topic, round })).length > 0,
        LIMIT_MS,
      )
    const revealed = async (round: bigint): Promise<bigint> => {
      const read = () => getRevealed(client, { topic, round })
      await until(
        `round ${round} is revealed`,
        async () => (await read()).predictions.length > 0,
        LIMIT_MS,
      )
      return unpackPrediction((await read()).predictions[0]!).value
    }

    // The data go bad while the node is down.
    start()
    await says('node.started')
    await leapTo(anvil!, openAt(0n))
    await committed(0n)
    await kill()
    appendFileSync(prices, `${params.start + 10n},NaN\n`)
    await leapTo(anvil!, revealAt(0n))
    start()
    expect(await revealed(0n)).to.equal(11n * ONE)
    await says('data.unusable')
    expect(log).to.match(/prices\.csv:5: close .*NaN/)

    // The disk is lost, and the model would say something else by now.
    writeFileSync(prices, `date,close\n${row(-1n, 11)}${row(0n, 10)}${row(1n, 12)}`)
    await leapTo(anvil!, openAt(1n))
    await committed(1n)
    await kill()
    rmSync(join(folder, 'data'), { recursive: true })
    appendFileSync(prices, row(1n, 99).replace(/^\d+/, String(openAt(1n))))
    await leapTo(anvil!, revealAt(1n))
    start()
    expect(await revealed(1n)).to.equal(13n * ONE)
    await says('prediction.recovered')

    // The model hangs in the rounds that follow; the new journal listens in the first of them.
    appendFileSync(prices, `${row(2n, 666)}`)
    await leapTo(anvil!, openAt(2n))
    await says('journal.listening')
    await leapTo(anvil!, openAt(3n) + 100n)
    await says('prediction.abstained')
    expect(log).to.match(/plusOne\.mjs: no answer within 2 s; its thread was ended/)
    expect(await getSealLists(client, { topic, round: 3n })).to.have.length(0)
    await kill()
  })
})

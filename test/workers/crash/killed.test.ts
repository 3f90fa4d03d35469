import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { getRevealed, getSealLists } from '../../../sdk/src/index.ts'
import type { AuspexClient } from '../../../sdk/src/index.ts'
import {
  deployOn,
  keyOf,
  leapTo,
  openTopic,
  pause,
  seatWorkers,
  startAnvil,
  until,
} from '../../helpers/anvil.ts'

const KILLS = 50
const runner = new URL('runWorker.ts', import.meta.url).pathname

/** Where in its life the process dies: as soon as it has sealed, once it has committed, when it should reveal. */
const points = ['sealed', 'committed', 'revealing'] as const

describe('a worker that is killed between commit and reveal', function () {
  this.timeout(180_000)

  let anvil: Awaited<ReturnType<typeof startAnvil>>
  let folder: string
  let child: ChildProcess | undefined
  let lines = ''

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) this.skip()
    folder = mkdtempSync(join(tmpdir(), 'auspex-crash-'))
  })

  after(() => {
    child?.kill('SIGKILL')
    anvil?.stop()
    if (folder) rmSync(folder, { recursive: true })
  })

  it(`reveals after each of ${KILLS} restarts`, async () => {
    const deployed = await deployOn(anvil!)
    const { topic, params } = await openTopic(anvil!, deployed)
    const client = await deployed.clientOf(1)
    await seatWorkers(anvil!, { topic, workers: [client] })

    const died = { sealed: 0, committed: 0, revealing: 0, tooLate: 0 }
    let kills = 0
    await start()
    for (let round = 0n; kills < KILLS; round++) {
      const point = points[Number(round) % points.length]!
      const openAt = params.start + round * params.cadence
      const revealAt = openAt + params.commitWindow

      lines = ''
      await leapTo(anvil!, openAt)
      await until('the prediction is sealed', async () => lines.includes('prediction.sealed'))
      if (point === 'sealed') {
        await pause(Math.random() * 40)
        await restart()
      }
      await until('the commitment is on the chain', () => isCommitted(client, round))
      if (point === 'committed') {
        await pause(Math.random() * 40)
        await restart()
      }
      await leapTo(anvil!, revealAt)
      let isTooLate = false
      if (point === 'revealing') {
        await pause(Math.random() * 60)
        kill()
        isTooLate = await isRevealed(client, round)
        await start()
      }
      await until('the prediction is revealed', () => isRevealed(client, round))

      died[isTooLate ? 'tooLate' : point] += 1
      if (!isTooLate) kills += 1
    }
    console.log(`      killed: ${JSON.stringify(died)}`)
    expect(kills).to.equal(KILLS)

    function isCommitted(client: AuspexClient, round: bigint): Promise<boolean> {
      return getSealLists(client, { topic, round }).then(({ length }) => length > 0)
    }
    async function isRevealed(client: AuspexClient, round: bigint): Promise<boolean> {
      return (await getRevealed(client, { topic, round })).workers.length === 1
    }
    async function start(): Promise<void> {
      const { url } = anvil!
      const args = [runner, url, deployed.network, topic, keyOf(1), folder]
      child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'pipe'] })
      child.stderr!.on('data', (chunk: Buffer) => (lines += String(chunk)))
      const began = lines.length
      await until('the worker runs', async () => lines.slice(began).includes('node.started'))
    }
    function kill(): void {
      child!.kill('SIGKILL')
    }
    async function restart(): Promise<void> {
      kill()
      await start()
    }
  })
})

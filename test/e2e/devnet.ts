/* A guest of `auspex devnet`, as docs/Workers.md has it: from nothing to a settled round, then the same round again by backtest. */
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { until } from '../helpers/anvil.ts'

const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

type Past = { round: string; status: string; said?: string }
type Ended = { code: number; output: string; errors: string }

describe('auspex devnet', function () {
  this.timeout(280_000)

  let folder: string
  let config: string
  const children: ChildProcess[] = []

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'auspex-devnet-'))
    config = join(folder, 'net', 'worker.yaml')
  })
  after(() => {
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  function start(...args: string[]) {
    const child = spawn(process.execPath, [main, ...args], { cwd: root })
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
    const args = ['--round', '120s', '--speed', '4', '--folder', join(folder, 'net')]
    const net = start('devnet', '--json', ...args)
    await until('it is ready', async () => net.said().includes('"topic"'), 200_000)
    const line = net
      .said()
      .split('\n')
      .find((each) => each.startsWith('{'))!
    const { topic } = JSON.parse(line) as { topic: string }
    for (const verb of [
      ['deposit', topic, '1000'],
      ['activate', topic],
      ['seat', topic],
    ]) {
      const { code, errors } = await auspex('stake', ...verb, '--config', config)
      expect(code, errors).to.equal(0)
    }
    const worker = start('worker', 'start', '--json', '--config', config)
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
    const sealed = worker
      .said()
      .split('\n')
      .find((each) => each.includes('prediction.sealed') && each.includes(`"round":"${round}"`))!
    const { inputs } = JSON.parse(sealed) as { inputs: string }

    const spoilt = await auspex('demo', 'spoil', 'thin', '--folder', join(folder, 'net'))
    expect(spoilt.code, spoilt.errors).to.equal(0)
    await until('it is spoilt', async () => net.said().includes('the feed is made thin'))

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

    worker.child.kill('SIGTERM')
    expect(await worker.ended).to.equal(0)
    net.child.kill('SIGINT')
    expect(await net.ended).to.equal(0)
  })
})

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { newKeystore } from '../../../workers/src/keys/newKeystore.ts'
import { secret } from '../../../workers/src/keys/secret.ts'
import { deployOn, keyOf, leapTo, startAnvil } from '../../helpers/anvil.ts'

const main = new URL('../../../cli/src/main.ts', import.meta.url).pathname
const DAY = 86_400_000
const PASSWORD = 'correct horse battery'

describe('the command line: a topic and its stake', function () {
  this.timeout(300_000)

  let anvil: Awaited<ReturnType<typeof startAnvil>>
  let folder: string

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) this.skip()
    folder = mkdtempSync(join(tmpdir(), 'auspex-topic-'))
  })
  after(() => {
    anvil?.stop()
    if (folder) rmSync(folder, { recursive: true })
  })

  it('opens and funds a topic, and brings a worker with a cold owner in and out', async () => {
    const { network, truth, clientOf } = await deployOn(anvil!)
    const [owner, signer] = [await clientOf(1), await clientOf(2)]
    write('password', PASSWORD)
    write('topic.yaml', termsWith(truth))
    const asOwner = await configOf('owner', 1, network)
    const asSigner = await configOf('signer', 2, network)

    write('risky.yaml', termsWith(truth).replace('risk: 0.04', 'risk: 0.9'))
    const risky = await refused('topic', 'create', join(folder, 'risky.yaml'), ...asOwner)
    expect(risky.error.message).to.match(/"risk" is 0\.9, but must be between 0\.0001 and 0\.\d+\./)
    write('empty.yaml', termsWith(truth).replace('max: 1000', 'max: -5'))
    const empty = await refused('topic', 'create', join(folder, 'empty.yaml'), ...asOwner)
    expect(empty.error.message).to.match(/A domain from 0 to -5 around 100\.25 holds no values/)

    const { topic } = await auspex('topic', 'create', join(folder, 'topic.yaml'), ...asOwner)
    const richer = await refused('topic', 'fund', topic, '3000000', ...asOwner)
    expect(richer.error.message).to.match(/holds 1000000 TEST of the token, and 3000000 TEST is/)
    for (const amount of ['0.1234567890123456789', '100000000000']) {
      expect((await run(['topic', 'fund', topic, amount, ...asOwner])).code).to.equal(2)
    }
    await auspex('topic', 'fund', topic, '2500.5', ...asOwner)
    const shown = await auspex('topic', 'show', topic, ...asOwner)
    expect(shown.description).to.equal('A price, half an hour ahead')
    const { topics } = await auspex('topic', 'list', ...asSigner)
    expect(topics).to.deep.equal([{ topic, description: shown.description }])
    expect(shown.phase).to.equal('pending')
    expect(shown.state).to.include({
      pool: '2500500000000000000000',
      cadence: '3600',
      commitWindow: '600',
      riskBps: '400',
      intervalBps: '9000',
      lastSeat: '15',
      domain: 'adaptive',
      max: '1000000000000000000000',
    })

    const unknown = `0x${'11'.repeat(32)}`
    expect((await auspex('read', topic, ...asOwner)).forecast.status).to.equal('void')
    expect((await refused('read', unknown, ...asOwner)).error.name).to.equal('UnknownTopic')
    expect(await told('stake', 'show', topic, ...asSigner)).to.match(
      /nobody has staked behind .*\nNext: auspex stake deposit /,
    )

    const { consent } = await auspex('keys', 'consent', topic, owner.account!, ...asSigner)
    const worker = ['--worker', signer.account!]
    const deposit = ['stake', 'deposit', topic, '100', ...worker]
    expect((await refused(...deposit, ...asOwner)).error.name).to.equal('NoConsent')
    const { activeAt } = await auspex(...deposit, '--consent', consent, ...asOwner)

    expect((await refused('stake', 'activate', topic, ...worker, ...asOwner)).error.name).to.equal(
      'NotActive',
    )
    expect(await told('stake', 'show', topic, ...asSigner)).to.match(
      /Next: after .*: auspex stake activate /,
    )
    await leapTo(anvil!, BigInt(activeAt) + 1n)
    await auspex('stake', 'activate', topic, ...worker, ...asOwner)
    expect(await told('stake', 'show', topic, ...asSigner)).to.match(
      /rank +100 TEST: .*\nseat +none\nNext: auspex stake seat /,
    )
    expect((await auspex('stake', 'seat', topic, ...worker, ...asOwner)).seat).to.equal('0')
    expect(await told('stake', 'show', topic, ...asSigner)).to.match(
      /seat +0, from round 0 on\nNext: auspex read /,
    )

    const little = await auspex('stake', 'unstake', topic, '10', ...worker, ...asOwner)
    expect(little.keepsSeat).to.equal(true)
    const much = await auspex('stake', 'unstake', topic, '30', ...worker, ...asOwner)
    expect(much.keepsSeat).to.equal(false)
    const rest = await auspex('stake', 'unstake', topic, 'all', ...worker, ...asOwner)
    expect(rest.amount).to.equal('60000000000000000000')
    const { leavesAt } = rest
    await leapTo(anvil!, BigInt(leavesAt) + 1n)
    // It took a seat, which binds it until the first round of that is over, a month from now.
    const early = await refused('stake', 'withdraw', topic, ...worker, ...asOwner)
    expect(early.error).to.include({ name: 'RoundsOpen' })
    await leapTo(anvil!, BigInt(leavesAt) + 31n * 86_400n)
    const { amount } = await auspex('stake', 'withdraw', topic, ...worker, ...asOwner)
    expect(amount).to.equal('100000000000000000000')

    const { position, earned } = await auspex('stake', 'show', topic, ...asSigner)
    expect(earned).to.equal('0')
    expect(position).to.include({ stake: '0', owner: owner.account! })
  })

  const termsWith = (truth: string) => `
description: A price, half an hour ahead
truth: ${truth}
seats: 16
ringSize: 4
risk: 0.04
start: ${new Date(Date.now() + 30 * DAY).toISOString()}
cadence: 1h
commitWindow: 10m
revealWindow: 600
lead: 1m
horizon: 30m
truthWindow: 1h
activationDelay: 2h
unstakeDelay: 1d
minWager: 0.5
minStake: 50
min: 0
max: 1000
center: 100.25
sigma: 5
`

  function write(name: string, text: string): void {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
  }

  async function configOf(name: string, index: number, network: string): Promise<string[]> {
    const file = join(folder, `${name}.json`)
    await newKeystore({ file, password: secret(PASSWORD), privateKey: keyOf(index), cost: 1024 })
    const chain = `chain: { id: 31337, urls: ['${anvil!.url}'], network: ${network} }`
    write(`${name}.yaml`, `${chain}\nkeys: { keystore: ${name}.json, passwordFile: password }\n`)
    return ['--json', '--config', join(folder, `${name}.yaml`)]
  }

  async function auspex(...args: string[]) {
    const { code, out, err } = await run(args)
    expect(code, err).to.equal(0)
    return JSON.parse(out)
  }

  /** As people read it. */
  async function told(...args: string[]): Promise<string> {
    const { code, out, err } = await run(args.filter((word) => word !== '--json'))
    expect(code, err).to.equal(0)
    return out
  }

  async function refused(...args: string[]) {
    const { code, err } = await run(args)
    expect(code).to.equal(1)
    return JSON.parse(err)
  }

  function run(args: string[]): Promise<{ code: number; out: string; err: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
      let out = ''
      let err = ''
      child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)))
      child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)))
      child.once('exit', (code) => resolve({ code: code ?? 1, out, err }))
    })
  }
})

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { newKeystore } from '../../../workers/src/keys/newKeystore.ts'
import { secret } from '../../../workers/src/keys/secret.ts'
import { deployOn, keyOf, leapTo, startAnvil } from '../../helpers/anvil.ts'
import { runHere } from '../../helpers/commandLine.ts'

const main = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url))
const DAY = 86_400_000
const PASSWORD = 'correct horse battery'

describe('the command line: a topic and its stake', function () {
  this.timeout(900_000)

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
    const { network, truth, feed, clientOf, push } = await deployOn(anvil!)
    const [owner, signer] = [await clientOf(1), await clientOf(2)]
    write('password', PASSWORD)
    write('topic.yaml', termsWith(truth))
    const asOwner = await configOf('owner', 1, network)
    const asSigner = await configOf('signer', 2, network)

    write('risky.yaml', termsWith(truth).replace('risk: 0.04', 'risk: 0.1'))
    const risky = await runHere(['topic', 'create', join(folder, 'risky.yaml'), ...asOwner])
    expect([risky.code, risky.err]).to.satisfy(([code, err]: [number, string]) => {
      return code === 2 && /risky\.yaml:6:1: risk is wrong: must be at most 0\.04 with/.test(err)
    })
    write('feed.yaml', termsWith(feed))
    const mistaken = await runHere(['topic', 'create', join(folder, 'feed.yaml'), ...asOwner])
    expect([mistaken.code, mistaken.err]).to.satisfy(([code, err]: [number, string]) => {
      return code === 2 && /feed\.yaml:3:1: truth is wrong: is a price feed.*truth deploy/.test(err)
    })

    const { timestamp } = await anvil!.chain.getBlock()
    for (let ago = 16n; ago > 2n; ago--)
      await push((3010n - 10n * ago) * 10n ** 18n, timestamp - ago * 3600n)
    for (const [value, ago] of [
      [2990n, 7200n],
      [3000n, 3600n],
      [3010n, 0n],
    ] as const) {
      await push(value * 10n ** 18n, timestamp - ago)
    }
    const draft = join(folder, 'new.yaml')
    const asked = ['--kind', 'price', '--truth', feed, '--cadence', '30m']
    const drafted = await auspex('topic', 'new', draft, '--yes', ...asked, ...asOwner)
    expect(drafted.deploy).to.match(/^auspex truth deploy feed --feed 0x\w{40} --heartbeat 36\d\d$/)
    const deployed = await auspex(...drafted.deploy.split(' ').slice(1), ...asOwner)
    expect(deployed.truth ?? deployed.address).to.equal(drafted.truth)
    const sound = await auspex('topic', 'check', draft, ...asSigner)
    expect(sound.warnings).to.deep.equal([])
    expect(sound.params).to.include({ center: '3010000000000000000000', cadence: '1800' })
    const simulated = await auspex('topic', 'simulate', draft, '--rounds', '20', ...asSigner)
    expect(simulated.source).to.equal('the truth source’s own past, 20 rounds')
    expect(simulated).to.include({ rounds: 20, stake: '50000000000000000000' })
    const over = await runHere(['topic', 'new', draft, '--yes', ...asked, ...asOwner])
    expect([over.code, over.err]).to.satisfy(([code, err]: [number, string]) => {
      return code === 2 && err.includes('already')
    })

    const checked = await told('topic', 'check', join(folder, 'topic.yaml'), ...asOwner)
    expect(checked).to.match(/^timeline +round 0 opens .*Z$/m)
    expect(checked).to.match(/^risk +0\.04 \(4 %\) of a stake in a round, stakes from 50 TEST$/m)
    expect(checked).to.match(/^defaults +decimals 8\n +minWorkers 3\n +interval 0\.9 \(90 %\)$/m)
    expect(checked).to.match(/^truth +value/m)
    expect(checked).to.match(/^a day +5\d{6} gas with 3 workers \(/m)
    expect(checked).to.match(/pool of 1000 TEST pays at most 10 TEST for a round/)
    expect(checked).to.match(/^Warning: the feed has no live forecast .* 3000 s of every 3600 s/m)
    expect(checked).to.match(/\nNext: auspex topic create /)

    const file = join(folder, 'topic.yaml')
    const { topic, start } = await auspex('topic', 'create', file, '--yes', ...asOwner)
    const written = readFileSync(file, 'utf8')
    expect(written.endsWith(`\nid: ${topic}\n`)).to.equal(true)
    expect(written).to.contain(
      `\nstart: ${new Date(Number(start) * 1000).toISOString().slice(0, 19)}Z\n`,
    )
    expect(written.replace(/^(start|id):.*\n/gm, '')).to.equal(
      termsWith(truth).replace(/^start:.*\n/gm, ''),
    )
    const twice = await runHere(['topic', 'create', file, ...asOwner])
    expect([twice.code, twice.err]).to.satisfy(([code, err]: [number, string]) => {
      return code === 2 && err.includes(`this file opened topic ${topic}`)
    })
    // Killed before it could write the id: the same terms are the same topic.
    writeFileSync(file, written.replace(/^id:.*\n/m, ''))
    const found = await auspex('topic', 'create', file, ...asOwner)
    expect([found.topic, found.transaction]).to.deep.equal([topic, undefined])
    expect(readFileSync(file, 'utf8')).to.equal(written)
    const richer = await refused('topic', 'fund', topic, '3000000', ...asOwner)
    expect(richer.error.message).to.match(/holds 1000000 TEST of the token, and 3000000 TEST is/)
    for (const amount of ['0.1234567890123456789', '100000000000']) {
      expect((await runHere(['topic', 'fund', topic, amount, ...asOwner])).code).to.equal(2)
    }
    await auspex('topic', 'fund', topic, '2500.5', ...asOwner)
    const shown = await auspex('topic', 'show', topic, ...asOwner)
    expect(shown.description).to.equal('A price, half an hour ahead')
    const { topics } = await auspex('topic', 'list', ...asSigner)
    expect(topics).to.deep.equal([{ topic, description: shown.description }])
    expect(shown.phase).to.equal('pending')
    expect(shown.standing).to.include({ status: 'void', pool: '2500500000000000000000' })
    expect(shown.standing.due).to.have.length(1)
    expect(await told('topic', 'show', topic, ...asOwner)).to.match(
      /^feed +void\ninterval +none yet\n[^]*^due +round 0 opens at .*Z, in 29d 2\dh$/m,
    )
    expect(await watched('topic', 'list', '--watch', '1', ...asOwner)).to.match(
      /^(0x\w{64} {2}A price, half an hour ahead\n {2}feed +void\n[^]*pool +2500\.5 TEST, a hundredth of it left on [\d-]{10} at the earliest\nNext: .*\n){2}/,
    )
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

  /** What a command that repeats itself prints until it was interrupted after its second look. */
  function watched(...args: string[]): Promise<string> {
    const words = args.filter((word) => word !== '--json')
    const child = spawn(process.execPath, [main, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.split('Next:').length > 2) child.kill('SIGINT')
    })
    return new Promise((resolve, reject) => {
      child.on('close', (code) => {
        if (code === 0) resolve(output)
        else reject(new Error(`It ended with ${code}: ${output}`))
      })
    })
  }

  async function auspex(...args: string[]) {
    const { code, out, err } = await runHere(args)
    expect(code, err).to.equal(0)
    return JSON.parse(out)
  }

  /** As people read it. */
  async function told(...args: string[]): Promise<string> {
    const { code, out, err } = await runHere(args.filter((word) => word !== '--json'))
    expect(code, err).to.equal(0)
    return out
  }

  async function refused(...args: string[]) {
    const { code, err } = await runHere(args)
    expect(code).to.equal(1)
    return JSON.parse(err)
  }
})

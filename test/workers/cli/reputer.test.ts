import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { createWalletClient, http } from 'viem'
import type { Address, Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { deployContract } from '../../../devnet/deployNetwork.ts'
import { newKeystore } from '../../../workers/src/keys/newKeystore.ts'
import { secret } from '../../../workers/src/keys/secret.ts'
import { deployOn, keyOf, leapTo, openTopic, startAnvil } from '../../helpers/anvil.ts'
import { runHere } from '../../helpers/commandLine.ts'
import type { Deployed } from '../../helpers/anvil.ts'

const ONE = 10n ** 18n
const PASSWORD = 'correct horse battery'

describe('the command line: a reputer and its stake', function () {
  this.timeout(300_000)

  let anvil: Awaited<ReturnType<typeof startAnvil>>
  let folder: string
  let place: string
  let config: string[]

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) this.skip()
    folder = mkdtempSync(join(tmpdir(), 'auspex-reputer-'))
  })
  after(() => {
    anvil?.stop()
    if (folder) rmSync(folder, { recursive: true })
  })

  it('takes a seat where reputers report the truth, and leaves it again', async () => {
    const deployed = await deployOn(anvil!)
    await deployed.clientOf(1)
    config = await configOf(1, deployed.network)
    const fed = await openTopic(anvil!, deployed)
    const truth = await deployPanel(deployed)
    const { topic, params } = await openTopic(anvil!, deployed, { truth })

    expect((await refused(3, 'seat', fed.topic, '100')).message).to.match(/has no panel/)
    expect(await mistaken('report', fed.topic)).to.match(/has no panel of reputers/)
    expect(await mistaken('feed', topic)).to.match(/Reputers report the truth of /)

    expect(await mistaken('feed', fed.topic, '--only', 'reporter')).to.match(/nothing to do/)
    expect(await mistaken('report', fed.topic, '--only', 'keeper')).to.match(/has no panel/)

    expect((await refused(1, 'seat', topic, '0.5')).message).to.match(
      /0\.5 TEST is below .* 1 TEST/,
    )
    expect(await auspex('seat', topic, '100')).to.include({ seat: '0', from: '0' })
    expect((await refused(1, 'seat', topic, '100')).name).to.equal('AlreadySeated')
    expect(await auspex('show', topic)).to.include({ stake: String(100n * ONE), seat: '0' })
    expect((await refused(1, 'claim')).name).to.equal('NothingToClaim')

    expect(await seatIn('report', topic)).to.match(/stake 100 TEST, reports: seat 0/)
    expect(await seatIn('feed', fed.topic)).to.match(/its truth is proven, which takes no seat/)

    expect((await refused(1, 'withdraw', topic)).name).to.equal('NotLeaving')
    expect((await auspex('unstake', topic)).isRefunded).to.equal(true)
    expect((await auspex('withdraw', topic)).amount).to.equal(String(100n * ONE))
    await auspex('seat', topic, '100')
    await leapTo(anvil!, params.start)
    const { leavesAt } = await auspex('unstake', topic)
    expect((await refused(1, 'withdraw', topic)).name).to.equal('TooEarly')
    await leapTo(anvil!, BigInt(leavesAt) + 1n)
    expect((await auspex('withdraw', topic)).amount).to.equal(String(100n * ONE))
    expect(await auspex('show', topic)).to.include({ stake: '0', leavesAt: null })
  })

  async function deployPanel({ network, token }: Deployed): Promise<Address> {
    const account = privateKeyToAccount(keyOf(0))
    const wallet = createWalletClient({ account, transport: http(anvil!.url) })
    const create = async (data: Hex) => {
      const hash = await wallet.sendTransaction({ data, chain: null })
      const receipt = await anvil!.chain.waitForTransactionReceipt({ hash })
      return receipt.contractAddress!
    }
    const terms = {
      token,
      network,
      sink: `0x${'99'.repeat(20)}`,
      commitWindow: 100,
      revealWindow: 100,
      challengeWindow: 0,
      unstakeDelay: 10,
      minStake: ONE,
      quorumBps: 6000,
      outlierBps: 1000,
      silenceBps: 100,
      toleranceBps: 100,
      tolerance: ONE,
    }
    return deployContract({ name: 'ReputerTruth', create, args: [terms] })
  }

  function write(name: string, text: string): string {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }

  async function configOf(index: number, network: string): Promise<string[]> {
    const file = join(folder, 'key.json')
    await newKeystore({ file, password: secret(PASSWORD), privateKey: keyOf(index), cost: 1024 })
    write('password', PASSWORD)
    place = `chain: { id: 31337, urls: ['${anvil!.url}'], network: ${network} }
keys: { keystore: key.json, passwordFile: password }
`
    return ['--json', '--config', write('reputer.yaml', place)]
  }

  /** What a reputer is told that looks for a topic's truth in the wrong place. */
  async function mistaken(
    kind: 'feed' | 'report',
    topic: Hex,
    ...flags: string[]
  ): Promise<string> {
    const file = writeTopic(kind, topic)
    const { code, err } = await runHere(['reputer', 'start', '--json', '--config', file, ...flags])
    expect(code).to.equal(3)
    return JSON.parse(err).error.message
  }

  /** A node that did not start holds its folder as long as its process lives. */
  let folders = 0
  const newFolder = () => `data${folders++}`

  function writeTopic(kind: 'feed' | 'report', topic: Hex): string {
    const source = kind === 'report' ? ', source: { kind: sample }, question: close' : ''
    const truth = `{ kind: ${kind}${source} }`
    return write(
      'one.yaml',
      `${place}dataDir: ${newFolder()}
http: { port: 0 }
topics: [{ id: ${topic}, truth: ${truth} }]
`,
    )
  }

  /** What `auspex status` says of a reputer that is configured for one topic. */
  async function seatIn(kind: 'feed' | 'report', topic: Hex): Promise<string> {
    const { code, out, err } = await runHere(['status', '--config', writeTopic(kind, topic)])
    expect(code, err).to.equal(0)
    return out
  }

  async function auspex(...args: string[]) {
    const { code, out, err } = await runHere(['reputer', ...args, ...config])
    expect(code, err).to.equal(0)
    return JSON.parse(out)
  }

  async function refused(code: number, ...args: string[]) {
    const ran = await runHere(['reputer', ...args, ...config])
    expect(ran.code).to.equal(code)
    return JSON.parse(ran.err).error
  }
})

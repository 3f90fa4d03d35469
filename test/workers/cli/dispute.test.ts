import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  createWalletClient,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  http,
  keccak256,
  toHex,
} from 'viem'
import type { Abi, Address, Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { runCommandLine } from '../../../cli/src/runCommandLine.ts'
import { deployContract, readArtifact } from '../../../devnet/deployNetwork.ts'
import {
  commitReport,
  createAuspex,
  reportCommitmentOf,
  revealReport,
  roundStatuses,
  takeReputerSeat,
  tallyReports,
} from '../../../sdk/src/index.ts'
import type { AuspexClient } from '../../../sdk/src/index.ts'
import { newKeystore } from '../../../workers/src/keys/newKeystore.ts'
import { secret } from '../../../workers/src/keys/secret.ts'
import { keyOf, leapTo, startAnvil } from '../../helpers/anvil.ts'

const ONE = 10n ** 18n
const WINDOW = 100n
const [cadence, horizon] = [3600n, 3600n]
const salt: Hex = `0x${'07'.repeat(32)}`
const round = 2n
const topic = keccak256(toHex('what happened?'))
/** Accounts of the chain by their parts. */
const [REPUTER, JUROR, CHALLENGER] = [1, 2, 3]
type Written = { kind: 'out' | 'err'; text: string }

describe('the command line: disputes', function () {
  this.timeout(300_000)

  let anvil: NonNullable<Awaited<ReturnType<typeof startAnvil>>>
  let folder: string
  let token: Address
  let topics: Address
  let truth: Address
  let tallied: { start: bigint; target: bigint }
  const configs: { [index: number]: string[] } = {}

  before(async function () {
    const started = await startAnvil()
    if (started === undefined) return this.skip()
    anvil = started
    folder = mkdtempSync(join(tmpdir(), 'auspex-dispute-'))
    token = await deploy('TestToken', ['Test', 'TEST'])
    topics = await deploy('MockTopics', [])
    for (const index of [REPUTER, JUROR, CHALLENGER]) await configure(index)
  })
  after(() => {
    anvil?.stop()
    if (folder) rmSync(folder, { recursive: true })
  })

  it('a jury overturns a lie: register, open, vote, reveal, settle, claim', async () => {
    const shared = { token, sink: `0x${'99'.repeat(20)}`, commitWindow: WINDOW }
    const arbiter = await deploy('StakeArbiter', [
      {
        ...{ ...shared, revealWindow: WINDOW, delay: 60, minStake: ONE, silenceBps: 1000 },
        fee: ONE,
      },
    ])
    await openPanel(arbiter)

    expect((await refused(1, JUROR, 'register', topic, '0.5')).message).to.match(
      /0\.5 TEST is below .* 1 TEST/,
    )
    expect(await auspex(JUROR, 'register', topic, '100')).to.include({ seat: '0', arbiter })
    expect((await refused(1, JUROR, 'register', topic, '100')).name).to.equal('AlreadySeated')
    expect((await refused(3, CHALLENGER, 'settle', topic, '2')).message).to.match(
      /Nobody has challenged round 2/,
    )

    await lie()
    const before = await auspex(CHALLENGER, 'show', topic, '2')
    expect(before).to.include({ truth: 'unknown', dispute: null, bond: String(5n * ONE) })
    const same = await refused(1, CHALLENGER, 'open', topic, '2', '500')
    expect(same.name).to.equal('SameValue')
    const { id } = await auspex(CHALLENGER, 'open', topic, '2', '--', '-123.5')
    expect(id).to.equal('1')
    expect((await auspex(CHALLENGER, 'show', topic, '2')).truth).to.equal('disputed')
    expect((await refused(3, CHALLENGER, 'contest', topic, '2')).message).to.match(/Jurors vote/)
    expect((await refused(1, CHALLENGER, 'settle', topic, '2')).name).to.equal('RulingPending')

    expect((await refused(1, CHALLENGER, 'vote', topic, '2', '1')).name).to.equal('NotSeated')
    const opened = await now()
    await auspex(JUROR, 'vote', topic, '2', '--', '-123.5')
    await leapTo(anvil, opened + WINDOW)
    expect((await refused(1, JUROR, 'reveal', topic, '2', '7')).name).to.equal('WrongVote')
    await auspex(JUROR, 'reveal', topic, '2', '--', '-123.5')
    await leapTo(anvil, opened + 2n * WINDOW)

    const words = (await run(CHALLENGER, 'show', topic, '2')).written
    expect(textOf(words)).to.match(/truth {6}known -123\.5\n/)
    expect(textOf(words)).to.match(/Next: auspex dispute settle \S+ 2 --config/)
    const settled = await auspex(CHALLENGER, 'settle', topic, '2')
    expect(settled).to.include({ status: 'overturned', value: String(-1235n * (ONE / 10n)) })
    expect(settled).to.include({ closed: true, paid: String(12n * ONE) })
    const again = await auspex(CHALLENGER, 'settle', topic, '2')
    expect(again).to.include({ status: 'overturned', closed: false, paid: null })
    expect((await auspex(CHALLENGER, 'claim', topic)).amount).to.equal(String(12n * ONE))
    expect((await refused(1, CHALLENGER, 'claim', topic)).name).to.equal('NothingToClaim')

    expect((await auspex(JUROR, 'withdraw', topic)).amount).to.equal(String(ONE))
    expect((await refused(1, JUROR, 'withdraw', topic)).name).to.equal('NotLeaving')
    const { leavesAt } = await auspex(JUROR, 'unregister', topic)
    expect((await refused(1, JUROR, 'withdraw', topic)).name).to.equal('TooEarly')
    await leapTo(anvil, BigInt(leavesAt))
    expect((await auspex(JUROR, 'withdraw', topic)).amount).to.equal(String(100n * ONE))
  })

  it('an optimistic oracle decides: open, contest, settle', async () => {
    const oracle = await deploy('OracleDouble', [], 'test/helpers')
    await write('OracleDouble', oracle, 'setMinimumBond', [token, ONE])
    const arbiter = await deploy('OptimisticArbiter', [
      { oracle, token, bond: 2n * ONE, liveness: WINDOW, voteWindow: WINDOW },
    ])
    await openPanel(arbiter)
    await lie()
    expect((await refused(3, JUROR, 'vote', topic, '2', '1')).message).to.match(/Nobody has chall/)
    await auspex(CHALLENGER, 'open', topic, '2', '9')
    expect((await refused(3, JUROR, 'vote', topic, '2', '1')).message).to.match(/has no jury/)
    const { decision } = await auspex(CHALLENGER, 'show', topic, '2')
    expect(decision.kind).to.equal('oracle')
    expect(decision.found).to.include({ status: 'asserted', ruling: 'pending' })
    expect(await auspex(REPUTER, 'contest', topic, '2')).to.include({
      oracle,
      bond: String(2n * ONE),
    })
    const early = await refused(1, CHALLENGER, 'settle', topic, '2')
    expect(early.name).to.equal('RulingPending')

    await write('OracleDouble', oracle, 'vote', [decision.found.assertionId, false])
    const settled = await auspex(CHALLENGER, 'settle', topic, '2')
    expect(settled).to.include({ status: 'upheld', value: String(500n * ONE), closed: true })
    expect((await auspex(REPUTER, 'claim', topic)).amount).to.equal(String(5n * ONE))
    await leapTo(anvil, tallied.target + 3n * cadence)
    expect((await auspex(CHALLENGER, 'show', topic, '2')).decision.found.status).to.equal(
      'untruthful',
    )
  })

  it('refuses a topic whose truth takes no challenges', async () => {
    await write('MockTopics', topics, 'setTopic', [topic, token, 1, 3600, 3600, 7200])
    const { message } = await refused(3, CHALLENGER, 'show', topic, '2')
    expect(message).to.match(/which takes no challenges/)
  })

  /* SCENE */

  /** A topic whose one reputer is seated before its first round opens, and whose answers the arbiter decides. */
  async function openPanel(arbiter: Address): Promise<void> {
    const terms = {
      ...{ token, network: topics, sink: `0x${'99'.repeat(20)}`, unstakeDelay: 60 },
      ...{ commitWindow: WINDOW, revealWindow: WINDOW, challengeWindow: WINDOW, minStake: ONE },
      ...{ quorumBps: 6000, outlierBps: 1000, silenceBps: 100, toleranceBps: 100, tolerance: 0n },
    }
    truth = await deploy('ChallengedTruth', [terms, arbiter, 5n * ONE])
    const start = (await now()) + 2n * cadence
    const target = start + round * cadence + horizon
    tallied = { start, target }
    await write('MockTopics', topics, 'setTopic', [topic, truth, start, cadence, horizon, 7200n])
    const published = roundStatuses.indexOf('published')
    await write('MockTopics', topics, 'setStatus', [topic, round, published])
    const reputer = await clientOf(REPUTER)
    await takeReputerSeat(reputer, { source: truth, topic, seat: 0n, amount: 1000n * ONE })
  }

  /** The reputer says 500, which nothing was. */
  async function lie(): Promise<void> {
    const client = await clientOf(REPUTER)
    const key = { source: truth, topic, round }
    const report = { ...key, reputer: client.account!, value: 500n * ONE, salt }
    await leapTo(anvil, tallied.target)
    const commitment = reportCommitmentOf({ chainId: client.chainId, ...report })
    await commitReport(client, { ...key, commitment })
    await leapTo(anvil, tallied.target + WINDOW)
    await revealReport(client, { ...key, value: 500n * ONE, salt })
    await tallyReports(client, key)
  }

  async function now(): Promise<bigint> {
    return (await anvil.chain.getBlock()).timestamp
  }

  /* CHAIN */

  function walletOf(index: number) {
    const account = privateKeyToAccount(keyOf(index))
    return createWalletClient({ account, transport: http(anvil.url), pollingInterval: 20 })
  }

  async function create(data: Hex): Promise<Address> {
    const hash = await walletOf(0).sendTransaction({ data, chain: null })
    return getAddress((await anvil.chain.waitForTransactionReceipt({ hash })).contractAddress!)
  }

  async function deploy(name: string, args: unknown[], place?: 'test/helpers'): Promise<Address> {
    if (place === undefined) return deployContract({ name, create, args })
    const { abi, bytecode } = double(name)
    return create(encodeDeployData({ abi, bytecode, args }))
  }

  /** A contract that is only for tests, as it was compiled. */
  function double(name: string): { abi: Abi; bytecode: Hex } {
    const file = `../../../artifacts/test/helpers/${name}.sol/${name}.json`
    return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
  }

  async function write(name: string, to: Address, functionName: string, args: unknown[]) {
    const { abi } = name === 'OracleDouble' ? double(name) : await readArtifact({ name })
    const data = encodeFunctionData({ abi, functionName, args })
    const hash = await walletOf(0).sendTransaction({ to, data, chain: null })
    await anvil.chain.waitForTransactionReceipt({ hash })
  }

  async function clientOf(index: number): Promise<AuspexClient> {
    const publicClient = anvil.chain as never
    const options = { network: topics, token, publicClient, chainId: anvil.chainId }
    return createAuspex({ ...options, walletClient: walletOf(index) })
  }

  /* COMMANDS */

  async function configure(index: number): Promise<void> {
    const file = join(folder, `key${index}.json`)
    await newKeystore({ file, password: secret('horse'), privateKey: keyOf(index), cost: 1024 })
    writeFileSync(join(folder, 'password'), 'horse', { mode: 0o600 })
    await write('TestToken', token, 'mint', [walletOf(index).account.address, 10_000n * ONE])
    const text = `chain: { id: 31337, urls: ['${anvil.url}'], network: '${topics}' }
keys: { keystore: key${index}.json, passwordFile: password }
`
    const config = join(folder, `auspex${index}.yaml`)
    writeFileSync(config, text, { mode: 0o600 })
    configs[index] = ['--config', config]
  }

  async function auspex(index: number, ...args: string[]) {
    const { code, written } = await run(index, args[0]!, '--json', ...args.slice(1))
    expect(code, textOf(written)).to.equal(0)
    return JSON.parse(textOf(written, 'out'))
  }

  async function refused(code: number, index: number, ...args: string[]) {
    const ran = await run(index, args[0]!, '--json', ...args.slice(1))
    expect(ran.code, textOf(ran.written)).to.equal(code)
    return JSON.parse(textOf(ran.written, 'err')).error as { name: string; message: string }
  }

  /** In this process, with what the command prints kept. */
  async function run(index: number, verb: string, ...args: string[]) {
    const written: Written[] = []
    const { log, error } = console
    const { argv } = process
    const command = ['node', 'auspex', 'dispute', verb, ...configs[index]!, ...args]
    console.log = (text: string) => void written.push({ kind: 'out', text })
    console.error = (text: string) => void written.push({ kind: 'err', text })
    process.argv = command
    try {
      return { code: await runCommandLine({ argv: command }), written }
    } finally {
      Object.assign(console, { log, error })
      process.argv = argv
    }
  }

  function textOf(written: readonly Written[], only?: Written['kind']): string {
    return written
      .filter(({ kind }) => only === undefined || kind === only)
      .map(({ text }) => `${text}\n`)
      .join('')
  }
})

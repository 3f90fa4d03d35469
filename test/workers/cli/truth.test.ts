import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { getAddress, zeroAddress } from 'viem'
import { commit, getTruth, getTruthProof, publish, reveal, seal } from '../../../sdk/src/index.ts'
import type { Topic } from '../../../sdk/src/index.ts'
import { newKeystore } from '../../../workers/src/keys/newKeystore.ts'
import { secret } from '../../../workers/src/keys/secret.ts'
import { deployOn, keyOf, leapTo, openTopic, seatWorkers, startAnvil } from '../../helpers/anvil.ts'
import { runHere } from '../../helpers/commandLine.ts'

const PASSWORD = 'correct horse battery'

describe('the command line: truth sources and feeds', function () {
  this.timeout(900_000)

  let anvil: Awaited<ReturnType<typeof startAnvil>>
  let base: Awaited<ReturnType<typeof deployOn>>
  let folder: string
  let as: string[]

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) return this.skip()
    folder = mkdtempSync(join(tmpdir(), 'auspex-truth-'))
    base = await deployOn(anvil)
    await base.clientOf(1)
    const file = join(folder, 'key.json')
    await newKeystore({ file, password: secret(PASSWORD), privateKey: keyOf(1), cost: 1024 })
    writeFileSync(join(folder, 'password'), PASSWORD, { mode: 0o600 })
    const chain = `chain: { id: 31337, urls: ['${anvil.url}'], network: '${base.network}' }`
    const config = join(folder, 'auspex.yaml')
    writeFileSync(config, `${chain}\nkeys: { keystore: key.json, passwordFile: password }\n`)
    as = ['--json', '--config', config]
  })
  after(() => {
    anvil?.stop()
    if (folder) rmSync(folder, { recursive: true })
  })

  it('deploys a source once, and says what it answers and what is next', async () => {
    const terms = ['--heartbeat', '1h', '--window', '24h', '--samples', '24']
    const deploy = ['truth', 'deploy', 'volatility', '--feed', base.feed, ...terms]
    const { address, transaction, contract, definition } = await auspex(...deploy, ...as)
    expect(contract).to.equal('VolatilityTruth')
    expect(transaction).to.match(/^0x/)
    expect(definition.question).to.deep.equal({
      kind: 'volatility',
      window: '86400',
      samples: '24',
    })
    expect(definition).to.include({
      source: getAddress(base.feed),
      tolerance: '3600',
      unit: 'percent a year',
    })

    const again = await auspex(...deploy, ...as)
    expect(again).to.include({ address, transaction: null })
    const { out } = await runHere([...deploy, ...as.slice(1)])
    expect(out).to.include(`truth: '${address}'`)
    expect(out).to.match(/\nNext: auspex topic create topic\.yaml --config \S+\n$/)
  })

  it('says which options a kind needs, and refuses in words what the contract refuses', async () => {
    const missing = await runHere(['truth', 'deploy', 'average', '--feed', base.feed, ...as])
    expect(missing.code).to.equal(2)
    expect(missing.err).to.include('--heartbeat, --window, --samples')
    const terms = ['--feed', base.feed, '--heartbeat', '0']
    const zero = await runHere(['truth', 'deploy', 'feed', ...terms, ...as])
    expect(zero.code).to.equal(1)
    expect(JSON.parse(zero.err).error.name).to.equal('ZeroHeartbeat')
    const noPyth = ['--pyth', `0x${'12'.repeat(20)}`, '--id', `0x${'ab'.repeat(32)}`]
    const pyth = await runHere(['truth', 'deploy', 'pyth', ...noPyth, ...as])
    expect(JSON.parse(pyth.err).error.name).to.equal('NoContract')
    expect((await runHere(['truth', 'deploy', 'oracle', ...as])).code).to.equal(2)
  })

  it('deploys a base-fee source, whose proof another node’s headers give', async () => {
    const { address } = await auspex('truth', 'deploy', 'base-fee', ...as)
    const { timestamp } = await anvil!.chain.getBlock()
    await leapTo(anvil!, timestamp + 100n)
    const { baseFeePerGas } = await anvil!.chain.getBlock()
    await leapTo(anvil!, timestamp + 200n)
    const client = await base.clientOf(1)
    const target = timestamp + 150n
    const state = { truth: address, start: target, cadence: 0n, horizon: 0n } as unknown as Topic
    const proof = await getTruthProof(client, { source: address, targetTime: target })
    const topic = `0x${'00'.repeat(32)}` as const
    expect(await getTruth(client, { topic, round: 0n, proof, state })).to.deep.equal({
      status: 'known',
      value: baseFeePerGas! * 10n ** 9n,
    })
  })

  it('creates a feed with its factory, and finds both the second time', async () => {
    const { topic } = await openTopic(anvil!, base)
    const plain = await auspex('feed', 'create', topic, ...as)
    expect(plain.description).to.match(/^A price \(forecast, 800 s ahead, heartbeat \d+ s\)$/)
    expect(plain.description).to.include(`heartbeat ${plain.heartbeat} s`)
    expect(plain.policy).to.equal(null)
    const again = await auspex('feed', 'create', topic, ...as)
    expect(again).to.include({ feed: plain.feed, factory: plain.factory })

    const policy = ['--max-age', '3h', '--min-contributors', '5', '--min-wagers', '12.5']
    const more = ['--max-width-share', '0.5', '--min-value', '0.01', '--factory', plain.factory]
    const guarded = await auspex('feed', 'create', topic, ...policy, ...more, ...as)
    expect(guarded.feed).not.to.equal(plain.feed)
    expect(guarded.policy).to.deep.equal({
      maxAge: '10800',
      minContributors: '5',
      minWagers: '12500000000000000000',
      maxWidth: '0',
      maxWidthBps: '5000',
      minValue: '10000000000000000',
      maxValue: '0',
      sequencerFeed: zeroAddress,
      grace: '0',
    })
    const zero = await auspex('feed', 'create', topic, ...policy, ...more, '--zero', ...as)
    expect(zero.feed).not.to.equal(guarded.feed)
    const { out } = await runHere(['feed', 'create', topic, ...as.slice(1)])
    expect(out).to.match(/heartbeat to configure in a consumer: \d+ seconds\nNext: auspex read 0x/)
    const unknown = await runHere(['feed', 'create', `0x${'11'.repeat(32)}`, ...as])
    expect(JSON.parse(unknown.err).error.name).to.equal('UnknownTopic')
  })

  it('suggests a policy from the rounds that were published, or says that there are none', async () => {
    const { topic, params } = await openTopic(anvil!, base)
    const empty = await runHere(['policy', 'suggest', topic, ...as])
    expect(empty.code).to.equal(1)
    expect(JSON.parse(empty.err).error.message).to.include('published nothing')

    const worker = await base.clientOf(2)
    await seatWorkers(anvil!, { topic, workers: [worker] })
    const { chainId, network, account } = worker
    const saltKey = new Uint8Array(32).fill(7)
    const place = { chainId, network, topic, round: 0n, worker: account!, saltKey }
    const { commitment, opening, capsule } = await seal({
      ...place,
      value: 100n * 10n ** 18n,
      confidence: 10_000n,
    })
    await leapTo(anvil!, params.start)
    const commitments = [{ commitment, capsule }]
    const { committer, seals } = await commit(worker, { topic, round: 0n, commitments })
    await leapTo(anvil!, params.start + params.commitWindow)
    await reveal(worker, { topic, round: 0n, committer, seals, openings: [opening] })
    await leapTo(anvil!, params.start + params.commitWindow + params.revealWindow)
    await publish(worker, { topic, round: 0n })

    const { policy, replayed, refused, missing } = await auspex('policy', 'suggest', topic, ...as)
    expect({ replayed, refused, missing }).to.deep.equal({ replayed: 1, refused: [], missing: '0' })
    expect(policy).to.include({ maxAge: '2400', minContributors: '1' })
    expect(policy).to.include({ minValue: '50000000000000000000', maxWidthBps: '0' })
    const { out } = await runHere(['policy', 'suggest', topic, ...as.slice(1)])
    expect(out).to.match(/^Policy\(\{\n {4}maxAge: 2400,/)
    expect(out).to.include('would have refused 0 of 1 rounds')
    const [, next] = /\nNext: auspex (feed create .*)\n$/.exec(out)!
    const { feed, policy: created } = await auspex(...next!.split(' '), '--json')
    expect(feed).to.match(/^0x/)
    expect(created).to.deep.equal({ ...policy, grace: '0' })
  })

  async function auspex(...args: string[]) {
    const { code, out, err } = await runHere(args)
    expect(code, err).to.equal(0)
    return JSON.parse(out)
  }
})

/* A network that lives: a walking feed, truth, a reputer and workers on a short clock, until somebody stops it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { activate, createTopic, deposit, fund, getTurn, takeSeat } from '@auspex/sdk'
import type { TopicId, TopicParams } from '@auspex/sdk'
import { targetTime } from '@auspex/sdk/maths'
import {
  connectReputer,
  createReputer,
  createWorker,
  deskApp,
  fromFeed,
  gateOf,
  listen,
  newKeystore,
  openDesk,
  openJournal,
  openSource,
  predictWith,
  saltKeyOf,
  secret,
  openForecaster,
} from '@auspex/workers'
import type { Reputer, Worker } from '@auspex/workers'
import { toFixed18 } from '@auspex/workers/models'
import type { Address } from 'viem'
import { deployAll } from '../deployAll.ts'
import type { Deployed } from '../deployAll.ts'
import { keyOf } from '../startChain.ts'
import type { Chain } from '../startChain.ts'
import { termsOf } from '../termsOf.ts'
import { openSpoil } from './spoil.ts'
import type { SpoilKind } from './spoil.ts'
import { openWalk } from './walk.ts'

const ONE = 10n ** 18n
const STAKE = 10_000n * ONE
const POOL = 20_000n * ONE
const GUEST_TOKENS = 10_000n * ONE
/** How many steps the market has walked before the first round. */
const PAST = 400
const MODELS = ['ewma', 'ridge', 'reversal'] as const
const CONFIDENCE = 5000n
const PRICE_DECIMALS = 8

export interface LiveOptions {
  readonly chain: Chain
  /** Where keys, data and configurations of the guest are put; what was there is removed. */
  readonly folder: string
  /** Seconds from one round to the next. */
  readonly cadence: bigint
  readonly seed: number
  /** A network that stands already; a new one where it is left out. */
  readonly on?: { readonly network: Address; readonly token: Address }
}

/** What happened since the last look, in words. */
export interface LiveNews {
  readonly lines: readonly string[]
}

export interface Live {
  readonly topic: TopicId
  readonly deployed: Deployed
  readonly reputerUrl: string
  /** The guest's configuration. */
  readonly config: string
  /** Lets chain time pass to a moment and everybody do what is due. */
  advance(time: bigint): Promise<LiveNews>
  close(): Promise<void>
}

/** Opens a topic with its members. Everything they do happens in `advance`. */
export async function openLive(options: LiveOptions): Promise<Live> {
  const { chain, folder, cadence, seed, on } = options
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const payer = chain.join(keyOf(`devnet payer ${seed}`))
  await chain.endow(payer.address)
  const deployed = await deployAll(chain, payer, { decimals: PRICE_DECIMALS, ...(on && { on }) })
  const { owner, network } = deployed
  await deployed.give(payer)

  const terms = liveTerms({ truth: deployed.truth, now: chain.now(), cadence })
  const { topic } = await createTopic(owner, terms)
  await fund(owner, { topic, amount: POOL })
  const until = Number(targetTime(terms, 0n))
  const file = join(folder, 'prices.csv')
  const walk = openWalk({ file, past: PAST, cadence: Number(cadence), until, seed })
  const spoil = openSpoil({ file: join(folder, 'spoil') })

  const journal = openJournal({ file: ':memory:', now: 0n, durable: false })
  const desk = openDesk({ file: ':memory:' })
  const keeper = chain.join(keyOf(`devnet reputer ${seed}`))
  await chain.endow(keeper.address)
  const client = await deployed.clientOf(keeper)
  const reputer = createReputer({
    client,
    topic,
    desk,
    truth: fromFeed(client, { address: deployed.truth }),
    batchAfterBps: 5000n,
  })
  const app = deskApp({
    place: { chainId: client.chainId, network },
    committer: keeper.address,
    topics: new Map([[topic, gateOf(client, { topic })]]),
    desk,
    requestsPerMinute: Infinity,
  })
  const server = await listen({ app, host: '127.0.0.1', port: 0 })

  const workers: Worker[] = []
  for (const [place, model] of MODELS.entries()) workers.push(await seat(model, place))
  const config = await prepareGuest()

  async function seat(model: string, place: number): Promise<Worker> {
    const member = chain.join(keyOf(`devnet worker ${model} ${seed}`))
    await chain.endow(member.address)
    await deployed.give(member, STAKE)
    const own = await deployed.clientOf(member)
    await deposit(own, { topic, amount: STAKE })
    await chain.moveTo(chain.now() + terms.activationDelay)
    await activate(own, { topic, worker: member.address })
    await takeSeat(own, { topic, worker: member.address, seat: BigInt(place) })
    const wanted = { question: 'close', model, seed, requireGpu: false } as const
    const { forecaster } = await openForecaster(wanted)
    const source = await openSource({ kind: 'csv', file, time: 'seconds' })
    return createWorker({
      client: own,
      topic,
      saltKey: saltKeyOf(keyOf(`devnet worker ${model} ${seed}`)),
      journal,
      reputers: [connectReputer({ url: server.url })],
      predict: spoil.spoiling(predictWith({ forecaster, source, confidence: CONFIDENCE }), place),
    })
  }

  /** A key with coin and tokens, and a configuration that a worker starts with. */
  async function prepareGuest(): Promise<string> {
    const key = keyOf(`devnet guest ${seed}`)
    const guest = chain.join(key)
    await chain.endow(guest.address)
    await deployed.give(guest, GUEST_TOKENS)
    const password = secret(keyOf(`devnet password ${seed}`))
    // A key that everybody can derive needs no slow encryption.
    const place = { file: join(folder, 'guest.json'), password, cost: 1024 }
    await newKeystore({ ...place, privateKey: key })
    writeFileSync(join(folder, 'password'), `${password.reveal()}\n`, { mode: 0o600 })
    const path = join(folder, 'worker.yaml')
    writeFileSync(path, guestConfig({ chain, network, topic, reputer: server.url }))
    return path
  }

  let told = 0n
  let shown: SpoilKind | undefined
  return {
    topic,
    deployed,
    reputerUrl: server.url,
    config,
    async advance(time) {
      if (time > chain.now()) await chain.moveTo(time)
      const lines: string[] = []
      // One second later, so that the answer after it can stand in the feed.
      for (; targetTime(terms, told) + 1n < chain.now(); told++) {
        const at = targetTime(terms, told)
        const { price } = walk.step(Number(at))
        await deployed.tell({ value: BigInt(Math.round(price * 10 ** PRICE_DECIMALS)), at })
        lines.push(`round ${told}: the price is ${price.toFixed(2)}`)
      }
      const { round } = await getTurn(owner, { topic, times: terms })
      const kind = spoil.look(round)
      if (kind !== shown) lines.push(kind ? `the feed is made ${kind}` : 'the feed is good again')
      shown = kind
      for (const worker of workers) await worker.tick()
      lines.push(...(await tickReputer(reputer)))
      return { lines }
    },
    async close() {
      await server.close()
      desk.close()
      journal.close()
    },
  }
}

async function tickReputer(reputer: Reputer): Promise<string[]> {
  const steps = await reputer.tick()
  return steps.flatMap(({ status, round }) =>
    status === 'published' || status === 'settled' ? [`round ${round} ${status}`] : [],
  )
}

/** A round commits in its first third, reveals in the second and asks for the price shortly before the next one. */
function liveTerms(at: { truth: Address; now: bigint; cadence: bigint }): TopicParams {
  const { truth, now, cadence } = at
  return termsOf({
    description: 'The price of the devnet’s market at the end of the round',
    truth,
    start: now + 6n,
    cadence,
    commitWindow: (cadence * 3n) / 10n,
    revealWindow: (cadence * 2n) / 10n,
    lead: 2n,
    horizon: cadence - 2n,
    truthWindow: 2n * cadence,
    activationDelay: 1n,
    unstakeDelay: cadence,
    minWorkers: 1n,
    max: 1_000_000n * ONE,
    center: toFixed18(100),
    sigma: ONE,
    rewardCapBps: 20n,
    tipBps: 2n,
  })
}

function guestConfig(options: {
  chain: Chain
  network: Address
  topic: TopicId
  reputer: string
}): string {
  const { chain, network, topic, reputer } = options
  return `# A worker on the devnet: \`auspex worker start --config\` this file. Try a model of your own.
chain: { id: ${chain.id}, urls: ['${chain.url}'], network: '${network}' }
keys: { keystore: guest.json, passwordFile: password }
topic: '${topic}'
source: { kind: csv, file: prices.csv, time: seconds }
question: close
model: ewma
confidence: 0.5
reputers: ['${reputer}']
dataDir: guest
pollMs: 200
`
}

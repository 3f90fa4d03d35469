import { dirname, join, resolve } from 'node:path'
import { Option } from 'commander'
import type { Command } from 'commander'
import type { Address } from 'viem'
import { getPosition, getTopic, getTurn } from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import {
  coinFor,
  connectReputer,
  createLog,
  createMetrics,
  createWorker,
  OperatorError,
  isSeatedIn,
  keepTicking,
  lockFolder,
  modelName,
  openJournal,
  openPredictor,
  owedRounds,
  sayOnce,
  sourceName,
  workerFindings,
} from '@auspex/workers'
import type { Finding, Log, Metrics, Opened, Predictor, Worker, WorkerSeen } from '@auspex/workers'
import { command, withFields } from '../command.ts'
import type { Common } from '../command.ts'
import { readConfig } from '../config/readConfig.ts'
import { workerConfig } from '../config/workerConfig.ts'
import type { WorkerConfig } from '../config/workerConfig.ts'
import { modelFrom, sourceFrom } from '../config/paths.ts'
import { openAccount } from '../openAccount.ts'
import type { Account } from '../openAccount.ts'
import { rehearse } from '../rehearse.ts'
import type { Rehearsing } from '../rehearse.ts'
import { runNode } from '../runNode.ts'
import type { OpenNode } from '../runNode.ts'
import { parseCount } from '../parsers.ts'
import { toSeat } from '../toSeat.ts'

/** A reveal brings a list along that is never longer. */
const MOST_SEATS = 256n

export function workerStart(): Command {
  const start = command('start', 'predict in a topic, round after round')
    .option(
      '--live',
      'stake and send; on a public chain it only rehearses without this word',
      false,
    )
    .option('--dry-run', 'predict and show what leaves the machine, and send nothing', false)
    .addOption(
      new Option('--rounds <count>', 'with --dry-run, end after so many rounds').argParser(
        parseCount,
      ),
    )
    .option('--out <file>', 'with --dry-run, write the predictions for `auspex whatif`')
    .action(run)
  return withFields(start, workerConfig)
}

type Options = Common & Rehearsing & { live: boolean; dryRun: boolean }

/** Chains that nobody else sees: Hardhat's and Anvil's, and Ganache's. */
const OWN_CHAINS = [31_337, 1337]

async function run({ json, config: file, live, dryRun, ...rehearsing }: Options): Promise<void> {
  if (live && dryRun) {
    throw new OperatorError('usage', '--live sends and --dry-run does not. Give one of them.')
  }
  const config = readConfig({ file, schema: workerConfig })
  const isPublic = !OWN_CHAINS.includes(config.chain.id)
  if (dryRun || (isPublic && !live)) return rehearse({ json, file, config, ...rehearsing })
  const { http, pollMs } = config
  const folder = resolve(dirname(file), config.dataDir)
  const lock = lockFolder({ folder })
  try {
    const log = sayOnce(createLog({ level: config.logLevel }))
    const metrics = createMetrics({ role: 'worker' })
    const open = async (wait: AbortSignal) => {
      const opened: { account?: Account } = {}
      const atStake = async () => stakeAtRisk(opened.account!, config.topic)
      const node = { log, onSent: metrics.transaction, wait, atStake }
      const account = await openAccount({ ...config, file, node })
      opened.account = account
      return openWorker({ file, folder, config, account, metrics, log, signal: wait })
    }
    await runNode({ json, role: 'worker', pollMs, http, folder, metrics, log, open })
  } finally {
    lock.release()
  }
}

/** What a worker may lose in a round in which it does not reveal, token base units: the share of its stake at risk. */
async function stakeAtRisk({ client, keys }: Account, topic: TopicId): Promise<bigint> {
  const { riskBps } = await getTopic(client, { topic })
  const { stake, leaving } = await getPosition(client, { topic, worker: keys.account.address })
  return ((stake + leaving) * riskBps) / 10_000n
}

/** What is owed is revealed first: that needs the journal, the key and the chain alone. */
async function openWorker(options: {
  file: string
  folder: string
  config: WorkerConfig
  account: Account
  metrics: Metrics
  log: Log
  signal: AbortSignal
}): Promise<OpenNode> {
  const { file, folder, config, account, metrics, log, signal } = options
  const { topic, question, confidence, coin, pollMs } = config
  const model = modelFrom({ file, model: config.model })
  const { client, keys, publicClient, endpoints, book } = account
  const journal = openJournal({
    file: join(folder, 'journal.db'),
    now: await client.now(),
    exclusive: true,
  })
  const source = sourceFrom({ file, source: config.source })
  const predictor = openPredictor({
    ...config,
    source,
    confidence,
    model,
    fallback: config.fallback && modelFrom({ file, model: config.fallback }),
    withinMs: Number(config.predictWithin) * 1000,
    log,
  })
  const close = () => {
    void predictor.close()
    journal.close()
    book.close()
  }
  try {
    const worker = createWorker({
      client,
      topic,
      saltKey: keys.saltKey,
      predict: predictor.predict,
      journal,
      reputers: config.reputers.map((url) => connectReputer({ url })),
      patienceBps: config.patience,
      stopRounds: coin.stop,
      log,
    })
    const { tick, findings } = watch({ worker, config, account, predictor, metrics, log })
    const mayOwe = () => journal.records().length > 0
    const { opened: making } = predictor
    const opened = await revealMeanwhile({ tick, opened: making, mayOwe, pollMs, signal, log })
    if (opened.status === 'refused') throw opened.error

    const { address } = worker
    const seat = await seatOf(client, { topic, worker: address })
    const from = sourceName(source)
    const { backend, fault } = opened
    if (fault !== undefined) log.warn({ reason: fault }, 'data.unusable')
    return {
      address,
      publicClient,
      endpoints,
      tick,
      findings,
      close,
      data: { topic, seat: seat.number, model: modelName(model), question, source: from, backend },
      lines: [
        `topic    ${topic}`,
        `seat     ${seat.words}`,
        `model    ${modelName(model)}, asked for ${question}, from ${from}`,
        `backend  ${backend ? `${backend.name} on ${backend.device}, a training step takes ${backend.stepMs.toFixed(1)} ms` : 'none: the model computes elsewhere'}`,
      ],
    }
  } catch (error) {
    close()
    throw error
  }
}

type Tick = Worker['tick']
type Steps = Awaited<ReturnType<Tick>>

/** Ticks while the model is made; where it cannot be, as long as anything is left to reveal. */
async function revealMeanwhile(options: {
  tick: Tick
  opened: Promise<Opened>
  /** Whether anything may be left to reveal, for all that this machine knows. */
  mayOwe: () => boolean
  pollMs: number
  signal: AbortSignal
  log: Log
}): Promise<Opened> {
  const { tick, opened, mayOwe, pollMs, signal, log } = options
  const done = new AbortController()
  let outcome: Opened | undefined
  void opened.then((now) => (outcome = now))

  await keepTicking({
    tick: async () => {
      const steps = await tick().finally(() => {
        if (outcome?.status === 'ready') done.abort()
        if (outcome?.status === 'refused' && !mayOwe()) done.abort()
      })
      if (outcome?.status !== 'refused') return
      const owed = owedRounds(steps).length
      if (owed === 0) return done.abort()
      log.error({ reason: outcome.error.message, owed }, 'model.refused')
    },
    pollMs,
    signal: AbortSignal.any([signal, done.signal]),
    log,
  })
  return outcome ?? opened
}

/** A tick, and what an operator has to see of it. */
function watch(options: {
  worker: Worker
  config: WorkerConfig
  account: Account
  predictor: Predictor
  metrics: Metrics
  log: Log
}): { tick: Tick; findings: () => readonly Finding[] } {
  const { worker, config, account, predictor, metrics, log } = options
  const { address, tick } = worker
  const sendsAlone = config.reputers.length === 0
  const { maxAge } = config.source
  let isLow = false
  let seen: Pick<WorkerSeen, 'steps' | 'isSeated' | 'coin'> = {
    steps: [],
    isSeated: undefined,
    coin: undefined,
  }

  async function tickAndSee(): Promise<Steps> {
    const steps = await tick()
    const coin = await coinFor(account.publicClient, { address, seats: MOST_SEATS, sendsAlone })
    // Between two rounds nothing is open, and a seat that was held is still held.
    seen = { steps, isSeated: isSeatedIn(steps) ?? seen.isSeated, coin }
    metrics.owed(owedRounds(steps).length)
    const { newest } = predictor.data()
    if (newest !== undefined) metrics.dataAge(Math.max(0, Date.now() / 1000 - newest))
    if (coin === undefined) return steps

    const { roundsLeft, cost } = coin
    metrics.roundsLeft(roundsLeft)
    if (roundsLeft < config.coin.warn && !isLow) {
      log.warn({ address, roundsLeft, warnBelow: config.coin.warn, costOfRound: cost }, 'coin.low')
    }
    isLow = roundsLeft < config.coin.warn
    return steps
  }

  const findings = () =>
    workerFindings({
      ...seen,
      data: predictor.data(),
      maxAge,
      limits: config.coin,
      now: Date.now() / 1000,
    })
  return { tick: tickAndSee, findings }
}

/** A node without a seat waits for one, so that its owner can bring it while it runs. */
async function seatOf(
  client: AuspexClient,
  { topic, worker }: { topic: TopicId; worker: Address },
): Promise<{ number?: bigint; words: string }> {
  const state = await getTopic(client, { topic })
  const { round } = await getTurn(client, { topic, times: state })
  const position = await getPosition(client, { topic, worker })
  const missing = toSeat({ topic, worker, position, state, round })
  if (missing !== undefined) return { words: `none, so it says nothing yet: ${missing}` }

  const { seat, from } = position
  return { number: seat, words: `${seat}, from round ${from} on` }
}

import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Address, Hex } from 'viem'
import { accountOf, getPanel, getReputer, getTopic } from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import {
  claimTips,
  createLog,
  createMetrics,
  createReputer,
  createSeatFinder,
  deskApp,
  fromFeed,
  fromPanel,
  fromReports,
  gateOf,
  lockFolder,
  observeWith,
  openDesk,
  openJournal,
  openSource,
  OperatorError,
  postOf,
  questions,
  recordForecasts,
  tickTogether,
  trades,
} from '@auspex/workers'
import type { Journal, Log, Reputer, Trade, TruthAdapter } from '@auspex/workers'
import { command, withFields } from '../command.ts'
import type { Common } from '../command.ts'
import { readConfig } from '../config/readConfig.ts'
import { reputerConfig } from '../config/reputerConfig.ts'
import type { ReputerConfig } from '../config/reputerConfig.ts'
import { openAccount } from '../openAccount.ts'
import type { Account } from '../openAccount.ts'
import { historyFinder } from '../historyFinder.ts'
import { openPanel } from '../openPanel.ts'
import { parseTrades } from '../parsers.ts'
import { runNode } from '../runNode.ts'
import type { OpenNode } from '../runNode.ts'
import { sourceFrom } from '../config/paths.ts'
import { tokenOf } from '../tokenOf.ts'

export function reputerStart(): Command {
  const start = command('start', 'collect predictions, publish, bring the truth, settle')
    .option(
      '--only <trades>',
      `what this node is for: ${trades.join(', ')}, or several with commas; all where it is left out`,
      parseTrades,
    )
    .action(run)
  return withFields(start, reputerConfig)
}

async function run(options: Common & { only?: Trade[] }): Promise<void> {
  const { json, config: file } = options
  const config = readConfig({ file, schema: reputerConfig })
  const { chain, http, pollMs, requestsPerMinute } = config
  const only = requireWork(options.only ?? config.only ?? trades, config)
  const folder = resolve(dirname(file), config.dataDir)
  const lock = lockFolder({ folder })
  try {
    const log = createLog({ level: config.logLevel })
    const metrics = createMetrics({ role: 'reputer' })
    const open = async (wait: AbortSignal) => {
      const node = { log, onSent: metrics.transaction, wait }
      const account = await openAccount({ ...config, file, chain, node })
      const onLate = (steps: readonly { status: string }[]) => steps.forEach(metrics.step)
      return openReputer({ file, folder, config, only, account, log, onLate })
    }
    await runNode({
      json,
      role: 'reputer',
      pollMs,
      http: { ...http, requestsPerMinute },
      folder,
      metrics,
      log,
      open,
    })
  } finally {
    lock.release()
  }
}

async function openReputer(options: {
  file: string
  folder: string
  config: ReputerConfig
  only: readonly Trade[]
  account: Account
  log: Log
  onLate: (steps: readonly { status: string; topic: string; round: bigint }[]) => void
}): Promise<OpenNode> {
  const { file, folder, config, only, account, log, onLate } = options
  const { client, keys, publicClient, endpoints, book } = account
  const { shift, requestsPerMinute } = config
  const { address } = keys.account
  const journal = openJournal({
    file: join(folder, 'journal.db'),
    now: await client.now(),
    exclusive: true,
  })
  const desk = openDesk({ file: join(folder, 'desk.db') })
  const { units } = await tokenOf(client)
  const slashFrom = config.slashFrom === undefined ? undefined : units(config.slashFrom)
  const claim = config.claimFrom && (await claimFrom({ client, amount: config.claimFrom, log }))

  const findHistory = historyFinder(client, config.history)

  const { saltKey } = keys
  const post = postOf(client, log)
  const reputers: Reputer[] = []
  const panels: { source: Address; topic: TopicId }[] = []
  for (const topicConfig of config.topics) {
    const truth = await truthOf({ file, client, journal, saltKey, topicConfig, only, log })
    const isReported = topicConfig.truth.kind === 'report' && only.includes('reporter')
    if (isReported) panels.push(await openPanel(client, { topic: topicConfig.id }))
    reputers.push(
      createReputer({
        client,
        topic: topicConfig.id,
        trades: only,
        desk,
        truth,
        batchAfterBps: config.batchAfter,
        patience: config.patience,
        settleEvery: config.settleEvery,
        ...(shift && { shift }),
        ...(claim && { claim }),
        ...(config.history !== 'none' && {
          record: recordForecasts({ client, topic: topicConfig.id, findHistory, log }),
        }),
        ...(slashFrom !== undefined && { slashFrom }),
        log,
      }),
    )
  }
  const seats = createSeatFinder(client, panels)
  const topics = reputers.map(({ topic }) => topic)
  const app = only.includes('collector') ? serveDesk() : undefined

  /** Only a collector takes offers: workers of another reputer's are told at once that there is no desk. */
  function serveDesk() {
    return deskApp({
      place: { chainId: client.chainId, network: client.network },
      committer: address,
      topics: new Map(topics.map((topic) => [topic, gateOf(client, { topic })])),
      desk,
      requestsPerMinute,
      log,
    })
  }

  return {
    address,
    publicClient,
    endpoints,
    tick: async () => {
      await seats.look()
      return tickTogether({ reputers, post, log, onLate })
    },
    findings: seats.findings,
    ...(app && { app }),
    close: () => {
      desk.close()
      journal.close()
      book.close()
    },
    data: { topics, only },
    lines: [`does     ${only.join(', ')}`, ...topics.map((topic) => `topic    ${topic}`)],
  }
}

async function claimFrom({
  client,
  amount,
  log,
}: {
  client: AuspexClient
  amount: string
  log: Log
}): Promise<() => Promise<void>> {
  const { units } = await tokenOf(client)
  return claimTips({ client, from: units(amount), log })
}

async function truthOf(options: {
  file: string
  client: AuspexClient
  journal: Journal
  saltKey: Hex
  topicConfig: ReputerConfig['topics'][number]
  only: readonly Trade[]
  log: Log
}): Promise<TruthAdapter> {
  const { file, client, journal, saltKey, topicConfig, only, log } = options
  const { id: topic, truth } = topicConfig
  const { truth: address, horizon } = await getTopic(client, { topic })
  if (truth.kind === 'feed') {
    await requireNoPanel(client, { topic, address })
    return fromFeed(client, { address })
  }
  const panel = await openPanel(client, { topic })
  if (!only.includes('reporter')) return fromPanel(client, { address, topic })

  const term = await getReputer(client, { ...panel, reputer: accountOf(client) })
  if (term === undefined)
    log.warn({ topic, next: `auspex reputer seat ${topic} <amount>` }, 'seat.none')

  const source = await openSource(sourceFrom({ file, source: truth.source }))
  const question = questions.find(({ name }) => name === truth.question)!
  const observe = observeWith({ source, truth: question.truth, horizon, now: client.now })
  return fromReports(client, { address, topic, observe, journal, saltKey })
}

/** What there is to do: nothing, for a reporter of topics whose truth nobody reports. */
function requireWork(only: readonly Trade[], { topics }: ReputerConfig): readonly Trade[] {
  const canReport = topics.some(({ truth }) => truth.kind === 'report')
  const work = only.filter((trade) => trade !== 'reporter' || canReport)
  if (work.length > 0) return work

  throw new OperatorError(
    'requirement',
    'A reporter alone has nothing to do: no topic of the file takes its truth from reports. Say truth: { kind: report, source: ..., question: ... } for one, or name another trade.',
  )
}

/** A reputer that waits for a feed where reputers report would never bring any truth. */
async function requireNoPanel(
  client: AuspexClient,
  { topic, address }: { topic: TopicId; address: Address },
): Promise<void> {
  const isPanel = await getPanel(client, { source: address, topic }).then(
    () => true,
    () => false,
  )
  if (!isPanel) return
  throw new OperatorError(
    'requirement',
    `Reputers report the truth of ${topic}, at ${address}, and no feed. Say truth: { kind: report, source: ..., question: ... } for it.`,
  )
}

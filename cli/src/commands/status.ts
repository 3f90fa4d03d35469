import type { Command } from 'commander'
import { formatEther } from 'viem'
import type { Address } from 'viem'
import { getPanel, getPosition, getReputer, getTopic, getTurn } from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import { coinFor, seatFinding } from '@auspex/workers'
import { z } from 'zod'
import { again, watchOption } from '../again.ts'
import type { Watching } from '../again.ts'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { http, accountConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { configuredAddress, openReader } from '../openAccount.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

/** As much of a node's configuration as shows where it stands. */
const nodeConfig = z.looseObject({
  ...accountConfig.shape,
  topic: z.string().optional(),
  topics: z
    .array(z.looseObject({ id: z.string(), truth: z.looseObject({ kind: z.string() }).optional() }))
    .optional(),
  reputers: z.array(z.string()).optional(),
  http: http.optional(),
})

type Health = {
  ready: boolean
  findings: readonly { name: string; status: string; reason?: string }[]
}

export function status(): Command {
  return command('status', 'where a node stands: its rounds, its stake, its coin, its health')
    .addOption(watchOption())
    .action(run)
}

async function run({ json, config: file, ...watching }: Common & Watching): Promise<void> {
  const config = readConfig({ file, schema: nodeConfig })
  const address = await configuredAddress(file)
  const client = await openReader({ chain: config.chain })
  const role = config.topic === undefined ? 'reputer' : 'worker'
  const topics =
    config.topic !== undefined ? [{ id: config.topic, truth: undefined }] : (config.topics ?? [])
  const sendsAlone = (config.reputers ?? []).length === 0

  await again(watching, async () => {
    const coin = await coinFor(client.public, { address, seats: 256n, sendsAlone })
    const each = await Promise.all(
      topics.map(({ id, truth }) =>
        role === 'worker'
          ? workerState(client, id as TopicId, address)
          : reputerState(client, id as TopicId, address, truth?.kind === 'report'),
      ),
    )
    const health = config.http && (await healthOf(config.http))
    const faults = health?.findings.filter(({ status }) => status !== 'ok') ?? []
    print({
      json,
      data: { role, address, coin, topics: each.map(({ lines: _, ...data }) => data), health },
      lines: [
        `${role.padEnd(8)} ${address}`,
        `coin     ${coin ? `${formatEther(coin.balance)}, for ${coin.roundsLeft} rounds at the fees of now` : 'unknown'}`,
        `node     ${healthWords(config.http !== undefined, health)}`,
        ...faults.map(({ name, reason }) => `         ${name}: ${reason}`),
        ...each.flatMap(({ lines }) => lines),
      ],
      next: topics.length === 0 ? 'auspex topic list' : `auspex history ${topics[0]!.id}`,
    })
  })
}

async function workerState(client: AuspexClient, topic: TopicId, worker: Address) {
  const { source: _, ...turn } = await turnOf(client, topic)
  const position = await getPosition(client, { topic, worker })
  const { words } = await tokenOf(client)
  const isSeated = position.from <= turn.round && turn.round < position.until
  const seat = isSeated ? position.seat : undefined
  const where = isSeated ? `seat ${seat}` : 'no seat'
  return {
    ...turn,
    stake: position.stake,
    seat,
    lines: linesOf(turn, `stake ${words(position.stake)}, ${where}`),
  }
}

/** A reputer stakes where it reports the truth, not in the topic. */
async function reputerState(
  client: AuspexClient,
  topic: TopicId,
  reputer: Address,
  reports: boolean,
) {
  const { source, ...turn } = await turnOf(client, topic)
  if (!reports)
    return {
      ...turn,
      stake: undefined,
      seat: undefined,
      lines: linesOf(turn, 'its truth is proven, which takes no seat'),
    }

  const panel = { source, topic }
  const [clock, term] = await Promise.all([
    getPanel(client, panel),
    getReputer(client, { ...panel, reputer }),
  ])
  const { status, reason = '' } = seatFinding({ topic, clock, term, time: turn.time })
  const { words } = await tokenOf(client)
  const stake = term?.stake ?? 0n
  return {
    ...turn,
    stake,
    seat: status === 'fail' ? undefined : term?.seat,
    lines: linesOf(turn, `stake ${words(stake)}, reports: ${reason}`),
  }
}

async function turnOf(client: AuspexClient, topic: TopicId) {
  const times = await getTopic(client, { topic })
  const { round, phase, time } = await getTurn(client, { topic, times })
  return { topic, round, phase, time, source: times.truth }
}

function linesOf(
  { topic, round, phase }: Omit<Awaited<ReturnType<typeof turnOf>>, 'source'>,
  rest: string,
) {
  return [`topic    ${topic}`, `         round ${round}, phase ${phase}; ${rest}`]
}

/** What the running node says of itself; undefined where none answers. */
async function healthOf({
  host,
  port,
}: {
  host: string
  port: number
}): Promise<Health | undefined> {
  try {
    const signal = AbortSignal.timeout(2000)
    const answer = await fetch(`http://${host}:${port}/readyz?verbose`, {
      signal,
      redirect: 'error',
    })
    const { ready, checks = [] } = (await answer.json()) as {
      ready: boolean
      checks?: { name: string; status?: string; reason?: string }[]
    }
    const findings = checks.map(({ name, reason, status = reason ? 'fail' : 'ok' }) => ({
      name,
      status,
      ...(reason !== undefined && { reason }),
    }))
    return { ready, findings }
  } catch {
    return undefined
  }
}

function healthWords(isServed: boolean, health: Health | undefined): string {
  if (!isServed) return 'serves no health: the configuration names no http'
  if (health === undefined) return 'does not answer'
  return health.ready ? 'ready' : 'not ready'
}

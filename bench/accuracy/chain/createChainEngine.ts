import { isDeepStrictEqual } from 'node:util'
import {
  getPosition,
  getTopic,
  learningOf,
  publish as publishOnChain,
  resolve as resolveOnChain,
  settle as settleOnChain,
  unpackPrediction,
} from '@auspex/sdk'
import type { Outcome, Revealed, RoundKey, TopicParams } from '@auspex/sdk'
import { budgetBehind, createTopicState, NONE, publish, settle } from '@auspex/sdk/maths'
import * as Schedule from '@auspex/sdk/maths'
import type { Aggregate, PublishedRound, TopicState } from '@auspex/sdk/maths'
import type { PrivateKeyAccount } from 'viem/accounts'
import { at, BadInput } from '../../lib/checks.ts'
import { toFixedPoint } from '../../lib/fixedPoint.ts'
import { sharesOf } from '../ours/Engine.ts'
import type { Engine, Published } from '../ours/Engine.ts'
import type { Round, Topic } from '../panel/Panel.ts'
import { turns } from '../turns.ts'
import { sayAll } from './sayAll.ts'
import { seatWorkers, workersOf } from './seatWorkers.ts'
import type { Chain } from './startChain.ts'
import { termsOf } from './termsOf.ts'

const MOST_SEATS = 256
const LONGEST_RING = 255n
const START_IN = 10_000n

type Workers = ReadonlyMap<string, PrivateKeyAccount>
type Game = { chain: Chain; params: TopicParams; workers: Workers }
/** A round on chain and in the twin, until its truth is known. */
type Held = {
  key: RoundKey
  outcome: Outcome
  revealed: Revealed
  twin: PublishedRound
}

/**
 * Our rule through the contracts: every prediction is signed, revealed, published, resolved and settled
 * on the chain. The twin plays along with the wagers that the chain used, and whatever the two find
 * must be equal to the last bit.
 * Every topic has a chain of its own, so that memory does not grow with the panel.
 */
export function createChainEngine(start: () => Promise<Chain>): Engine {
  return async (topic) => {
    const chain = await start()

    return playOn({ chain, topic }).finally(chain.stop)
  }
}

async function playOn({ chain, topic }: { chain: Chain; topic: Topic }): Promise<Published[]> {
  const workers = workersOf(topic)
  const start = chain.now() + START_IN
  const params = termsOf({ topic, start, seats: workers.size, truth: chain.truth })
  if (workers.size > MOST_SEATS) throw new BadInput(`${topic.name}: more than 256 workers`)
  if (params.ringSize > LONGEST_RING) throw new BadInput(`${topic.name}: truths come too late`)

  const id = await seatWorkers({ chain, params, workers: [...workers.values()] })
  return play({ game: { chain, params, workers }, topic, id })
}

async function play({
  game,
  topic,
  id,
}: {
  game: Game
  topic: Topic
  id: RoundKey['topic']
}): Promise<Published[]> {
  const held = new Map<number, Held>()
  const said: Published[] = []
  let state = createTopicState()

  for (const { step, index, round } of turns(topic.rounds)) {
    const key = { topic: id, round: BigInt(index) }
    const waiting = held.get(index)
    if (step === 'learn' && waiting !== undefined) {
      state = await learn({ game, state, held: waiting, truth: toFixedPoint(round.truth) })
      held.delete(index)
      continue
    }

    const { state: published, ...asked } = await ask({ game, state, key, round })
    const { value, below, above } = asked.outcome
    state = published
    held.set(index, asked)
    said.push({
      value,
      widths: below === NONE ? undefined : { below, above },
      shares: nameShares({ asked, state, workers: game.workers }),
    })
  }

  await requireSameRecords({ game, id, state })
  return said
}

async function ask({
  game: { chain, params, workers },
  state,
  key,
  round,
}: {
  game: Game
  state: TopicState
  key: RoundKey
  round: Round
}): Promise<Held & { state: TopicState }> {
  await chain.goTo(Schedule.openTime(params, key.round))
  const revealed = await sayAll({ chain, key, entries: round.entries, workers })
  await chain.goTo(Schedule.publishTime(params, key.round))
  const { center, sigma } = await getTopic(chain.keeper, key)
  const domain = { center, sigma }
  const published = await publishOnChain(chain.keeper, { ...key, revealed, domain })
  if (published.status !== 'published') throw new Error(`Round ${key.round} is void`)

  const said = revealed.predictions.map(unpackPrediction)
  const { state: after, round: twin } = publish(
    state,
    revealed.workers.map((worker, i) => {
      const { value, wager, confidence } = at(said, i)
      return { worker, value, wager, confidence, budget: budgetBehind(wager, confidence) }
    }),
    boundsOf(params),
  )
  requireEqual({
    what: `round ${key.round}`,
    chain: [aggregateOf(published.outcome), said.map(({ trust }) => trust)],
    twin: [twin.aggregate, twin.submissions.trusts],
  })

  return { key, outcome: published.outcome, revealed, twin, state: after }
}

async function learn({
  game: { chain, params },
  state,
  held,
  truth,
}: {
  game: Game
  state: TopicState
  held: Held
  truth: bigint
}): Promise<TopicState> {
  const { key, outcome, revealed } = held
  const target = Schedule.targetTime(params, key.round)
  const proof = await chain.tell({ value: truth, at: target })
  await chain.goTo(target + 1n)
  const resolved = await resolveOnChain(chain.keeper, { ...key, outcome, proof })
  if (resolved.status !== 'resolved') throw new Error(`Round ${key.round} has no truth`)

  const { resolution } = resolved
  await settleOnChain(chain.keeper, { ...key, outcome, revealed, resolution })
  const learnt = settle(state, held.twin, truth)
  requireEqual({
    what: `what round ${key.round} taught`,
    chain: await learntOnChain(chain, key),
    twin: [learnt.learning, learnt.era, learnt.usual],
  })

  return learnt
}

async function requireSameRecords({
  game: { chain, workers },
  id,
  state,
}: {
  game: Game
  id: RoundKey['topic']
  state: TopicState
}): Promise<void> {
  for (const { address } of workers.values()) {
    const position = await getPosition(chain.keeper, { topic: id, worker: address })
    const { regret, energy, count, era } = position
    requireEqual({
      what: `the record of ${address}`,
      chain: { regret, energy, count, era },
      twin: state.workers.get(address) ?? { regret: 0n, energy: 0n, count: 0n, era: 0n },
    })
  }
}

async function learntOnChain(chain: Chain, key: RoundKey) {
  const topic = await getTopic(chain.keeper, key)
  return [learningOf(topic), topic.era, topic.usual]
}

/** The domain is as wide as the range, so that it never binds. */
function boundsOf({ min, max }: TopicParams) {
  return { bounds: { low: min, high: max } }
}

function aggregateOf(outcome: Outcome): Aggregate {
  const { value, below, above, inner, anchor, mean, debiased, clip } = outcome
  return { value, below, above, inner, anchor, ...clip, mean, debiased }
}

/** Shares by the names of the panel rather than by addresses. */
function nameShares({
  asked,
  state,
  workers,
}: {
  asked: Held
  state: TopicState
  workers: Workers
}): Published['shares'] {
  const shares = sharesOf({ round: asked.twin, learning: state.learning })

  return {
    ...shares,
    workers: new Map(
      [...workers].map(([name, { address }]) => [name, shares.workers.get(address) ?? 0]),
    ),
  }
}

/** Throws unless chain and twin found the same, to the last bit. */
export function requireEqual({
  what,
  chain,
  twin,
}: {
  what: string
  chain: unknown
  twin: unknown
}): void {
  if (isDeepStrictEqual(chain, twin)) return

  throw new Error(`Chain and twin differ in ${what}: ${write(chain)}, ${write(twin)}`)
}

function write(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'bigint' ? String(each) : each,
  )
}

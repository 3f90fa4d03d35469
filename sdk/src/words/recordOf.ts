/* A topic's record out of its events, wherever they were read: from a chain, or from an index of one. */
import type { Address } from 'viem'
import { unpackOutcome } from './outcome.ts'
import type { PackedOutcome } from './outcome.ts'
import { unpackPrediction } from './prediction.ts'
import type { RecordedStep, TopicRecord } from './record.ts'
import { unpackSeal } from './seal.ts'
import { domainKinds } from './topic.ts'
import type { TopicId, TopicParams } from './topic.ts'

/** The events that a record is made of. */
export const recordedEvents = [
  'TopicCreated',
  'SeatTaken',
  'Funded',
  'Activated',
  'Unstaked',
  'Slashed',
  'SignerRotated',
  'PredictionsCommitted',
  'PredictionsRevealed',
  'RoundPublished',
  'RoundResolved',
  'RoundSettled',
  'RoundVoided',
] as const
export type RecordedEventName = (typeof recordedEvents)[number]

/** An event of a topic and where in the chain it stands; every number among its arguments is a bigint. */
export type RecordedEvent = {
  name: string
  args: Readonly<Record<string, unknown>>
  block: bigint
  /** Place of the log in its block. */
  place: number
  /** Time of its block, unix seconds; read of `RoundPublished` alone. */
  at: bigint
}

type Args = Readonly<{
  amount: bigint
  worker: Address
  from: Address
  to: Address
  round: bigint
  seals: readonly bigint[]
  predictions: readonly bigint[]
  workers: readonly Address[]
  outcome: PackedOutcome
  resolution: { truth: bigint }
  tip: bigint
  poolChange: bigint
}>
type Tenure = { worker: Address; from: bigint }
type Seats = ReadonlyMap<bigint, readonly Tenure[]>

/** The record of a topic by all its events, in any order; undefined where its creation is not among them. */
export function recordOf({
  topic,
  events,
}: {
  topic: TopicId
  events: readonly RecordedEvent[]
}): TopicRecord | undefined {
  const inOrder = [...events].sort((a, b) =>
    a.block === b.block ? a.place - b.place : a.block < b.block ? -1 : 1,
  )
  const created = inOrder.find(({ name }) => name === 'TopicCreated')
  if (created === undefined) return undefined
  const seats = tenuresOf(inOrder)
  return {
    topic,
    terms: termsIn(created.args.params as TopicParams & { domain: unknown }),
    steps: inOrder.flatMap((event) => stepOf(event, seats) ?? []),
  }
}

function stepOf({ name, args, at }: RecordedEvent, seats: Seats): RecordedStep | undefined {
  const { amount, worker, round, ...rest } = args as Args
  switch (name as RecordedEventName) {
    case 'Funded':
      return { kind: 'funded', amount }
    case 'Activated':
      return { kind: 'staked', worker, amount }
    case 'Unstaked':
      return { kind: 'unstaked', worker, amount }
    case 'Slashed':
      return { kind: 'slashed', worker, amount }
    case 'SignerRotated':
      return { kind: 'rotated', from: rest.from, to: rest.to }
    case 'PredictionsCommitted':
      return { kind: 'committed', round, workers: holdersOf(rest.seals, seats, round) }
    case 'PredictionsRevealed':
      return { kind: 'revealed', round, predictions: predictionsIn(rest) }
    case 'RoundPublished':
      return { kind: 'published', round, outcome: unpackOutcome(rest.outcome), at }
    case 'RoundResolved':
      return { kind: 'resolved', round, truth: rest.resolution.truth }
    case 'RoundSettled':
      return { kind: 'settled', round, tip: rest.tip, poolChange: rest.poolChange }
    case 'RoundVoided':
      return { kind: 'voided', round }
    default:
      return undefined
  }
}

function predictionsIn({ predictions, workers }: Pick<Args, 'predictions' | 'workers'>) {
  return predictions.map((each, i) => ({ ...unpackPrediction(each), worker: workers[i]! }))
}

/** Who has held each seat from which round on, oldest first. */
function tenuresOf(events: readonly RecordedEvent[]): Seats {
  const seats = new Map<bigint, Tenure[]>()
  for (const { name, args } of events) {
    if (name !== 'SeatTaken') continue
    const { seat, worker, from } = args as { seat: bigint } & Tenure
    seats.set(seat, [...(seats.get(seat) ?? []), { worker, from }])
  }
  return seats
}

function holdersOf(seals: readonly bigint[], seats: Seats, round: bigint): Address[] {
  return seals.flatMap((seal) => {
    const tenures = seats.get(unpackSeal(seal).seat)
    return tenures?.findLast(({ from }) => from <= round)?.worker ?? []
  })
}

function termsIn(params: TopicParams & { domain: unknown }): TopicParams {
  return { ...params, domain: domainKinds[Number(params.domain)]! }
}

import { getAbiItem } from 'viem'
import type { Address } from 'viem'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { onchain } from '../contract/calls.ts'
import { refusal } from '../contract/errors.ts'
import type { EventArgs, EventName } from '../contract/logs.ts'
import { readLogs } from '../contract/logs.ts'
import { unpackOutcome } from '../words/outcome.ts'
import { unpackPrediction } from '../words/prediction.ts'
import type { RecordedStep, TopicRecord } from '../words/record.ts'
import { unpackSeal } from '../words/seal.ts'
import { domainKinds } from '../words/topic.ts'
import type { TopicId, TopicParams } from '../words/topic.ts'

/** An event of the topic, and where in the chain it stands. */
type Told<name extends EventName> = { args: EventArgs<name>; block: bigint; place: number }
type Placed = { step: RecordedStep; block: bigint; place: number }
type Tenure = { worker: Address; from: bigint }

/**
 * A topic's whole past by its events: money, seats, predictions, aggregates and truths in the order in which they
 * happened. Reads every block since the network was deployed (`fromBlock`), so keep the result where it is needed often.
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getTopicRecord, roundsIn } from '@auspex/sdk'
 *
 * const record = await getTopicRecord(auspex, { topic })
 * const settled = roundsIn(record).filter(({ isSettled }) => isSettled)
 * ```
 */
export async function getTopicRecord(
  client: AuspexClient,
  { topic, toBlock }: { topic: TopicId; toBlock?: bigint },
): Promise<TopicRecord> {
  const last = toBlock ?? (await client.public.getBlockNumber({ cacheTime: 0 }))
  const read = <const name extends EventName>(name: name) =>
    eventsOf(client, { name, topic, toBlock: last })

  const [created] = await read('TopicCreated')
  if (created === undefined) throw refusal('UnknownTopic', { topic })
  const seats = tenuresOf(await read('SeatTaken'))
  const placed = <const name extends EventName>(
    told: readonly Told<name>[],
    stepOf: (args: EventArgs<name>) => RecordedStep,
  ): Placed[] => told.map(({ args, block, place }) => ({ step: stepOf(args), block, place }))

  const steps = [
    placed(await read('Funded'), ({ amount }) => ({ kind: 'funded', amount })),
    placed(await read('Activated'), ({ worker, amount }) => ({ kind: 'staked', worker, amount })),
    placed(await read('Unstaked'), ({ worker, amount }) => ({ kind: 'unstaked', worker, amount })),
    placed(await read('Slashed'), ({ worker, amount }) => ({ kind: 'slashed', worker, amount })),
    placed(await read('SignerRotated'), ({ from, to }) => ({ kind: 'rotated', from, to })),
    placed(await read('PredictionsCommitted'), ({ round, seals }) => ({
      kind: 'committed',
      round,
      workers: seals.flatMap((seal) => holderOf(seats, unpackSeal(seal).seat, round) ?? []),
    })),
    placed(await read('PredictionsRevealed'), ({ round, predictions, workers }) => ({
      kind: 'revealed',
      round,
      predictions: predictions.map((each, i) => ({
        ...unpackPrediction(each),
        worker: workers[i]!,
      })),
    })),
    await publications(client, await read('RoundPublished')),
    placed(await read('RoundResolved'), ({ round, resolution: { truth } }) => ({
      kind: 'resolved',
      round,
      truth,
    })),
    placed(await read('RoundSettled'), ({ round, tip, poolChange }) => ({
      kind: 'settled',
      round,
      tip,
      poolChange,
    })),
    placed(await read('RoundVoided'), ({ round }) => ({ kind: 'voided', round })),
  ].flat()

  steps.sort((a, b) => (a.block === b.block ? a.place - b.place : a.block < b.block ? -1 : 1))
  return {
    topic,
    terms: termsIn(created.args.params),
    steps: steps.map(({ step }) => step),
  }
}

async function eventsOf<const name extends EventName>(
  client: AuspexClient,
  { name, topic, toBlock }: { name: name; topic: TopicId; toBlock: bigint },
): Promise<Told<name>[]> {
  const event = getAbiItem({ abi: topicNetworkAbi, name } as never) as never
  const logs = await readLogs(client, { event, args: { topic } as never, toBlock })
  return logs.map(({ args, blockNumber, logIndex }) => ({
    args: onchain(args) as EventArgs<name>,
    block: blockNumber,
    place: logIndex,
  }))
}

/** When a round was published is the time of its block. */
async function publications(
  client: AuspexClient,
  told: readonly Told<'RoundPublished'>[],
): Promise<Placed[]> {
  const placed: Placed[] = []
  for (const { args, block, place } of told) {
    const { timestamp: at } = await client.public.getBlock({ blockNumber: block })
    const { round, outcome } = args
    const step = { kind: 'published', round, outcome: unpackOutcome(outcome), at } as const
    placed.push({ step, block, place })
  }
  return placed
}

/** Who has held each seat from which round on, oldest first. */
function tenuresOf(taken: readonly Told<'SeatTaken'>[]): Map<bigint, Tenure[]> {
  const seats = new Map<bigint, Tenure[]>()
  for (const { args } of taken) {
    const { seat, worker, from } = args
    seats.set(seat, [...(seats.get(seat) ?? []), { worker, from }])
  }
  return seats
}

function holderOf(
  seats: ReadonlyMap<bigint, readonly Tenure[]>,
  seat: bigint,
  round: bigint,
): Address | undefined {
  return seats.get(seat)?.findLast(({ from }) => from <= round)?.worker
}

function termsIn(params: EventArgs<'TopicCreated'>['params']): TopicParams {
  return { ...params, domain: domainKinds[Number(params.domain)]! } as TopicParams
}

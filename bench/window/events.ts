/* Events of made-up topics, as a chain would emit them: a random walk that workers predict with errors of their own. */
import { packOutcome, packPrediction } from '@auspex/sdk'
import type { Outcome } from '@auspex/sdk'
import { packDown, toFixed18 } from '@auspex/sdk/maths'
import { createRandom } from '@auspex/workers/models'
import { numberToHex, zeroAddress } from 'viem'
import type { Address, Hex } from 'viem'
import type { NetworkEvent } from '../../app/indexer/applyEvent.ts'

const CADENCE = 3600
const STAKE = 10n ** 21n
const WAGER = 10n ** 19n
const TRUST = packDown(10n ** 18n / 2n, 24n)

/** Id of the topic with a number. */
export function topicOf(topic: number): Hex {
  return numberToHex(topic + 1, { size: 32 })
}

/** All events of one topic in the order of its chain. */
export function* eventsOf(size: {
  topic: number
  rounds: number
  workers: number
}): Generator<NetworkEvent> {
  const topic = topicOf(size.topic)
  const workers = Array.from({ length: size.workers }, (_, i) => addressOf(i))
  const random = createRandom(size.topic + 1)
  let block = size.topic * (size.rounds + 2) * 2
  let place = 0
  const event = (name: string, at: number, args: object): NetworkEvent => ({
    ...{ name, args: { topic, ...args }, block, at, place: place++ },
    transaction: numberToHex(block, { size: 32 }),
  })

  yield event('TopicCreated', 0, { creator: zeroAddress, params: termsOf(size.topic) })
  yield event('Funded', 0, { from: zeroAddress, amount: STAKE })
  for (const [seat, worker] of workers.entries()) {
    yield event('Deposited', 0, { worker, owner: worker, amount: STAKE })
    yield event('Activated', 0, { worker, amount: STAKE })
    yield event('SeatTaken', 0, { worker, seat, displaced: zeroAddress, from: 0n })
  }

  let level = 100
  for (let number = 0; number < size.rounds; number++) {
    const at = number * CADENCE
    const round = BigInt(number)
    const before = toFixed18(level)
    level += random() - 0.5
    const truth = toFixed18(level)
    const values = workers.map(() => truth + toFixed18((random() - 0.5) * 2))
    const value = values.reduce((sum, each) => sum + each, 0n) / BigInt(values.length)
    block += 1
    place = 0
    yield event('RoundOpened', at, { round, center: before, sigma: toFixed18(1) })
    yield event('PredictionsCommitted', at, {
      round,
      seals: workers.map((_, i) => BigInt(i) << 88n),
    })
    yield event('PredictionsRevealed', at + 600, {
      ...{ round, workers },
      predictions: values.map((each) =>
        packPrediction({
          ...{ value: each, wager: WAGER, trust: TRUST, confidence: 5000n },
          ...{ seasoned: true, era: 0n },
        }),
      ),
    })
    yield event('RoundPublished', at + 600, {
      ...{ round },
      outcome: packOutcome(outcomeOf({ value, before, wagers: WAGER * BigInt(workers.length) })),
    })
    block += 1
    place = 0
    yield event('RoundResolved', at + CADENCE, { round, resolution: { truth, gradient: 0n } })
    const paid = { settler: zeroAddress, tip: 0n, poolChange: 0n }
    yield event('RoundSettled', at + CADENCE, { round, ...paid })
  }
}

function outcomeOf(of: { value: bigint; before: bigint; wagers: bigint }): Outcome {
  const { value, before, wagers } = of
  const reach = toFixed18(1)
  const range = { low: before - 5n * reach, high: before + 5n * reach }
  return {
    ...{ value, below: reach, above: reach, inner: value, anchor: value, debiased: value },
    ...{ mean: value, reference: before, clip: range, domain: range, wagers, exposed: wagers },
    ...{ play: wagers / 10n, reward: 0n, publisher: zeroAddress, budgets: wagers, era: 0n },
    batches: zeroAddress,
  }
}

function termsOf(topic: number) {
  return {
    ...{ description: `Made-up topic ${topic}`, truth: zeroAddress, start: 0n },
    ...{ cadence: BigInt(CADENCE), commitWindow: 300n, revealWindow: 300n, horizon: 3600n },
    ...{ truthWindow: 3600n, intervalBps: 9000n, tipBps: 0n, seats: 64n, minStake: 10n ** 18n },
    ...{ minWorkers: 3n, minWager: 1n, riskBps: 200n },
  }
}

function addressOf(i: number): Address {
  return numberToHex(i + 1, { size: 20 })
}

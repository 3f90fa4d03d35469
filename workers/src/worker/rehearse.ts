/* A worker that only rehearses: it predicts as it would live, round after round, and nothing of it leaves the machine for the chain. */
import { getOutcome, getResolution, getRound, getTopic, getTurn } from '@auspex/sdk'
import type { AuspexClient, Topic, TopicId } from '@auspex/sdk'
import { openTime } from '@auspex/sdk/maths'
import { predictAt } from './createWorker.ts'
import type { Predict } from './predictWith.ts'

/** What a rehearsal saw. Values 1e18 fixed point. */
export type Rehearsed =
  | {
      kind: 'predicted'
      round: bigint
      value: bigint
      /** Basis points. */
      confidence: bigint
      /** Digest of what the model saw. */
      inputs?: string
    }
  | { kind: 'abstained'; round: bigint; reason: string }
  /** A round that it has predicted is settled: how far it, and how far the aggregate, lay from the truth. */
  | { kind: 'settled'; round: bigint; truth: bigint; error: bigint; aggregateError: bigint }
  | { kind: 'voided'; round: bigint }

/** Predicts in each round once, with what a live worker would have seen, and follows what comes true. */
export function createRehearsal(options: {
  client: AuspexClient
  topic: TopicId
  predict: Predict
}): { tick: () => Promise<Rehearsed[]> } {
  const { client, topic, predict } = options
  const awaited = new Map<bigint, bigint>()
  let terms: Topic | undefined
  let last = -1n

  async function speak(): Promise<Rehearsed[]> {
    terms ??= await getTopic(client, { topic })
    const { round, phase } = await getTurn(client, { topic, times: terms })
    // Later in a round its own aggregate hides the one that was published when it opened.
    const isTime = phase === (terms.commitWindow > 0n ? 'commit' : 'reveal')
    if (!isTime || round <= last) return []

    const openedAt = openTime(terms, round)
    const predicted = await predictAt({ topic, openedAt }, { client, predict, terms })
    if (predicted.status === 'waiting') return []
    // Data may be mended while the window is open.
    if (predicted.status === 'abstained' && !predicted.isFinal) return []
    last = round
    if (predicted.status === 'abstained') {
      return [{ kind: 'abstained', round, reason: predicted.reason }]
    }
    const { prediction, inputs } = predicted
    awaited.set(round, prediction.value)
    return [{ kind: 'predicted', round, ...prediction, ...(inputs && { inputs }) }]
  }

  async function compare(): Promise<Rehearsed[]> {
    const seen: Rehearsed[] = []
    for (const [round, value] of awaited) {
      const key = { topic, round }
      const { status } = await getRound(client, key)
      if (status === 'void') {
        awaited.delete(round)
        seen.push({ kind: 'voided', round })
      }
      if (status !== 'settled') continue
      const [outcome, resolution] = await Promise.all([
        getOutcome(client, key),
        getResolution(client, key),
      ])
      awaited.delete(round)
      if (outcome === undefined || resolution === undefined) continue
      const { truth } = resolution
      const [error, aggregateError] = [distance(value, truth), distance(outcome.value, truth)]
      seen.push({ kind: 'settled', round, truth, error, aggregateError })
    }
    return seen
  }

  return { tick: async () => [...(await speak()), ...(await compare())] }
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a
}

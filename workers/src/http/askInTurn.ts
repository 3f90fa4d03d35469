import { sleep } from '../runtime/clock.ts'
import type { Answer, Endpoint } from './endpoint.ts'

/** How long a reputer has before the next one is asked beside it. */
const HEDGE_MS = 400

/**
 * Asks reputers one after the other until one accepts. Who keeps silent is waited for beside the next one, and none longer
 * than `limitMs`: ten that are gone cost no more than one. Each answer goes to `onAnswer` before the next reputer is asked.
 */
export async function askInTurn(options: {
  reputers: readonly Endpoint[]
  ask: (reputer: Endpoint) => Promise<Answer>
  /** May throw, which ends the asking. */
  onAnswer: (answer: Answer) => Promise<void>
  limitMs: number
}): Promise<{ status: 'accepted'; reputer: string } | { status: 'refused'; reason: string }> {
  const { reputers, ask, onAnswer, limitMs } = options
  const done = new AbortController()
  const reasons: string[] = []
  let accepted: string | undefined

  async function follow(reputer: Endpoint): Promise<void> {
    const answer = await ask(reputer)
    await onAnswer(answer)
    if (answer.status === 'accepted') accepted ??= reputer.name
    else reasons.push(`${reputer.name}: ${answer.reason}`)
  }

  /** Until one accepts, all have answered, or the time is over. */
  async function first(asked: readonly Promise<void>[], ms: number): Promise<void> {
    const left = new Set(asked)
    const over = sleep(ms, done.signal).then(() => left.clear())
    while (left.size > 0 && accepted === undefined) {
      await Promise.race([over, ...[...left].map((each) => each.then(() => left.delete(each)))])
    }
  }

  const asked: Promise<void>[] = []
  try {
    for (const reputer of reputers) {
      const following = follow(reputer)
      // One that fails when nobody waits any more is no concern of anybody.
      following.catch(() => {})
      asked.push(following)
      await first([following], HEDGE_MS)
      if (accepted !== undefined) return { status: 'accepted', reputer: accepted }
    }
    await first(asked, limitMs)
    if (accepted !== undefined) return { status: 'accepted', reputer: accepted }
    const silent = asked.length - reasons.length
    const rest = silent > 0 ? [`${silent} without an answer in time`] : []
    return { status: 'refused', reason: [...reasons, ...rest].join('; ') || 'no reputers' }
  } finally {
    done.abort()
  }
}

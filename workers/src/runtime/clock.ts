import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from './log.ts'
import { OperatorError } from './operatorError.ts'

/** Resolves after so many milliseconds, or as soon as the signal comes. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, signal && { signal }).catch(() => {})
}

/** How long a tick that is under way may take to end once the signal has come. */
const GRACE_MS = 2000
/** The longest pause after failures: windows go on meanwhile. */
const LONGEST_MS = 4000

/**
 * Calls a node's tick again and again until the signal comes. A failure, such as a chain that does not answer, is logged and
 * tried again, later each time; one that only the operator can mend ends it. A tick that is under way when the signal comes
 * has a moment to finish and is then left: all that it sends is in the journal.
 */
export async function keepTicking(options: {
  tick: () => Promise<unknown>
  pollMs: number
  signal: AbortSignal
  log: Log
}): Promise<void> {
  const { tick, pollMs, signal, log } = options
  let failures = 0
  while (!signal.aborted) {
    const running = tick().then(
      () => undefined,
      (error: Error) => error,
    )
    const failure = await settled(running, signal)
    if (failure instanceof OperatorError && failure.reason !== 'error') throw failure
    failures = failure === undefined ? 0 : failures + 1
    if (failure) log.error({ reason: failure.message.split('\n')[0], failures }, 'tick.failed')
    await sleep(Math.min(pollMs * 2 ** failures, Math.max(pollMs, LONGEST_MS)), signal)
  }
}

/** What came of a tick, or nothing a moment after the signal. */
function settled(
  running: Promise<Error | undefined>,
  signal: AbortSignal,
): Promise<Error | undefined> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined
    const start = () => (timer = setTimeout(() => resolve(undefined), GRACE_MS))
    signal.addEventListener('abort', start, { once: true })
    void running.then((failure) => {
      signal.removeEventListener('abort', start)
      clearTimeout(timer)
      resolve(failure)
    })
  })
}

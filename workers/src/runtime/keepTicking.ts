import type { Log } from './log.ts'
import { OperatorError } from './operatorError.ts'
import { sleep } from './sleep.ts'

/**
 * Calls a node's tick again and again until the signal comes; a tick that is under way is finished first. A failure, such
 * as a chain that does not answer, is logged and tried again, later each time; one that only the operator can mend ends
 * it.
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
    const failure = await tick().then(
      () => undefined,
      (error: Error) => error,
    )
    if (failure instanceof OperatorError && failure.reason !== 'error') throw failure
    failures = failure === undefined ? 0 : failures + 1
    if (failure) log.error({ reason: failure.message.split('\n')[0], failures }, 'tick.failed')
    await sleep(pollMs * Math.min(2 ** failures, 16), signal)
  }
}

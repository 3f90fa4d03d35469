import { setTimeout as sleep } from 'node:timers/promises'
import { InvalidArgumentError, Option } from 'commander'
import { visible } from '@auspex/workers'

export type Watching = { watch?: number | undefined }

/** Seconds; a day. */
const LONGEST_PAUSE = 86_400

/** An option that repeats a command until Ctrl-C. */
export function watchOption(): Option {
  return new Option('--watch [seconds]', 'show it again and again, until Ctrl-C')
    .argParser(parsePause)
    .preset('5')
}

function parsePause(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN
  if (seconds >= 1 && seconds <= LONGEST_PAUSE) return seconds
  throw new InvalidArgumentError(
    `Seconds between two looks are needed, 1 to ${LONGEST_PAUSE}; nothing after it looks every 5 s.`,
  )
}

/** Does it once, or again and again; a terminal is redrawn. What worked once is tried again where it fails later. */
export async function again({ watch }: Watching, act: () => Promise<void>): Promise<void> {
  if (watch === undefined) return act()
  const signal = stopSignal()
  for (let looks = 0; !signal.aborted; looks++) {
    if (process.stdout.isTTY) process.stdout.write('\u001B[2J\u001B[H')
    await (looks === 0 ? act() : act().catch(tellFailure))
    await sleep(watch * 1000, undefined, { signal }).catch(() => undefined)
  }
}

function tellFailure(error: Error): void {
  console.error(visible(`${error.message.split('\n')[0]} Looking again.`))
}

/** Comes with the first SIGINT or SIGTERM; the second ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return controller.signal
}

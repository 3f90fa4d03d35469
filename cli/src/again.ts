import { setTimeout as sleep } from 'node:timers/promises'
import { Option } from 'commander'

export type Watching = { watch?: number | undefined }

/** An option that repeats a command until Ctrl-C. */
export function watchOption(): Option {
  return new Option('--watch [seconds]', 'show it again and again, until Ctrl-C')
    .argParser((text) => Math.max(1, Number(text) || 5))
    .preset('5')
}

/** Does it once, or again and again. */
export async function again({ watch }: Watching, act: () => Promise<void>): Promise<void> {
  if (watch === undefined) return act()
  const signal = stopSignal()
  while (!signal.aborted) {
    if (process.stdout.isTTY) process.stdout.write('\u001B[2J\u001B[H')
    await act()
    await sleep(watch * 1000, undefined, { signal }).catch(() => undefined)
  }
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

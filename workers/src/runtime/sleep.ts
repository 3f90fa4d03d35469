import { setTimeout } from 'node:timers/promises'

/** Resolves after so many milliseconds, or as soon as the signal comes. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, signal && { signal }).catch(() => {})
}

import type { Log } from './log.ts'

/** Lines that are remembered; far more than a node says in the rounds that are open at once. */
const MOST = 1000

/** A log that tells the same news once, however often the one who brings it looks. Warnings and errors pass as they are. */
export function sayOnce(log: Log): Log {
  const told = new Set<string>()

  function info(fields: object, message: string): void {
    const line = JSON.stringify([message, fields], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    if (told.has(line)) return
    if (told.size >= MOST) told.clear()
    told.add(line)
    log.info(fields, message)
  }

  return {
    debug: (fields, message) => log.debug(fields, message),
    info,
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
  }
}

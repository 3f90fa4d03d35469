/** One line of the log: fields first, then `noun.verb`. A pino logger is one. */
export type Log = {
  debug: (fields: object, message: string) => void
  info: (fields: object, message: string) => void
  warn: (fields: object, message: string) => void
  error: (fields: object, message: string) => void
}

const nothing = () => {}

/** A log that tells nobody. */
export const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }

/** Lines that are remembered; far more than a node says in the rounds that are open at once. */
const MOST = 1000

/** A log that tells the same news once, however often the one who brings it looks. Warnings and errors pass as they are. */
export function sayOnce(log: Log): Log {
  const said = new Set<string>()

  function info(fields: object, message: string): void {
    const line = JSON.stringify([message, fields], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    if (said.has(line)) return
    if (said.size >= MOST) said.clear()
    said.add(line)
    log.info(fields, message)
  }

  return {
    debug: (fields, message) => log.debug(fields, message),
    info,
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
  }
}

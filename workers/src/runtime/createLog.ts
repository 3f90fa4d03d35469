import { pino } from 'pino'
import type { Logger } from 'pino'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Names of fields that never show what they hold, wherever they turn up. */
const SECRETS = ['privateKey', 'saltKey', 'salt', 'password', 'raw']

/** A log of JSON lines on stderr: fields, then `noun.verb` as the message. */
export function createLog({ level }: { level: LogLevel }): Logger {
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`])
  const options = { level, base: { pid: process.pid }, redact: { paths, censor: '[secret]' } }
  const formatters = { level: (label: string) => ({ level: label }), log: written }
  return pino({ ...options, formatters }, pino.destination({ dest: 2, sync: true }))
}

/** JSON knows no bigints. */
function written(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? String(value) : value,
    ]),
  )
}

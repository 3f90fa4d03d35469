import { pino } from 'pino'
import type { Logger } from 'pino'
import { visible } from './visible.ts'

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

/** JSON knows no bigints; what others wrote is shown with all its characters. */
function written(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? String(value) : seen(value),
    ]),
  )
}

function seen(value: unknown): unknown {
  if (typeof value === 'string') return visible(value)
  return Array.isArray(value) ? value.map(seen) : value
}

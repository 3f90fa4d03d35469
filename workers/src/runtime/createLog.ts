import { pino } from 'pino'
import type { Logger } from 'pino'
import { readableLine } from './readableLine.ts'
import { visible } from './visible.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Names of fields that never show what they hold, wherever they turn up. */
const SECRETS = ['privateKey', 'saltKey', 'salt', 'password', 'raw']

/** A log on stderr: fields, then `noun.verb` as the message. Lines for people on a terminal, JSON elsewhere. */
export function createLog({
  level,
  isTerminal = process.stderr.isTTY === true,
}: {
  level: LogLevel
  isTerminal?: boolean
}): Logger {
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`])
  const options = { level, base: { pid: process.pid }, redact: { paths, censor: '[secret]' } }
  const formatters = { level: (label: string) => ({ level: label }), log: written }
  const stderr = pino.destination({ dest: 2, sync: true })
  const readable = { write: (line: string) => void stderr.write(`${readableLine(line)}\n`) }
  return pino({ ...options, formatters }, isTerminal ? readable : stderr)
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

import { visible } from './visible.ts'

const RANKS = ['debug', 'info', 'warn', 'error']

/** A line of the log for people: time, level, name, then its fields; a line that is no JSON as it is. */
export function readableLine(json: string): string {
  const line = parsed(json)
  if (line === undefined) return visible(json)
  const { time, level, msg, pid: _, ...fields } = line
  const clock = new Date(Number(time)).toISOString().slice(0, 19).replace('T', ' ')
  const rest = Object.entries(fields).map(([name, value]) => `${name}=${wordOf(value)}`)
  return visible([clock, String(level).toUpperCase().padEnd(5), msg, ...rest].join(' '))
}

/** Whether a line is of a level or above; a line that is no JSON always is. */
export function isAtLeast(json: string, level: string): boolean {
  const line = parsed(json)
  return line === undefined || RANKS.indexOf(String(line.level)) >= RANKS.indexOf(level)
}

function parsed(json: string): Record<string, unknown> | undefined {
  try {
    const line: unknown = JSON.parse(json)
    const isLine = typeof line === 'object' && line !== null && 'time' in line && 'level' in line
    return isLine ? (line as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function wordOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text)
}

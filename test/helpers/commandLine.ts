import { runCommandLine } from '../../cli/src/runCommandLine.ts'

export type Ran = { code: number; out: string; err: string }

let before: Promise<unknown> = Promise.resolve()

/**
 * Runs `auspex` with these arguments in the test's own process, a second or two faster than one of its own, and gives what it
 * printed. One at a time: what it prints is told from others' by nothing else.
 */
export function runHere(args: readonly string[]): Promise<Ran> {
  const ran = before.then(() => runAlone(['node', 'auspex', ...args]))
  before = ran.catch(() => {})
  return ran
}

async function runAlone(command: string[]): Promise<Ran> {
  const { argv, stdout, stderr } = process
  const texts = { out: '', err: '' }
  const take = (name: keyof typeof texts) => (text: string | Uint8Array) => {
    texts[name] += typeof text === 'string' ? text : Buffer.from(text).toString()
    return true
  }
  const { log, error } = console
  const [write, writeError] = [stdout.write, stderr.write]
  const line = (name: keyof typeof texts) => (text: unknown) => void take(name)(`${text}\n`)
  Object.assign(console, { log: line('out'), error: line('err') })
  Object.assign(stdout, { write: take('out') })
  Object.assign(stderr, { write: take('err') })
  process.argv = command
  try {
    return { code: await runCommandLine({ argv: command }), ...texts }
  } finally {
    process.argv = argv
    Object.assign(console, { log, error })
    Object.assign(stdout, { write })
    Object.assign(stderr, { write: writeError })
  }
}

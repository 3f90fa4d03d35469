import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Ended {
  code: number | null
  output: string
  errors: string
}

export interface Started {
  process: ChildProcess
  /** Waits until standard output holds a text, and gives all of it so far. */
  says: (text: string) => Promise<string>
  ended: Promise<Ended>
}

/** Starts the real command. */
export function startDemo(...args: string[]): Started {
  return start('scripts/demo.ts', args)
}

/** Starts a command of `auspex`. */
export function startAuspex(...args: string[]): Started {
  return start('cli/src/main.ts', args)
}

function start(script: string, args: readonly string[]): Started {
  const child = spawn(process.execPath, [script, ...args], { cwd: root })
  let output = ''
  let errors = ''
  const listeners = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    for (const listener of listeners) listener()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))

  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, output, errors }))
  })

  function says(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (output.includes(text)) resolve(output)
      }
      listeners.add(look)
      look()
      void ended.then(() => reject(new Error(`It ended before it said "${text}".\n${errors}`)))
    })
  }
  return { process: child, says, ended }
}

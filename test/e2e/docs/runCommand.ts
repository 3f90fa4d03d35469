import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export type Running = {
  /** Waits until it has printed something like this, and gives all of it. */
  says: (words: RegExp) => Promise<string>
  /** As Ctrl-C in a terminal does it. */
  interrupt: () => void
  ended: Promise<{ code: number | null; output: string }>
}

/** Runs a command as a reader of the docs types it: by the shell, at the repository's root. */
export function runCommand({ command }: { command: string }): Running {
  // A group of its own, as a terminal gives it, so that an interruption reaches all of it.
  const child = spawn(command, { cwd: root, shell: true, detached: true })
  const listeners = new Set<() => void>()
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output }))
  })

  function says(words: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (words.test(output)) resolve(output)
      }
      listeners.add(look)
      look()
      void ended.then(() => reject(new Error(`It ended before it said ${words}.\n${output}`)))
    })
  }
  return { says, interrupt: () => void process.kill(-child.pid!, 'SIGINT'), ended }
}

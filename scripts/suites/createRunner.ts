import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Artifact } from './readBuild.ts'
import type { Answer, Ask } from './suiteProcess.ts'

/** Longer than any suite takes where a dozen others compete for the machine. */
const LONGEST_MS = 600_000

export type Runner = {
  /** Runs one suite; 'timeout' where it did not end, or took its process with it. */
  run(ask: Ask): Promise<Answer | 'timeout'>
  end(): void
}

/** Runs test suites in a process of its own, which is replaced when one of them does not end. */
export function createRunner(artifacts: Artifact[], longestMs = LONGEST_MS): Runner {
  const folder = mkdtempSync(join(tmpdir(), 'auspex-suites-'))
  const path = join(folder, 'artifacts.json')
  let child: ChildProcess | undefined
  writeFileSync(path, JSON.stringify(artifacts))

  function start(): ChildProcess {
    child = fork(join(import.meta.dirname, 'suiteProcess.ts'))
    child.send({ artifacts: path })
    return child
  }

  function run(ask: Ask): Promise<Answer | 'timeout'> {
    const one = child ?? start()
    return new Promise((resolve) => {
      const onMessage = (answer: unknown) => {
        clearTimeout(timer)
        one.off('exit', onExit)
        resolve(answer as Answer)
      }
      const onExit = () => {
        clearTimeout(timer)
        one.off('message', onMessage)
        child = undefined
        resolve('timeout')
      }
      const timer = setTimeout(() => one.kill('SIGKILL'), longestMs)
      one.once('message', onMessage)
      one.once('exit', onExit)
      one.send(ask)
    })
  }

  return {
    run,
    end: () => {
      child?.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

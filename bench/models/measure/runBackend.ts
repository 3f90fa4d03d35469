import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BackendJob, BackendMessage, BackendOutcome } from './Plan.ts'

const PROCESS = fileURLToPath(new URL('backendProcess.ts', import.meta.url))
const PATIENCE_MINUTES = 15

/** Measures a backend in a process of its own; however that ends, the outcome says so in words. */
export function runBackend({
  job,
  tell,
  file = PROCESS,
}: {
  job: BackendJob
  tell: (progress: string) => void
  file?: string
}): Promise<BackendOutcome> {
  const { backend } = job
  const missing = (reason: string) => ({ backend, status: 'missing', reason }) as const

  return new Promise((resolve) => {
    // Native drivers print as they please, so nothing of their output is passed on.
    const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const
    const child = fork(file, { serialization: 'advanced', stdio: [...stdio] })
    let outcome: BackendOutcome | undefined
    let doing = 'starting'

    const patience = setTimeout(() => {
      outcome = missing(`took longer than ${PATIENCE_MINUTES} minutes, at ${doing}`)
      child.kill('SIGKILL')
    }, PATIENCE_MINUTES * 60_000)

    child.on('message', (message: BackendMessage) => {
      if ('fault' in message) outcome = missing(`failed at ${doing}: ${message.fault}`)
      if ('outcome' in message) outcome = message.outcome
      if (!('progress' in message)) return
      doing = message.progress
      tell(`${backend}: ${doing}`)
    })
    child.on('error', ({ message }) => {
      outcome ??= missing(message)
    })
    child.on('close', (code, signal) => {
      clearTimeout(patience)
      resolve(outcome ?? missing(`its process ended by ${signal ?? `exit ${code}`}, at ${doing}`))
    })
    child.send(job)
  })
}

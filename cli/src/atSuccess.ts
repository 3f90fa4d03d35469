import { AsyncLocalStorage } from 'node:async_hooks'

const endings = new AsyncLocalStorage<(() => void)[]>()

/** Runs a command, and when it has ended with success what it left to be done then. */
export async function withEndings<result>(command: () => Promise<result>): Promise<result> {
  const left: (() => void)[] = []
  const result = await endings.run(left, command)
  for (const ending of left) ending()
  return result
}

/** Leaves something to be done when the command that runs now has ended with success, its outcome told. */
export function atSuccess(ending: () => void): void {
  endings.getStore()?.push(ending)
}

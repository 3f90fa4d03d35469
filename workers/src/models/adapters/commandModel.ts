import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Model } from '../forecaster.ts'
import type { Question } from '../../sources/questions.ts'
import type { CommandModel } from './modelConfig.ts'
import { modelName } from './modelConfig.ts'
import { readAnswer, readJson, requestOf } from './request.ts'

/** What a process says of its trouble that is repeated. */
const MOST_WORDS = 300

type Running = {
  child: ChildProcessWithoutNullStreams
  /** The next line it writes; rejects as it ends. */
  nextLine: () => Promise<string>
}

/**
 * A model in a process of its own, in any language: one line of JSON in, one line out. It stays up between questions; one
 * that ended, hung or answered nonsense is started anew for the next. It ends as its standard input does.
 */
export function commandModel(config: CommandModel, question: Question): Model {
  const { bars, timeoutMs } = config
  let running: Running | undefined

  return {
    name: modelName(config),
    fit() {},
    async predict(history) {
      running ??= start(config)
      const { child, nextLine } = running
      try {
        const line = within(nextLine(), timeoutMs)
        child.stdin.write(
          `${JSON.stringify(requestOf({ history, question, bars, deadline: timeoutMs }))}\n`,
        )
        return readAnswer(readJson(await line))
      } catch (error) {
        // Whatever it still writes would be taken for the answer to the next question.
        running = undefined
        child.kill('SIGKILL')
        throw error
      }
    },
  }
}

function start({ run, folder }: CommandModel): Running {
  const [program, ...args] = run
  const child = spawn(program!, args, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] })
  process.once('exit', () => child.kill('SIGKILL'))
  let words = ''
  let end: string | undefined
  const waiting: { take: (line: string) => void; fail: (error: Error) => void }[] = []

  function finish(why: string): void {
    end ??= why
    for (const { fail } of waiting.splice(0)) fail(new Error(end))
  }
  child.on('error', ({ message }) => finish(`${program} does not start: ${message}`))
  child.on('close', (code) => {
    const told = words.trim().split('\n').at(-1)
    finish(`${program} ended with ${code ?? 'a signal'}${told ? `: ${told}` : ''}`)
  })
  child.stderr.on('data', (chunk: Buffer) => (words = `${words}${chunk}`.slice(-MOST_WORDS)))
  // Writing to a process that has just ended is answered by its end.
  child.stdin.on('error', () => {})
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.take(line))

  return {
    child,
    nextLine: () =>
      new Promise((take, fail) => {
        if (end === undefined) waiting.push({ take, fail })
        else fail(new Error(end))
      }),
  }
}

async function within<Result>(answer: Promise<Result>, timeoutMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

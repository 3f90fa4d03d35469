/*
 * The main job, `npm start`: a whole prediction network on a chain of its own, with real models that
 * predict a real market. Each trading day is one round of each topic: workers seal and open their
 * predictions, reputers publish the aggregate and bring the truth, stakes move, a contract reads.
 */
import { compile } from '../devnet/compile.ts'
import { closeBooks } from './demo/books/closeBooks.ts'
import { interruption } from './demo/command/interruption.ts'
import { keepGoing, liveSources } from './demo/command/keepGoing.ts'
import { readOptions } from './demo/command/readOptions.ts'
import type { Options } from './demo/command/readOptions.ts'
import { openWindow } from './demo/command/openWindow.ts'
import type { Window } from './demo/command/openWindow.ts'
import { showProgress } from './demo/command/showProgress.ts'
import { bringUpTensors, learnPast } from './demo/members/learnPast.ts'
import { playRounds } from './demo/play/playRounds.ts'
import { linesOf } from './demo/report/linesOf.ts'
import { nextLines } from './demo/report/nextLines.ts'
import { resultOf } from './demo/report/resultOf.ts'
import { savePage } from './demo/report/savePage.ts'
import { openCalendar } from './demo/world/openCalendar.ts'
import type { Calendar } from './demo/world/openCalendar.ts'
import { setStage, sources } from './demo/world/setStage.ts'

const exitCodes = { done: 0, usage: 2, interrupted: 130 }

const read = readOptions({ args: process.argv.slice(2) })
if (read.status === 'refused') process.exitCode = exitCodes.usage
if (read.status === 'read') process.exitCode = await demo(read.options)

interface Play {
  readonly options: Options
  readonly calendar: Calendar
  readonly window: Window
  readonly output: NodeJS.WriteStream
  readonly say: (...lines: string[]) => void
}

async function demo(options: Options): Promise<number> {
  // With --json the result alone goes to standard output.
  const output = options.json ? process.stderr : process.stdout
  const say = (...lines: string[]) => lines.forEach((line) => output.write(`${line}\n`))

  const opened = await openCalendar(options)
  if (opened.status === 'refused') {
    console.error(opened.why)
    return exitCodes.usage
  }
  const { calendar } = opened

  const window = await openWindow()
  try {
    return await play({ options, calendar, window, say, output })
  } finally {
    window.close()
  }
}

async function play({ options, calendar, window, say, output }: Play): Promise<number> {
  const { topics: questions, seed, rounds, keep: isKept } = options
  say(window.url ? `Watch it live: ${window.url}` : window.why!)
  window.says('The models learn the past')
  say('The models learn the past, and the contracts are compiled, half a minute the first time')
  const [, learners] = await Promise.all([
    compile(isKept ? [...sources, ...liveSources] : sources),
    learn(),
  ])
  async function learn() {
    const tensors = await bringUpTensors()
    const { name, device, stepMs } = tensors
    say(`TensorFlow.js on ${name}, ${device}: ${stepMs.toFixed(1)} ms a step`)
    return Promise.all(
      questions.map((question) => learnPast({ question, calendar, tensors, seed })),
    )
  }

  const stage = await setStage({ calendar, questions, learners, seed, isHeld: isKept })
  const { chain, topics, reputers } = stage
  const workers = topics.reduce((sum, topic) => sum + topic.workers.length, 0)
  say(
    `A chain of its own at ${chain.url}: ${topics.length} topics, ${workers} workers, ${reputers.length} reputers`,
    `Rounds from ${calendar.dateOf(0)} to ${calendar.dateOf(rounds - 1)}`,
  )

  window.follow({ url: chain.url, chainId: chain.id, network: stage.network })
  window.says(`Replaying ${rounds} trading days from ${calendar.dateOf(0)}`)

  const signal = interruption()
  const names = questions.map(({ name }) => name)
  const progress = showProgress({ output, rounds, names })
  const played = await playRounds({ stage, calendar, progress, signal })
  if (signal.aborted) {
    await chain.close()
    say('Stopped.')
    return exitCodes.interrupted
  }

  await window.settle(Number(chain.block()))
  const report = await closeBooks({ stage, played, seed })
  const lines = linesOf(report)
  window.says('All rounds are played', lines)
  const saved = await savePage({ window, report, file: options.record })
  say(...lines, ...nextLines({ saved, isKept }))
  if (options.json) console.log(JSON.stringify(resultOf({ options, ...report })))

  if (isKept && !signal.aborted) {
    await keepGoing({ stage, options, signal, say })
  }
  await chain.close()
  return exitCodes.done
}

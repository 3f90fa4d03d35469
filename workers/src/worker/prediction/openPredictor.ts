import type { Readable } from 'node:stream'
import { Worker as Thread } from 'node:worker_threads'
import { modelName } from '../../models/adapters/modelConfig.ts'
import type { ModelConfig } from '../../models/adapters/modelConfig.ts'
import type { Sent } from '../../models/adapters/request.ts'
import type { Moment, Predict } from '../predictWith.ts'
import type { Predicted } from '../workerTurn.ts'
import type { Log } from '../../runtime/log.ts'
import { messageOf, OperatorError } from '../../runtime/operatorError.ts'
import { sleep } from '../../runtime/clock.ts'
import type { Backend, FromThread, ThreadData, ToThread } from './modelThread.ts'

export type PredictorOptions = Omit<ThreadData, 'showsSent'> & {
  /** A model that is asked where the first one hangs, fails or says nonsense; none where it is left out. */
  fallback?: ModelConfig | undefined
  /** How long the model may take for a prediction, milliseconds; then its thread is ended. */
  withinMs: number
  /** How long it may take to be made. */
  openWithinMs?: number
  /** Is called with whatever is about to leave the machine. */
  onSent?: (sent: Sent) => void
  log: Log
}

export type Opened =
  /** `fault`: why its data cannot be used now; they may be mended while the node runs. */
  | { status: 'ready'; backend?: Backend; fault?: string }
  /** The model itself cannot be used, as it is configured. */
  | { status: 'refused'; error: OperatorError }

/** What the model's data were when they were last read. */
export type DataState = {
  /** When the newest row is of, unix seconds. */
  newest?: number
  /** Why nothing can be predicted from them. */
  fault?: string
}

/** A model in a thread of its own. */
export type Predictor = {
  /** Never waits long: while the model is at work it says so, and the answer is there at a later call. */
  predict: Predict
  opened: Promise<Opened>
  data: () => DataState
  close: () => Promise<void>
}

type Running = { thread: Thread; opened: Promise<Opened> }
type Job = { answer: Promise<Predicted>; settled?: Predicted }

/** How long a call waits for a model that answers at once. */
const AT_ONCE_MS = 100
const OPEN_WITHIN_MS = 180_000
const REMEMBERED = 16

const file = new URL(
  `./modelThread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
  import.meta.url,
)

/**
 * Opens a model in a thread. A model that hangs, throws or says nonsense sits the round out, or a declared fallback speaks
 * in its place; a thread that was ended is made anew for the next round.
 */
export function openPredictor(options: PredictorOptions): Predictor {
  const { withinMs, openWithinMs = OPEN_WITHIN_MS, fallback, log, onSent, ...asked } = options
  const data: ThreadData = { ...asked, showsSent: onSent !== undefined }
  const jobs = new Map<number, Job>()
  const who = { model: modelName(data.model) }
  let running: Running | undefined
  let substitute: Predictor | undefined
  let before: Promise<unknown> = Promise.resolve()
  let state: DataState = {}
  let ids = 0
  let isClosed = false

  function start(): Running {
    // What a model prints becomes lines of the log; the node's own output stays JSON, line by line.
    const thread = new Thread(file, { workerData: data, stdout: true, stderr: true })
    for (const output of [thread.stdout, thread.stderr]) logLines(output, { ...who, log })
    // Nothing of the model's may keep the process from ending.
    thread.unref()
    thread.on('message', noteData)
    const opened = openingOf(thread, openWithinMs)
    const own = { thread, opened }
    thread.once('exit', () => {
      if (running === own) running = undefined
    })
    void opened.then((outcome) => {
      if (outcome.status === 'refused') void thread.terminate()
    })
    return own
  }

  function noteData(message: FromThread): void {
    if (message.kind === 'sent') return onSent?.(message.sent)
    if (message.kind === 'refused') return
    const { newest = state.newest } = message
    const fault = message.kind === 'ready' ? message.fault : faultIn(message.predicted)
    state = { ...(newest !== undefined && { newest }), ...(fault !== undefined && { fault }) }
  }

  async function ask(moment: Moment): Promise<Predicted> {
    if (isClosed) return abstained('the node stops')
    running ??= start()
    const own = running
    const opened = await own.opened
    if (opened.status === 'refused') return abstained(opened.error.message)

    const id = ids++
    const answer = await answerOf(own.thread, { id, moment }, withinMs)
    if (answer.status !== 'lost') return answer.predicted

    if (running === own) running = undefined
    await own.thread.terminate()
    return abstained(`${modelName(data.model)}: ${answer.reason}`)
  }

  async function askOrSubstitute(moment: Moment): Promise<Predicted> {
    const predicted = await ask(moment)
    if (predicted.status !== 'abstained' || !predicted.isFinal || fallback === undefined) {
      return predicted
    }
    const by = modelName(fallback)
    log.warn({ reason: predicted.reason, fallback: by }, 'model.replaced')
    substitute ??= openPredictor({ ...options, model: fallback, fallback: undefined })
    let answer = await substitute.predict(moment)
    while (answer.status === 'waiting' && !isClosed) {
      await sleep(AT_ONCE_MS)
      answer = await substitute.predict(moment)
    }
    return answer
  }

  function begin(moment: Moment): Job {
    const answer = before.then(() => askOrSubstitute(moment))
    const job: Job = { answer }
    before = answer.then((predicted) => {
      job.settled = predicted
    })
    jobs.set(moment.now, job)
    for (const old of [...jobs.keys()].slice(0, -REMEMBERED)) jobs.delete(old)
    return job
  }

  async function predict(moment: Moment): Promise<Predicted> {
    const job = jobs.get(moment.now) ?? begin(moment)
    const predicted = job.settled ?? (await soon(job.answer))
    if (predicted === undefined)
      return { status: 'waiting', reason: `${modelName(data.model)} is at work` }
    // Data may be mended within the round.
    if (predicted.status === 'abstained' && !predicted.isFinal) jobs.delete(moment.now)
    return predicted
  }

  async function close(): Promise<void> {
    isClosed = true
    await Promise.all([running?.thread.terminate(), substitute?.close()])
  }

  running = start()
  return { predict, opened: running.opened, data: () => state, close }
}

/** What one thread prints is logged up to so many lines, and so many characters of each. */
const MOST_LINES = 200
const MOST_CHARACTERS = 300

function logLines(output: Readable, { log, ...who }: { log: Log; model: string }): void {
  let left = MOST_LINES
  let begun = ''
  output.setEncoding('utf8')
  output.on('data', (text: string) => {
    if (left === 0) return
    const lines = (begun + text).split('\n')
    begun = lines.pop()!.slice(0, MOST_CHARACTERS)
    for (const line of lines.slice(0, left)) {
      left -= 1
      if (line.trim() !== '')
        log.info({ ...who, line: line.slice(0, MOST_CHARACTERS) }, 'model.printed')
    }
    if (left === 0) log.info({ ...who, most: MOST_LINES }, 'model.printed-much')
  })
}

/** Only data may be mended within a round; what is wrong with a model stays so. */
function faultIn(predicted: Predicted): string | undefined {
  return predicted.status === 'abstained' && !predicted.isFinal ? predicted.reason : undefined
}

async function soon<Result>(answer: Promise<Result>): Promise<Result | undefined> {
  return Promise.race([answer, sleep(AT_ONCE_MS).then(() => undefined)])
}

function abstained(reason: string): Predicted {
  return { status: 'abstained', reason, isFinal: true }
}

function openingOf(thread: Thread, withinMs: number): Promise<Opened> {
  return new Promise((resolve) => {
    const refuse = (error: OperatorError) => finish({ status: 'refused', error })
    const timer = setTimeout(() => {
      refuse(
        new OperatorError(
          'requirement',
          `The model was not ready in ${withinMs / 1000} s. Look at what it does when it is made.`,
        ),
      )
    }, withinMs)
    timer.unref()
    thread.on('message', (message: FromThread) => {
      if (message.kind === 'ready') {
        const { backend, fault } = message
        finish({
          status: 'ready',
          ...(backend && { backend }),
          ...(fault !== undefined && { fault }),
        })
      }
      if (message.kind === 'refused') refuse(new OperatorError(message.reason, message.message))
    })
    thread.once('error', (error: unknown) => {
      refuse(new OperatorError('requirement', `The model’s thread ended: ${messageOf(error)}`))
    })
    thread.once('exit', () => {
      refuse(new OperatorError('requirement', 'The model’s thread ended before it was ready.'))
    })

    function finish(opened: Opened): void {
      clearTimeout(timer)
      resolve(opened)
    }
  })
}

type Answer = { status: 'answered'; predicted: Predicted } | { status: 'lost'; reason: string }

/** Asks the thread, and waits for its answer, its end or the end of patience. */
function answerOf(thread: Thread, question: ToThread, withinMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const lost = (reason: string) => finish({ status: 'lost', reason })
    const timer = setTimeout(
      () => lost(`no answer within ${withinMs / 1000} s; its thread was ended`),
      withinMs,
    )
    const onMessage = (message: FromThread) => {
      if (message.kind !== 'answer' || message.id !== question.id) return
      finish({ status: 'answered', predicted: message.predicted })
    }
    const onError = (error: unknown) => lost(`its thread ended: ${messageOf(error)}`)
    const onExit = () => lost('its thread ended')
    thread.on('message', onMessage)
    thread.once('error', onError)
    thread.once('exit', onExit)
    thread.postMessage(question)

    function finish(answer: Answer): void {
      clearTimeout(timer)
      thread.off('message', onMessage)
      thread.off('error', onError)
      thread.off('exit', onExit)
      resolve(answer)
    }
  })
}

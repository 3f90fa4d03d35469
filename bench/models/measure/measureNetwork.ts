import type { History } from '@auspex/workers'
import { createNetwork, lessonOf, perceptrons } from '@auspex/workers/models'
import type { Lesson, Network, Question, Tensors } from '@auspex/workers/models'
import { at } from '../../lib/checks.ts'
import { SEED } from './Plan.ts'
import type { Measured } from './Plan.ts'
import { repeat, timed, timingOf } from './timing.ts'

/** Training steps, and predictions, that one repeat averages over. */
const STEPS = 16
const CALLS = 8
/** Rows whose answers are compared, at the least. */
const COMPARED = 64

/** The network inside a question's mlp, trained and asked with a given number of rows at a time. */
export async function measureNetwork({
  forecaster,
  tensors,
  question,
  history,
  batch,
  repeats,
}: {
  forecaster: string
  tensors: Pick<Tensors, 'tf'>
  question: Question['name']
  history: History
  batch: number
  repeats: number
}): Promise<Measured> {
  const settings = perceptrons[question]
  const output = settings.kind === 'probability' ? 'probability' : 'value'
  const network = createNetwork({ ...settings, tensors, output, batch, seed: SEED })
  const { inputs, targets } = takeRows({
    lesson: lessonOf({ ...settings, history }),
    count: Math.max(STEPS * batch, COMPARED),
  })

  // Reading the weights back is what makes sure that a GPU is done.
  const train = async (steps: number) => {
    const rows = steps * batch
    const lesson = { inputs: inputs.slice(0, rows), targets: targets.slice(0, rows) }
    await network.train({ ...lesson, epochs: 1, seed: SEED })
    await network.weights()
  }
  const predict = () => network.answer(inputs.slice(0, batch))

  await train(STEPS)
  const predictions = await answerAll({
    network,
    inputs: inputs.slice(0, Math.max(batch, COMPARED)),
    batch,
  })

  const before = tensors.tf.memory().numTensors
  const steps = await repeat({ run: () => timed(() => train(STEPS)), repeats })
  const calls = await repeat({ run: () => timed(() => times(CALLS, predict)), repeats })

  return {
    forecaster,
    batch,
    fit: null,
    step: timingOf(steps.map((each) => each / STEPS)),
    predict: timingOf(calls.map((each) => each / CALLS)),
    tensorGrowth: tensors.tf.memory().numTensors - before,
    predictions,
  }
}

/** The first rows of a lesson, over again where it has too few. */
function takeRows({
  lesson: { inputs, targets },
  count,
}: {
  lesson: Pick<Lesson, 'inputs' | 'targets'>
  count: number
}): Pick<Lesson, 'inputs' | 'targets'> {
  const indexes = Array.from({ length: count }, (_, i) => i % inputs.length)

  return {
    inputs: indexes.map((i) => at(inputs, i)),
    targets: indexes.map((i) => at(targets, i)),
  }
}

async function answerAll({
  network,
  inputs,
  batch,
}: {
  network: Network
  inputs: number[][]
  batch: number
}): Promise<number[]> {
  const answers: number[] = []
  for (let start = 0; start < inputs.length; start += batch) {
    answers.push(...(await network.answer(inputs.slice(start, start + batch))))
  }

  return answers
}

async function times(count: number, run: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await run()
}

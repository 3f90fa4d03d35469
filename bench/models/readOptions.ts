import { questions } from '@auspex/workers'
import type { Question, TensorBackend } from '@auspex/workers/models'
import { Command, InvalidArgumentError } from 'commander'

export type Options = {
  backends: TensorBackend[]
  batches: number[]
  repeats: number
  questions: Question['name'][]
  software?: boolean
  json?: boolean
}

const BACKENDS = ['cpu', 'wasm', 'webgpu', 'tfjs-node'] as const
const QUESTIONS = questions.map(({ name }) => name)
const BATCHES = [1, 16, 64, 256, 1024]
const LARGEST_BATCH = 1024
const MOST_REPEATS = 100

/** Throws a CommanderError, its message already printed, for what cannot be understood. */
export function readOptions(args: readonly string[]): Options {
  const program = new Command('bench:models')
    .description(
      'Times training and predicting, per forecaster and backend, and compares with cpu.',
    )
    .option('--backends <names>', `of ${BACKENDS.join(',')}`, parseNames(BACKENDS), [...BACKENDS])
    .option('--batches <sizes>', 'rows of a step, 1 to 1024, as 1,16', parseBatches, BATCHES)
    .option('--repeats <n>', 'of every measurement', parseNumber({ to: MOST_REPEATS }), 5)
    .option('--questions <names>', `of ${QUESTIONS.join(',')}`, parseNames(QUESTIONS), QUESTIONS)
    .option('--software', 'measure a GPU that is only emulated, too; very slow')
    .option('--json', 'print the figures as JSON, one line; tables go to stderr')
    .allowExcessArguments(false)
    .exitOverride()

  return program.parse(args, { from: 'user' }).opts<Options>()
}

function parseBatches(text: string): number[] {
  const sizes = text.split(',').map(parseNumber({ to: LARGEST_BATCH }))
  return [...new Set(sizes)].sort((left, right) => left - right)
}

/** Reads a list as a,b of known names, in the order in which they are known. */
function parseNames<Name extends string>(known: readonly Name[]): (text: string) => Name[] {
  return (text) => {
    const names = text.split(',')
    const unknown = names.find((name) => !known.some((each) => each === name))
    if (unknown === undefined) return known.filter((name) => names.includes(name))
    throw new InvalidArgumentError(`"${unknown}" is none of ${known.join(', ')}.`)
  }
}

/** Reads a whole number from one to `to`. */
function parseNumber({ to }: { to: number }): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= 1 && value <= to) return value
    throw new InvalidArgumentError(`"${text}" is no whole number from 1 to ${to}.`)
  }
}

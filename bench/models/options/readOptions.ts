import { Command } from 'commander'
import { questions } from '@auspex/workers'
import type { Options } from './Options.ts'
import { parseNames } from './parseNames.ts'
import { parseNumber } from './parseNumber.ts'

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

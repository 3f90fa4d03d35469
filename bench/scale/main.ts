import { availableParallelism } from 'node:os'
import { Command, CommanderError } from 'commander'
import { compile } from '../../devnet/compile.ts'
import { BadInput } from '../lib/checks.ts'
import { measureSeats } from './measure/measureSeats.ts'
import { measureTopics } from './measure/measureTopics.ts'
import { readOptions } from './readOptions.ts'
import type { Options } from './readOptions.ts'
import { toJson } from './report/toJson.ts'
import { toText } from './report/toText.ts'
import type { Report } from './report/toJson.ts'
import { openWorld } from './topics/openWorld.ts'

const program = new Command('bench:scale')
  .description(
    'Measures how cost grows with workers and with topics: an embedded chain, workers that seal and sign, and a reputer in a process of its own.',
  )
  .option('--topics <n>', 'topics that live at once', '1000')
  .option('--seats <n>', 'workers in each of them', '2')
  .option('--rounds <n>', 'rounds they play before the reputer is left alone for an hour', '2')
  .option('--widest <n>', 'workers of the widest single topic', '256')
  .option('--json', 'print the figures as JSON, one line, and the tables on stderr')
  .exitOverride()

try {
  const { json, ...words } = program.parse().opts<Record<keyof Options, string> & { json?: true }>()
  const report = await measureAll(readOptions(words))
  if (json) tell(toText(report))
  print(json ? JSON.stringify(toJson(report)) : toText(report))
  if (!report.holds) process.exitCode = 1
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

async function measureAll(options: Options): Promise<Report> {
  const { topics, seats, rounds, widest } = options
  await compile()
  const began = performance.now()
  const wide = await openWorld({ workers: widest, tell }, (world) =>
    measureSeats({ world, widest }),
  )
  const many = await openWorld({ workers: seats, tell }, (world) =>
    measureTopics({ world, topics, seats, rounds }),
  )
  const { overdueAfter, settled } = many.catchUp
  const isCaughtUp = overdueAfter === 0 && settled === topics

  return {
    options,
    machine: { cores: availableParallelism(), node: process.version },
    seconds: (performance.now() - began) / 1000,
    seats: wide,
    topics: many,
    holds: wide.linearity.holds && many.growth.holds && isCaughtUp,
  }
}

/** Options can be mended and are told in words; everything else is a fault of ours and shows where. */
function exitCodeOf(error: unknown): number {
  // Commander has told of it already; asking for help is no fault.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (!(error instanceof BadInput)) throw error
  tell(error.message)
  return 2
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/*
 * `npm run bench:stretches`: the demo's models over stretches of the market from 2004 to 2020, played by the twins of the
 * contracts, and how the aggregate did against the plain mean and against the worker that was best in hindsight.
 */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { questions } from '@auspex/workers'
import { Command, InvalidArgumentError } from 'commander'
import { bringUpTensors } from '../../scripts/demo/members/learnPast.ts'
import { playStretch } from './playStretch.ts'
import type { Stretch, StretchTopic } from './playStretch.ts'
import { toReport } from './toReport.ts'
import { toText } from './toText.ts'

const STARTS = [
  '2004-01-02',
  '2006-01-03',
  '2007-07-02',
  '2009-01-02',
  '2010-06-01',
  '2012-01-03',
  '2014-01-02',
  '2016-01-04',
]
const RESULTS = fileURLToPath(new URL('../results/stretches.json', import.meta.url))

type Options = { rounds: number; seed: number; from?: string; json?: boolean; write: boolean }

const program = new Command('bench:stretches')
  .description('Plays the demo over eight stretches of the market and its default window.')
  .option('--rounds <number>', 'rounds of each of the eight stretches', whole, 400)
  .option('--from <date>', 'one stretch alone, from this day on')
  .option('--seed <number>', 'equal seeds give equal runs', whole, 1)
  .option('--json', 'print the figures as JSON')
  .option('--no-write', 'leave bench/results/stretches.json as it is')
  .parse()

const { rounds, seed, from, json, write } = program.opts<Options>()
const stretches: Stretch[] =
  from === undefined
    ? [...STARTS.map((start) => ({ from: start, rounds })), { from: undefined, rounds: 1000 }]
    : [{ from, rounds }]

const tensors = await bringUpTensors()
const played: StretchTopic[][] = []
for (const stretch of stretches) {
  played.push(await playStretch({ stretch, questions, tensors, seed }))
  process.stderr.write(`${played.length}/${stretches.length} stretches\n`)
}

const report = toReport({ seed, played })
if (write && from === undefined) await writeFile(RESULTS, `${JSON.stringify(report, null, 2)}\n`)
process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${toText(report)}\n`)
// What TensorFlow.js keeps open would keep the process alive.
process.exit(0)

function whole(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('Give a whole number.')
  return number
}

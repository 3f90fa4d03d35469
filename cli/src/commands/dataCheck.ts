import type { Command } from 'commander'
import { Option } from 'commander'
import { OperatorError, inspectBars, isZone, questions, readCsvSource } from '@auspex/workers'
import { InvalidArgumentError } from 'commander'
import { print } from '../print.ts'
import { command } from '../command.ts'

type Options = {
  json: boolean
  time: 'iso' | 'seconds' | 'milliseconds'
  zone?: string
  question: (typeof questions)[number]['name']
}

export function dataCheck(): Command {
  return command('check', 'whether a CSV of rows can be used, and what is odd about it')
    .argument('<file>', 'CSV with the columns date and close, and if present the others')
    .addOption(
      new Option('--time <form>', 'what the column date holds')
        .choices(['iso', 'seconds', 'milliseconds'])
        .default('iso'),
    )
    .option('--zone <name>', 'time zone of times that name none', parseZone)
    .addOption(
      new Option('--question <name>', 'what is to be predicted from it')
        .choices(questions.map(({ name }) => name))
        .default('close'),
    )
    .action(run)
}

/** A leak is an error, an oddity is not. */
async function run(file: string, { json, question, time, zone }: Options): Promise<void> {
  const read = await readCsvSource({ file, time, zone, isComplete: true }).catch(() => {
    throw new OperatorError('usage', `There is no file to read at ${file}. Name another one.`)
  })
  if (read.status === 'invalid') {
    throw new OperatorError('error', `${file}:${read.line}: ${read.reason}. Correct the row.`)
  }
  const found = await inspectBars({ source: read.source, question })
  const { rows, first, last, spacing, warnings, leaks } = found
  print({
    json,
    data: { file, ...found },
    lines: [
      `rows     ${rows}, ${iso(first)} to ${iso(last)}, usually ${spacing} s apart`,
      ...warnings.map((each) => `warning  ${each}`),
      ...leaks.map((each) => `leak     ${each}`),
      ...(warnings.length + leaks.length === 0 ? ['nothing odd was found'] : []),
    ],
    next: 'auspex backtest',
  })
  if (leaks.length > 0) throw new OperatorError('error', `${file} knows the future: ${leaks[0]}`)
}

function parseZone(text: string): string {
  if (isZone(text)) return text
  throw new InvalidArgumentError('A time zone is needed, such as Europe/Berlin, UTC or +01:00.')
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

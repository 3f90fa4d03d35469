import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { Option } from 'commander'
import { isAtLeast, OperatorError, readableLine, visible } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'

type Options = Common & { level: string }

export function logs(): Command {
  return command('logs', 'show the log of a node as people read it')
    .argument('[file]', 'a file of its log; what comes in where it is left out')
    .addOption(
      new Option('--level <level>', 'show nothing below it')
        .choices(['debug', 'info', 'warn', 'error'])
        .default('debug'),
    )
    .action(run)
}

async function run(file: string | undefined, { json, level }: Options): Promise<void> {
  const input = file === undefined ? process.stdin : createReadStream(file)
  const failed = new Promise<never>((_, reject) => {
    input.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new OperatorError('requirement', `${file} cannot be read (${error.code}). Check the path.`),
      )
    })
  })
  await Promise.race([failed, show(input, { json, level })])
}

async function show(
  input: NodeJS.ReadableStream,
  { json, level }: Pick<Options, 'json' | 'level'>,
): Promise<void> {
  for await (const line of createInterface({ input })) {
    if (line !== '' && isAtLeast(line, level)) {
      console.log(json ? visible(line) : readableLine(line))
    }
  }
}

import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import { isHex, size, slice } from 'viem'
import type { Hex } from 'viem'
import { decodeError, errorGuides } from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { print } from '../print.ts'

const next = 'do as it says, and send the call again'

export function explain(): Command {
  return command('explain', 'say what a refusal of a contract means and what to do')
    .argument('<data>', 'revert data, or the first four bytes of it', parseData)
    .action(run)
}

function parseData(text: string): Hex {
  if (isHex(text) && size(text) >= 4) return text.toLowerCase() as Hex
  throw new InvalidArgumentError('Give revert data as hex: 0x and at least 8 digits.')
}

function run(data: Hex, { json }: Common): void {
  const error = decodeError(data)
  if (error !== undefined) {
    const { name, args, message } = error
    return print({ json, data: { name, args, sentence: message }, lines: [name, message], next })
  }
  const [guide] = errorGuides({ selector: slice(data, 0, 4) })
  if (guide !== undefined) {
    return print({ json, data: guide, lines: [guide.signature, guide.sentence], next })
  }
  throw new OperatorError(
    'error',
    `${slice(data, 0, 4)} is no error of Auspex. It comes from another contract: look there.`,
  )
}

import type { Command } from 'commander'
import { addressIn } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { print } from '../print.ts'

export function keysShow(): Command {
  return command('show', 'show whose key a keystore holds; needs no password')
    .argument('<file>', 'the keystore')
    .action(run)
}

function run(file: string, { json }: Common): void {
  const address = addressIn({ file })
  print({
    json,
    data: { address, file },
    lines: [`address  ${address}`],
    next: `auspex stake show <topic> --worker ${address}`,
  })
}

import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { getAddress, isAddress } from 'viem'
import { requirePrivate } from '../../keys/requirePrivate.ts'
import { OperatorError } from '../../runtime/operatorError.ts'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { print } from '../print.ts'

export function keysShow(): Command {
  return command('show', 'show whose key a keystore holds; needs no password')
    .argument('<file>', 'the keystore')
    .action(run)
}

function run(file: string, { json }: Common): void {
  requirePrivate({ file, what: 'keystore' })
  const address = addressIn(file)
  print({
    json,
    data: { address, file },
    lines: [`address  ${address}`],
    next: `auspex stake show <topic> --worker ${address}`,
  })
}

function addressIn(file: string): string {
  try {
    const { address } = JSON.parse(readFileSync(file, 'utf8')) as { address: string }
    const text = address.startsWith('0x') ? address : `0x${address}`
    if (isAddress(text, { strict: false })) return getAddress(text)
  } catch {
    // Told below.
  }
  throw new OperatorError(
    'requirement',
    `${file} is no version 3 keystore. Make one with: auspex keys new ${file}`,
  )
}

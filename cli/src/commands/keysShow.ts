import type { Command } from 'commander'
import { addressIn, openKeystore, readPassword } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { print } from '../print.ts'

export function keysShow(): Command {
  return command(
    'show',
    'show whose key a keystore holds; asks for its password only where it does not say',
  )
    .argument('<file>', 'the keystore')
    .option('--password-file <file>', 'file of mode 600 with the password, where it is needed')
    .action(run)
}

async function run(
  file: string,
  { json, passwordFile }: Common & { passwordFile?: string },
): Promise<void> {
  const address = addressIn({ file }) ?? (await opened(file, passwordFile))
  print({
    json,
    data: { address, file },
    lines: [`address  ${address}`],
    next: 'auspex topic list',
  })
}

async function opened(file: string, passwordFile: string | undefined) {
  const password = await readPassword({ file: passwordFile, prompt: `Password of ${file}: ` })
  return (await openKeystore({ file, password })).account.address
}

import type { Command } from 'commander'
import { newKeystore } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { newPassword } from '../newPassword.ts'
import { print } from '../print.ts'

type Options = Common & { passwordFile?: string }

export function keysNew(): Command {
  return command('new', 'make a key and keep it encrypted (keystore version 3, scrypt)')
    .argument('<file>', 'where to keep it')
    .option('--password-file <file>', 'file of mode 600 with its password; asked for otherwise')
    .action(run)
}

async function run(file: string, { json, passwordFile }: Options): Promise<void> {
  const password = await newPassword({ file, passwordFile })
  const { address } = await newKeystore({ file, password })
  print({
    json,
    data: { address, file },
    lines: [
      `address  ${address}`,
      `file     ${file}`,
      'Whoever has the file and the password can sign. Keep both, apart.',
      `Name the file as keys.keystore in the configuration, and send ${address} coin for its transactions.`,
    ],
    next: 'auspex doctor',
  })
}

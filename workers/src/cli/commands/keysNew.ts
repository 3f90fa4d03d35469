import type { Command } from 'commander'
import { OperatorError } from '../../runtime/operatorError.ts'
import { newKeystore } from '../../keys/newKeystore.ts'
import { readPassword } from '../../keys/readPassword.ts'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { print } from '../print.ts'

type Options = Common & { passwordFile?: string }

const LEAST = 8

export function keysNew(): Command {
  return command('new', 'make a key and keep it encrypted (keystore version 3, scrypt)')
    .argument('<file>', 'where to keep it')
    .option('--password-file <file>', 'file of mode 600 with its password; asked for otherwise')
    .action(run)
}

async function run(file: string, { json, passwordFile }: Options): Promise<void> {
  const password = await readPassword({ file: passwordFile, prompt: `New password for ${file}: ` })
  if (password.reveal().length < LEAST) {
    throw new OperatorError(
      'usage',
      `The password has fewer than ${LEAST} characters. Choose a longer one.`,
    )
  }
  const { address } = await newKeystore({ file, password })
  print({
    json,
    data: { address, file },
    lines: [
      `address  ${address}`,
      `file     ${file}`,
      'Whoever has the file and the password can sign. Keep both, apart.',
    ],
    next: `name ${file} as keys.keystore in the configuration, and send ${address} coin for its transactions`,
  })
}

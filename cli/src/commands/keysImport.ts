import type { Command } from 'commander'
import { isHex, size } from 'viem'
import type { Hex } from 'viem'
import { newKeystore, OperatorError } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { newPassword } from '../newPassword.ts'
import { print } from '../print.ts'

type Options = Common & { passwordFile?: string }

export function keysImport(): Command {
  return command('import', 'keep a key that you have encrypted; it is read from AUSPEX_KEY')
    .argument('<file>', 'where to keep it')
    .option('--password-file <file>', 'file of mode 600 with its password; asked for otherwise')
    .action(run)
}

async function run(file: string, { json, passwordFile }: Options): Promise<void> {
  const privateKey = givenKey()
  const password = await newPassword({ file, passwordFile })
  const { address } = await newKeystore({ file, password, privateKey })
  print({
    json,
    data: { address, file },
    lines: [
      `address  ${address}`,
      `file     ${file}`,
      'Name the file as keys.keystore in the configuration.',
    ],
    next: 'unset AUSPEX_KEY',
  })
}

/** From the environment, so that it stays out of the shell's history. */
function givenKey(): Hex {
  const { AUSPEX_KEY: key } = process.env
  if (isHex(key) && size(key) === 32) return key
  throw new OperatorError(
    'usage',
    'AUSPEX_KEY is no private key. Set it to 0x and 64 hex digits, and unset it afterwards.',
  )
}

import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { OperatorError } from '../runtime/operatorError.ts'
import { withoutMark } from './addressIn.ts'
import { requirePrivate } from './requirePrivate.ts'
import { secret } from './secret.ts'
import type { Secret } from './secret.ts'

/** The password of a keystore: out of a file that only its owner can read, or asked for at the terminal. */
export async function readPassword(options: {
  file?: string | undefined
  prompt: string
}): Promise<Secret> {
  const { file, prompt } = options
  if (file !== undefined) {
    requirePrivate({ file, what: 'password file' })
    return secret(withoutMark(readFileSync(file, 'utf8')).replace(/\r?\n$/, ''))
  }
  if (!process.stdin.isTTY) {
    throw new OperatorError(
      'requirement',
      'A password is needed and there is no terminal to ask for it. Put it in a file of mode 600 and name that with --password-file, or passwordFile in the configuration.',
    )
  }
  return secret(await ask(prompt))
}

/** What is typed is not shown. */
function ask(prompt: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: true })
  process.stderr.write(prompt)
  Object.assign(terminal, { _writeToOutput: () => {} })
  return new Promise((resolve) => {
    terminal.question('', (answer) => {
      terminal.close()
      process.stderr.write('\n')
      resolve(answer)
    })
  })
}

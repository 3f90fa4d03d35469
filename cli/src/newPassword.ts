import { OperatorError, readPassword } from '@auspex/workers'
import type { Secret } from '@auspex/workers'

const LEAST = 8

/** The password that a new keystore gets: out of a file, or asked for. */
export async function newPassword(options: {
  file: string
  passwordFile?: string | undefined
}): Promise<Secret> {
  const { file, passwordFile } = options
  const password = await readPassword({ file: passwordFile, prompt: `New password for ${file}: ` })
  if (password.reveal().length >= LEAST) return password
  throw new OperatorError(
    'usage',
    `The password has fewer than ${LEAST} characters. Choose a longer one.`,
  )
}

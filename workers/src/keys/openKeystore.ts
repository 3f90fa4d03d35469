import { readFileSync } from 'node:fs'
import { decryptKeystoreJson, isKeystoreJson } from 'ethers'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { PrivateKeyAccount } from 'viem'
import { OperatorError } from '../runtime/operatorError.ts'
import { requirePrivate } from './requirePrivate.ts'
import { saltKeyOf } from './saltKeyOf.ts'
import type { Secret } from './secret.ts'

/** A key in use: it signs, and salts derive from it. The key itself is not kept. */
export type Keys = { account: PrivateKeyAccount; saltKey: Hex }

/** Opens an encrypted keystore (version 3). */
export async function openKeystore(options: { file: string; password: Secret }): Promise<Keys> {
  const { file, password } = options
  requirePrivate({ file, what: 'keystore' })
  const json = readFileSync(file, 'utf8')
  if (!isKeystoreJson(json)) {
    throw new OperatorError(
      'requirement',
      `${file} is no version 3 keystore. Make one with: auspex keys new ${file}`,
    )
  }

  const { privateKey } = await decryptKeystoreJson(json, password.reveal()).catch(() => {
    throw new OperatorError('requirement', `The password does not open ${file}. Try again.`)
  })
  return {
    account: privateKeyToAccount(privateKey as Hex),
    saltKey: saltKeyOf(privateKey as Hex),
  }
}

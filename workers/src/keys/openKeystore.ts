import { decryptKeystoreJson } from 'ethers'
import type { Hex, PrivateKeyAccount } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { OperatorError } from '../runtime/operatorError.ts'
import { keystoreIn } from './addressIn.ts'
import { saltKeyOf } from './secret.ts'
import type { Secret } from './secret.ts'

/** A key in use: it signs, and salts derive from it. The key itself is not kept. */
export type Keys = { account: PrivateKeyAccount; saltKey: Hex }

/** Opens an encrypted keystore (version 3). */
export async function openKeystore(options: { file: string; password: Secret }): Promise<Keys> {
  const { file, password } = options
  const json = keystoreIn({ file })
  const { privateKey } = await decryptKeystoreJson(json, password.reveal()).catch(() => {
    throw new OperatorError('requirement', `The password does not open ${file}. Try again.`)
  })
  return {
    account: privateKeyToAccount(privateKey as Hex),
    saltKey: saltKeyOf(privateKey as Hex),
  }
}

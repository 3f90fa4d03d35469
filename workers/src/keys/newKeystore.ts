import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { encryptKeystoreJson } from 'ethers'
import type { Address, Hex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { OperatorError } from '../runtime/operatorError.ts'
import type { Secret } from './secret.ts'

/** Work of the key derivation; the usual one for keys at rest. */
const COST = 2 ** 17

/** Makes a key, encrypts it with a password (scrypt) and writes it where no file is yet, readable by nobody else. */
export async function newKeystore(options: {
  file: string
  password: Secret
  /** Encrypts this key instead of a fresh one. */
  privateKey?: Hex
  /** Less is quicker and weaker; for tests. */
  cost?: number
}): Promise<{ address: Address }> {
  const { file, password, privateKey = generatePrivateKey(), cost = COST } = options
  const { address } = privateKeyToAccount(privateKey)
  const scrypt = { N: cost, r: 8, p: 1 }
  const json = await encryptKeystoreJson({ address, privateKey }, password.reveal(), { scrypt })
  try {
    writeFileSync(file, json, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') {
      throw new OperatorError('requirement', `There is no folder ${dirname(file)}. Make it first.`)
    }
    if (code !== 'EEXIST') throw error
    throw new OperatorError(
      'error',
      `${file} exists already and is left as it is. Name another file.`,
    )
  }
  return { address }
}

import { readFileSync } from 'node:fs'
import { getAddress, isAddress } from 'viem'
import type { Address } from 'viem'
import { OperatorError } from '../runtime/operatorError.ts'
import { requirePrivate } from './requirePrivate.ts'

/** Whose key a keystore holds. Needs no password. */
export function addressIn({ file }: { file: string }): Address {
  requirePrivate({ file, what: 'keystore' })
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

import { readFileSync } from 'node:fs'
import { isKeystoreJson } from 'ethers'
import { getAddress, isAddress } from 'viem'
import type { Address } from 'viem'
import { OperatorError } from '../runtime/operatorError.ts'
import { requirePrivate } from './requirePrivate.ts'

/**
 * Whose key a keystore says it holds, without a password; undefined where it does not say, as some tools leave it out.
 * @throws OperatorError where it is no version 3 keystore
 */
export function addressIn({ file }: { file: string }): Address | undefined {
  const { address } = JSON.parse(keystoreIn({ file })) as { address?: unknown }
  const text = String(address ?? '')
  const padded = text.startsWith('0x') ? text : `0x${text}`
  return isAddress(padded, { strict: false }) ? getAddress(padded) : undefined
}

/** The text of a keystore that only its owner can read. */
export function keystoreIn({ file }: { file: string }): string {
  requirePrivate({ file, what: 'keystore' })
  const text = withoutMark(readFileSync(file, 'utf8'))
  if (isKeystoreJson(text)) return text
  throw new OperatorError(
    'requirement',
    `${file} is no version 3 keystore. Make one with: auspex keys new ${file}`,
  )
}

/** Editors of some systems begin a file with a mark of byte order, which nobody sees. */
export function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '')
}

import { createHmac } from 'node:crypto'
import { hexToBytes } from 'viem'
import type { Hex } from 'viem'

/** The secret that a key's salts are derived from. Follows from the key alone, and does not give it away. */
export function saltKeyOf(privateKey: Hex): Hex {
  const mac = createHmac('sha256', hexToBytes(privateKey)).update('auspex salt key')
  return `0x${mac.digest('hex')}`
}

import { inspect } from 'node:util'
import { createHmac } from 'node:crypto'
import { hexToBytes } from 'viem'
import type { Hex } from 'viem'

/** Something that must not be seen by accident: printed, logged or sent as JSON it shows nothing. */
export type Secret = { reveal: () => string }

const HIDDEN = '[secret]'

export function secret(value: string): Secret {
  const hidden = { toString: () => HIDDEN, toJSON: () => HIDDEN, [inspect.custom]: () => HIDDEN }
  return Object.freeze({ ...hidden, reveal: () => value })
}

/** The secret that a key's salts are derived from. Follows from the key alone, and does not give it away. */
export function saltKeyOf(privateKey: Hex): Hex {
  const mac = createHmac('sha256', hexToBytes(privateKey)).update('auspex salt key')
  return `0x${mac.digest('hex')}`
}

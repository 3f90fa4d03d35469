import { inspect } from 'node:util'

/** Something that must not be seen by accident: printed, logged or sent as JSON it shows nothing. */
export type Secret = { reveal: () => string }

const HIDDEN = '[secret]'

export function secret(value: string): Secret {
  const hidden = { toString: () => HIDDEN, toJSON: () => HIDDEN, [inspect.custom]: () => HIDDEN }
  return Object.freeze({ ...hidden, reveal: () => value })
}

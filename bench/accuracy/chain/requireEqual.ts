import { isDeepStrictEqual } from 'node:util'

/** Throws unless chain and twin found the same, to the last bit. */
export function requireEqual({
  what,
  chain,
  twin,
}: {
  what: string
  chain: unknown
  twin: unknown
}): void {
  if (isDeepStrictEqual(chain, twin)) return

  throw new Error(`Chain and twin differ in ${what}: ${write(chain)}, ${write(twin)}`)
}

function write(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'bigint' ? String(each) : each,
  )
}

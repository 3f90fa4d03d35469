/** What an event or an outcome holds, in one text; whole numbers are text that ends in n, as in a record. */
export function writeArgs(args: unknown): string {
  return JSON.stringify(args, (_, value: unknown) =>
    typeof value === 'bigint' || typeof value === 'number' ? `${value}n` : value,
  )
}

const WHOLE = /^-?\d+n$/

/** What `writeArgs` kept. Only a topic's description is text of somebody else's, and stays text whatever it says. */
export function readArgs<args>(text: string): args {
  return JSON.parse(text, (name, value: unknown) =>
    typeof value === 'string' && name !== 'description' && WHOLE.test(value)
      ? BigInt(value.slice(0, -1))
      : value,
  ) as args
}

import { concat, hexToBigInt, numberToHex, size, slice } from 'viem'
import type { Address, Hex, PublicClient } from 'viem'

/** Gas of a read by a contract: the first of a transaction, and any further one. */
export type ReadCost = { cold: number; warm: number }

const OP = {
  codeCopy: '0x39',
  mstore: '0x52',
  gas: '0x5a',
  staticCall: '0xfa',
  return: '0xf3',
} as const
const GAS = 10_000_000n
const WORD = 32
/** Where the probes leave what they saw, behind the calldata of the read. */
const RESULTS = 512
const WORDS = 3
/** What stands between the two looks at the gas besides the call: five pushes, GAS twice. */
const OVERHEAD = 5n * 3n + 2n * 2n

/**
 * Runs a few instructions in place of a contract: look at the gas left, STATICCALL, look again, and all of it once more.
 * The first call pays for the account (2,600) and for every slot; decoding what comes back is the caller's own affair.
 */
export async function probeRead({
  reader,
  to,
  data,
}: {
  reader: PublicClient
  to: Address
  data: Hex
}): Promise<ReadCost> {
  if (size(data) > RESULTS) throw new RangeError('The calldata does not fit before the results')
  const { data: seen } = await reader.call({ data: program({ to, data }), gas: GAS })
  if (seen === undefined) throw new Error('The probe said nothing')

  return { cold: costIn({ seen, probe: 0 }), warm: costIn({ seen, probe: 1 }) }
}

function costIn({ seen, probe }: { seen: Hex; probe: number }): number {
  const wordAt = (i: number) =>
    hexToBigInt(slice(seen, (probe * WORDS + i) * WORD, (probe * WORDS + i + 1) * WORD))
  const [after, succeeded, before] = [wordAt(0), wordAt(1), wordAt(2)]
  if (succeeded !== 1n) throw new Error('The read reverted')

  return Number(before - after - OVERHEAD)
}

/** Code that ends in the calldata of the read, which it copies into memory first. */
function program({ to, data }: { to: Address; data: Hex }): Hex {
  const copy = (from: number) => [push(size(data)), push(from), push(0), OP.codeCopy]
  const rest = [
    // The results' memory is paid for before anything is measured.
    ...[push(0), push(RESULTS + 2 * WORDS * WORD), OP.mstore],
    ...probe({ to, length: size(data), index: 0 }),
    ...probe({ to, length: size(data), index: 1 }),
    ...[push(2 * WORDS * WORD), push(RESULTS), OP.return],
  ]
  const length = size(concat([...copy(0), ...rest]))

  return concat([...copy(length), ...rest, data])
}

function probe({ to, length, index }: { to: Address; length: number; index: number }): Hex[] {
  const results = RESULTS + index * WORDS * WORD
  const call = [
    push(0),
    push(0),
    push(length),
    push(0),
    concat(['0x73', to]),
    OP.gas,
    OP.staticCall,
  ]
  const keep = (i: number) => [push(results + i * WORD), OP.mstore]

  return [OP.gas, ...call, OP.gas, ...keep(0), ...keep(1), ...keep(2)]
}

/** PUSH2, so that every push is of one length and one price. */
function push(value: number): Hex {
  return concat(['0x61', numberToHex(value, { size: 2 })])
}

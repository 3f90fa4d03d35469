import type { Transaction } from '@auspex/sdk'

/** What a transaction offers for a unit of gas, wei. */
export type Fees = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }

/** The most that a transaction may offer for a unit of gas, wei, and what sets it, as operators know it. */
export type Ceiling = { maxFeePerGas: bigint; setBy: string }

export type CeilingOf = (transaction: Transaction, gas: bigint) => Promise<Ceiling>

/** Nodes refuse a replacement that pays less than a tenth more. */
const bumped = (fee: bigint) => (fee * 115n) / 100n + 1n

export function higher({ maxFeePerGas, maxPriorityFeePerGas }: Fees): Fees {
  return {
    maxFeePerGas: bumped(maxFeePerGas),
    maxPriorityFeePerGas: bumped(maxPriorityFeePerGas),
  }
}

/** The dearer of both in each part: a replacement must beat what it replaces, and pay what blocks cost now. */
export function dearer(a: Fees, b: Fees): Fees {
  const most = (x: bigint, y: bigint) => (x > y ? x : y)
  return {
    maxFeePerGas: most(a.maxFeePerGas, b.maxFeePerGas),
    maxPriorityFeePerGas: most(a.maxPriorityFeePerGas, b.maxPriorityFeePerGas),
  }
}

export function capped({ maxFeePerGas, maxPriorityFeePerGas }: Fees, cap: bigint): Fees {
  const most = maxFeePerGas < cap ? maxFeePerGas : cap
  return {
    maxFeePerGas: most,
    maxPriorityFeePerGas: maxPriorityFeePerGas < most ? maxPriorityFeePerGas : most,
  }
}

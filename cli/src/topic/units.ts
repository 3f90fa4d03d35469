import { formatUnits } from 'viem'

/* Terms in the units of a topic's file. */

const units = [
  ['d', 86_400n],
  ['h', 3600n],
  ['m', 60n],
] as const

/** Seconds as a file takes them, in the largest unit that leaves no rest. */
export function spanOf(seconds: bigint): string {
  const [unit, size] = units.find(([, size]) => seconds > 0n && seconds % size === 0n) ?? ['s', 1n]
  return `${seconds / size}${unit}`
}

/** Basis points as a share. */
export function shareOf(bps: bigint): string {
  return formatUnits(bps, 4)
}

/** Basis points as a share and in per cent, as they were read. */
export function shareWords(bps: bigint): string {
  return `${shareOf(bps)} (${formatUnits(bps, 2)} %)`
}

/** 1e18 fixed point as a decimal number. */
export function numberOf(value: bigint): string {
  return formatUnits(value, 18)
}

/** Unix seconds as a time of UTC. */
export function momentOf(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z')
}

import { formatEther } from 'viem'

/** A loss, in four digits. */
export function lossText(loss: number): string {
  return loss >= 1000 ? loss.toFixed(0) : loss.toPrecision(4)
}

/** How much one loss lies below or above another, in per cent. */
export function againstText({ loss, other }: { loss: number; other: number }): string {
  return `${signed(100 * (loss / other - 1), 1)} %`
}

/** Whole tokens. */
export function tokenText(amount: bigint): string {
  return Number(formatEther(amount)).toFixed(0).replace(/^-0$/, '0')
}

/** What a stake won or lost, in per cent. */
export function changeText({ from, to }: { from: bigint; to: bigint }): string {
  return `${signed(Number(((to - from) * 10_000n) / from) / 100, 1)} %`
}

export function percentText(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function signed(value: number, digits: number): string {
  return `${value >= 0 ? '+' : ''}${value.toFixed(digits)}`
}

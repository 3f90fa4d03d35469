import { InvalidArgumentError } from 'commander'

/** Reads a whole number from one to `to`. */
export function parseNumber({ to }: { to: number }): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= 1 && value <= to) return value
    throw new InvalidArgumentError(`"${text}" is no whole number from 1 to ${to}.`)
  }
}

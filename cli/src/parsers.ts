import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { isAddress, isHex, parseUnits, size } from 'viem'
import type { Address, Hex } from 'viem'
import { trades } from '@auspex/workers'
import type { Trade } from '@auspex/workers'

/* What is typed on the command line, checked. */

export function parseTopic(text: string): Hex {
  if (isHex(text) && size(text) === 32) return text
  const isOther = isAddress(text, { strict: false })
  throw new InvalidArgumentError(
    `A topic is 0x and 64 hex digits${isOther ? ', and this is an address: auspex topic list shows topics' : ''}.`,
  )
}

export function parseAddress(text: string): Address {
  if (isAddress(text)) return text
  throw new InvalidArgumentError(
    isAddress(text, { strict: false })
      ? 'Its checksum does not match: a digit is wrong. Copy the address again.'
      : 'An address is 0x and 40 hex digits.',
  )
}

export function parseConsent(text: string): Hex {
  if (isHex(text) && size(text) === 96) return text
  throw new InvalidArgumentError('A consent is what `auspex keys consent` printed.')
}

export function parseWhole(text: string): bigint {
  if (/^\d+$/.test(text)) return BigInt(text)
  throw new InvalidArgumentError('A whole number is needed.')
}

/** How many of something, at least one. */
export function parseCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A whole number from 1 on is needed.')
}

/** Trades of a reputer, one or several with commas between them. */
export function parseTrades(text: string): Trade[] {
  const named = text.split(',')
  const found = trades.filter((trade) => named.includes(trade))
  if (found.length > 0 && found.length === new Set(named).size) return found
  throw new InvalidArgumentError(`One or several of ${trades.join(', ')} are needed.`)
}

/** Tokens in words of people, such as 12.5; turned into base units when the token's decimals are known. */
export function parseTokens(text: string): string {
  if (/^\d+(\.\d+)?$/.test(text)) return text
  throw new InvalidArgumentError('An amount of tokens is needed, such as 250 or 12.5.')
}

/** As `parseTokens`, and more than none. */
export function parseAmount(text: string): string {
  if (/[1-9]/.test(parseTokens(text))) return text
  throw new InvalidArgumentError('More than 0 tokens are needed, such as 250 or 12.5.')
}

const seconds = { s: 1n, m: 60n, h: 3600n, d: 86_400n }

/** Seconds, or a number with s, m, h or d. */
export function parseDuration(text: string): bigint {
  if (!/^\d{1,9}[smhd]?$/.test(text)) {
    throw new InvalidArgumentError('Seconds are needed, or a number with s, m, h or d.')
  }
  const unit = seconds[text.at(-1) as keyof typeof seconds] ?? 1n
  return BigInt(text.replace(/\D$/, '')) * unit
}

/** As `parseDuration`, and more than none. */
export function parsePeriod(text: string): bigint {
  const period = parseDuration(text)
  if (period > 0n) return period
  throw new InvalidArgumentError('More than 0 seconds are needed, such as 3600 or 1h.')
}

/** A decimal number in 1e18 fixed point. */
export function parseFixed(text: string): bigint {
  if (/^-?\d{1,13}(\.\d{1,18})?$/.test(text)) return parseUnits(text, 18)
  throw new InvalidArgumentError('A decimal number with at most 18 places is needed.')
}

/** As `parseFixed`, and above zero. */
export function parsePositive(text: string): bigint {
  const value = parseFixed(text)
  if (value > 0n) return value
  throw new InvalidArgumentError('A decimal number above 0 is needed.')
}

/** A share such as 0.05 or 5%, in basis points. Widths may be more than the whole. */
export function parseShare(text: string): bigint {
  const [, share, percent] =
    /^(?:(\d{1,2}(?:\.\d{1,4})?)|(\d{1,4}(?:\.\d{1,2})?)%)$/.exec(text) ?? []
  const bps = share ? parseUnits(share, 4) : percent ? parseUnits(percent, 2) : 0n
  if (bps > 0n) return bps
  throw new InvalidArgumentError('A share is needed, such as 0.05 or 5%; at least 0.0001.')
}

/** A share of something counted: no more than all of it. */
export function parsePart(text: string): bigint {
  const bps = parseShare(text)
  if (bps <= 10_000n) return bps
  throw new InvalidArgumentError('A share is at most 1, which is 100%; such as 0.05 or 5%.')
}

/** A file that is going to be written: its folder is there before the work is done. */
export function parseNewFile(text: string): string {
  const folder = dirname(text)
  if (text.trim() === '') throw new InvalidArgumentError('A file is needed.')
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new InvalidArgumentError(`There is no folder ${folder}. Make it, or name another file.`)
  }
  if (!existsSync(text) || !statSync(text).isDirectory()) return text
  throw new InvalidArgumentError('It is a folder, and a file is needed.')
}

export function parseBytes32(text: string): Hex {
  if (isHex(text) && size(text) === 32) return text
  throw new InvalidArgumentError('An id of 0x and 64 hex digits is needed.')
}

import { isAddress, isHex, parseGwei, parseUnits, size } from 'viem'
import type { Address, Hex } from 'viem'
import { z } from 'zod'
import { isZone } from '@auspex/workers'

/* Kinds of fields that several configurations share. Their `describe` is the documentation. */

const notAnAddress = 'must be an address: 0x and 40 hex digits'

export const address = z.string({ error: notAnAddress }).transform((text, context) => {
  if (isAddress(text)) return text as Address
  const isMistyped = isAddress(text, { strict: false })
  const message = isMistyped
    ? 'has capitals that do not match its checksum: copy it again, as one of its digits may be wrong'
    : notAnAddress
  context.addIssue({ code: 'custom', message, input: text })
  return z.NEVER
})

export const topicId = z
  .string()
  .refine((text) => isHex(text) && size(text) === 32, 'must be 0x and 64 hex digits')
  .transform((text) => text.toLowerCase() as Hex)
  .describe('the id that `auspex topic create` printed, 0x and 64 hex digits')

/** A share as a number, such as 0.04, or in per cent, such as 4%; in basis points. */
export function shareUpTo(most: number, { isZeroTaken = false } = {}) {
  return z
    .union([z.number(), z.string()], { error: `must be a share such as 0.04, or 4%` })
    .transform((given, context) => {
      const part = partIn(given)
      const fault = part === undefined ? notAShare : faultOfPart(part, { most, isZeroTaken })
      if (fault === undefined) return BigInt(Math.round(part! * 10_000))
      context.addIssue({ code: 'custom', message: fault, input: given })
      return z.NEVER
    })
}

const notAShare = 'must be a share such as 0.04, or 4%'

function partIn(given: number | string): number | undefined {
  if (typeof given === 'number') return Number.isFinite(given) ? given : undefined
  const [, digits, isPercent] = /^\s*(-?\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(given) ?? []
  if (digits === undefined) return undefined
  return isPercent ? Number(digits) / 100 : Number(digits)
}

function faultOfPart(
  part: number,
  { most, isZeroTaken }: { most: number; isZeroTaken: boolean },
): string | undefined {
  if (part < 0 || (part === 0 && !isZeroTaken))
    return `must be above 0${isZeroTaken ? ', or 0' : ''}`
  // A float may hold 0.16 as a little more.
  if (part > most + 1e-9) {
    const meant = part <= 100 * most ? `; for ${part} per cent write ${part}%` : ''
    return `must be at most ${most}, which is ${Number((most * 100).toPrecision(12))}%${meant}`
  }
  const isLost = part > 0 && Math.round(part * 10_000) === 0
  return isLost
    ? 'is below one basis point and would count as nothing: at least 0.0001, which is 0.01%'
    : undefined
}

export const share = shareUpTo(1).meta({ example: '0.04' })

const seconds = { s: 1n, m: 60n, h: 3600n, d: 86_400n }

const notADuration = 'must be seconds, or a whole number with s, m, h or d such as 90m'

export const duration = z
  .union([z.int().nonnegative(), z.string()], { error: notADuration })
  .transform((text) => String(text))
  .refine((text) => /^\d+[smhd]?$/.test(text), notADuration)
  .transform((text) => {
    const unit = seconds[text.at(-1) as keyof typeof seconds] ?? 1n
    return BigInt(text.replace(/\D$/, '')) * unit
  })
  .meta({ example: '1h' })

const notADecimal = 'must be a decimal number with at most 18 places, such as 100.25'

/** A decimal number, as text so that no digit is lost, in 1e18 fixed point. */
export const fixed18 = z
  .union([z.number(), z.string()], { error: notADecimal })
  .transform((text) => String(text))
  .refine((text) => /^-?\d+(\.\d{1,18})?$/.test(text), notADecimal)
  .transform((text) => parseUnits(text, 18))
  .meta({ example: '100.25' })

/** An amount of tokens, as text until the token's decimals are known. */
const notTokens = 'must be an amount of tokens, such as 250 or 12.5'

export const tokens = z
  .union([z.number(), z.string()], { error: notTokens })
  .transform((text) => String(text))
  .refine((text) => /^\d+(\.\d+)?$/.test(text), notTokens)
  .meta({ example: '50' })

export const dataDir = z
  .string()
  .describe('folder of what the node keeps, its journal first; one node a folder')

/** Sections in the file. */
export const chain = z
  .strictObject({
    id: z.int().positive().describe('the chain id; another chain at the URL is refused'),
    urls: z
      .array(z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }))
      .min(1)
      .describe('JSON-RPC nodes, tried in this order'),
    network: address.describe('the address of the TopicNetwork contract'),
    fromBlock: z
      .int()
      .nonnegative()
      .default(0)
      .transform(BigInt)
      .describe('the block the network was deployed in; logs are read from there'),
  })
  .describe('where the network lives')

export const keys = z
  .strictObject({
    keystore: z.string().describe('path of the encrypted key that `auspex keys new` made'),
    passwordFile: z
      .string()
      .optional()
      .describe('path of a file of mode 600 with its password; asked for where it is left out'),
  })
  .describe('whose key signs')

export const http = z
  .strictObject({
    host: z.string().default('127.0.0.1').describe('the address to listen on; loopback by default'),
    port: z.int().min(0).max(65_535).describe('the port to listen on; 0 takes a free one'),
    trustedProxies: z
      .array(
        z
          .string()
          .regex(/^[\da-fA-F.:]+(\/\d+)?$/, 'must be an address or a network, such as 10.0.0.0/8'),
      )
      .default([])
      .describe(
        'reverse proxies whose X-Forwarded-For is believed; without them all requests through a proxy share one limit',
      ),
  })
  .describe('where the node listens')

export const fees = z
  .strictObject({
    maxGwei: z
      .number()
      .positive()
      .transform((gwei) => parseGwei(String(gwei)))
      .optional()
      .describe('the most that a unit of gas may cost, gwei; no transaction ever offers more'),
    tokenPrice: fixed18
      .optional()
      .describe(
        'what one token is worth in the coin of the chain, 1 where it is left out: a reveal may cost as much as the wager it saves, everything else half of the coin that the account has',
      ),
  })
  .describe('the most that transactions may cost')

export const logLevel = z
  .enum(['debug', 'info', 'warn', 'error'])
  .default('info')
  .describe('how much is logged: debug, info, warn or error')

export const pollMs = z
  .int()
  .min(20)
  .default(1000)
  .describe('milliseconds between looks at the chain')

const maxAge = duration
  .transform(Number)
  .optional()
  .describe(
    'age of the newest row from which on nothing is predicted, such as 2d; any age where it is left out',
  )

const time = z
  .enum(['iso', 'seconds', 'milliseconds'])
  .default('iso')
  .describe('what the column date holds: iso dates, or seconds or milliseconds since 1970')
const zone = z
  .string()
  .refine(isZone, 'must be a time zone such as Europe/Berlin, UTC or +01:00')
  .optional()
  .describe('time zone of days, and of times that name none; such times are refused without')
const place = z.union([z.string().min(1), z.int().nonnegative()])
const seconds0 = duration.prefault('0s').transform(Number)
const every = duration
  .prefault('60s')
  .transform(Number)
  .describe('how long what was fetched is kept, such as 5m')
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-01-01')
  .transform((text, context) => {
    const at = Date.parse(`${text}T00:00:00Z`)
    if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(text)) return at / 1000
    context.addIssue({ code: 'custom', message: 'must be a day such as 2026-01-01', input: text })
    return z.NEVER
  })
  .describe('the day of the first row, such as 2026-01-01')

export const source = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('sample'), maxAge }),
    z.strictObject({
      kind: z.literal('csv'),
      time,
      zone,
      maxAge,
      file: z
        .string()
        .describe(
          'path of a CSV file with the columns date and close, and if present open, high, low, volume; read again when it changes',
        ),
    }),
    z.strictObject({
      kind: z.literal('http'),
      url: z
        .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
        .describe('where rows are fetched as JSON'),
      rows: z.string().default('').describe('path to the list of rows, such as data.candles'),
      columns: z
        .strictObject({
          date: place,
          close: place,
          open: place.optional(),
          high: place.optional(),
          low: place.optional(),
          volume: place.optional(),
        })
        .describe('name or place of each column in a row, such as { date: 0, close: 4 }'),
      time,
      zone,
      length: seconds0.describe(
        'time from a row’s date to its end, such as 1h where hours are dated at their beginning',
      ),
      every,
      page: z
        .strictObject({
          parameter: z.string().min(1).describe('query parameter that names the page'),
          first: z.int().default(1).describe('number of the first page'),
          next: z
            .string()
            .optional()
            .describe('path to the next page’s name in an answer; pages are counted without it'),
          most: z.int().positive().default(100).describe('pages at most'),
        })
        .optional()
        .describe('how further pages are asked for; one page where it is left out'),
      keyEnv: z
        .string()
        .regex(/^\w+$/, 'must be the name of an environment variable')
        .optional()
        .describe('name of the environment variable that holds the key'),
      timeout: duration
        .prefault('20s')
        .transform((text) => Number(text) * 1000)
        .describe('how long an answer may take'),
      maxAge,
    }),
    z.strictObject({
      kind: z.literal('feed'),
      urls: z
        .array(z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }))
        .min(1)
        .describe('JSON-RPC nodes of the feed’s chain'),
      feed: address.describe('a feed in Chainlink’s shape, a topic’s view among them'),
      bar: duration.transform(Number).describe('length of a bar, such as 1h'),
      from: day,
      maxAge,
    }),
    z.strictObject({
      kind: z.literal('ccxt'),
      exchange: z
        .string()
        .regex(/^\w+$/, 'must be a name of ccxt')
        .describe('name of the exchange, such as kraken'),
      symbol: z.string().min(1).describe('such as BTC/USD'),
      timeframe: z.string().min(1).describe('length of a bar, such as 1h'),
      from: day,
      every,
      maxAge,
    }),
  ])
  .describe(
    'where observations come from: kind sample (S&P 500, 2000 to 2020), csv, http, feed or ccxt',
  )

export const question = z
  .enum(['close', 'volatility', 'move'])
  .describe('what is asked of the next bar: close, volatility or move')

/** As much of a configuration as commands need that read or send once; other fields may stand beside it. */
export const readerConfig = z.object({ chain })
export const accountConfig = z.object({
  chain,
  keys,
  dataDir: dataDir.optional(),
  fees: fees.optional(),
})
export const journalConfig = z.object({ chain, dataDir })

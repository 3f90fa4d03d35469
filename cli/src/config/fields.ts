import { isAddress, isHex, parseGwei, parseUnits, size } from 'viem'
import type { Address, Hex } from 'viem'
import { z } from 'zod'
import { isZone, unseenIn } from '@auspex/workers'

/* Kinds of fields that several configurations share. Their `describe` is the documentation. */

/** A whole number within bounds. */
export function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`
  return z
    .int({ error })
    .min(least, { error })
    .max(most, { error })
    .meta({ example: String(least) })
}

/** A number above zero within bounds. */
export function above0(most: number) {
  const error = `must be a number above 0, and at most ${most}`
  // A double this small is written with an exponent, and means nothing in any field.
  return z.number({ error }).min(1e-6, { error }).max(most, { error })
}

/** A word or a path: something that can be seen. */
export const text = z.string({ error: 'must be text' }).superRefine((given, context) => {
  const unseen = unseenIn(given)
  if (unseen) context.addIssue(`holds the character ${unseen}, which cannot be seen: remove it`)
  else if (given.trim() === '') context.addIssue('must be text, and is empty')
})

/** The name of an environment variable, never what it holds. */
export const keyEnv = z
  .string({ error: 'must be the name of an environment variable' })
  .regex(/^\w+$/, 'must be the name of an environment variable')
  .optional()
  .meta({ example: 'MODEL_KEY' })
  .describe('name of the environment variable that holds the key')

/** One of several sections, told apart by their field `kind`. */
export function byKind<const options extends readonly [Kind, ...Kind[]]>(options: options) {
  const names = options.map(({ shape }) => shape.kind.value)
  return z.discriminatedUnion('kind', options, {
    error: ({ code }) =>
      code === 'invalid_union' ? `must be one of ${names.join(', ')}` : undefined,
  })
}

type Kind = z.ZodObject<{ kind: z.ZodLiteral<string> }>

/** The name of a kind. */
export const kind = <const name extends string>(name: name) =>
  z.literal(name).meta({ example: name })

export const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'must be an http or https URL, such as https://example.org',
})

const urlList = (example: string) => z.array(httpUrl).meta({ example: `['${example}']` })

const notAnAddress = 'must be an address: 0x and 40 hex digits'

export const address = z
  .string({ error: notAnAddress })
  .transform((text, context) => {
    if (isAddress(text)) return text as Address
    const isMistyped = isAddress(text, { strict: false })
    const message = isMistyped
      ? 'has capitals that do not match its checksum: copy it again, as one of its digits may be wrong'
      : notAnAddress
    context.addIssue({ code: 'custom', message, input: text })
    return z.NEVER
  })
  .meta({ pattern: '^0x[0-9a-fA-F]{40}$' })

const notAnId = 'must be an id: 0x and 64 hex digits'

export const topicId = z
  .string({ error: notAnId })
  .refine((text) => isHex(text) && size(text) === 32, notAnId)
  .transform((text) => text.toLowerCase() as Hex)
  .describe('the id that `auspex topic create` printed, 0x and 64 hex digits')
  .meta({ pattern: '^0x[0-9a-fA-F]{64}$' })

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
    .meta({ pattern: SHARE.source })
}

const SHARE = /^\s*(-?\d+(?:\.\d+)?)\s*(%?)\s*$/

const notAShare = 'must be a share such as 0.04, or 4%'

function partIn(given: number | string): number | undefined {
  if (typeof given === 'number') return Number.isFinite(given) ? given : undefined
  const [, digits, isPercent] = SHARE.exec(given) ?? []
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

/** A hundred years: what is longer was not meant. */
const LONGEST = 100 * 365 * 86_400
const DURATION = /^\d+[smhd]?$/
const notADuration = 'must be seconds, or a whole number with s, m, h or d such as 90m'

export const duration = z
  .union([z.int({ error: notADuration }).min(0, { error: notADuration }), z.string()], {
    error: notADuration,
  })
  .transform((text) => String(text))
  .refine((text) => DURATION.test(text), notADuration)
  .transform((text) => {
    const unit = seconds[text.at(-1) as keyof typeof seconds] ?? 1n
    return BigInt(text.replace(/\D$/, '')) * unit
  })
  .refine((time) => time <= BigInt(LONGEST), 'must be at most a hundred years')
  .meta({ example: '1h', pattern: DURATION.source })

const DECIMAL = /^-?\d+(\.\d{1,18})?$/
const notADecimal = 'must be a decimal number with at most 18 places, such as 100.25'

/** A decimal number, as text so that no digit is lost, in 1e18 fixed point. */
export const fixed18 = z
  .union([z.number(), z.string()], { error: notADecimal })
  .transform((text) => String(text))
  .refine((text) => DECIMAL.test(text), notADecimal)
  .transform((text) => parseUnits(text, 18))
  .meta({ example: '100.25', pattern: DECIMAL.source })

const AMOUNT = /^\d+(\.\d+)?$/
const notTokens = 'must be an amount of tokens, such as 250 or 12.5'

/** An amount of tokens, as text until the token's decimals are known. */
export const tokens = z
  .union([z.number(), z.string()], { error: notTokens })
  .transform((text) => String(text))
  .refine((text) => AMOUNT.test(text), notTokens)
  .meta({ example: '50', pattern: AMOUNT.source })

export const dataDir = text
  .describe('folder of what the node keeps, its journal first; one node a folder')
  .meta({ example: 'data' })

/** Sections in the file. */
export const chain = z
  .strictObject({
    id: whole(1, 2 ** 52).describe('the chain id; another chain at the URL is refused'),
    urls: urlList('http://127.0.0.1:8545')
      .min(1)
      .meta({ example: "['http://127.0.0.1:8545']" })
      .describe('JSON-RPC nodes, tried in this order'),
    network: address.describe(
      'the address of the TopicNetwork contract, which `auspex topic invite` writes and a deployment prints',
    ),
    fromBlock: whole(0, 2 ** 52)
      .default(0)
      .transform(BigInt)
      .describe('the block the network was deployed in; logs are read from there'),
  })
  .describe('where the network lives: id, urls and network, as `auspex topic invite` writes them')

export const keys = z
  .strictObject({
    keystore: text
      .meta({ example: 'key.json' })
      .describe('path of the encrypted key that `auspex keys new` made'),
    passwordFile: text
      .optional()
      .meta({ example: 'password' })
      .describe('path of a file of mode 600 with its password; asked for where it is left out'),
  })
  .meta({ example: '{ keystore: key.json }' })
  .describe('whose key signs')

const notANetwork = 'must be an address or a network, such as 10.0.0.0/8'

export const http = z
  .strictObject({
    host: text
      .default('127.0.0.1')
      .meta({ example: '127.0.0.1' })
      .describe('the address to listen on; loopback by default'),
    port: whole(0, 65_535)
      .meta({ example: '8600' })
      .describe('the port to listen on; 0 takes a free one'),
    trustedProxies: z
      .array(z.string({ error: notANetwork }).regex(/^[\da-fA-F.:]+(\/\d+)?$/, notANetwork))
      .default([])
      .meta({ example: '[10.0.0.0/8]' })
      .describe(
        'reverse proxies whose X-Forwarded-For is believed; without them all requests through a proxy share one limit',
      ),
  })
  .meta({ example: '{ port: 8600 }' })
  .describe('where the node listens')

export const fees = z
  .strictObject({
    maxGwei: above0(1_000_000)
      .transform((gwei) => parseGwei(gwei.toFixed(9)))
      .optional()
      .meta({ example: '200' })
      .describe('the most that a unit of gas may cost, gwei; no transaction ever offers more'),
    tokenPrice: fixed18
      .refine((price) => price > 0n, 'must be above 0')
      .optional()
      .meta({ example: '1.5' })
      .describe(
        'what one token is worth in the coin of the chain, 1 where it is left out: a reveal may cost as much as the wager it saves, everything else half of the coin that the account has',
      ),
  })
  .meta({ example: '{ maxGwei: 200 }' })
  .describe('the most that transactions may cost')

export const logLevel = z
  .enum(['debug', 'info', 'warn', 'error'])
  .default('info')
  .meta({ example: 'info' })
  .describe('how much is logged: debug, info, warn or error')

export const pollMs = whole(20, 600_000)
  .default(1000)
  .meta({ example: '1000' })
  .describe('milliseconds between looks at the chain')

/** How long an answer from elsewhere may take, milliseconds. */
export const timeout = duration
  .refine((seconds) => seconds > 0n, 'must be a second at least')
  .prefault('20s')
  .transform((seconds) => Number(seconds) * 1000)
  .meta({ example: '20s' })
  .describe('how long an answer may take')

const notAZone = 'must be a time zone such as Europe/Berlin, UTC or +01:00'

const maxAge = duration
  .transform(Number)
  .optional()
  .meta({ example: '2d' })
  .describe(
    'age of the newest row from which on nothing is predicted, such as 2d; any age where it is left out',
  )

const time = z
  .enum(['iso', 'seconds', 'milliseconds'])
  .default('iso')
  .meta({ example: 'iso' })
  .describe('what the column date holds: iso dates, or seconds or milliseconds since 1970')
const zone = z
  .string({ error: notAZone })
  .refine(isZone, notAZone)
  .optional()
  .meta({ example: 'UTC' })
  .describe('time zone of days, and of times that name none; such times are refused without')
const notAPlace = 'must be the name of a column, or its place from 0'
const place = z
  .union([text, z.int({ error: notAPlace }).min(0, { error: notAPlace })], { error: notAPlace })
  .meta({ example: '0' })
const seconds0 = duration.prefault('0s').transform(Number).meta({ example: '1h' })
const every = duration
  .prefault('60s')
  .transform(Number)
  .meta({ example: '60s' })
  .describe('how long what was fetched is kept, such as 5m')
const notADay = 'must be a day such as 2026-01-01'
const day = z
  .string({ error: notADay })
  .regex(/^\d{4}-\d{2}-\d{2}$/, notADay)
  .transform((text, context) => {
    const at = Date.parse(`${text}T00:00:00Z`)
    if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(text)) return at / 1000
    context.addIssue({ code: 'custom', message: notADay, input: text })
    return z.NEVER
  })
  .meta({ example: '2026-01-01' })
  .describe('the day of the first row, such as 2026-01-01')
const barLength = duration
  .refine((time) => time > 0n, 'must be a second at least')
  .transform(Number)
  .meta({ example: '1h' })
  .describe('length of a bar, such as 1h')
const notACode = 'must be a name of ccxt'

export const source = byKind([
  z.strictObject({ kind: kind('sample'), maxAge }),
  z.strictObject({
    kind: kind('csv'),
    time,
    zone,
    maxAge,
    file: text
      .meta({ example: 'data.csv' })
      .describe(
        'path of a CSV file with the columns date and close, and if present open, high, low, volume; read again when it changes',
      ),
  }),
  z.strictObject({
    kind: kind('http'),
    url: httpUrl
      .meta({ example: "'http://127.0.0.1:9000/rows'" })
      .describe('where rows are fetched as JSON'),
    rows: z
      .string({ error: 'must be a path to a list of rows, such as data.candles' })
      .default('')
      .meta({ example: 'data.candles' })
      .describe('path to the list of rows, such as data.candles'),
    columns: z
      .strictObject({
        date: place,
        close: place,
        open: place.optional(),
        high: place.optional(),
        low: place.optional(),
        volume: place.optional(),
      })
      .meta({ example: '{ date: 0, close: 4 }' })
      .describe('name or place of each column in a row, such as { date: 0, close: 4 }'),
    time,
    zone,
    length: seconds0.describe(
      'time from a row’s date to its end, such as 1h where hours are dated at their beginning',
    ),
    every,
    page: z
      .strictObject({
        parameter: text.meta({ example: 'page' }).describe('query parameter that names the page'),
        first: whole(0, 1_000_000)
          .default(1)
          .meta({ example: '1' })
          .describe('number of the first page'),
        next: text
          .optional()
          .meta({ example: 'cursor' })
          .describe('path to the next page’s name in an answer; pages are counted without it'),
        most: whole(1, 100_000).default(100).meta({ example: '100' }).describe('pages at most'),
      })
      .optional()
      .meta({ example: '{ parameter: page }' })
      .describe('how further pages are asked for; one page where it is left out'),
    keyEnv,
    timeout,
    maxAge,
  }),
  z.strictObject({
    kind: kind('feed'),
    urls: urlList('http://127.0.0.1:8545')
      .min(1)
      .meta({ example: "['http://127.0.0.1:8545']" })
      .describe('JSON-RPC nodes of the feed’s chain'),
    feed: address.describe(
      'a feed in Chainlink’s shape, a topic’s view among them, which `auspex feed create` prints',
    ),
    bar: barLength,
    from: day,
    maxAge,
  }),
  z.strictObject({
    kind: kind('ccxt'),
    exchange: z
      .string({ error: notACode })
      .regex(/^\w+$/, notACode)
      .meta({ example: 'kraken' })
      .describe('name of the exchange, such as kraken'),
    symbol: text.meta({ example: 'BTC/USD' }).describe('such as BTC/USD'),
    timeframe: text.meta({ example: '1h' }).describe('length of a bar, such as 1h'),
    from: day,
    every,
    maxAge,
  }),
])
  .meta({ example: '{ kind: csv, file: data.csv }' })
  .describe(
    'where observations come from: kind sample (S&P 500, 2000 to 2020), csv, http, feed or ccxt',
  )

export const question = z
  .enum(['close', 'volatility', 'move'])
  .meta({ example: 'close' })
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

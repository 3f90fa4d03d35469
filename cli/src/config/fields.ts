import { isAddress, isHex, parseGwei, parseUnits, size } from 'viem'
import type { Address, Hex } from 'viem'
import { z } from 'zod'
import { isZone } from '@auspex/workers'

/* Kinds of fields that several configurations share. Their `describe` is the documentation. */

export const address = z
  .string()
  .refine((text) => isAddress(text), 'must be an address: 0x and 40 hex digits')
  .transform((text) => text as Address)

export const topicId = z
  .string()
  .refine((text) => isHex(text) && size(text) === 32, 'must be 0x and 64 hex digits')
  .transform((text) => text.toLowerCase() as Hex)
  .describe('the id that `auspex topic create` printed, 0x and 64 hex digits')

export const share = z
  .number()
  .gt(0, 'must be above 0')
  .lte(1, 'must be at most 1')
  .transform((part) => BigInt(Math.round(part * 10_000)))
  .refine((bps) => bps > 0n, 'is below one basis point and would count as nothing: at least 0.0001')

const seconds = { s: 1n, m: 60n, h: 3600n, d: 86_400n }

export const duration = z
  .union([z.int().nonnegative(), z.string()])
  .transform((text) => String(text))
  .refine((text) => /^\d+[smhd]?$/.test(text), 'must be seconds, or a number with s, m, h or d')
  .transform((text) => {
    const unit = seconds[text.at(-1) as keyof typeof seconds] ?? 1n
    return BigInt(text.replace(/\D$/, '')) * unit
  })

/** A decimal number, as text so that no digit is lost, in 1e18 fixed point. */
export const fixed18 = z
  .union([z.number(), z.string()])
  .transform((text) => String(text))
  .refine(
    (text) => /^-?\d+(\.\d{1,18})?$/.test(text),
    'must be a decimal number with at most 18 places',
  )
  .transform((text) => parseUnits(text, 18))

/** An amount of tokens, as text until the token's decimals are known. */
export const tokens = z
  .union([z.number(), z.string()])
  .transform((text) => String(text))
  .refine((text) => /^\d+(\.\d+)?$/.test(text), 'must be an amount of tokens, such as 250 or 12.5')

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

export const source = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('sample'), maxAge }),
    z.strictObject({
      kind: z.literal('csv'),
      time: z
        .enum(['iso', 'seconds', 'milliseconds'])
        .default('iso')
        .describe('what the column date holds: iso dates, or seconds or milliseconds since 1970'),
      zone: z
        .string()
        .refine(isZone, 'must be a time zone such as Europe/Berlin, UTC or +01:00')
        .optional()
        .describe('time zone of days, and of times that name none; such times are refused without'),
      maxAge,
      file: z
        .string()
        .describe(
          'path of a CSV file with the columns date and close, and if present open, high, low, volume; read again when it changes',
        ),
    }),
  ])
  .describe('where observations come from: kind sample (S&P 500, 2000 to 2020) or csv')

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

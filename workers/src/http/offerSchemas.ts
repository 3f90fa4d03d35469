import { isAddress } from 'viem'
import type { Address, Hex } from 'viem'
import { z } from 'zod'

const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`), `must be 0x and ${2 * bytes} hex digits`)
    .transform((text) => text.toLowerCase() as Hex)

const integer = (least: bigint, most: bigint) =>
  z
    .string()
    .regex(/^-?\d{1,40}$/, 'must be a whole number in decimal digits, as a string')
    .transform(BigInt)
    .refine((number) => number >= least && number <= most, `must be from ${least} to ${most}`)

const key = {
  topic: hex(32),
  round: integer(0n, 2n ** 24n - 2n),
  worker: z
    .string()
    .refine((text) => isAddress(text, { strict: false }), 'must be an address')
    .transform((text) => text as Address),
}

const signed = { commitment: hex(20), r: hex(32), vs: hex(32) }

/** Body of POST /commitments. */
export const commitmentSchema = z.strictObject({
  ...key,
  ...signed,
  capsule: hex(15).exactOptional(),
})

/** What a reputer shows of another word it has. */
export const signedSchema = z.object(signed)

/** Body of POST /openings. */
export const openingSchema = z.strictObject({
  ...key,
  value: integer(-(2n ** 103n), 2n ** 103n - 1n),
  confidence: integer(1n, 10_000n),
  salt: hex(16),
})

/** Body of POST /listeners. */
export const listenerSchema = z.strictObject({
  ...key,
  since: integer(0n, 2n ** 40n),
  id: hex(32),
  signature: hex(65),
})

/** Another journal, as a reputer shows it. */
export const heardSchema = z.object({
  since: integer(0n, 2n ** 40n),
  id: hex(32),
  signature: hex(65),
  agoMs: z.number(),
})

/** Query of GET /commitments. */
export const heldSchema = z.object(key)

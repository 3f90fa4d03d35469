import { readFileSync } from 'node:fs'
import { isAddress } from 'viem'
import type { Address, Hex } from 'viem'
import { z } from 'zod'
import { requirePrivate } from '../keys/requirePrivate.ts'
import { OperatorError } from '../runtime/operatorError.ts'
import type { JournalRecord } from './journal.ts'

const hex = z
  .string()
  .regex(/^0x(?:[0-9a-fA-F]{2})+$/, 'must be 0x and hex digits')
  .transform((text) => text as Hex)
const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), 'must be an address')
  .transform((text) => text as Address)
const integer = z
  .string()
  .regex(/^-?\d+$/, 'must be a whole number, as a string')
  .transform(BigInt)

const headSchema = z.object({
  auspex: z.literal('journal'),
  version: z.literal(1),
  records: z.int().nonnegative(),
})
const recordSchema = z.strictObject({
  chainId: z.int().positive(),
  contract: address,
  account: address,
  topic: hex,
  round: integer,
  value: integer,
  confidence: integer,
  salt: hex,
  commitment: hex,
  r: hex.exactOptional(),
  vs: hex.exactOptional(),
})

/** Reads what `writeExport` has written; every mistake is told with file and line. */
export function readExport({ file }: { file: string }): JournalRecord[] {
  requirePrivate({ file, what: 'exported journal' })
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  const { records: count } = parse({ text: head, schema: headSchema, place: `${file}:1` })
  if (lines.length !== count) {
    throw refusal(`${file} holds ${lines.length} of its ${count} records: it was cut short`)
  }
  return lines.map((text, index) =>
    parse({ text, schema: recordSchema, place: `${file}:${index + 2}` }),
  )
}

function parse<schema extends z.ZodType>(options: {
  text: string
  schema: schema
  place: string
}): z.output<schema> {
  const { text, schema, place } = options
  const parsed = schema.safeParse(jsonIn(text))
  if (parsed.success) return parsed.data

  const [issue] = parsed.error.issues
  const reason = [...issue!.path, issue!.message].join(' ')
  throw refusal(`${place} is no line of an exported journal: ${reason}`)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refusal(what: string): OperatorError {
  return new OperatorError('requirement', `${what}. Export the journal again.`)
}

import { z } from 'zod'

/** What a schema says of a field: in words, and by an example that is accepted as it stands. */
export type Meaning = { description?: string; example?: string }

/** What a schema says of the field at a path: its `describe`, and the `example` of its `meta`. */
export function meaningAt(schema: z.ZodType, path: readonly PropertyKey[]): Meaning {
  const field = fieldAt(schema, path)
  if (field === undefined) return {}
  const description = described(field, 'description')
  const example = described(field, 'example')
  return { ...(description && { description }), ...(example && { example }) }
}

function described(schema: z.ZodType, what: keyof Meaning): string | undefined {
  const said = (schema.meta() as Meaning | undefined)?.[what]
  if (said !== undefined) return said
  const inner = unwrapOnce(schema)
  return inner && described(inner, what)
}

function fieldAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  const [name, ...rest] = path
  if (name === undefined) return schema

  const inner = unwrap(schema)
  if (inner instanceof z.ZodArray) return fieldAt(inner.element as z.ZodType, rest)
  if (inner instanceof z.ZodDiscriminatedUnion || inner instanceof z.ZodUnion) {
    const found = inner.options.map((option) => fieldAt(option as z.ZodType, path))
    return found.find((field) => field !== undefined)
  }
  if (!(inner instanceof z.ZodObject)) return undefined
  const field = (inner.shape as Record<string, z.ZodType>)[String(name)]
  return field && fieldAt(field, rest)
}

function unwrap(schema: z.ZodType): z.ZodType {
  const inner = unwrapOnce(schema)
  return inner ? unwrap(inner) : schema
}

/** What an optional, defaulted or transformed schema is about. */
function unwrapOnce(schema: z.ZodType): z.ZodType | undefined {
  const { innerType, in: input } = schema.def as unknown as {
    innerType?: z.ZodType
    in?: z.ZodType
  }
  return innerType ?? input
}

import { z } from 'zod'

/** What a schema says of the field at a path: its `describe`. */
export function descriptionAt(schema: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  const [name, ...rest] = path
  if (name === undefined) return schema.description ?? descriptionWithin(schema)

  const inner = unwrap(schema)
  if (inner instanceof z.ZodArray) return descriptionAt(inner.element as z.ZodType, rest)
  if (inner instanceof z.ZodDiscriminatedUnion || inner instanceof z.ZodUnion) {
    const found = inner.options.map((option) => descriptionAt(option as z.ZodType, path))
    return found.find((description) => description !== undefined)
  }
  if (!(inner instanceof z.ZodObject)) return undefined
  const field = (inner.shape as Record<string, z.ZodType>)[String(name)]
  return field && descriptionAt(field, rest)
}

function descriptionWithin(schema: z.ZodType): string | undefined {
  const inner = unwrapOnce(schema)
  return inner && (inner.description ?? descriptionWithin(inner))
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

import { z } from 'zod'

/** A field of a configuration file, as a reader of the help needs it. */
export type Field = {
  name: string
  description: string
  isOptional: boolean
  /** What holds where it is left out, as the file would write it; undefined where nothing does. */
  preset?: string
}

type Node = {
  description?: string
  default?: unknown
  properties?: { [name: string]: Node }
  required?: readonly string[]
  items?: Node
  anyOf?: readonly Node[]
  oneOf?: readonly Node[]
}

/** All that a file may say, in its order: the schema's descriptions are the documentation. */
export function fieldsOf(schema: z.ZodType): Field[] {
  const node = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node
  return fieldsIn(node, '')
}

function fieldsIn(node: Node, prefix: string): Field[] {
  if (node.items) return fieldsIn(node.items, prefix.replace(/\.$/, '[].'))

  const options = node.anyOf ?? node.oneOf ?? []
  const { properties = {}, required = [] } = node
  const own = Object.entries(properties).flatMap(([name, child]) => {
    const path = `${prefix}${name}`
    const within = fieldsIn(child, `${path}.`)
    const { description } = child
    if (description === undefined) return within
    const preset = presetOf(child.default)
    const isOptional = !required.includes(name)
    return [{ name: path, description, isOptional, ...(preset && { preset }) }, ...within]
  })
  return [...own, ...options.flatMap((option) => fieldsIn(option, prefix))]
}

/** Sections have defaults of their own, field by field. */
function presetOf(value: unknown): string | undefined {
  if (value === undefined || value === null || typeof value === 'object') return undefined
  return String(value)
}

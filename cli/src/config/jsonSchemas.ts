/* What editors know of the files: JSON Schemas, made from the parsers' own definitions. */
import { existsSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { reputerConfig } from './reputerConfig.ts'
import { topicFile } from './topicFile.ts'
import { workerConfig } from './workerConfig.ts'

const files = {
  topic: { schema: topicFile, title: 'the terms of a topic of Auspex' },
  worker: { schema: workerConfig, title: 'the configuration of a worker of Auspex' },
  reputer: { schema: reputerConfig, title: 'the configuration of a reputer of Auspex' },
} as const

export const schemaNames = Object.keys(files) as (keyof typeof files)[]
export type SchemaName = keyof typeof files

const folder = fileURLToPath(new URL('../../schemas/', import.meta.url))

/** The JSON Schema of a file, draft 7, as text. It refuses nothing that the parser takes. */
export function jsonSchemaOf(name: SchemaName): string {
  const { schema, title } = files[name]
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => asEditorsReadIt(jsonSchema),
  })
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`
}

function asEditorsReadIt(node: z.core.JSONSchema.BaseSchema): void {
  const { example } = node
  if (example !== undefined) node.examples = [example]
  delete node.example
  // Addresses and ids may stand without quotes, and an editor reads them as numbers then.
  if (node.pattern?.startsWith('^0x')) node.type = ['string', 'number'] as never
  // Bounds of JavaScript's own, not of the field.
  if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum
}

/**
 * The line that tells an editor what a file may say; undefined where the file lies outside the project that this command is
 * installed in, as a path to it would break when the file is moved.
 */
export function schemaLineFor(file: string, name: SchemaName): string | undefined {
  const schema = resolve(folder, `${name}.schema.json`)
  const [installed] = folder.split(`${sep}node_modules${sep}`)
  const project = installed === folder ? resolve(folder, '../..') : installed!
  const place = dirname(resolve(file))
  const isInside = place === project || place.startsWith(`${project}${sep}`)
  if (!isInside || !existsSync(schema)) return undefined
  const path = relative(place, schema).replaceAll(sep, '/')
  return `# yaml-language-server: $schema=${path.startsWith('.') ? path : `./${path}`}`
}

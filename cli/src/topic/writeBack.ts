import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isMap, parseDocument } from 'yaml'

/**
 * Writes fields into the file of a topic, in place of what it says of them or at its end; everything else stays as it is.
 * The file is whole at every moment.
 */
export function writeBack(file: string, fields: { [field: string]: string }): void {
  const text = readFileSync(file, 'utf8')
  const { contents } = parseDocument(text)
  const isBlock = isMap(contents) && contents.flow !== true
  const written = isBlock ? inLines(text, fields) : inDocument(text, fields)
  const next = `${file}.next`
  writeFileSync(next, written)
  renameSync(next, file)
}

function inLines(text: string, fields: { [field: string]: string }): string {
  return Object.entries(fields).reduce((left, [field, value]) => {
    const line = `${field}: ${value}`
    const found = new RegExp(`^${field}\\s*:.*$`, 'm')
    if (found.test(left)) return left.replace(found, line)
    return `${left}${left === '' || left.endsWith('\n') ? '' : '\n'}${line}\n`
  }, text)
}

function inDocument(text: string, fields: { [field: string]: string }): string {
  const document = parseDocument(text, { customTags: (tags) => tags.filter(isPlain) })
  for (const [field, value] of Object.entries(fields)) document.set(field, value)
  return document.toString()
}

/** Ids are no numbers. */
function isPlain(tag: unknown): boolean {
  return typeof tag === 'string' || (tag as { format?: string }).format !== 'HEX'
}

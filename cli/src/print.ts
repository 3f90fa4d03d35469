/** What a command ends with: a JSON line for machines; for people lines of words, the last one saying what is next. */
export function print(result: {
  json: boolean
  data: { [name: string]: unknown }
  lines: readonly string[]
  next: string
}): void {
  const { json, data, lines, next } = result
  if (json) {
    console.log(JSON.stringify({ schema: 1, ...data }, written))
    return
  }
  for (const line of [...lines, `Next: ${next}`]) console.log(line)
}

/** Numbers of the chain are too large for JSON and go as text. */
function written(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

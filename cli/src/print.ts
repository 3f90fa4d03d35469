import { visible, visibleJson } from '@auspex/workers'

/** What a command ends with: a JSON line for machines; for people lines of words, the last one saying what is next. */
export function print(result: {
  json: boolean
  data: { [name: string]: unknown }
  lines: readonly string[]
  next: string
}): void {
  const { json, data, lines, next } = result
  if (json) {
    console.log(visibleJson(JSON.stringify({ schema: 1, ...data }, written)))
    return
  }
  for (const line of [...lines, `Next: ${pasteable(next)}`]) console.log(visible(line))
}

/** Numbers of the chain are too large for JSON and go as text. */
function written(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

/** A command that is to be run next names the configuration that this one was given. */
export function pasteable(next: string, argv: readonly string[] = process.argv): string {
  const file = configIn(argv)
  if (file === undefined || !/^(after \S+: )?auspex [^,]*$/.test(next)) return next
  return /\s--config\s/.test(next) ? next : `${next} --config ${quoted(file)}`
}

function configIn(argv: readonly string[]): string | undefined {
  const place = argv.findIndex((word) => /^(-c|--config)(=|$)/.test(word))
  if (place < 0) return undefined
  return argv[place]!.includes('=') ? argv[place]!.replace(/^[^=]*=/, '') : argv[place + 1]
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

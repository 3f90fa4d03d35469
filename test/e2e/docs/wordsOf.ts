import { readFileSync } from 'node:fs'

const manifest = new URL('../../../package.json', import.meta.url)
const { scripts } = JSON.parse(readFileSync(manifest, 'utf8')) as {
  scripts: Record<string, string>
}

/** What a test must name that runs a command of npm: the program behind it, its verbs and its options. */
export function wordsOf({ command }: { command: string }): string[] {
  const [, name, rest = ''] = /^npm run (\S+)(?: -- (.*))?$/.exec(command) ?? []
  if (name === undefined) return [command]

  const script = scripts[name]
  if (script === undefined) throw new Error(`package.json has no script ${name}`)
  const isName = (word: string) => /^(--)?[a-z][a-z-]*$/.test(word)
  return [...script.split(' ').filter((word) => word !== 'node'), ...rest.split(' ').filter(isName)]
}

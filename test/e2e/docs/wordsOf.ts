import { readFileSync } from 'node:fs'

const manifest = new URL('../../../package.json', import.meta.url)
const { scripts } = JSON.parse(readFileSync(manifest, 'utf8')) as {
  scripts: Record<string, string>
}

/** Tests run the command's source, which is what its bin starts: in a process of its own, or in theirs. */
const SOURCES: Record<string, RegExp> = {
  'cli/bin/auspex.js': /cli\/src\/(main|runCommandLine)\.ts|helpers\/commandLine\.ts/,
}

/** What a test must name that runs a command of npm or `auspex`: the program behind it, its verbs and its options. */
export function wordsOf({ command }: { command: string }): (string | RegExp)[] {
  const [, packages] = /^npm install (.*)$/.exec(command) ?? []
  if (packages !== undefined)
    return packages.split(' ').map((name) => name.replace(/(.)@.*$/, '$1'))

  const [, name, rest = ''] = /^npm run (\S+)(?: -- (.*))?$/.exec(byNpm(command)) ?? []
  if (name === undefined) return [command]

  const script = scripts[name]
  if (script === undefined) throw new Error(`package.json has no script ${name}`)
  const isName = (word: string) => /^(--)?[a-z][a-z-]*$/.test(word)
  const program = script.split(' ').filter((word) => word !== 'node')
  return [...program.map((word) => SOURCES[word] ?? word), ...rest.split(' ').filter(isName)]
}

function byNpm(command: string): string {
  return command.replace(/^auspex /, 'npm run auspex -- ')
}

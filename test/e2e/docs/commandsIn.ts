/** A command of the docs, and where it stands. */
export type Command = { text: string; line: number }

const SHELLS = ['sh', 'bash', 'shell', 'console']
/** What begins a command outside a block that is marked as shell. */
const PROGRAM = /^(?:npm|npx|node|auspex) /

/** Every command in a page of Markdown: lines of shell blocks, and what looks like a command elsewhere. */
export function commandsIn({ page }: { page: string }): Command[] {
  const commands: Command[] = []
  let block: string | undefined

  for (const [index, text] of joinContinued(page).entries()) {
    const add = (found: string) => {
      for (const part of found.split('&&')) commands.push({ text: part.trim(), line: index + 1 })
    }
    const fence = /^\s*```+\s*(\S*)/.exec(text)
    if (fence) {
      block = block === undefined ? fence[1]! : undefined
      continue
    }
    if (block === undefined) {
      for (const [, span] of text.matchAll(/`([^`]+)`/g)) if (PROGRAM.test(span!)) add(span!)
      continue
    }
    const bare = text
      .trim()
      .replace(/^\$ /, '')
      .replace(/(?:^|\s)#.*$/, '')
    if (bare !== '' && (SHELLS.includes(block) || PROGRAM.test(bare))) add(bare)
  }
  return commands
}

/** Lines that end in a backslash take in the next; as many empty ones keep the count. */
function joinContinued(page: string): string[] {
  const joined = page.replace(/(?:[^\n]*\\\n)+[^\n]*/g, (lines) => {
    const rest = '\n'.repeat(lines.split('\n').length - 1)
    return lines.replace(/\s*\\\n\s*/g, ' ') + rest
  })
  return joined.split('\n')
}

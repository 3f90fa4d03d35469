import { parseArgs } from 'node:util'
import { Refusal, createProject } from './createProject.ts'
import type { Kind } from './createProject.ts'

const USAGE = `Usage: npm create auspex <project> <folder> [-- options]

  consumer <folder> --hardhat   a vault that reads a forecast, tested by Hardhat
  consumer <folder> --foundry   the same, tested by Foundry
  worker <folder>               a model, its configuration and its backtest
  topic <folder>                the terms of a topic and their simulation

Options: --json prints one object for machines, --help this text.`

const projects = ['consumer', 'worker', 'topic'] as const

/** Writes a project and gives the exit code: 0 done, 1 error, 2 usage. */
export function runCommandLine({ argv }: { argv: readonly string[] }): number {
  const isJson = argv.includes('--json')
  try {
    const asked = parse(argv)
    if (asked === undefined) {
      console.log(USAGE)
      return 0
    }
    const { folder, files } = createProject(asked)
    const next = `cd ${quoted(asked.folder)} && npm install && npm test`
    if (isJson) console.log(JSON.stringify({ schema: 1, kind: asked.kind, folder, files, next }))
    else console.log([`wrote ${files.length} files to ${folder}`, `Next: ${next}`].join('\n'))
    return 0
  } catch (error) {
    const [code, name] = error instanceof Refusal ? [2, 'usage'] : [1, 'error']
    const { message } = error as Error
    console.error(isJson ? JSON.stringify({ error: { code, name, message } }) : message)
    return code
  }
}

function parse(argv: readonly string[]): { kind: Kind; folder: string } | undefined {
  const { values, positionals } = parsed(argv)
  const [project, folder, ...more] = positionals
  if (values.help) return undefined
  if (project === undefined) throw new Refusal(USAGE)
  const known = projects.find((each) => each === project)
  if (known === undefined) {
    throw new Refusal(
      `There is no project ${shown(project)}. One of ${projects.join(', ')} is needed.`,
    )
  }
  if (folder === undefined || folder.trim() === '') {
    throw new Refusal(`A folder is needed: npm create auspex ${known} my-${known}`)
  }
  if (more.length > 0) {
    throw new Refusal(
      `One folder is needed, and ${shown(more[0]!)} is left over. Quote a name with spaces.`,
    )
  }
  return { kind: kindOf(known, folder, values), folder }
}

function parsed(argv: readonly string[]) {
  const boolean = { type: 'boolean', default: false } as const
  const options = {
    hardhat: boolean,
    foundry: boolean,
    json: boolean,
    help: { ...boolean, short: 'h' },
  } as const
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ')
    throw new Refusal(`${sentence}. See --help.`)
  }
}

function kindOf(
  project: (typeof projects)[number],
  folder: string,
  { hardhat, foundry }: { hardhat: boolean; foundry: boolean },
): Kind {
  if (project !== 'consumer') {
    if (!hardhat && !foundry) return project
    throw new Refusal(`--hardhat and --foundry go with consumer; a ${project} has no contracts.`)
  }
  if (hardhat !== foundry) return hardhat ? 'consumer-hardhat' : 'consumer-foundry'
  const what = hardhat
    ? 'One of --hardhat and --foundry is needed, not both'
    : '--hardhat or --foundry is needed'
  throw new Refusal(`${what}: npm create auspex consumer ${quoted(folder)} -- --hardhat`)
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** What a reader typed, without what a terminal would obey. */
function shown(word: string): string {
  return JSON.stringify(word)
}

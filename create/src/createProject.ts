import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Kind = 'consumer-hardhat' | 'consumer-foundry' | 'worker' | 'topic'

/** Something that the caller asked for and cannot have; its message is for people. */
export class Refusal extends Error {}

/** Templates that a project is made of; files of later ones stand beside those of earlier ones. */
const partsOf: Readonly<Record<Kind, readonly string[]>> = {
  'consumer-hardhat': ['consumer', 'consumer-hardhat'],
  'consumer-foundry': ['consumer', 'consumer-foundry'],
  worker: ['worker'],
  topic: ['topic'],
}

const here = fileURLToPath(new URL('..', import.meta.url))

/** Where the packages of this repository lie in a checkout, which has them before the registry does. */
const folders: Readonly<Record<string, string>> = {
  '@auspex/contracts': 'contracts',
  '@auspex/sdk': 'sdk',
  '@auspex/workers': 'workers',
  auspex: 'cli',
}

/** Writes the files of a project into a folder that is new or empty. */
export function createProject({ kind, folder }: { kind: Kind; folder: string }): {
  folder: string
  files: string[]
} {
  const target = resolve(folder)
  requireEmpty(target)
  requireFolders(dirname(target))
  const files = filesOf(kind, target)
  for (const [name, text] of Object.entries(files)) {
    const file = join(target, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text, { flag: 'wx', mode: text.startsWith('#!') ? 0o755 : 0o644 })
  }
  return { folder: target, files: Object.keys(files).sort() }
}

function requireEmpty(target: string): void {
  if (!existsSync(target)) return
  if (!statSync(target).isDirectory()) {
    throw new Refusal(`There is a file at ${target} already. Name another folder.`)
  }
  if (readdirSync(target).length > 0) {
    throw new Refusal(
      `The folder ${target} is not empty, and nothing in it is written over. Name another one.`,
    )
  }
}

/** What stands above a folder is folders as far as it exists. */
function requireFolders(above: string): void {
  if (!existsSync(above)) return void (above !== dirname(above) && requireFolders(dirname(above)))
  if (statSync(above).isDirectory()) return
  throw new Refusal(`${above} is a file, and no folder can stand in it. Name another folder.`)
}

/** Names, relative to the project, and texts. */
function filesOf(kind: Kind, target: string): Record<string, string> {
  const files: Record<string, string> = {}
  for (const part of partsOf[kind]) {
    const template = join(here, 'templates', part)
    const entries = globSync('**/*', { cwd: template, withFileTypes: true })
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = join(entry.parentPath, entry.name)
      files[targetName(file.slice(template.length + 1).replaceAll('\\', '/'))] = readFileSync(
        file,
        'utf8',
      )
    }
  }
  const manifest = JSON.parse(files['package.json']!) as Manifest
  const isCheckout = existsSync(join(here, 'tsconfig.build.json'))
  const dependencies = isCheckout ? fromCheckout(manifest.dependencies) : manifest.dependencies
  const named = { ...manifest, name: packageName(target), dependencies }
  files['package.json'] = `${JSON.stringify(named, null, 2)}\n`
  // Packed and copied, as from the registry: a link would bring the modules of the checkout with it.
  if (isCheckout) files['.npmrc'] = 'install-links=true\n'
  return files
}

type Manifest = { name: string; dependencies: Record<string, string> }

/** npm leaves a .gitignore out of what it packs, so a template has it without the point. */
function targetName(name: string): string {
  return name === 'gitignore' ? '.gitignore' : name
}

/** The same dependencies, and those that they have among the packages of this repository, as folders. */
function fromCheckout(dependencies: Record<string, string>): Record<string, string> {
  const isNode = 'auspex' in dependencies || '@auspex/workers' in dependencies
  const needed = isNode ? ['@auspex/sdk', '@auspex/workers', 'auspex'] : ['@auspex/contracts']
  const local = needed.map((name) => [name, `file:${resolve(here, '..', folders[name]!)}`])
  return { ...dependencies, ...Object.fromEntries(local) }
}

/** A name that npm takes, from that of the folder. */
function packageName(target: string): string {
  const name = basename(target)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
  return name === '' || name === 'node_modules' ? 'auspex-project' : name.slice(0, 100)
}

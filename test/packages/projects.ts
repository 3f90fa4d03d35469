/* Folders outside the repository, in which the packed packages are installed and used as a stranger would. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export type Result = { code: number; output: string }

/** Conditions and paths of this repository must not reach a stranger's programs. */
function strangersEnv(node: string): NodeJS.ProcessEnv {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !isOurs(folder))
  const { NODE_OPTIONS: _, ...env } = process.env
  const clean = Object.entries(env).filter(([name]) => !name.toLowerCase().startsWith('npm_'))
  return { ...Object.fromEntries(clean), PATH: [dirname(node), ...path].join(delimiter) }
}

function isOurs(folder: string): boolean {
  return folder.includes(`${sep}node_modules${sep}`) || folder.endsWith(`${sep}node-gyp-bin`)
}

/** Runs a program as a stranger with a given Node: the repository's 24 where none is named. */
export function runAs(
  command: string,
  args: readonly string[],
  { cwd, node = process.execPath }: { cwd: string; node?: string },
): Promise<Result> {
  const options = { cwd, env: strangersEnv(node), maxBuffer: 1e8 }
  return new Promise((resolve) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, output: `${stdout}${stderr}` })
    })
  })
}

/** As `runAs`, and throws with what was printed where the program fails. */
export async function must(...call: Parameters<typeof runAs>): Promise<string> {
  const { code, output } = await runAs(...call)
  if (code === 0) return output
  throw new Error(`${call[0]} ${call[1].join(' ')} ended with ${code}:\n${output}`)
}

/** Packs the packages as they would be published; the tarball's file by package name. */
export async function pack(
  names: readonly string[],
  { to }: { to: string },
): Promise<Record<string, string>> {
  const workspaces = names.flatMap((name) => ['--workspace', name])
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', to, ...workspaces]
  const text = await must('npm', args, { cwd: root })
  const packed = JSON.parse(text.slice(text.search(/^[[{]/m))) as
    { name: string; filename: string }[] | Record<string, { name: string; filename: string }>
  const list = Array.isArray(packed) ? packed : Object.values(packed)
  return Object.fromEntries(list.map(({ name, filename }) => [name, join(to, filename)]))
}

/** A project with some files and dependencies, installed. */
export async function install(
  folder: string,
  dependencies: Record<string, string>,
  files: Record<string, string> = {},
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const manifest = { name: 'stranger', private: true, type: 'module', dependencies }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
  writeAll(folder, files)
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel', 'error']
  await must('npm', ['install', ...quiet], { cwd: folder })
}

export function writeAll(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** The Node that the machine itself has, outside this repository; undefined where there is none. */
export async function hostNode(): Promise<{ node: string; version: string } | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !isOurs(folder))
  const node = folders.map((folder) => join(folder, 'node')).find((file) => existsSync(file))
  if (node === undefined) return undefined
  const version = await must(node, ['--version'], { cwd: root, node })
  return { node, version: version.trim().slice(1) }
}

/** Versions that this repository works with. */
export function versions(...wanted: string[]): Record<string, string> {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const all = { ...dependencies, ...devDependencies }
  return Object.fromEntries(wanted.map((name) => [name, all[name]]))
}

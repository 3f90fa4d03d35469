import { glob, readFile } from 'node:fs/promises'
import type { Abi, Hex } from 'viem'

export interface Artifact {
  readonly abi: Abi
  readonly bytecode: Hex
}

const folder = new URL('../../artifacts/contracts/', import.meta.url)

/** A compiled contract by name, as `npm run compile` left it. */
export async function readArtifact({ name }: { name: string }): Promise<Artifact> {
  for await (const file of glob(`**/${name}.json`, { cwd: folder })) {
    return JSON.parse(await readFile(new URL(file, folder), 'utf8')) as Artifact
  }
  throw new Error(`${name} is not compiled. Run \`npm run compile\` and try again.`)
}

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deployable } from '../../cli/src/creationOf.ts'
import { readArtifact } from '../../devnet/deployNetwork.ts'

const target = fileURLToPath(new URL('../../cli/creations', import.meta.url))

/** Writes cli/creations from the artifacts: ABI and code of every contract that the command deploys. */
export async function writeCreations(): Promise<number> {
  await rm(target, { recursive: true, force: true })
  await mkdir(target)
  for (const name of deployable) {
    const { abi, bytecode } = await readArtifact({ name })
    await writeFile(join(target, `${name}.json`), `${JSON.stringify({ abi, bytecode })}\n`)
  }
  return deployable.length
}

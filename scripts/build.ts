/*
 * `npm run build`: what the packages carry besides their sources.
 *
 *   sdk, workers, cli, create   dist/: JavaScript, declarations and source maps, by tsc
 *   cli                         creations/: the code of what `auspex truth deploy` and `auspex feed create` deploy
 *   contracts                   abis/: one JSON file a contract, from the last compilation (`npm run compile`)
 *
 * Types are checked by `npm run typecheck`, over all packages at once. Programs of this repository run from the TypeScript sources and need no build.
 */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { writeContractAbis } from './build/writeContractAbis.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

// In this order: each compiles against the declarations of the ones before it.
for (const name of ['sdk', 'workers', 'cli', 'create']) {
  rmSync(`${root}/${name}/dist`, { recursive: true, force: true })
  execFileSync(process.execPath, [tsc, '-p', `${name}/tsconfig.build.json`], {
    cwd: root,
    stdio: 'inherit',
  })
  console.log(`${name}/dist`)
}
console.log(`contracts/abis: ${await writeContractAbis()} files`)
// Reads the list of the command, which imports the packages built above.
const { writeCreations } = await import('./build/writeCreations.ts')
console.log(`cli/creations: ${await writeCreations()} files`)

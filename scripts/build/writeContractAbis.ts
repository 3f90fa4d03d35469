import { globSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Writes contracts/abis from the artifacts: the ABI of every contract, interface and mock that has one. */
export async function writeContractAbis(): Promise<number> {
  const target = join(root, 'contracts/abis')
  await rm(target, { recursive: true, force: true })
  await mkdir(target)
  let count = 0
  for (const file of globSync('artifacts/contracts/**/*.json', { cwd: root })) {
    const { abi, contractName } = JSON.parse(await readFile(join(root, file), 'utf8')) as {
      abi?: unknown[]
      contractName?: string
    }
    if (abi === undefined || abi.length === 0 || contractName !== basename(file, '.json')) continue
    await writeFile(join(target, `${contractName}.json`), `${JSON.stringify(abi, null, 2)}\n`)
    count += 1
  }
  if (count > 0) return count
  throw new Error('There are no compiled contracts: run `npm run compile` first')
}

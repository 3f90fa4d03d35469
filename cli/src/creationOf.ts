import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { encodeDeployData } from 'viem'
import type { Abi, Hex } from 'viem'
import { OperatorError } from '@auspex/workers'

/** What the command can deploy. */
export const deployable = [
  'FeedTruth',
  'ReturnTruth',
  'VolatilityTruth',
  'AverageTruth',
  'TouchTruth',
  'PythTruth',
  'PoolTruth',
  'BaseFeeTruth',
  'FeedFactory',
] as const
export type Deployable = (typeof deployable)[number]

/** A contract's creation code with its arguments: as the package carries it, or in this repository as it was compiled. */
export function creationOf({ name, args }: { name: Deployable; args: readonly unknown[] }): Hex {
  const { abi, bytecode } = JSON.parse(readFileSync(fileOf(name), 'utf8')) as {
    abi: Abi
    bytecode: Hex
  }
  return encodeDeployData({ abi, bytecode, args })
}

function fileOf(name: Deployable): string {
  const packed = fileURLToPath(new URL(`../creations/${name}.json`, import.meta.url))
  const compiled = fileURLToPath(new URL('../../artifacts/contracts', import.meta.url))
  const [artifact] = globSync(`${compiled}/**/${name}.json`)
  if (artifact !== undefined) return artifact
  if (existsSync(packed)) return packed
  throw new OperatorError(
    'requirement',
    `The code of ${name} is not here. In the repository run \`npm run compile\` once; elsewhere install the package \`auspex\` again.`,
  )
}

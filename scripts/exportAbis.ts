/*
 * Writes sdk/src/abis.ts from the compiled contracts.
 *
 *   npm run abis                 compiles, then writes
 *   npm run abis -- --check      compiles, then exits 1 if the file is stale
 *   npm run abis -- --no-build   takes the artifacts as they lie there
 */
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import hre from 'hardhat'
import { format, resolveConfig } from 'prettier'
import { formatAbiItem } from 'viem/utils'
import type { Abi, AbiParameter } from 'viem'

/** Name of the constant -> the contracts that answer at its address: the network hands on to its desk. */
const contracts = {
  topicNetworkAbi: ['TopicNetwork', 'TopicDesk'],
  truthSourceAbi: ['ITruthSource'],
  feedTruthAbi: ['FeedTruth'],
  reputerTruthAbi: ['ReputerTruth'],
  topicFeedAbi: ['TopicFeed'],
  guardedFeedAbi: ['GuardedFeed'],
  feedFactoryAbi: ['FeedFactory'],
  volatilityLendingAbi: ['VolatilityLending'],
}

/** The token's side comes from OpenZeppelin: what any ERC-20 does, and how theirs refuses. */
const tokenFiles = ['IERC20Metadata', 'IERC20Errors']

const target = new URL('../sdk/src/abis.ts', import.meta.url)
const require = createRequire(import.meta.url)

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    build: { type: 'boolean', default: true },
  },
  allowNegative: true,
})

if (options.build) await hre.tasks.getTask('build').run({ quiet: true, noTests: true })
const abis = await readAbis()
const text = await render(abis)
if (options.check) await check(text)
else await write(text)

async function readAbis(): Promise<Record<string, Abi>> {
  const abis: Record<string, Abi> = { erc20Abi: tokenFiles.flatMap(readTokenAbi) }
  for (const [name, parts] of Object.entries(contracts)) {
    abis[name] = distinct(await Promise.all(parts.map(readAbi)))
  }
  const errors = Object.values(abis).map((abi) => abi.filter(({ type }) => type === 'error'))
  return { ...abis, errorsAbi: distinct(errors) }
}

async function readAbi(contract: string): Promise<Abi> {
  return (await hre.artifacts.readArtifact(contract)).abi as Abi
}

function readTokenAbi(name: string): Abi {
  return require(`@openzeppelin/contracts/build/contracts/${name}.json`).abi
}

/** Every item once, as the first to have it words it, in an order that only the items decide. */
function distinct(abis: Abi[]): Abi {
  const items = abis.flat().reverse()
  const bySignature = new Map(items.map((item) => [signatureOf(item), item]))
  return [...bySignature].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
}

function signatureOf(item: Abi[number]): string {
  return 'name' in item ? `${item.type} ${formatAbiItem(item)}` : item.type
}

async function render(abis: Record<string, Abi>): Promise<string> {
  const constants = Object.entries(abis).map(
    ([name, abi]) => `export const ${name} = ${JSON.stringify(abi.map(bare))} as const\n`,
  )
  const header = '/* Generated from the compiled contracts by `npm run abis`; do not edit. */\n'
  const config = await resolveConfig(target)
  return format([header, ...constants].join('\n'), { ...config, parser: 'typescript' })
}

/** The item without the compiler's notes, which no encoder reads. */
function bare(item: Abi[number]) {
  return {
    ...item,
    ...('inputs' in item && { inputs: item.inputs.map(bareParameter) }),
    ...('outputs' in item && { outputs: item.outputs.map(bareParameter) }),
  }
}

function bareParameter({ internalType: _, ...parameter }: AbiParameter): AbiParameter {
  if (!('components' in parameter)) return parameter
  return { ...parameter, components: parameter.components.map(bareParameter) }
}

async function write(text: string): Promise<void> {
  await writeFile(target, text)
  console.log('sdk/src/abis.ts is written')
}

async function check(text: string): Promise<void> {
  const standing = await readFile(target, 'utf8').catch(() => '')
  if (standing === text) {
    console.log('sdk/src/abis.ts is fresh')
    return
  }
  console.error('sdk/src/abis.ts does not match the contracts: run `npm run abis` and commit it')
  process.exitCode = 1
}

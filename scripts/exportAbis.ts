/*
 * Writes sdk/src/abis from the compiled contracts: one file a contract, so that a program loads the ABIs it uses.
 *
 *   npm run abis                 compiles, then writes
 *   npm run abis -- --check      compiles, then exits 1 if a file is stale
 *   npm run abis -- --no-build   uses the artifacts of the last compilation
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import hre from 'hardhat'
import { format, resolveConfig } from 'prettier'
import { formatAbiItem } from 'viem/utils'
import type { Abi, AbiParameter } from 'viem'

/** Name of the constant, which is its file too -> the contracts that answer at its address: the network delegates to its desk. */
const contracts = {
  topicNetworkAbi: ['TopicNetwork', 'TopicDesk', 'TopicTerms'],
  networkFeedAbi: ['ITopicFeed', 'ITopicDesk.descriptionOf'],
  truthSourceAbi: ['ITruthSource'],
  feedTruthAbi: ['FeedTruth'],
  sampledTruthAbi: ['TouchTruth', 'VolatilityTruth', 'ReturnTruth', 'AverageTruth'],
  definedTruthAbi: ['IDefinedTruth'],
  pythTruthAbi: ['PythTruth'],
  baseFeeTruthAbi: ['BaseFeeTruth'],
  poolTruthAbi: ['PoolTruth'],
  reputerTruthAbi: ['ReputerTruth'],
  challengedTruthAbi: ['ChallengedTruth'],
  stakeArbiterAbi: ['StakeArbiter'],
  optimisticArbiterAbi: ['OptimisticArbiter'],
  optimisticOracleAbi: ['IOptimisticOracle'],
  topicFeedAbi: ['TopicFeed'],
  guardedFeedAbi: ['GuardedFeed'],
  fallbackFeedAbi: ['FallbackFeed'],
  disputeFeedAbi: ['DisputeFeed'],
  feedHistoryAbi: ['FeedHistory'],
  feedFactoryAbi: ['FeedFactory'],
  modelStoreAbi: ['ModelStore'],
  truthRingAbi: ['TruthRing'],
  modelBondAbi: ['ModelBond'],
  volatilityLendingAbi: ['VolatilityLending'],
}

/** The token's side comes from OpenZeppelin: what any ERC-20 does, and how theirs refuses. */
const tokenFiles = ['IERC20Metadata', 'IERC20Errors']

const folder = fileURLToPath(new URL('../sdk/src/abis/', import.meta.url))
const require = createRequire(import.meta.url)

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    build: { type: 'boolean', default: true },
  },
  allowNegative: true,
})

if (options.build) await hre.tasks.getTask('build').run({ quiet: true, noTests: true })
const files = await render(await readAbis())
if (options.check) await check(files)
else await write(files)

async function readAbis(): Promise<Record<string, Abi>> {
  const abis: Record<string, Abi> = { erc20Abi: tokenFiles.flatMap(readTokenAbi) }
  for (const [name, parts] of Object.entries(contracts)) {
    abis[name] = distinct(await Promise.all(parts.map(readAbi)))
  }
  const errors = Object.values(abis).map((abi) => abi.filter(({ type }) => type === 'error'))
  return { ...abis, errorsAbi: distinct(errors) }
}

/** A contract's ABI, or of `Contract.name` what carries that name. */
async function readAbi(part: string): Promise<Abi> {
  const [contract, wanted] = part.split('.')
  const abi = (await hre.artifacts.readArtifact(contract!)).abi as Abi
  if (wanted === undefined) return abi
  return abi.filter((item) => 'name' in item && item.name === wanted)
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

/** Text by file name. */
async function render(abis: Record<string, Abi>): Promise<Map<string, string>> {
  const header = '/* Generated from the compiled contracts by `npm run abis`; do not edit. */\n'
  const config = { ...(await resolveConfig(join(folder, 'index.ts'))), parser: 'typescript' }
  const files = new Map<string, string>()
  for (const [name, abi] of Object.entries(abis)) {
    const text = `${header}export const ${name} = ${JSON.stringify(abi.map(bare))} as const\n`
    files.set(`${name}.ts`, await format(text, config))
  }
  const index = Object.keys(abis).map((name) => `export { ${name} } from './${name}.ts'\n`)
  return files.set('index.ts', header + index.join(''))
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

async function write(files: Map<string, string>): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const [name, text] of files) await writeFile(join(folder, name), text)
  console.log(`sdk/src/abis: ${files.size} files written`)
}

async function check(files: Map<string, string>): Promise<void> {
  const present = await readdir(folder).catch(() => [])
  const stale = present.filter((name) => !files.has(name))
  for (const [name, text] of files) {
    const current = await readFile(join(folder, name), 'utf8').catch(() => '')
    if (current !== text) stale.push(name)
  }
  if (stale.length === 0) return console.log('sdk/src/abis matches the contracts')

  console.error(
    `sdk/src/abis does not match the contracts (${stale.join(', ')}): run \`npm run abis\` and commit it`,
  )
  process.exitCode = 1
}

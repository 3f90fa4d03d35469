/*
 * A process of its own that runs test suites against one mutant after another. It is told first what the suites and the
 * contracts are; then, each time, which mutant lives (0 for none) and which suite to run, and answers with what failed.
 */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { toFunctionSelector, type AbiFunction } from 'viem'
import type { TestResult } from '@nomicfoundation/edr'
import { bring } from './bring.ts'
import { ROOT, isTest, nameOf, type Artifact } from './readBuild.ts'

export type Effort = {
  /** Runs of a fuzz test, and of an invariant with how many calls each. */
  fuzz: number
  runs: number
  depth: number
  /** How many of the runs that a test asks for itself it gets; 0 gives it `fuzz` as all others. */
  overrides: number
  /** 32 bytes, hex. */
  seed?: string
}
export type Begin = { artifacts: string }
export type Ask = { number: number; suite: string; effort: Effort }
export type Answer = { failed: string[]; seconds: number; count: number }

const require = createRequire(createRequire(import.meta.url).resolve('hardhat'))
const edr = require('@nomicfoundation/edr') as typeof import('@nomicfoundation/edr')

const HARDFORK = 'Osaka'
// The seed that Hardhat gives its fuzz tests where none is set.
const SEED = '0x7727ea51af0441c20da14dcd68a15dac8c9ebd589c5be8fa8c87c1d3720450bc'
/** A mutant that runs in circles is stopped by gas; no test of ours needs a tenth of this. */
const GAS_LIMIT = 3_000_000_000n

let all: Artifact[] = []
const context = new edr.EdrContext()
const ready = context.registerSolidityTestRunnerFactory(
  edr.L1_CHAIN_TYPE,
  edr.l1SolidityTestRunnerFactory(),
)

process.on('message', async (message: Begin | Ask) => {
  if ('artifacts' in message) {
    all = JSON.parse(readFileSync(message.artifacts, 'utf8')) as Artifact[]
    return
  }
  process.send!(await run(message))
})

async function run({ number, suite, effort }: Ask): Promise<Answer> {
  await ready
  const tested = all.find((artifact) => nameOf(artifact) === suite)!
  const deployed = all.filter((artifact) => !isTest(artifact))
  const artifacts = [tested, ...deployed].map((artifact) => forEdr(bring(artifact, number)))
  const began = performance.now()
  // The promise can be kept before the results are here.
  const { testResults } = await new Promise<{ testResults: TestResult[] }>((resolve, reject) => {
    const config = configOf(tested, effort)
    const tracing = { buildInfos: [], ignoreContracts: false }
    context
      .runSolidityTests(edr.L1_CHAIN_TYPE, artifacts, [artifacts[0]!.id], config, tracing, resolve)
      .catch(reject)
  })
  const failed = testResults.filter(({ status }) => status === 'Failure')
  return {
    failed: failed.map(({ name, reason }) => `${name}${reason ? ` ${reason}` : ''}`),
    seconds: (performance.now() - began) / 1000,
    count: testResults.length,
  }
}

function configOf(suite: Artifact, effort: Effort) {
  return {
    projectRoot: ROOT,
    hardfork: HARDFORK,
    localPredeploys: edr.l1GenesisState(edr.l1HardforkFromString(HARDFORK)),
    disableBlockGasLimit: true,
    disableTransactionGasCap: true,
    gasLimit: GAS_LIMIT,
    fuzz: { runs: effort.fuzz, seed: effort.seed ?? SEED },
    invariant: { runs: effort.runs, depth: effort.depth, failOnRevert: true, shrinkRunLimit: 0 },
    includeTraces: edr.IncludeTraces.None,
    testFunctionOverrides: effort.overrides > 0 ? overridesOf(suite, effort.overrides) : [],
  }
}

/** What a suite's own comments ask for, `/// hardhat-config: fuzz.runs = 4` above a test. */
function overridesOf(suite: Artifact, share: number) {
  const text = readFileSync(`${ROOT}/${suite.sourceName}`, 'utf8')
  const comments =
    /\/\/\/ hardhat-config: (?:fuzz\.runs = (\d+)|isolate = (true))[^\n]*\n(?:\s*\/\/\/[^\n]*\n)*\s*function (\w+)/g
  return [...text.matchAll(comments)].flatMap(([, runs, isolate, name]) => {
    const item = suite.abi.find((one) => one.type === 'function' && one.name === name)
    if (!item) return []
    return [
      {
        identifier: {
          contractArtifact: idOf(suite),
          functionSelector: toFunctionSelector(item as unknown as AbiFunction),
        },
        config: isolate ? { isolate: true } : { fuzz: { runs: Math.ceil(Number(runs) * share) } },
      },
    ]
  })
}

function idOf({ contractName, inputSourceName }: Artifact) {
  return { name: contractName, solcVersion: '0.8.37', source: inputSourceName }
}

function forEdr(artifact: Artifact) {
  return {
    id: idOf(artifact),
    contract: {
      abi: JSON.stringify(artifact.abi),
      bytecode: artifact.bytecode,
      linkReferences: artifact.linkReferences,
      deployedBytecode: artifact.deployedBytecode,
      deployedLinkReferences: artifact.deployedLinkReferences,
    },
  }
}

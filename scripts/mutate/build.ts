import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Mutant } from './findMutants.ts'
import {
  directSuites,
  isDeployed,
  type Artifact,
  type Build,
  type LinkReferences,
  type Node,
} from '../suites/readBuild.ts'
import { SWITCH } from '../suites/bring.ts'
import { mutantsAt, weave } from './weave.ts'

/**
 * Enough of the optimizer that no function runs out of stack, and no more: how much gas the mutants take does not matter,
 * how long they take to compile does.
 */
const settings = {
  evmVersion: 'cancun',
  metadata: { appendCBOR: false },
  viaIR: true,
  optimizer: {
    enabled: true,
    runs: 1,
    details: {
      peephole: true,
      inliner: false,
      jumpdestRemover: true,
      orderLiterals: false,
      deduplicate: false,
      cse: false,
      constantOptimizer: false,
      yul: true,
      yulDetails: { stackAllocation: true, optimizerSteps: 'dhfoD[xarrscLM]cCTUtTOntnfDIul' },
    },
  },
}

type SolcError = {
  severity: string
  formattedMessage: string
  sourceLocation?: { file: string; start: number }
}
type Bytecode = { object: string; linkReferences: LinkReferences }
type Contract = {
  abi: Artifact['abi']
  evm: { bytecode: Bytecode; deployedBytecode: Bytecode }
}
type Output = { errors?: SolcError[]; contracts?: Record<string, Record<string, Contract>> }

/** Takes `count` of the mutants that the compiler accepts, in the order given; `drawn` holds them afterwards. */
export async function accept(build: Build, order: Mutant[], count: number): Promise<Mutant[]> {
  const roots = [
    ...order.map(({ source }) => source),
    ...directSuites().map((path) => build.nameOf.get(path)!),
  ]
  let next = Math.min(count, order.length)
  let drawn = order.slice(0, next)
  for (;;) {
    const woven = weave(build, drawn)
    const { errors = [] } = await solc(build, woven, roots, { '*': { '*': ['abi'] } })
    const faults = errors.filter(({ severity }) => severity === 'error')
    if (faults.length === 0) return drawn

    const refused = new Set<Mutant>()
    for (const { sourceLocation, formattedMessage } of faults) {
      const text = Buffer.from(woven.get(sourceLocation?.file ?? '') ?? '')
      // Offsets are in bytes, up to which the text is cut.
      const before = text.subarray(0, (sourceLocation?.start ?? 0) + 1).toString()
      const [culprit] = mutantsAt(before, before.length)
      if (culprit === undefined)
        throw new Error(`No mutant stands where this says:\n${formattedMessage}`)
      refused.add(drawn[culprit - 1]!)
    }
    const more = order.slice(next, next + refused.size)
    next += more.length
    drawn = [...drawn.filter((mutant) => !refused.has(mutant)), ...more]
  }
}

/** Compiles what the mutants are in: what tests deploy by name, and the tests that call libraries themselves. */
export async function compileWoven(
  build: Build,
  mutants: Mutant[],
  files: string[],
): Promise<Artifact[]> {
  const woven = weave(build, mutants)
  const wanted = ['abi', ...['bytecode', 'deployedBytecode'].flatMap(linked)]
  const deployed = build.artifacts.filter((artifact) => isDeployed(artifact, new Set(files)))
  const direct = new Set(directSuites())
  const suites = build.artifacts.filter(({ sourceName }) => direct.has(sourceName))
  const outputs = await Promise.all(
    [deployed, suites].map((artifacts) => {
      const roots = artifacts.map(({ inputSourceName }) => inputSourceName)
      return solc(build, woven, roots, selectionOf(artifacts, wanted))
    }),
  )
  return outputs.flatMap((output, index) =>
    [deployed, suites][index]!.map((artifact) => rebuilt(artifact, output)),
  )
}

function linked(code: string): string[] {
  return [`evm.${code}.object`, `evm.${code}.linkReferences`]
}

function selectionOf(
  artifacts: Artifact[],
  wanted: string[],
): Record<string, Record<string, string[]>> {
  const selection: Record<string, Record<string, string[]>> = {}
  for (const { inputSourceName, contractName } of artifacts) {
    ;(selection[inputSourceName] ??= {})[contractName] = wanted
  }
  return selection
}

function rebuilt(artifact: Artifact, { errors = [], contracts }: Output): Artifact {
  const contract = contracts?.[artifact.inputSourceName]?.[artifact.contractName]
  if (!contract?.evm.bytecode.object) {
    const faults = errors.filter(({ severity }) => severity === 'error')
    throw new Error(faults.map(({ formattedMessage }) => formattedMessage.slice(-1500)).join('\n'))
  }
  const { bytecode, deployedBytecode } = contract.evm
  return {
    ...artifact,
    abi: contract.abi,
    bytecode: `0x${bytecode.object}`,
    deployedBytecode: `0x${deployedBytecode.object}`,
    linkReferences: bytecode.linkReferences,
    deployedLinkReferences: deployedBytecode.linkReferences,
  }
}

function solc(
  build: Build,
  woven: Map<string, string>,
  roots: string[],
  outputSelection: unknown,
): Promise<Output> {
  const names = [SWITCH, ...closureOf(build, roots)]
  const sources = Object.fromEntries(names.map((name) => [name, { content: woven.get(name)! }]))
  const input = {
    language: 'Solidity',
    sources,
    settings: { ...settings, remappings: build.remappings, outputSelection },
  }
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'compile.ts'))
    child.once('message', (output) => resolve(output as Output))
    child.once('error', reject)
    child.once('exit', (code) => code !== 0 && reject(new Error(`the compiler ended with ${code}`)))
    child.send(input)
  })
}

/** The sources that some come to by their imports, themselves included. */
function closureOf(build: Build, roots: string[]): Set<string> {
  const reached = new Set<string>()
  const left = [...roots]
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    for (const node of build.trees.get(name)!['nodes'] as Node[]) {
      if (node.nodeType === 'ImportDirective') left.push(node['absolutePath'] as string)
    }
  }
  return reached
}

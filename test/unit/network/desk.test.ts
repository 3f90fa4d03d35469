import { expect } from 'chai'
import hre from 'hardhat'
import { decodeErrorResult, encodeFunctionData, size, toFunctionSelector, zeroAddress } from 'viem'
import type { Abi, AbiFunction, AbiParameter, Hex } from 'viem'
import { topicNetworkAbi } from '../../../sdk/src/abis/topicNetworkAbi.ts'
import { layoutOf } from '../../helpers/storageLayout.ts'

/** Parts of one network: the second and third run in the first one's storage. */
const parts = ['TopicNetwork', 'TopicDesk', 'TopicTerms'] as const

/** EIP-170 and EIP-3860. */
const MOST_CODE = 24_576
const MOST_CREATION_CODE = 49_152
/** What later work on a round may still need. */
const ROOM = 1_500

describe('the code of the network and its desk', () => {
  it(`leaves ${ROOM} bytes free in the network`, async () => {
    expect(MOST_CODE - (await codeOf('TopicNetwork')).code).to.be.at.least(ROOM)
  })

  it('can be deployed', async () => {
    for (const part of parts) {
      const { code, creation } = await codeOf(part)
      expect(code, part).to.be.at.most(MOST_CODE)
      expect(creation, part).to.be.at.most(MOST_CREATION_CODE)
    }
  })

  it('has every verb once: what the network answers itself, the desk does not', async () => {
    const selectors = await Promise.all(
      (['TopicNetwork', 'TopicDesk'] as const).map(async (part) => verbsOf(await abiOf(part))),
    )
    const [network, desk] = selectors.map((verbs) => new Set(verbs.map(toFunctionSelector)))
    expect([...network!].filter((selector) => desk!.has(selector))).to.deep.equal([])
    expect(network!.size).to.be.above(5)
    expect(desk!.size).to.be.above(20)
  })

  it('has no two verbs of one selector', () => {
    const selectors = verbsOf(topicNetworkAbi).map(toFunctionSelector)
    expect(new Set(selectors).size).to.equal(selectors.length)
  })

  // Invariant 27
  it('lays out storage alike', () => {
    const [network, ...others] = parts.map((part) => layoutOf(part))
    expect(network!.storage).to.not.be.empty
    for (const other of others) expect(other).to.deep.equal(network)
  }).timeout(60_000)
})

describe('a verb of the desk', () => {
  it('refuses at the desk’s own address, each of them', async () => {
    const { viem } = await hre.network.create({ network: 'node' })
    const publicClient = await viem.getPublicClient()
    const token = await viem.deployContract('TestToken', ['Test', 'TST'])
    const desk = await viem.deployContract('TopicDesk', [token.address])
    const abi = await abiOf('TopicDesk')

    for (const verb of verbsOf(abi)) {
      const data = encodeFunctionData({ abi: [verb], args: verb.inputs.map(blankOf) })
      const refused = await publicClient
        .call({ to: desk.address, data })
        .then(() => undefined, revertDataOf)
      expect(refused, `${verb.name} answers`).to.not.equal(undefined)
      expect(decodeErrorResult({ abi, data: refused! }), verb.name).to.deep.include({
        errorName: 'CalledDirectly',
      })
    }
  })
})

async function abiOf(part: string): Promise<Abi> {
  return (await hre.artifacts.readArtifact(part)).abi as Abi
}

async function codeOf(part: string): Promise<{ code: number; creation: number }> {
  const { deployedBytecode, bytecode } = await hre.artifacts.readArtifact(part)
  return { code: size(deployedBytecode as Hex), creation: size(bytecode as Hex) }
}

function verbsOf(abi: Abi): AbiFunction[] {
  return abi.filter((item) => item.type === 'function')
}

/** Something of a type that any decoder takes. */
function blankOf(parameter: AbiParameter): unknown {
  const { type } = parameter
  if (type.endsWith('[]')) return []
  if (type === 'tuple') {
    const { components } = parameter as AbiParameter & { components: readonly AbiParameter[] }
    return Object.fromEntries(components.map((each) => [each.name, blankOf(each)]))
  }
  if (type === 'address') return zeroAddress
  if (type === 'string') return ''
  if (type === 'bool') return false
  if (type.startsWith('bytes')) return `0x${'00'.repeat(Number(type.slice(5) || 0))}`
  return Number(type.replace(/\D/g, '')) <= 48 ? 0 : 0n
}

function revertDataOf(error: unknown): Hex | undefined {
  for (let at = error as { data?: unknown; cause?: unknown }; at; at = at.cause as typeof at) {
    if (typeof at.data === 'string') return at.data as Hex
    const inner = at.data as { data?: unknown } | undefined
    if (typeof inner?.data === 'string') return inner.data as Hex
  }
  return undefined
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import hre from 'hardhat'
import type { Abi, Hex } from 'viem'
import { topicNetworkAbi } from '../../sdk/src/abis/topicNetworkAbi.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/DueDiligence.md'), 'utf8')

/** ERC-1967's slots for implementation and admin: a proxy's code holds them. */
const PROXY_SLOTS = [
  '360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc',
  'b53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103',
]
const PRIVILEGE = /owner|admin|pause|upgrade|initiali[sz]e|implementation|setFee|blacklist/i

describe('docs/DueDiligence.md', () => {
  it('answers each question with a command or a test', () => {
    const answers = page.split(/^## /m).slice(1)
    expect(answers).to.have.length(7)
    for (const answer of answers) expect(answer).to.match(/`(?:test\/|npm )/)
  })

  it('is right that nobody owns, pauses or upgrades the network', async () => {
    for (const part of ['TopicNetwork', 'TopicDesk', 'TopicTerms', 'ReputerTruth', 'FeedFactory']) {
      const { abi, deployedBytecode } = await hre.artifacts.readArtifact(part)
      const names = (abi as Abi).flatMap((item) => (item.type === 'function' ? [item.name] : []))
      expect(
        names.filter((name) => PRIVILEGE.test(name)),
        part,
      ).to.deep.equal([])
      for (const slot of PROXY_SLOTS)
        expect((deployedBytecode as Hex).includes(slot), part).to.equal(false)
    }
    // Two delegations to immutable code, and no other: to the desk, and from there to the terms.
    const writers = topicNetworkAbi.filter(
      (item) => item.type === 'function' && item.name === 'desk',
    )
    expect(writers.map((item) => 'stateMutability' in item && item.stateMutability)).to.deep.equal([
      'view',
    ])
  })
})

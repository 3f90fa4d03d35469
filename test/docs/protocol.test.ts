import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import hre from 'hardhat'
import type { Abi, AbiFunction } from 'viem'
import { topicNetworkAbi } from '../../sdk/src/abis/topicNetworkAbi.ts'
import { layoutOf } from '../helpers/storageLayout.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/Protocol.md'), 'utf8')
const rounds = readFileSync(join(root, 'contracts/types/Round.sol'), 'utf8')

describe('docs/Protocol.md', function () {
  this.timeout(60_000)

  it('names every verb and read of the network, with its arguments and where its code stands', async () => {
    const [facade, desk] = await Promise.all(
      ['ITopicNetwork', 'TopicDesk'].map((name) => hre.artifacts.readArtifact(name)),
    )
    const inDesk = new Set(functionsOf(desk!.abi as Abi).map(({ name }) => name))
    const spoken = new Map(functionsOf(facade!.abi as Abi).map((each) => [each.name, each]))
    const expected = functionsOf(topicNetworkAbi).map((each) => {
      const { name, inputs } = spoken.get(each.name) ?? each
      const call = `${name}(${inputs.map((input) => input.name).join(', ')})`
      return `${call} ${inDesk.has(name) ? 'desk' : 'network'}`
    })

    const named = rowsOf(page)
      .filter(([call]) => /^`\w+\(/.test(call!))
      .map((cells) => `${cells[0]!.replaceAll('`', '')} ${cells.at(-1)}`)
    expect(named.sort()).to.deep.equal(expected.sort())
  })

  it('draws every state of a round, with verbs that exist', () => {
    const verbs = new Set(functionsOf(topicNetworkAbi).map(({ name }) => name))
    const diagram = /```mermaid\n([^]*?)```/.exec(page)![1]!
    const boxes = [...diagram.matchAll(/state "([^"<]*)/g)].map(([, box]) => box!)
    const edges = [...diagram.matchAll(/^ *\w+ --> \w+: (.*)$/gm)].map(([, edge]) => edge!)

    const words = (side: number) =>
      new Set(boxes.flatMap((box) => (box.split(' / ')[side] ?? '').split(' or ').filter(Boolean)))
    const statuses = enumOf('RoundStatus').filter((status) => status !== 'Disputed')
    expect([...words(0)]).to.have.members(statuses)
    expect([...words(1)]).to.have.members(enumOf('Listing'))
    const moving = edges.flatMap((edge) => edge.replace(/ \([^)]*\)/g, '').split(', '))
    expect(moving.filter((verb) => !verbs.has(verb))).to.deep.equal([])
    const drawn = ['commit', 'unfold', 'reveal', 'revealSigned', 'revealAndPublish', 'publish']
    const later = ['resolve', 'settle', 'resolveAndSettle', 'voidRound']
    expect([...new Set(moving)]).to.have.members([...drawn, ...later])
  })

  it('names every phase', () => {
    const phases = rowsOf(page).map(([phase]) => phase)
    expect(phases).to.include.members(enumOf('Phase'))
  })

  it('gives each slot as the compiler lays it out', () => {
    const told = rowsOf(page)
      .filter((cells) => cells.length === 4 && /^\d+$/.test(cells[1]!))
      .map(([struct, slot, fields]) => `${struct!.replaceAll('`', '')} ${slot}: ${fields}`)
    const structs = new Set(told.map((row) => row.split(' ')[0]!))
    const laid = [...slotsOf('TopicTerms', structs), ...slotsOf('ReputerTruth', structs)]
    expect(told).to.have.members([...new Set(laid)])
    const kept = ['Topic', 'Feed', 'Round', 'SealList', 'Backing', 'Resolution', 'Position']
    const reported = ['Panel', 'Reputer', 'Report', 'Verdict']
    expect([...structs]).to.include.members([...kept, ...reported])
  })

  it('signs as the contracts do', () => {
    const sources = ['contracts/rounds/RoundBase.sol', 'contracts/maths/Commitments.sol']
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n')
    const hashed = [...sources.matchAll(/keccak256\(\s*"([^"]+)"\s*\)/g)].map(([, type]) => type!)
    expect(hashed).to.have.length(4)
    for (const type of hashed) expect(page).to.include(type)
  })

  it('is right that the network’s interface has all of the desk', async () => {
    const { abi } = await hre.artifacts.readArtifact('ITopicNetwork')
    const { abi: desk } = await hre.artifacts.readArtifact('TopicDesk')
    const names = new Set(functionsOf(abi as Abi).map(({ name }) => name))
    const missing = functionsOf(desk as Abi).filter(({ name }) => !names.has(name))
    expect(missing.map(({ name }) => name)).to.deep.equal(['eip712Domain'])
  })
})

function functionsOf(abi: Abi): AbiFunction[] {
  return abi.filter((item) => item.type === 'function')
}

/** The cells of each row of each table. */
function rowsOf(markdown: string): string[][] {
  return [...markdown.matchAll(/^\|(.*)\|$/gm)].map(([, row]) =>
    row!.split('|').map((cell) => cell.trim()),
  )
}

function enumOf(name: string): string[] {
  const [, body] = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(rounds)!
  return body!
    .replace(/\/\/.*$/gm, '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
}

function slotsOf(part: string, structs: ReadonlySet<string>): string[] {
  const { types } = layoutOf(part)
  return Object.values(types).flatMap(({ label, members = [] }) => {
    const struct = label.replace('struct ', '')
    if (!structs.has(struct)) return []
    const bits = ({ type }: { type: string }) => 8 * Number(types[type]!.numberOfBytes)
    return [...new Set(members.map(({ slot }) => slot))].map((slot) => {
      const fields = members.filter((field) => field.slot === slot)
      return `${struct} ${slot}: ${fields.map((field) => `\`${field.label}\` ${bits(field)}`).join(', ')}`
    })
  })
}

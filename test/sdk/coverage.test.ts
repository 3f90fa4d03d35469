import { globSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Abi } from 'viem'
import * as abis from '../../sdk/src/abis/index.ts'

const sources = globSync('sdk/src/**/*.ts')
  .filter((file) => !file.startsWith('sdk/src/abis/'))
  .map((file) => readFileSync(file, 'utf8'))

/** What no action calls, and why none is needed. */
const left: { [abi: string]: { [verb: string]: string } } = {
  erc20Abi: {
    transfer: 'of the token, not of Auspex: every wallet has it',
    transferFrom: 'of the token, not of Auspex: the contracts call it',
  },
  reputerTruthAbi: { multicall: 'joins several calls, each of which has its action' },
  challengedTruthAbi: { multicall: 'joins several calls, each of which has its action' },
  optimisticArbiterAbi: {
    open: 'called by the truth source whose answer is challenged',
    assertionDisputedCallback: 'called by the oracle',
    assertionResolvedCallback: 'called by the oracle',
  },
  optimisticOracleAbi: { assertTruth: 'called by the arbiter when a case is opened' },
  volatilityLendingAbi: {
    supply: 'an example of a consumer, whose users call it directly',
    borrow: 'an example of a consumer, whose users call it directly',
    repay: 'an example of a consumer, whose users call it directly',
    withdraw: 'an example of a consumer, whose users call it directly',
    update: 'an example of a consumer, whose users call it directly',
  },
}

/** Functions of a contract that no action calls. What a ChallengedTruth has of a ReputerTruth is called as that one's. */
function uncalled(name: string, abi: Abi): string[] {
  const own = name === 'challengedTruthAbi' ? ['challengedTruthAbi', 'reputerTruthAbi'] : [name]
  // The network is called by name through contract/calls.ts, any other contract by its own ABI.
  const users = sources.filter(
    (text) => name === 'topicNetworkAbi' || own.some((each) => text.includes(each)),
  )
  const verbs = abi.flatMap((item) =>
    item.type === 'function' && !['view', 'pure'].includes(item.stateMutability) ? item.name : [],
  )
  return [...new Set(verbs)].filter(
    (verb) => !(verb in (left[name] ?? {})) && !users.some((text) => text.includes(`'${verb}'`)),
  )
}

describe('the SDK', () => {
  for (const [name, abi] of Object.entries(abis)) {
    it(`has an action for every verb of ${name}`, () => {
      expect(uncalled(name, abi as Abi)).to.deep.equal([])
    })
  }
})

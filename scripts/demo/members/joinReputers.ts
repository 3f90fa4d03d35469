import type { AuspexClient } from '@auspex/sdk'
import { reputerTruthAbi } from '@auspex/sdk/abis'
import {
  connectReputer,
  createReputer,
  deskApp,
  fromReports,
  openDesk,
  saltKeyOf,
} from '@auspex/workers'
import type { DataSource, Endpoint, Journal, Reputer } from '@auspex/workers'
import { encodeFunctionData } from 'viem'
import type { Address } from 'viem'
import type { Chain, Member } from '../../../devnet/startChain.ts'
import { keyOf } from '../world/clientOf.ts'
import { tokens } from '../world/openMoney.ts'
import type { Money } from '../world/openMoney.ts'
import type { OpenedTopic } from '../world/openTopics.ts'
import { gateOf } from './gateOf.ts'
import { lieAbout, observeWith } from './observe.ts'

/**
 * So much that their truths are worth more than what may depend on them (see truthSecurity): with less at stake here, a
 * round's wagers would be exposed in part only.
 */
const STAKE = tokens(30_000)
const names = ['ada', 'ben', 'cid'] as const
/** Reports something else than it saw every so many rounds. */
const LIAR = 'cid'
const LIES_EVERY = 10n

export interface JoinedReputer {
  readonly name: string
  readonly address: Address
  readonly isLiar: boolean
  /** Staked in each topic, token base units. */
  readonly stake: bigint
  /** One node for each topic. */
  readonly nodes: readonly Reputer[]
  /** Where workers hand in. */
  readonly endpoint: Endpoint
}

/** Brings the reputers in: each serves all topics, and one of them lies about the truth now and then. */
export async function joinReputers(options: {
  chain: Chain
  money: Money
  clientOf: (member: Member) => Promise<AuspexClient>
  truth: Address
  topics: readonly OpenedTopic[]
  source: DataSource
  seed: number
  journal: Journal
}): Promise<JoinedReputer[]> {
  const { chain, money, clientOf, truth, topics, source, seed, journal } = options
  const reputers: JoinedReputer[] = []
  for (const [place, name] of names.entries()) reputers.push(await join(name, place))
  return reputers

  async function join(name: string, place: number): Promise<JoinedReputer> {
    const key = keyOf({ seed, owner: `reputer ${name}` })
    const member = chain.join(key)
    const client = await clientOf(member)
    const desk = openDesk({ file: ':memory:', durable: false })
    await stake(member, BigInt(place))

    const { chainId, network } = client
    const gates = topics.map((topic) => [topic.id, gateOf({ client, topic })] as const)
    const app = deskApp({
      place: { chainId, network },
      committer: member.address,
      topics: new Map(gates),
      desk,
      requestsPerMinute: Infinity,
    })

    const nodes = topics.map(({ id, question }) => {
      const seen = observeWith({ source, question })
      const observe =
        name === LIAR ? lieAbout({ question, observe: seen, every: LIES_EVERY }) : seen
      const saltKey = saltKeyOf(key)
      return createReputer({
        client,
        topic: id,
        desk,
        truth: fromReports(client, { address: truth, topic: id, observe, journal, saltKey }),
        batchAfterBps: 0n,
        shift: { place: BigInt(place), of: BigInt(names.length), seconds: 60n },
      })
    })

    return {
      name,
      address: member.address,
      isLiar: name === LIAR,
      stake: STAKE,
      nodes,
      endpoint: connectReputer({
        url: `http://${name}.reputer`,
        fetch: (url, init) => app.request(url, init),
      }),
    }
  }

  async function stake(member: Member, seat: bigint): Promise<void> {
    const amount = STAKE * BigInt(topics.length)
    await money.give({ to: member.address, amount })
    await money.allow({ member, spender: truth, amount })
    for (const { id } of topics) {
      const call = {
        abi: reputerTruthAbi,
        functionName: 'takeSeat',
        args: [id, seat, STAKE],
      } as const
      await member.send({ to: truth, data: encodeFunctionData(call) })
    }
  }
}

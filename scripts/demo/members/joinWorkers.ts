import { activate, deposit, signConsent, takeSeat } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { createWorker, predictWith, saltKeyOf } from '@auspex/workers'
import type { DataSource, Endpoint, Journal, Worker } from '@auspex/workers'
import type { CastMember } from '../cast/castOf.ts'
import type { Address } from 'viem'
import type { Chain, Member } from '../../../devnet/startChain.ts'
import { keyOf } from '../world/clientOf.ts'
import { tokens } from '../world/openMoney.ts'
import type { Money } from '../world/openMoney.ts'
import type { OpenedTopic } from '../world/openTopics.ts'
import type { Learner } from './learnPast.ts'

/** All begin with the same. */
export const STAKE = tokens(10_000)

export interface JoinedWorker {
  readonly name: string
  readonly kind: CastMember['kind']
  readonly address: Address
  /** Stake at the start, token base units. */
  readonly stake: bigint
  readonly node: Worker
  /** Makes the stake count and takes a seat, once the deposit's delay has passed. */
  sitDown(seat: number): Promise<void>
}

/** Brings a topic's workers in: a cold owner puts money behind the hot signer that predicts. */
export async function joinWorkers(options: {
  chain: Chain
  money: Money
  clientOf: (member: Member) => Promise<AuspexClient>
  topic: OpenedTopic
  learners: readonly Learner[]
  source: DataSource
  seed: number
  journal: Journal
  /** Each worker hands its predictions to one of them first. */
  reputers: readonly Endpoint[]
}): Promise<JoinedWorker[]> {
  const { chain, money, clientOf, learners, source, seed, journal } = options
  const { id: topic, question } = options.topic
  const workers: JoinedWorker[] = []
  for (const [place, learner] of learners.entries()) workers.push(await join(learner, place))
  return workers

  async function join(learner: Learner, place: number): Promise<JoinedWorker> {
    const { name, kind, confidence, forecaster } = learner
    const key = keyOf({ seed, owner: `signer of ${name} in ${question.name}` })
    const signer = await clientOf(chain.join(key))
    const holder = chain.join(keyOf({ seed, owner: `owner of ${name} in ${question.name}` }))
    const owner = await clientOf(holder)
    const worker = signer.account!
    // The demo's transactions are free, but a worker without coin does not commit what it might not be able to open.
    await chain.endow(worker)

    await money.give({ to: holder.address, amount: STAKE })
    const consent = await signConsent(signer, { topic, owner: holder.address })
    await deposit(owner, { topic, amount: STAKE, worker, consent })

    const node = createWorker({
      client: signer,
      topic,
      saltKey: saltKeyOf(key),
      journal,
      reputers: preferring(options.reputers, place),
      predict: predictWith({
        forecaster,
        source,
        confidence: BigInt(Math.round(confidence * 10_000)),
      }),
    })

    async function sitDown(seat: number): Promise<void> {
      await activate(owner, { topic, worker })
      await takeSeat(owner, { topic, worker, seat: BigInt(seat) })
    }
    return { name, kind, address: worker, stake: STAKE, node, sitDown }
  }
}

function preferring<Item>(items: readonly Item[], place: number): Item[] {
  return items.map((_, i) => items[(place + i) % items.length]!)
}

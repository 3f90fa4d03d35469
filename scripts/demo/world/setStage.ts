import { openJournal } from '@auspex/workers'
import type { Question } from '@auspex/workers/models'
import type { Address, Hex } from 'viem'
import { deployContract, deployNetwork } from '../../../devnet/deployNetwork.ts'
import { startChain } from '../../../devnet/startChain.ts'
import type { Member } from '../../../devnet/startChain.ts'
import { joinReputers } from '../members/joinReputers.ts'
import { joinWorkers } from '../members/joinWorkers.ts'
import type { Learner } from '../members/learnPast.ts'
import { openConsumer } from '../members/openConsumer.ts'
import { clientOf, keyOf } from './clientOf.ts'
import type { Calendar } from './openCalendar.ts'
import { openMoney } from './openMoney.ts'
import { openTopics } from './openTopics.ts'
import { SETUP } from './schedule.ts'
import type { Stage, StagedTopic } from './stage.ts'
import { truthTerms } from './truthTerms.ts'

/** What the demo deploys; the first `npm run compile` or `npm test` compiles the rest. */
export const sources = [
  'TopicNetwork',
  'TopicDesk',
  'truth/ReputerTruth',
  'mocks/TestToken',
  'examples/VolatilityLending',
].map((name) => `contracts/${name}.sol`)

/** Starts the chain, deploys the network, opens the topics, and brings everyone in. */
export async function setStage(options: {
  calendar: Calendar
  questions: readonly Question[]
  /** In the order of the questions. */
  learners: readonly (readonly Learner[])[]
  seed: number
  /** Whether chain time stands still for guests too, as it must where a clock is to move it. */
  isHeld?: boolean
}): Promise<Stage> {
  const { calendar, questions, learners, seed, isHeld = false } = options
  const { start, source } = calendar
  const chain = await startChain({ start: start - BigInt(SETUP), isHeld })
  const memberOf = (owner: string) => chain.join(keyOf({ seed, owner }))

  // Contracts
  const deployer = memberOf('deployer')
  const create = (code: Hex) => createWith({ deployer, code })
  const { network, token } = await deployNetwork({ create })
  const sink = memberOf('sink').address
  const terms = truthTerms({ token, network, sink })
  const truth = await deployContract({ name: 'ReputerTruth', create, args: [terms] })
  const money = openMoney({ token, printer: deployer })
  for (const holder of [network, truth, sink]) money.watch(holder)

  // Topics, and the nodes that serve them
  let logsFrom = 0n
  const open = { chain, network, token, logsFrom: () => logsFrom }
  const openClient = (member: Member) => clientOf({ ...open, member })
  const creator = await openClient(memberOf('creator'))
  const opened = await openTopics({ creator, money, questions, calendar, truth })
  // As old as the chain: nobody else has used these keys, so nobody has to be listened for.
  const journal = openJournal({ file: ':memory:', now: 0n, durable: false })
  const common = { chain, money, clientOf: openClient, source, seed, journal }
  const reputers = await joinReputers({ ...common, truth, topics: opened })
  const endpoints = reputers.map(({ endpoint }) => endpoint)
  const topics: StagedTopic[] = []
  for (const [i, topic] of opened.entries()) {
    topics.push({
      ...topic,
      workers: await joinWorkers({
        ...common,
        topic,
        learners: learners[i]!,
        reputers: endpoints,
      }),
    })
  }

  // Deposits count after their delay
  await chain.moveTo(chain.now() + topics[0]!.terms.activationDelay)
  for (const { workers } of topics) {
    for (const [seat, { sitDown }] of workers.entries()) await sitDown(seat)
  }

  return {
    chain,
    money,
    network,
    truth,
    observer: await openClient(memberOf('observer')),
    topics,
    reputers,
    consumer: await openConsumer({
      chain,
      network,
      topics,
      create,
      lender: deployer,
      borrower: memberOf('borrower'),
    }),
    turnPage() {
      logsFrom = chain.block()
    },
  }
}

async function createWith(contract: { deployer: Member; code: Hex }): Promise<Address> {
  const { contractAddress } = await contract.deployer.send({
    data: contract.code,
    gas: 16_000_000n,
  })
  if (!contractAddress) throw new Error('The chain created no contract')
  return contractAddress
}

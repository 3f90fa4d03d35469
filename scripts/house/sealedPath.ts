/*
 * One sealed prediction, played by the nodes that are shipped on a chain of its own, between the model's output and the
 * reading of the feed: the files of sdk and workers with a function that V8 saw entered, and the contract files with a
 * function body that the network executed, by a trace of its transactions.
 */
import { activate, createTopic, deposit, readForecast, takeSeat } from '@auspex/sdk'
import type { Forecast } from '@auspex/sdk'
import * as Schedule from '@auspex/sdk/maths'
import {
  connectReputer,
  createLog,
  createReputer,
  createWorker,
  deskApp,
  fromFeed,
  gateOf,
  openDesk,
  openJournal,
  predictWith,
  saltKeyOf,
} from '@auspex/workers'
import { createRecordedSource } from '@auspex/workers/models'
import { parseAbi } from 'viem'
import type { Address, Hex } from 'viem'
import { deployAll } from '../../devnet/deployAll.ts'
import { keyOf, startChain } from '../../devnet/startChain.ts'
import type { Chain } from '../../devnet/startChain.ts'
import { termsOf } from '../../devnet/termsOf.ts'
import { contractFilesIn, traceOf } from './contractFiles.ts'
import { recordCoverage } from './enteredFiles.ts'
import type { EnteredFile } from './enteredFiles.ts'

const STAKE = 1_000n * 10n ** 18n
const VALUE = 101

type SealedPath = { files: EnteredFile[]; contracts: string[] }

/** Plays the round and measures its way. Throws where the feed does not show what the model said. */
export async function sealedPath(): Promise<SealedPath> {
  const chain = await startChain()
  const [ownerKey, workerKey, reputerKey] = ['owner', 'worker', 'reputer'].map(keyOf)
  const owner = chain.join(ownerKey!)
  const { network, truth, clientOf, give } = await deployAll(chain, owner)

  /** Transactions of the round, which are traced afterwards. */
  const sent: Hex[] = []
  const nodeOf = async (key: Hex) => {
    const member = chain.join(key)
    await chain.endow(member.address)
    await give(member)
    const client = await clientOf(member)
    const send: typeof client.send = async (transaction) => {
      const receipt = await member.send(transaction)
      sent.push(receipt.transactionHash)
      return receipt
    }
    return { ...client, send }
  }
  const worker = await nodeOf(workerKey!)
  const reputer = await nodeOf(reputerKey!)

  // A topic with one seat taken
  const start = chain.now() + 86_400n
  const terms = termsOf({ truth, start, minWorkers: 1n })
  const { topic } = await createTopic(worker, terms)
  await deposit(worker, { topic, amount: STAKE })
  await chain.moveTo(chain.now() + terms.activationDelay)
  await activate(worker, { topic, worker: worker.account! })
  await takeSeat(worker, { topic, worker: worker.account!, seat: 0n })

  // The nodes
  const log = createLog({ level: 'error' })
  const recorder = await recordCoverage()
  const desk = openDesk({ file: ':memory:' })
  const app = deskApp({
    place: { chainId: chain.id, network },
    committer: reputer.account!,
    topics: new Map([[topic, gateOf(reputer, { topic, freshMs: 0 })]]),
    desk,
    log,
  })
  const collector = createReputer({
    client: reputer,
    topic,
    desk,
    truth: fromFeed(reputer, { address: truth }),
    batchAfterBps: 0n,
    log,
  })
  const predictor = createWorker({
    client: worker,
    topic,
    saltKey: saltKeyOf(workerKey!),
    log,
    journal: openJournal({ file: ':memory:', now: 0n }),
    reputers: [
      connectReputer({ url: 'http://reputer', fetch: (url, init) => app.request(url, init) }),
    ],
    predict: predictWith({
      forecaster: {
        name: 'outspoken',
        fit: () => {},
        predict: async () => {
          sent.length = 0
          await recorder.begin()
          return VALUE
        },
      },
      source: createRecordedSource({ name: 'one bar', bars: [bar(Number(start))] }),
      confidence: 10_000n,
    }),
  })

  // The round
  for (const at of [start, Schedule.revealTime(terms, 0n), Schedule.publishTime(terms, 0n)]) {
    await chain.moveTo(at)
    await predictor.tick()
    await collector.tick()
  }
  const forecast = await readForecast(worker, { topic })
  const files = await recorder.end()
  requireSaid(forecast)

  const contracts = await contractsOf({ chain, network, sent })
  await chain.close()
  return { files, contracts }
}

/** The contract files that transactions to the network passed, its desk's included. */
async function contractsOf(options: {
  chain: Chain
  network: Address
  sent: readonly Hex[]
}): Promise<string[]> {
  const { chain, network, sent } = options
  const abi = parseAbi(['function desk() view returns (address)'])
  const desk = await chain.public.readContract({ address: network, abi, functionName: 'desk' })
  const traces = await Promise.all(
    sent.map(async (hash) => ({ to: network, trace: await traceOf(chain.request, hash) })),
  )
  return contractFilesIn({
    traces,
    deployed: [
      { name: 'TopicNetwork', address: network },
      { name: 'TopicDesk', address: desk },
    ],
  })
}

function bar(time: number) {
  return { time, open: VALUE, high: VALUE, low: VALUE, close: VALUE, volume: 1 }
}

function requireSaid({ value, isUsable }: Forecast): void {
  if (isUsable && value === BigInt(VALUE) * 10n ** 18n) return
  throw new Error(`The model said ${VALUE}, and the feed shows ${value} (usable: ${isUsable})`)
}

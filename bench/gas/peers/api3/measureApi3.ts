import {
  Api3ReaderProxyV1__factory as Reader,
  Api3ServerV1__factory as Server,
} from '@api3/contracts'
import { encodeFunctionData } from 'viem'
import type { Address, Hex } from 'viem'
import { at } from '../../../lib/checks.ts'
import type { Chain, Cost } from '../../chain.ts'
import { probeRead } from '../../measure/probeRead.ts'
import type { PeerFigures, PeerRead, PeerUpdate } from '../PeerFigures.ts'
import { deployApi3 } from './deployApi3.ts'
import type { Api3 } from './deployApi3.ts'
import { encodeSetUpdate, setIdOf, signBeacons } from './signBeacons.ts'
import type { SignedBeacon } from './signBeacons.ts'

/** By then no slot is written for the first time any more. */
const WARM_AFTER = 3
const CADENCE = 60n
const SOURCE = 'npm @api3/contracts 34.0.0 (MIT), its own bytecode'

const { abi } = Server

type Beacons = readonly SignedBeacon[]

/**
 * API3's server: every source signs its own value, which is checked and stored in a slot of its own, a beacon; a beacon
 * set takes the median of its beacons, in the same transaction.
 */
export async function measureApi3({
  chain,
  sizes,
}: {
  chain: Chain
  sizes: readonly number[]
}): Promise<PeerFigures> {
  const api3 = await deployApi3(chain)
  const one = { name: 'API3 beacon', encode: (beacons: Beacons) => at(beacons, 0).data }
  const set = { name: 'API3 beacon set by multicall', encode: encodeSetUpdate }
  const updates = [await measureUpdate({ chain, api3, ...one, count: 1 })]
  for (const count of sizes) {
    updates.push(await measureUpdate({ chain, api3, ...set, count }))
  }
  const reads = await measureReads({ chain, api3, count: Math.max(...sizes) })

  return { updates, reads }
}

async function measureUpdate({
  chain,
  api3: { server },
  name,
  count,
  encode,
}: {
  chain: Chain
  api3: Api3
  name: string
  count: number
  encode: (beacons: Beacons) => Hex
}): Promise<PeerUpdate> {
  const { keeper, now, goTo, measure } = chain
  let cost: Cost = { gas: 0, calldata: 0 }
  for (let update = 0; update <= WARM_AFTER; update += 1) {
    await goTo(now() + CADENCE)
    const beacons = await signBeacons({ count, update, now: now() })
    const sent = await measure(() => keeper.send({ to: server, data: encode(beacons) }))
    cost = sent.cost
  }

  return { name, contributors: count, signatures: count, ...cost, values: true, source: SOURCE }
}

/** From the server by the feed's id, through the reader that consumers are given, and as a Chainlink feed. */
async function measureReads({
  chain: { keeper, now },
  api3: { server, reader, readerName },
  count,
}: {
  chain: Chain
  api3: Api3
  count: number
}): Promise<PeerRead[]> {
  const beacons = await signBeacons({ count, update: 0, now: now() })
  const id = setIdOf(beacons)
  const setName = { abi, functionName: 'setDapiName', args: [readerName, id] } as const
  await keeper.send({ to: server, data: encodeFunctionData(setName) })

  const byId = { abi, functionName: 'readDataFeedWithId', args: [id] } as const
  const probe = async (name: string, to: Address, data: Hex): Promise<PeerRead> => ({
    name,
    ...(await probeRead({ reader: keeper.public, to, data })),
    source: SOURCE,
  })
  const throughReader = (functionName: 'read' | 'latestRoundData') =>
    encodeFunctionData({ abi: Reader.abi, functionName })

  return [
    await probe('API3 server, by id', server, encodeFunctionData(byId)),
    await probe('API3 reader, read', reader, throughReader('read')),
    await probe('API3 reader, latestRoundData', reader, throughReader('latestRoundData')),
  ]
}

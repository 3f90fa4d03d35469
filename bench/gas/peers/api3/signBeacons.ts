import { Api3ServerV1__factory as Server } from '@api3/contracts'
import { concat, encodeAbiParameters, encodeFunctionData, encodePacked, keccak256 } from 'viem'
import type { Address, Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { draw } from '../../../lib/random.ts'
import { keyOf } from '../../chain.ts'

const ONE = 10n ** 18n
/** So many seconds ago the oldest of an update's values was signed, at most. */
const AGE = 30n
const TEMPLATE = keccak256('0x')

export type SignedBeacon = {
  id: Hex
  value: bigint
  /** the call that checks the signature and stores the value */
  data: Hex
}

/** What so many sources say in an update: each a value between 98 and 102, signed by itself, at a moment of its own. */
export function signBeacons({
  count,
  update,
  now,
}: {
  count: number
  update: number
  now: bigint
}): Promise<SignedBeacon[]> {
  return Promise.all(
    Array.from({ length: count }, (_, i) => signBeacon({ source: i, update, now })),
  )
}

async function signBeacon({
  source,
  update,
  now,
}: {
  source: number
  update: number
  now: bigint
}): Promise<SignedBeacon> {
  const label = `source ${source} in update ${update}`
  const account = privateKeyToAccount(keyOf(`source ${source}`))
  const value = 98n * ONE + draw({ label: `value of ${label}`, limit: 4n * ONE })
  const timestamp = now - draw({ label: `age of ${label}`, limit: AGE })
  const said = encodeAbiParameters([{ type: 'int256' }], [value])
  const message = encodePacked(['bytes32', 'uint256', 'bytes'], [TEMPLATE, timestamp, said])
  const signature = await account.signMessage({ message: { raw: keccak256(message) } })
  const args = [account.address, TEMPLATE, timestamp, said, signature] as const
  const call = { abi: Server.abi, functionName: 'updateBeaconWithSignedData', args } as const

  return { id: idOf(account.address), value, data: encodeFunctionData(call) }
}

function idOf(source: Address): Hex {
  return keccak256(concat([source, TEMPLATE]))
}

/** A beacon set goes by the hash of its beacons. */
export function setIdOf(beacons: readonly SignedBeacon[]): Hex {
  const ids = beacons.map(({ id }) => id)

  return keccak256(encodeAbiParameters([{ type: 'bytes32[]' }], [ids]))
}

/** One transaction that updates all beacons, and then the set with their median. */
export function encodeSetUpdate(beacons: readonly SignedBeacon[]): Hex {
  const { abi } = Server
  const ids = beacons.map(({ id }) => id)
  const median = { abi, functionName: 'updateBeaconSetWithBeacons', args: [ids] } as const
  const calls = [...beacons.map(({ data }) => data), encodeFunctionData(median)]

  return encodeFunctionData({ abi, functionName: 'multicall', args: [calls] })
}

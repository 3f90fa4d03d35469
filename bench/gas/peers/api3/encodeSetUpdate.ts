import { Api3ServerV1__factory as Server } from '@api3/contracts'
import { encodeFunctionData } from 'viem'
import type { Hex } from 'viem'
import type { SignedBeacon } from './signBeacons.ts'

/** One transaction that updates all beacons, and then the set with their median. */
export function encodeSetUpdate(beacons: readonly SignedBeacon[]): Hex {
  const { abi } = Server
  const ids = beacons.map(({ id }) => id)
  const median = { abi, functionName: 'updateBeaconSetWithBeacons', args: [ids] } as const
  const calls = [...beacons.map(({ data }) => data), encodeFunctionData(median)]

  return encodeFunctionData({ abi, functionName: 'multicall', args: [calls] })
}

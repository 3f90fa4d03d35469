import { keccak256, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { PrivateKeyAccount } from 'viem/accounts'
import type { Topic } from '../panel/Panel.ts'

/** A key for every worker of a topic; the same name always has the same one. */
export function workersOf({ rounds }: Topic): Map<string, PrivateKeyAccount> {
  const names = new Set(rounds.flatMap(({ entries }) => entries.map(({ worker }) => worker)))

  return new Map(
    [...names].map((name) => [name, privateKeyToAccount(keccak256(toHex(`worker ${name}`)))]),
  )
}

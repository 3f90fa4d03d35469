import { createAuspex } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { keccak256, toHex } from 'viem'
import type { Address, Hex } from 'viem'
import type { Chain, Member } from '../../../devnet/startChain.ts'

/** The demo's keys follow from its seed: not for anything of value. */
export function keyOf({ seed, owner }: { seed: number; owner: string }): Hex {
  return keccak256(toHex(`auspex demo, seed ${seed}: ${owner}`))
}

/**
 * A member's client. Writes are not tried by a call first: a refusal is explained after it happened.
 * Logs are searched from `logsFrom` on, which moves with the days, as no round outlives its own.
 */
export async function clientOf(options: {
  chain: Chain
  network: Address
  token: Address
  member: Member
  logsFrom: () => bigint
}): Promise<AuspexClient> {
  const { chain, network, token, member, logsFrom } = options
  const client = await createAuspex({
    network,
    token,
    chainId: chain.id,
    publicClient: chain.public,
    account: member.address,
    simulate: false,
    send: member.send,
    signTypedData: (data) => member.account.signTypedData(data),
    now: async () => chain.now(),
  })
  return Object.defineProperty(client, 'fromBlock', { get: logsFrom })
}

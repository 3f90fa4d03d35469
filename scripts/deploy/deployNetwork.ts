import type { Address } from 'viem'
import { deployContract } from './deployContract.ts'
import type { Create } from './deployContract.ts'

/** Deploys the network for a token; where none is named, for a test token that anyone may print. */
export async function deployNetwork(options: {
  create: Create
  token?: Address
}): Promise<{ network: Address; token: Address }> {
  const { create } = options
  const token =
    options.token ??
    (await deployContract({ name: 'TestToken', create, args: ['Auspex test token', 'TEST'] }))
  const desk = await deployContract({ name: 'TopicDesk', create, args: [token] })
  const network = await deployContract({ name: 'TopicNetwork', create, args: [desk] })

  return { network, token }
}

import { isAddress } from 'viem'
import type { Address } from 'viem'

/** Where Auspex lives on a chain. */
export type Deployment = {
  chainId: number
  network: Address
  token: Address
  /** Block the network was deployed in: where logs begin. */
  fromBlock: bigint
  /** Truth sources and feeds by name, where they are known. */
  contracts: { readonly [name: string]: Address }
}

/** Known deployments by chain id. There is none on a public chain yet. */
export const deployments: { readonly [chainId: number]: Deployment } = {}

/** A deployment of your own, its addresses checked; spread it into createAuspex. */
export function defineDeployment({
  fromBlock = 0n,
  contracts = {},
  ...deployment
}: Pick<Deployment, 'chainId' | 'network' | 'token'> & Partial<Deployment>): Readonly<Deployment> {
  const addresses = { network: deployment.network, token: deployment.token, ...contracts }
  for (const [name, address] of Object.entries(addresses)) {
    if (!isAddress(address)) throw new TypeError(`${name} is no address: ${address}`)
  }
  return Object.freeze({ ...deployment, fromBlock, contracts: Object.freeze({ ...contracts }) })
}

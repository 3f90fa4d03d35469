import { encodeDeployData } from 'viem'
import type { Address, Hex } from 'viem'
import { readArtifact } from './readArtifact.ts'

/** Sends a contract's creation code and waits for its address. */
export type Create = (code: Hex) => Promise<Address>

/** Deploys a contract by name. */
export async function deployContract(contract: {
  name: string
  create: Create
  args?: readonly unknown[]
}): Promise<Address> {
  const { name, create, args = [] } = contract
  const { abi, bytecode } = await readArtifact({ name })

  return create(encodeDeployData({ abi, bytecode, args }))
}

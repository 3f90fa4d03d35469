import { concat, encodeDeployData, slice } from 'viem'
import type { Address, Hex } from 'viem'
import { readArtifact } from './readArtifact.ts'
import type { Artifact } from './readArtifact.ts'

/** Sends a contract's creation code and waits for its address. */
export type Create = (code: Hex) => Promise<Address>

/** Deploys a contract by name, and before it the libraries it is linked with. */
export async function deployContract(contract: {
  name: string
  create: Create
  args?: readonly unknown[]
}): Promise<Address> {
  const { name, create, args = [] } = contract
  const artifact = await readArtifact({ name })
  const bytecode = await link({ artifact, create })

  return create(encodeDeployData({ abi: artifact.abi, bytecode, args }))
}

async function link({ artifact, create }: { artifact: Artifact; create: Create }): Promise<Hex> {
  let { bytecode } = artifact
  for (const libraries of Object.values(artifact.linkReferences)) {
    for (const [name, places] of Object.entries(libraries)) {
      const address = await deployContract({ name, create })
      for (const place of places) bytecode = fill({ bytecode, place, address })
    }
  }
  return bytecode
}

function fill(hole: { bytecode: Hex; place: { start: number; length: number }; address: Address }) {
  const { bytecode, place, address } = hole
  const { start, length } = place
  return concat([slice(bytecode, 0, start), address, slice(bytecode, start + length)])
}

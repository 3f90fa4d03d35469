import hre from 'hardhat'
import type { Address } from 'viem'

type Deploy = (
  name: string,
  args: unknown[],
  options: { libraries: Record<string, Address> },
) => Promise<{ address: Address }>

/** Deploys a contract and, before it, the libraries it is linked to. */
export async function deployLinked({
  deploy,
  name,
  args = [],
}: {
  deploy: Deploy
  name: string
  args?: unknown[]
}): Promise<Address> {
  const { linkReferences } = await hre.artifacts.readArtifact(name)
  const linked = Object.values(linkReferences).flatMap((contracts) => Object.keys(contracts))
  const libraries: Record<string, Address> = {}
  for (const library of linked) libraries[library] = await deployLinked({ deploy, name: library })

  return (await deploy(name, args, { libraries })).address
}

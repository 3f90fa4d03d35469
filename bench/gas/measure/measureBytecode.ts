import hre from 'hardhat'
import { size } from 'viem'
import type { Abi, Hex } from 'viem'

const OURS = /^contracts\/(?!mocks\/)/

/** Bytes of code of every contract that is deployed: what has functions to call from outside, or is linked to by such. */
export async function measureBytecode(): Promise<Record<string, number>> {
  const names = [...(await hre.artifacts.getAllFullyQualifiedNames())].filter((name) =>
    OURS.test(name),
  )
  const artifacts = await Promise.all(names.sort().map((name) => hre.artifacts.readArtifact(name)))
  const linked = new Set(
    artifacts.flatMap(({ linkReferences }) => Object.values(linkReferences).flatMap(Object.keys)),
  )
  const deployed = artifacts.filter(
    ({ contractName, deployedBytecode, abi }) =>
      deployedBytecode !== '0x' &&
      (linked.has(contractName) || (abi as Abi).some(({ type }) => type === 'function')),
  )

  return Object.fromEntries(
    deployed.map(({ contractName, deployedBytecode }) => [
      contractName,
      size(deployedBytecode as Hex),
    ]),
  )
}

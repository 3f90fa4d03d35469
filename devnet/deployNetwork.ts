import { glob, readFile } from 'node:fs/promises'
import { encodeDeployData } from 'viem'
import type { Abi, Address, Hex } from 'viem'

/** Sends a contract's creation code and waits for its address. */
export type Create = (code: Hex) => Promise<Address>

interface Artifact {
  readonly abi: Abi
  readonly bytecode: Hex
}

const folder = new URL('../artifacts/contracts/', import.meta.url)

/** Deploys the network for a token; where none is named, for a test token that anyone may mint. */
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

/** A compiled contract by name, as `npm run compile` left it. */
export async function readArtifact({ name }: { name: string }): Promise<Artifact> {
  for await (const file of glob(`**/${name}.json`, { cwd: folder })) {
    return JSON.parse(await readFile(new URL(file, folder), 'utf8')) as Artifact
  }
  throw new Error(`${name} is not compiled. Run \`npm run compile\` and try again.`)
}

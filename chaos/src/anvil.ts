/* A chain in a process of its own, with the network on it and time that leaps when a test says so. */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { createTestClient, createWalletClient, encodeFunctionData, http, publicActions } from 'viem'
import type { Address, Hex } from 'viem'
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'
import { deployContract, deployNetwork, readArtifact } from '../../devnet/deployNetwork.ts'
import { termsOf } from '../../devnet/termsOf.ts'
import { activate, createAuspex, createTopic, deposit, takeSeat } from '@auspex/sdk'
import type { AuspexClient, TopicParams } from '@auspex/sdk'

const MNEMONIC = 'test test test test test test test test test test test junk'
const CHAIN_ID = 31337
const ONE = 10n ** 18n

export type Anvil = Awaited<ReturnType<typeof startAnvil>>

/** Starts anvil on a free port; undefined where it is not installed. */
export async function startAnvil() {
  const binary = findBinary()
  if (binary === undefined) return undefined

  const port = await freePort()
  const args = ['--port', String(port), '--silent', '--accounts', '20']
  const child = spawn(binary, args, { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  const chain = createTestClient({
    mode: 'anvil',
    transport: http(url),
    pollingInterval: 20,
  }).extend(publicActions)
  await answering(() => chain.getChainId())
  return { url, port, chain, chainId: CHAIN_ID, stop: () => void child.kill('SIGKILL') }
}

function findBinary(): string | undefined {
  const { platform, arch } = process
  const name = `@foundry-rs/anvil-${platform}-${arch === 'x64' ? 'amd64' : arch}`
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/anvil`)
  } catch {
    return undefined
  }
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

async function answering(ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const isUp = await ask().then(
      () => true,
      () => false,
    )
    if (isUp) return
    await pause(25)
  }
  throw new Error('anvil does not answer')
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Waits until a condition holds. */
export async function until(what: string, holds: () => Promise<boolean>, limitMs = 20_000) {
  const end = Date.now() + limitMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms in vain: ${what}`)
    await pause(20)
  }
}

/** The private key of one of anvil's funded accounts. */
export function keyOf(index: number): Hex {
  const { privateKey } = mnemonicToAccount(MNEMONIC, { addressIndex: index }).getHdKey()
  return `0x${Buffer.from(privateKey!).toString('hex')}`
}

/** The network, its token, and a feed anyone may write with its truth source. */
export async function deployOn(
  { url, chain }: NonNullable<Anvil>,
  { tokenName }: { tokenName?: 'StrictToken' } = {},
) {
  const account = privateKeyToAccount(keyOf(0))
  const wallet = createWalletClient({ account, transport: http(url), pollingInterval: 20 })

  async function receiptOf(hash: Hex) {
    return chain.waitForTransactionReceipt({ hash, pollingInterval: 20 })
  }
  async function create(code: Hex): Promise<Address> {
    const hash = await wallet.sendTransaction({ data: code, chain: null })
    return (await receiptOf(hash)).contractAddress!
  }
  async function write(name: string, to: Address, functionName: string, args: readonly unknown[]) {
    const { abi } = await readArtifact({ name })
    const data = encodeFunctionData({ abi, functionName, args })
    await receiptOf(await wallet.sendTransaction({ to, data, chain: null }))
  }

  const named = tokenName && { token: await deployContract({ name: tokenName, create, args: [] }) }
  const { network, token } = await deployNetwork({ create, ...named })
  const feed = await deployContract({ name: 'MockAggregator', create, args: [18, 'a price'] })
  const history = [
    [0n, 0n],
    [1n, 2n],
  ]
  await write('MockAggregator', feed, 'pushMany', history)
  const truth = await deployContract({ name: 'FeedTruth', create, args: [feed, 10n ** 9n] })

  async function clientOf(index: number): Promise<AuspexClient> {
    const signer = privateKeyToAccount(keyOf(index))
    const walletClient = createWalletClient({ account: signer, transport: http(url) })
    await write('TestToken', token, 'mint', [signer.address, 1_000_000n * ONE])
    const publicClient = chain as never
    return createAuspex({ network, token, publicClient, walletClient, chainId: CHAIN_ID })
  }
  const push = (value: bigint, time: bigint) => write('MockAggregator', feed, 'push', [value, time])
  return { network, token, feed, truth, clientOf, push }
}

export type Deployed = Awaited<ReturnType<typeof deployOn>>

/** Lets chain time leap forward to a moment. */
export async function leapTo({ chain }: NonNullable<Anvil>, time: bigint): Promise<void> {
  await chain.setNextBlockTimestamp({ timestamp: time })
  await chain.mine({ blocks: 1 })
}

/** A topic with short windows whose first rounds wait for a leap. */
export async function openTopic(
  anvil: NonNullable<Anvil>,
  { truth, clientOf }: Deployed,
  changes: Partial<TopicParams> = {},
) {
  const { timestamp } = await anvil.chain.getBlock()
  const params = termsOf({
    description: 'A price',
    truth,
    start: timestamp + 10_000n,
    cadence: 1000n,
    commitWindow: 200n,
    revealWindow: 200n,
    lead: 100n,
    horizon: 800n,
    truthWindow: 800n,
    activationDelay: 10n,
    unstakeDelay: 10n,
    minWorkers: 1n,
    minWager: 1n,
    minStake: ONE,
    max: 100_000n * ONE,
    ...changes,
  })
  const creator = await clientOf(0)
  const { topic } = await createTopic(creator, params)
  return { topic, params, creator }
}

/** Puts stake behind workers and seats them, each its own owner. */
export async function seatWorkers(
  anvil: NonNullable<Anvil>,
  { topic, workers }: { topic: Hex; workers: readonly AuspexClient[] },
): Promise<void> {
  for (const worker of workers) await deposit(worker, { topic, amount: 1000n * ONE })
  const { timestamp } = await anvil.chain.getBlock()
  await leapTo(anvil, timestamp + 20n)
  for (const [i, client] of workers.entries()) {
    const worker = client.account!
    await activate(client, { topic, worker })
    await takeSeat(client, { topic, worker, seat: BigInt(i) })
  }
}

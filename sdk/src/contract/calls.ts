import { encodeFunctionData } from 'viem'
import type {
  Abi as AnyAbi,
  Address,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
  Hex,
  TransactionReceipt,
} from 'viem'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'
import type { AuspexClient, Transaction } from '../client/createAuspex.ts'
import { AuspexError, explain } from './errors.ts'

type Abi = typeof topicNetworkAbi
type Mutating = 'nonpayable' | 'payable'
export type WriteName = ContractFunctionName<Abi, Mutating>

/** The calldata of a call to the network, numbers given as bigints. */
export function encodeCall<const name extends WriteName>(
  functionName: name,
  args: Onchain<ContractFunctionArgs<Abi, Mutating, name>>,
): Hex {
  // The encoder takes bigints for small numbers as well; only its types insist on plain ones.
  return encodeFunctionData({ abi: topicNetworkAbi, functionName, args } as never)
}

/** Several calls as one: all of them or none. */
export function encodeMulticall({ calls }: { calls: readonly Hex[] }): Hex {
  return encodeCall('multicall', [calls])
}

/** A call, and what has to go before it in the same transaction. */
export function following(before: readonly Hex[], call: Hex): Hex {
  return before.length === 0 ? call : encodeMulticall({ calls: [...before, call] })
}

/**
 * A value as this SDK speaks of it: every on-chain number a bigint, where the ABI tools give small
 * ones as plain numbers.
 */
export type Onchain<T> = T extends number
  ? bigint
  : T extends string | bigint | boolean | undefined
    ? T
    : { [key in keyof T]: Onchain<T[key]> }

/** Turns every number inside a decoded value into a bigint. */
export function onchain<T>(value: T): Onchain<T> {
  return convert(value) as Onchain<T>
}

function convert(value: unknown): unknown {
  if (typeof value === 'number') return BigInt(value)
  if (Array.isArray(value)) return value.map(convert)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, convert(entry)]))
}

type Reading = 'view' | 'pure'
type ReadName = ContractFunctionName<Abi, Reading>
type ReadArgs<name extends ReadName> = ContractFunctionArgs<Abi, Reading, name>

/** Reads from the network contract, numbers as bigints, refusals in words. */
export async function readNetwork<const name extends ReadName>(
  client: AuspexClient,
  functionName: name,
  args: Onchain<ReadArgs<name>>,
): Promise<Onchain<ContractFunctionReturnType<Abi, Reading, name>>> {
  return readFrom(client, networkOf(client), functionName, args)
}

/** Tries a transaction by a call, sends it, and says in words why it was refused. */
export async function write(
  client: AuspexClient,
  transaction: Transaction,
): Promise<TransactionReceipt> {
  if (client.simulate) await tryOut(client, transaction, 'pending')

  const receipt = await client.send(transaction).catch((error) => {
    throw explain(error)
  })
  if (receipt.status === 'reverted') await explainRevert(client, transaction, receipt)
  return receipt
}

/** Only a refusal counts: a node that cannot answer such calls does not keep anybody from sending. */
async function tryOut(
  client: AuspexClient,
  { to, data, gas }: Transaction,
  block: 'pending' | bigint,
): Promise<void> {
  const at = typeof block === 'bigint' ? { blockNumber: block } : { blockTag: block }
  const limit = gas !== undefined && { gas }
  const account = client.account !== undefined && { account: client.account }
  const failure = await client.public.call({ to, data, ...limit, ...account, ...at }).then(
    () => undefined,
    (error: unknown) => explain(error),
  )
  if (failure instanceof AuspexError) throw failure
}

async function explainRevert(
  client: AuspexClient,
  transaction: Transaction,
  { blockNumber, transactionHash }: TransactionReceipt,
): Promise<never> {
  await tryOut(client, transaction, blockNumber)
  throw new AuspexError(
    'Reverted',
    { transactionHash },
    `Transaction ${transactionHash} was reverted and the chain does not say why. It ran out of gas, or what it found has changed since: look at the round again, and try with a higher gas limit.`,
  )
}

/** A call to the network, ready to be sent alone or with others, and what came of it once it is mined. */
export type Prepared<Result> = { data: Hex; resultOf: (receipt: TransactionReceipt) => Result }

/** Sends a prepared call in a transaction of its own. */
export async function sendPrepared<Result>(
  client: AuspexClient,
  { data, resultOf }: Prepared<Result>,
): Promise<Result> {
  return resultOf(await write(client, { to: client.network, data }))
}

/* ANY CONTRACT: truth sources, arbiters, feeds, and the network by its ABI */

export type Target<abi extends AnyAbi> = { abi: abi; address: Address }

/** The network as a contract among others. */
export function networkOf({ network }: AuspexClient): Target<Abi> {
  return { abi: topicNetworkAbi, address: network }
}

/** Sends a call to a contract, numbers given as bigints, refusals in words. */
export async function sendTo<
  const abi extends AnyAbi,
  const name extends ContractFunctionName<abi, 'nonpayable'>,
>(
  client: AuspexClient,
  { abi, address }: Target<abi>,
  functionName: name,
  args: Onchain<ContractFunctionArgs<abi, 'nonpayable', name>>,
): Promise<TransactionReceipt> {
  // The encoder takes bigints for small numbers as well; only its types insist on plain ones.
  const data = encodeFunctionData({ abi, functionName, args } as never)
  return write(client, { to: address, data })
}

/** Reads from a contract, numbers as bigints, refusals in words. */
export async function readFrom<
  const abi extends AnyAbi,
  const name extends ContractFunctionName<abi, Reading>,
>(
  client: AuspexClient,
  { abi, address }: Target<abi>,
  functionName: name,
  args: Onchain<ContractFunctionArgs<abi, Reading, name>>,
): Promise<Onchain<ContractFunctionReturnType<abi, Reading, name>>> {
  const call = { address, abi, functionName, args }
  const result = await client.public.readContract(call as never).catch((error: unknown) => {
    throw explain(error)
  })
  return onchain(result) as Onchain<ContractFunctionReturnType<abi, Reading, name>>
}

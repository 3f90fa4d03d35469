import type { TransactionReceipt, Hex } from 'viem'
import type { AuspexClient, Transaction } from '../client/createAuspex.ts'
import { AuspexError, explain } from './errors.ts'

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

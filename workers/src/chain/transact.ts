import { AuspexError, explain } from '@auspex/sdk'
import type { AuspexClient, Transaction } from '@auspex/sdk'

/** Tries a transaction to any contract by a call, sends it, and says in words why it was refused. */
export async function transact(client: AuspexClient, transaction: Transaction): Promise<void> {
  const { account } = client
  const call = { ...transaction, ...(account && { account }), blockTag: 'pending' } as const
  if (client.simulate) await client.public.call(call).catch((error) => refuse(error))

  const receipt = await client.send(transaction).catch((error) => refuse(error))
  if (receipt.status === 'success') return
  const { transactionHash } = receipt
  throw new AuspexError(
    'Reverted',
    { transactionHash },
    `Transaction ${transactionHash} was reverted.`,
  )
}

function refuse(error: unknown): never {
  throw explain(error)
}

import { approve } from './actions/approve.ts'
import { accountOf } from './client.ts'
import type { AuspexClient } from './client.ts'
import { getAllowance } from './reads/getAllowance.ts'

/**
 * How `fund` and `deposit` see to the allowance: `'exact'` approves the amount where too little is approved, a number
 * approves that much instead and so spares later approvals, `'never'` leaves it to the caller and asks nothing.
 */
export type Approval = 'exact' | 'never' | bigint

export async function approveIfNeeded(
  client: AuspexClient,
  { amount, approval }: { amount: bigint; approval: Approval },
): Promise<void> {
  if (approval === 'never') return
  const allowance = await getAllowance(client, { account: accountOf(client) })
  if (allowance >= amount) return
  await approve(client, { amount: approval === 'exact' ? amount : approval })
}

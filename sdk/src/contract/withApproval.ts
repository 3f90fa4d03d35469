import { encodeFunctionData } from 'viem'
import type { Address } from 'viem'
import { erc20Abi } from '../abis/erc20Abi.ts'
import { accountOf } from '../client/createAuspex.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { AuspexError } from './errors.ts'
import { getToken } from '../reads/getToken.ts'
import { write } from './calls.ts'

/**
 * How `fund` and `deposit` see to the allowance: `'exact'` approves the amount where too little is approved, a number
 * approves that much instead and so spares later approvals, `'never'` leaves it to the caller and asks nothing.
 */
export type Approval = 'exact' | 'never' | bigint

/**
 * Calls what takes `amount` (base units) of the caller's tokens, with an allowance that covers it. One that was given for a
 * call that is then refused is taken back, so that nothing is left approved; where it is not known what became of the call,
 * it stays. Tokens that change an allowance only from or to zero are served by way of zero.
 */
export async function withApproval<result>(
  client: AuspexClient,
  options: {
    amount: bigint
    approval: Approval
    /** Who takes the tokens, and which: the network and its token if omitted. */
    spender?: Address
    token?: Address
  },
  call: () => Promise<result>,
): Promise<result> {
  const { amount, approval, spender = client.network } = options
  if (approval === 'never') return call()

  const token = options.token ?? (await getToken(client))
  const allowance = await client.public.readContract({
    address: token,
    abi: erc20Abi,
    functionName: 'allowance',
    args: [accountOf(client), spender],
  })
  if (allowance >= amount) return call()

  const approve = (units: bigint) =>
    write(client, {
      to: token,
      data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, units] }),
    })
  await approveFrom(allowance, approval === 'exact' ? amount : approval)
  try {
    return await call()
  } catch (error) {
    if (error instanceof AuspexError) await approve(0n)
    throw error
  }

  async function approveFrom(before: bigint, wanted: bigint): Promise<void> {
    if (before === 0n) return void (await approve(wanted))
    try {
      await approve(wanted)
    } catch (error) {
      if (!isRefusal(error)) throw error
      await approve(0n)
      await approve(wanted)
    }
  }
}

/** A token may refuse in words of its own, or in none. */
function isRefusal(error: unknown): boolean {
  return error instanceof AuspexError || /revert/i.test((error as Error).message)
}

import type { Address, PublicClient } from 'viem'

/** The most gas that a round takes from a worker that sends by itself; a reveal carries its whole list. */
const GAS_OF_COMMIT = 130_000n
const GAS_OF_REVEAL = 180_000n
const GAS_OF_SEAT = 1_000n

export type Coin = {
  /** Wei. */
  balance: bigint
  /** The most that one round may cost at the fees of now, wei. */
  cost: bigint
  /** How many such rounds the balance pays for. */
  roundsLeft: number
}

/** How far an account's coin goes; undefined where the chain does not answer, which says nothing about the coin. */
export async function coinFor(
  chain: PublicClient,
  {
    address,
    seats,
    sendsAlone,
  }: {
    address: Address
    seats: bigint
    /** Whether it commits by itself too. */
    sendsAlone: boolean
  },
): Promise<Coin | undefined> {
  const asked = await Promise.all([
    chain.getBalance({ address }),
    chain.estimateFeesPerGas(),
  ]).catch(() => undefined)
  if (asked === undefined) return undefined

  const [balance, { maxFeePerGas }] = asked
  const gas = (sendsAlone ? GAS_OF_COMMIT : 0n) + GAS_OF_REVEAL + GAS_OF_SEAT * seats
  const cost = gas * maxFeePerGas
  return { balance, cost, roundsLeft: cost === 0n ? Infinity : Number(balance / cost) }
}

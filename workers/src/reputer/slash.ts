import { isAddressEqual, getAbiItem } from 'viem'
import type { Address } from 'viem'
import { getPosition, slashWithheld, getSeat, readLogs } from '@auspex/sdk'
import type { AuspexClient, RoundKey } from '@auspex/sdk'
import { topicNetworkAbi } from '@auspex/sdk/abis'
import type { Log } from '../runtime/log.ts'

export type SlashOptions = RoundKey & {
  /** The round's seats, one bit each; unset where an opening is still awaited. */
  closed: bigint
  riskBps: bigint
  /** The least bounty that is worth a transaction, token base units. */
  from: bigint
  /** Workers that are left alone. */
  spared: readonly Address[]
  log: Log
}

const BPS = 10_000n
/** Of what a worker may risk in a round half is slashed for silence, and a tenth of that is the bounty. */
const BOUNTY_BPS = 500n

/** Has those slashed who committed to a round, in whoever's list, and never opened it. */
export async function slash(client: AuspexClient, options: SlashOptions): Promise<void> {
  const { topic, round, closed, riskBps, from, spared, log } = options
  for (let seat = 0n; seat < 256n; seat++) {
    if (((closed >> seat) & 1n) === 1n) continue

    const worker = await findHolder(client, { topic, round, seat })
    if (worker === undefined || spared.some((each) => isAddressEqual(each, worker))) continue

    const { stake } = await getPosition(client, { topic, worker })
    if ((((stake * riskBps) / BPS) * BOUNTY_BPS) / BPS < from) continue

    await slashWithheld(client, { topic, round, worker }).then(
      ({ amount, bounty }) => log.info({ topic, round, worker, amount, bounty }, 'worker.slashed'),
      (error: Error) => log.info({ topic, round, worker, reason: error.name }, 'worker.spared'),
    )
  }
}

const event = getAbiItem({ abi: topicNetworkAbi, name: 'SeatTaken' })

/** Who had a seat in a round, also where it was left or taken since. */
export async function findHolder(
  client: AuspexClient,
  { topic, round, seat }: RoundKey & { seat: bigint },
): Promise<Address | undefined> {
  const occupant = await getSeat(client, { topic, seat })
  if (occupant !== undefined) {
    const { from } = await getPosition(client, { topic, worker: occupant })
    if (from <= round) return occupant
  }

  const logs = await readLogs(client, { event, args: { topic } })
  const terms = logs.filter(({ args }) => BigInt(args.seat) === seat && args.from <= round)
  return terms.at(-1)?.args.worker
}

import { accountOf, claim, getClaimable } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { silent } from '../runtime/log.ts'
import type { Log } from '../runtime/log.ts'

/**
 * Collects an account's tips where they have come to some amount, token base units. They are one purse for all topics:
 * who asks while it is being emptied waits for that.
 */
export function claimTips({
  client,
  from,
  log = silent,
}: {
  client: AuspexClient
  from: bigint
  log?: Log
}): () => Promise<void> {
  let underWay: Promise<void> | undefined

  async function collect(): Promise<void> {
    const amount = await getClaimable(client, { account: accountOf(client) })
    if (amount === 0n || amount < from) return
    await claim(client)
    log.info({ amount }, 'tips.claimed')
  }

  return () => {
    underWay ??= collect()
      .catch((error: Error) => log.warn({ reason: error.message }, 'tips.unclaimed'))
      .finally(() => {
        underWay = undefined
      })
    return underWay
  }
}

import { accountOf, encodeMulticall, multicall, sendPrepared } from '@auspex/sdk'
import type { AuspexClient, Prepared } from '@auspex/sdk'
import { silent } from '../runtime/log.ts'
import type { Log } from '../runtime/log.ts'

/** How calls to the network leave. */
export type Post = {
  /** What calls would use as one transaction; undefined where it would be refused. */
  gasOf: (calls: readonly Prepared<unknown>[]) => Promise<bigint | undefined>
  /** Sends a call alone, in words why not where it is refused. */
  send: <Result>(call: Prepared<Result>) => Promise<Result>
  /** Sends calls as one transaction of so much gas at most, in their order: all of them or none. */
  sendTogether: <Result>(calls: readonly Prepared<Result>[], gas: bigint) => Promise<Result[]>
  log: Log
}

/** The post of a client's account. */
export function postOf(client: AuspexClient, log: Log = silent): Post {
  return {
    gasOf: (calls) => {
      const data = encodeMulticall({ calls: calls.map((call) => call.data) })
      const transaction = { account: accountOf(client), to: client.network, data }
      // Why it would be refused is asked again where it is sent.
      return client.public
        .estimateGas({ ...transaction, blockTag: 'pending' })
        .catch(() => undefined)
    },
    send: (call) => sendPrepared(client, call),
    sendTogether: async (calls, gas) => {
      const { receipt } = await multicall(client, { calls: calls.map(({ data }) => data), gas })
      return calls.map(({ resultOf }) => resultOf(receipt))
    },
    log,
  }
}

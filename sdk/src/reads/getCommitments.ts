import { decodeFunctionData, isAddressEqual } from 'viem'
import type { Address, Hex } from 'viem'
import { topicNetworkAbi } from '../abis.ts'
import type { AuspexClient } from '../client.ts'
import { logsOf } from '../events.ts'
import type { RoundKey } from '../types.ts'

/**
 * The list of commitments a committer sealed in a round, out of its transaction's calldata; undefined where it committed
 * none, or did so through a contract of its own. With it a worker that was left out reveals alone.
 */
export async function getCommitments(
  client: AuspexClient,
  { topic, round, committer }: RoundKey & { committer: Address },
): Promise<readonly Hex[] | undefined> {
  const logs = await logsOf(client, 'PredictionsCommitted', { topic, round })
  const word = committer.toLowerCase().slice(2)
  const log = logs.find(({ topics }) => topics[3]?.endsWith(word))
  if (!log?.transactionHash) return undefined

  const { to, input } = await client.public.getTransaction({ hash: log.transactionHash })
  if (to === null || !isAddressEqual(to, client.network)) return undefined
  return commitmentsIn(input, { topic, round })
}

function commitmentsIn(data: Hex, { topic, round }: RoundKey): readonly Hex[] | undefined {
  const { functionName, args } = decodeFunctionData({ abi: topicNetworkAbi, data })
  if (functionName === 'multicall') {
    return args[0].map((call) => commitmentsIn(call, { topic, round })).find((list) => list)
  }
  if (functionName !== 'commit' || args[0] !== topic || args[1] !== round) return undefined
  return args[2]
}

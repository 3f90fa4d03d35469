import { parseAbi, zeroHash } from 'viem'
import { getDefinition, getTruth, getTruthProof } from '@auspex/sdk'
import type { AuspexClient, Definition, TopicParams } from '@auspex/sdk'
import { truthSourceAbi } from '@auspex/sdk/abis'
import type { Fault } from '../config/readConfig.ts'

/** Past rounds that a source is asked for where nobody says how many, and how many at a time. */
const MOST_PAST = 24
const TOGETHER = 8

const aggregatorAbi = parseAbi([
  'function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)',
])
const provableAbi = parseAbi([
  'function provableFor() view returns (uint256)',
  'function provableBlocks() view returns (uint256)',
])

/** A truth as the source would have told it of a round of this rhythm that is over. */
export type PastTruth = { targetTime: bigint; value: bigint }

export type TruthLook =
  | { status: 'mistaken'; fault: Fault }
  | {
      status: 'source'
      definition: Definition | undefined
      /** Oldest first; none where the source cannot be asked without a topic, or proves nothing so far back. */
      past: PastTruth[]
      /** Seconds after a moment within which it can be proven; undefined where the source states no limit. */
      provableFor: bigint | undefined
    }

/** Asks what a file names as its truth what it is, and what it would have told of past rounds. */
export async function lookAtTruth(
  client: AuspexClient,
  params: TopicParams,
  { now, most = MOST_PAST }: { now: bigint; most?: number },
): Promise<TruthLook> {
  const { truth: address } = params
  const call = { address, abi: truthSourceAbi, functionName: 'isTruthSource' } as const
  const isSource = await client.public.readContract(call).then(
    (magic) => magic === '0xa65dfd3f',
    () => false,
  )
  if (!isSource) return { status: 'mistaken', fault: await faultOfTruth(client, params) }

  const definition = await getDefinition(client, { source: address }).catch(() => undefined)
  const past = await pastTruths(client, params, { now, most })
  const provableFor = await provableSeconds(client, params)
  return { status: 'source', definition, past, provableFor }
}

async function faultOfTruth(
  { public: chain }: AuspexClient,
  { truth: address }: TopicParams,
): Promise<Fault> {
  const field = 'truth'
  const code = await chain.getCode({ address })
  if (code === undefined || code === '0x') {
    return { field, problem: 'is no contract on this chain: deploy one with auspex truth deploy' }
  }
  const call = { address, abi: aggregatorAbi, functionName: 'latestRoundData' } as const
  const isFeed = await chain.readContract(call).then(
    () => true,
    () => false,
  )
  const problem = isFeed
    ? `is a price feed, which does not prove what it answered at a past time, so that every round would be void: run auspex truth deploy feed --feed ${address} --heartbeat <seconds> and write the address that it prints`
    : 'is a contract of another kind and no truth source: auspex truth deploy makes one'
  return { field, problem }
}

/** Truths of the rounds that would have come before the first one, had the topic been open then. */
async function pastTruths(
  client: AuspexClient,
  params: TopicParams,
  { now, most }: { now: bigint; most: number },
): Promise<PastTruth[]> {
  const { cadence, horizon, start } = params
  const found: PastTruth[] = []
  const passed = start + horizon - now
  const skipped = passed > 0n ? (passed + cadence - 1n) / cadence : 1n
  for (let ago = 0; ago < most; ago += TOGETHER) {
    const asked = Array.from({ length: Math.min(TOGETHER, most - ago) }, (_, i) => {
      const opened = start - (skipped + BigInt(ago + i)) * cadence
      return { opened, targetTime: opened + horizon }
    })
    const told = await Promise.all(
      asked.map(({ opened, targetTime }) =>
        truthAt(client, { ...params, start: opened }, targetTime),
      ),
    )
    const known = asked.flatMap(({ targetTime }, i) => {
      const value = told[i]
      return value === undefined ? [] : [{ targetTime, value }]
    })
    found.push(...known)
    // What these rounds cannot show, older ones cannot either.
    if (known.length === 0) break
  }
  return found.reverse()
}

async function truthAt(
  client: AuspexClient,
  params: TopicParams,
  targetTime: bigint,
): Promise<bigint | undefined> {
  try {
    const proof = await getTruthProof(client, { source: params.truth, targetTime })
    const key = { topic: zeroHash, round: 0n, proof, state: params }
    const { status, value } = await getTruth(client, key)
    return status === 'known' ? value : undefined
  } catch {
    // A panel of reputers knows no topic yet, and a source may prove nothing so far back.
    return undefined
  }
}

async function provableSeconds(
  { public: chain }: AuspexClient,
  { truth: address }: TopicParams,
): Promise<bigint | undefined> {
  const read = (functionName: 'provableFor' | 'provableBlocks') =>
    chain.readContract({ address, abi: provableAbi, functionName }).catch(() => undefined)
  const seconds = await read('provableFor')
  if (seconds !== undefined) return seconds
  const blocks = await read('provableBlocks')
  if (blocks === undefined) return undefined

  const last = await chain.getBlock()
  const span = last.number < 1000n ? last.number : 1000n
  if (span === 0n) return undefined
  const first = await chain.getBlock({ blockNumber: last.number - span })
  return (blocks * (last.timestamp - first.timestamp)) / span
}

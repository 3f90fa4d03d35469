import { parseAbi } from 'viem'
import type { Address } from 'viem'
import type { AuspexClient } from '@auspex/sdk'

/** A feed that was silent for so long was not in use yet, seconds. */
const ASLEEP = 7n * 86_400n
/** Answers that are looked at. */
const MOST = 24n

const abi = parseAbi([
  'function decimals() view returns (uint8)',
  'function description() view returns (string)',
  'function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)',
  'function getRoundData(uint80) view returns (uint80, int256, uint256, uint256, uint80)',
])

/** A price feed as its last answers show it; values in 1e18 fixed point. */
export type FeedLook = {
  decimals: number
  description: string
  newest: bigint
  /** The longest time between two of its last answers, seconds; undefined where it has only one. */
  heartbeat: bigint | undefined
  /** How far an answer usually lies from the one before, and how much later it comes; undefined likewise. */
  usual: { move: bigint; seconds: bigint } | undefined
}

type Answer = { value: bigint; at: bigint }

/** Looks at what may be a price feed; undefined where it does not answer as one. */
export async function lookAtFeed(
  { public: chain }: AuspexClient,
  address: Address,
): Promise<FeedLook | undefined> {
  const feed = { address, abi } as const
  const latest = await chain
    .readContract({ ...feed, functionName: 'latestRoundData' })
    .catch(() => undefined)
  if (latest === undefined) return undefined

  const decimals = await chain.readContract({ ...feed, functionName: 'decimals' })
  const description = await chain
    .readContract({ ...feed, functionName: 'description' })
    .catch(() => '')
  const scale = 10n ** BigInt(18 - decimals)
  const answers: Answer[] = []
  for (let ago = 0n; ago < MOST && ago < latest[0]; ago++) {
    const round = await chain
      .readContract({ ...feed, functionName: 'getRoundData', args: [latest[0] - ago] })
      .catch(() => undefined)
    // The beginning of a phase, or of the feed.
    if (round === undefined || round[3] === 0n) break
    const [next] = answers
    if (next !== undefined && next.at - round[3] > ASLEEP) break
    answers.unshift({ value: round[1] * scale, at: round[3] })
  }
  return { decimals, description, newest: latest[1] * scale, ...paceOf(answers) }
}

function paceOf(answers: readonly Answer[]): Pick<FeedLook, 'heartbeat' | 'usual'> {
  const steps = answers.slice(1).map(({ value, at }, i) => {
    const before = answers[i]!
    const move = value > before.value ? value - before.value : before.value - value
    return { move, seconds: at - before.at }
  })
  if (steps.length === 0) return { heartbeat: undefined, usual: undefined }
  const count = BigInt(steps.length)
  const sum = (what: 'move' | 'seconds') => steps.reduce((all, step) => all + step[what], 0n)
  const longest = steps.reduce((most, { seconds }) => (seconds > most ? seconds : most), 1n)
  return {
    heartbeat: longest,
    usual: { move: sum('move') / count, seconds: sum('seconds') / count || 1n },
  }
}

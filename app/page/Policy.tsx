/* What a consumer of the feed may require, and how often that would have refused the forecast. */
import { useMemo, useState } from 'preact/hooks'
import { policyToSolidity } from '@auspex/sdk'
import type { FeedPolicy } from '@auspex/sdk'
import { replayPolicy, suggestPolicy } from '@auspex/sdk/maths'
import type { Published } from '@auspex/sdk/maths'
import { formatUnits, parseUnits } from 'viem'
import { targetOf } from './NetworkPage.tsx'
import { paths } from './paths.ts'
import { isRecorded } from './recording.ts'
import type { Round, Rows, Topic } from './types.ts'
import { useNow, useRead } from './useRead.ts'

/** A requirement that can be set: its field, its unit and its decimals. */
const FIELDS = [
  ['maxAge', 'Oldest, seconds', 0],
  ['minContributors', 'Fewest workers', 0],
  ['minWagers', 'Least at risk, tokens', 18],
  ['maxWidth', 'Widest interval, in the value’s unit', 18],
  ['maxWidthBps', 'and as a share of the value, basis points', 0],
  ['minValue', 'Least value', 18],
  ['maxValue', 'Greatest value', 18],
] as const
type Field = (typeof FIELDS)[number][0]

/** The builder, which reads 500 rounds, only where somebody opens it. */
export function Policy({ topic }: { topic: Topic }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="closing" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Build a policy: what your contract requires, and what that would have refused
      </summary>
      {isOpen && <PolicyBuilder topic={topic} />}
    </details>
  )
}

/** A form of requirements, filled in from the topic's past; the Solidity that states them stands below. */
function PolicyBuilder({ topic }: { topic: Topic }) {
  const path = isRecorded() ? paths.rounds(topic.id) : paths.past(topic.id)
  const { data } = useRead<Rows<Round>>(path)
  const now = useNow()
  const past = useMemo(() => publishedIn(topic, data?.rows ?? []), [data])
  const [texts, setTexts] = useState<Partial<Record<Field, string>>>({})
  if (past.length === 0) return <p class="empty">No round is published yet.</p>

  const until = BigInt(Math.floor(Math.max(now, Number(past.at(-1)!.publishedAt) + 1)))
  const suggested = suggestPolicy({ past, until, times: timesOf(topic), refuseBps: 100n })
  const read = policyOf(suggested, texts)
  return (
    <>
      <div class="fields">
        {FIELDS.map(([field, label, decimals]) => (
          <label key={field} class="field">
            {label}
            <input
              inputMode="decimal"
              value={texts[field] ?? formatUnits(suggested[field], decimals)}
              onInput={(event) => setTexts({ ...texts, [field]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
      {read.status === 'refused' ? (
        <p class="failure" role="alert">
          {read.reason}
        </p>
      ) : (
        <Verdict policy={read.policy} past={past} until={until} />
      )}
    </>
  )
}

function Verdict(props: { policy: FeedPolicy; past: Published[]; until: bigint }) {
  const { policy, past, until } = props
  const refused = replayPolicy(policy, { past, until }).filter(({ reason }) => reason !== 'none')
  const counts = new Map<string, number>()
  for (const { reason } of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  const why = [...counts].map(([reason, count]) => `${count} ${reason}`).join(', ')
  return (
    <>
      <p class="note" role="status" data-refused={refused.length}>
        Would have refused {refused.length} of the last {past.length} published rounds
        {why && `: ${why}`}.
      </p>
      <pre class="code" tabIndex={0}>
        {policyToSolidity(policy)}
      </pre>
    </>
  )
}

function policyOf(
  suggested: FeedPolicy,
  texts: Partial<Record<Field, string>>,
): { status: 'read'; policy: FeedPolicy } | { status: 'refused'; reason: string } {
  const policy = { ...suggested }
  for (const [field, label, decimals] of FIELDS) {
    const text = texts[field]
    if (text === undefined) continue
    const form = decimals === 0 ? /^\d+$/ : /^-?\d+(\.\d+)?$/
    if (!form.test(text)) return { status: 'refused', reason: `${label}: "${text}" is no number` }
    policy[field] = parseUnits(text, decimals)
  }
  return { status: 'read', policy }
}

/** The published rounds as a consumer reads them. */
function publishedIn(topic: Topic, rounds: readonly Round[]): Published[] {
  return rounds.flatMap((round) => {
    const { value, lower, upper, publishedAt, revealed, wagers } = round
    if (value === null || publishedAt === null) return []
    return [
      {
        value: BigInt(value),
        interval: lower === null ? null : { lower: BigInt(lower), upper: BigInt(upper!) },
        publishedAt: BigInt(publishedAt),
        contributors: BigInt(revealed),
        wagers: BigInt(wagers!),
        targetTime: BigInt(targetOf(topic, round)),
      },
    ]
  })
}

function timesOf({ start, cadence, commitWindow, revealWindow, horizon, truthWindow }: Topic) {
  return {
    start: BigInt(start),
    cadence: BigInt(cadence),
    commitWindow: BigInt(commitWindow),
    revealWindow: BigInt(revealWindow),
    horizon: BigInt(horizon),
    truthWindow: BigInt(truthWindow),
  }
}

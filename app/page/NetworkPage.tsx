import { useState } from 'preact/hooks'
import { figure, lasting, numberOf, percent, tokens, utc } from './formats.ts'
import type { Card, Glimpse, Rows, Topic } from './types.ts'
import { paths } from './paths.ts'
import { Failure, Skeleton } from './States.tsx'
import { useRead } from './useRead.ts'
import type { Standing } from './useRead.ts'

/** All topics as cards, a page of them at a time. */
export function NetworkPage() {
  const [from, setFrom] = useState(0)
  const { data, error } = useRead<Rows<Card>>(paths.topics(from))
  return (
    <>
      <h1>What the network forecasts</h1>
      <p class="lead">
        Independent models stake on sealed predictions; contracts combine, score and pay them. Each
        card is one question, asked again every round.
      </p>
      <Failure error={error} />
      {!data && !error && <Skeleton cards={3} />}
      {data?.rows.length === 0 && (
        <p class="empty" role="status">
          No topic is open yet. This page fills itself when one is created.
        </p>
      )}
      <ul class="cards">
        {data?.rows.map((topic) => (
          <li key={topic.id}>
            <TopicCard topic={topic} />
          </li>
        ))}
      </ul>
      <Closing />
      {(from > 0 || data?.rows.length === CARDS) && (
        <p class="pages">
          <button type="button" disabled={from === 0} onClick={() => setFrom(from - CARDS)}>
            Earlier topics
          </button>{' '}
          <button
            type="button"
            disabled={data?.rows.length !== CARDS}
            onClick={() => setFrom(from + CARDS)}
          >
            Later topics
          </button>
        </p>
      )}
    </>
  )
}

/** How a run of the demo ended: every forecaster by name, reputers, the lending contract, all money. */
function Closing() {
  const { data } = useRead<Standing>(paths.standing)
  if (!data?.closing) return null
  return (
    <details class="closing">
      <summary>The run in figures: forecasters, reputers, the lending contract, all tokens</summary>
      <pre tabIndex={0}>{data.closing.join('\n').trim()}</pre>
    </details>
  )
}

/** As many as the API gives at once. */
const CARDS = 24

function TopicCard({ topic }: { topic: Card }) {
  const { latest, skill } = topic
  const published = latest.findLast(({ value }) => value !== null)
  const better = skill.rmse !== null && skill.naive ? 1 - skill.rmse / skill.naive : null
  const live = latest.filter(({ status }) => status !== 'void').length / (latest.length || 1)
  return (
    <a class="card" href={`#/topic/${topic.id}`}>
      <h2>{topic.description}</h2>
      <p class="now">
        <b>{figure(numberOf(published?.value))}</b>
        <span>{intervalOf(published)}</span>
      </p>
      <Spark rounds={latest} />
      <dl>
        <Pair name="round" value={`${latest.at(-1)?.round ?? '–'} · ${statusOf(latest.at(-1))}`} />
        <Pair name="for" value={utc(published && targetOf(topic, published))} />
        <Pair
          name="error below naive"
          value={percent(better)}
          tone={better === null ? '' : better > 0 ? 'good' : 'poor'}
        />
        <Pair
          name={`truths inside (${topic.intervalBps / 100} % promised)`}
          value={percent(skill.coverage)}
        />
        <Pair name="rounds that were live" value={latest.length ? percent(live, 0) : '–'} />
        <Pair name="pool, tokens" value={tokens(topic.pool)} />
        <Pair name="a round every" value={lasting(topic.cadence)} />
      </dl>
    </a>
  )
}

function Pair({ name, value, tone = '' }: { name: string; value: string; tone?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={tone}>{value}</dd>
    </div>
  )
}

export function targetOf(
  { start, cadence, horizon }: Pick<Topic, 'start' | 'cadence' | 'horizon'>,
  { round }: Pick<Glimpse, 'round'>,
): number {
  return start + round * cadence + horizon
}

export function intervalOf(round: Pick<Glimpse, 'value' | 'lower' | 'upper'> | undefined): string {
  if (!round?.value) return 'nothing published yet'
  if (round.lower === null) return 'no interval promised yet'
  return `${figure(numberOf(round.lower))} to ${figure(numberOf(round.upper))}`
}

export function statusOf(round: Pick<Glimpse, 'status' | 'revealed'> | undefined): string {
  if (!round) return 'not opened'
  if (round.status === 'open') return round.revealed > 0 ? 'revealing' : 'committing'
  return round.status
}

/** Aggregate and truth of the last rounds. */
function Spark({ rounds }: { rounds: Glimpse[] }) {
  const values = rounds.map(({ value }) => numberOf(value))
  const truths = rounds.map(({ truth }) => numberOf(truth))
  const known = [...values, ...truths].filter((value) => value !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const pathOf = (line: (number | null)[]) => {
    let pen = 'M'
    return line
      .map((value, i) => {
        if (value === null) {
          pen = 'M'
          return ''
        }
        const x = (i / Math.max(line.length - 1, 1)) * 296 + 2
        const y = 52 - ((value - low) / (high - low || 1)) * 48
        const step = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`
        pen = 'L'
        return step
      })
      .join('')
  }
  return (
    <svg
      class="spark"
      viewBox="0 0 300 56"
      role="img"
      aria-label={`Aggregate and truth of the last ${rounds.length} rounds`}
      preserveAspectRatio="none"
    >
      <path class="truth" d={pathOf(truths)} />
      <path class="aggregate" d={pathOf(values)} />
    </svg>
  )
}

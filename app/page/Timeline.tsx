import { voidReason } from './figures.ts'
import { figure, lasting, local, numberOf, short, tokens, utc } from './formats.ts'
import type { Prediction, Round, Topic } from './types.ts'
import { useNow } from './useRead.ts'

type Past = { topic: Topic; rounds: Round[]; said: Prediction[] }
type Step = { name: string; says: string; at: number; transaction: string | null }

/** The steps of the latest round, each with its moment and its transaction, and how long until the next is due. */
export function Timeline({ topic, rounds, said }: Past) {
  const now = useNow()
  const round = rounds.at(-1)
  if (!round) return <p class="empty">No round has opened yet.</p>

  const steps = stepsOf(topic, round)
  const done = steps.filter(({ transaction }) => transaction !== null).length
  const next = round.status === 'void' ? undefined : steps[done]
  return (
    <>
      <p class="note" aria-live="polite">
        Round {round.round}
        {round.status === 'void' && ` is void: ${voidReason(topic, round, said)}`}
        {round.status === 'settled' && ' is settled'}
        {next && `: ${next.name.toLowerCase()} ${dueIn(next.at - now)}`}
      </p>
      <ol class="timeline" data-status={round.status}>
        {steps.map(({ name, says, at, transaction }, i) => (
          <li key={name} class={transaction ? 'done' : i === done && next ? 'next' : ''}>
            <b>{name}</b>
            <span>{says}</span>
            <time dateTime={new Date(at * 1000).toISOString()} title={local(at)}>
              {transaction ? '' : 'due '}
              {utc(at)}
            </time>
            {transaction && <code title={transaction}>{short(transaction)}</code>}
          </li>
        ))}
      </ol>
    </>
  )
}

function dueIn(seconds: number): string {
  return seconds > 0 ? `in ${lasting(seconds)}` : `is due since ${lasting(-seconds)}`
}

function stepsOf(topic: Topic, round: Round): Step[] {
  const opening = topic.start + round.round * topic.cadence
  return [
    {
      name: 'Commit',
      says: `${round.committed} sealed predictions`,
      at: round.openedAt,
      transaction: round.openTransaction,
    },
    {
      name: 'Reveal',
      says: round.revealed > 0 ? `${round.revealed} revealed` : 'waits for the reveals',
      at: round.revealedAt ?? opening + topic.commitWindow,
      transaction: round.revealTransaction,
    },
    {
      name: 'Publish',
      says: round.value ? `aggregate ${figure(numberOf(round.value))}` : 'waits for the aggregate',
      at: round.publishedAt ?? opening + topic.commitWindow + topic.revealWindow,
      transaction: round.publishTransaction,
    },
    {
      name: 'Truth',
      says: round.truth ? `truth ${figure(numberOf(round.truth))}` : 'waits for what happens',
      at: round.resolvedAt ?? opening + topic.horizon,
      transaction: round.resolveTransaction,
    },
    {
      name: 'Settle',
      says:
        round.poolChange === null
          ? 'waits for the truth'
          : `pool ${tokens(round.poolChange, true)}, tip ${tokens(round.tip)} tokens`,
      at: round.settledAt ?? opening + topic.horizon,
      transaction: round.settleTransaction,
    },
  ]
}

/** Rounds that came to nothing, and why; the latest first. */
export function VoidRounds({ topic, rounds, said }: Past) {
  const found = rounds.filter(({ status }) => status === 'void')
  if (found.length === 0)
    return <p class="empty">None of the last {rounds.length} rounds is void.</p>
  return (
    <ul class="voids">
      {found
        .slice(-5)
        .reverse()
        .map((round) => (
          <li key={round.round}>
            Round {round.round}: {voidReason(topic, round, said)}.{' '}
            <code title={round.transaction}>{short(round.transaction)}</code>
          </li>
        ))}
      {found.length > 5 && <li>and {found.length - 5} before them</li>}
    </ul>
  )
}

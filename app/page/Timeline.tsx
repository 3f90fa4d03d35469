import { figure, local, numberOf, short, tokens, utc } from './formats.ts'
import type { Round, Topic } from './types.ts'

/** The steps of the latest round, each with its moment and its transaction. */
export function Timeline({ topic, rounds }: { topic: Topic; rounds: Round[] }) {
  const round = rounds.at(-1)
  if (!round) return <p class="empty">No round has opened yet.</p>

  const opening = topic.start + round.round * topic.cadence
  const steps = [
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
  const done = steps.filter(({ transaction }) => transaction !== null).length
  return (
    <>
      <p class="note">
        Round {round.round}
        {round.status === 'void' &&
          ' is void: too few predictions or too little at risk, or no truth'}
      </p>
      <ol class="timeline" data-status={round.status}>
        {steps.map(({ name, says, at, transaction }, i) => (
          <li key={name} class={transaction ? 'done' : i === done ? 'next' : ''}>
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

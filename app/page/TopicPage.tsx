import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { Chart } from './Chart.tsx'
import { bestSoFar } from './figures.ts'
import { Calibration, Coverage } from './Calibration.tsx'
import { figure, lasting, local, numberOf, percent, short, tokens, utc } from './formats.ts'
import { Money } from './Money.tsx'
import { intervalOf, statusOf, targetOf } from './NetworkPage.tsx'
import { paths } from './paths.ts'
import { Policy } from './Policy.tsx'
import { isRecorded } from './recording.ts'
import { Clones, Weights } from './Shares.tsx'
import { Failure, Skeleton } from './States.tsx'
import { Tile } from './Tile.tsx'
import { Timeline, VoidRounds } from './Timeline.tsx'
import type { Prediction, Round, Rows, Topic, Worker } from './types.ts'
import { useRead } from './useRead.ts'

/** Rows of the table: charts show the rest. */
const LISTED = 20

/** One topic: what it says, how good it was, who made it good, where the money went. */
export function TopicPage({ topic: id }: { topic: string }) {
  const { data: topic, error } = useRead<Topic>(paths.topic(id))
  const { data: page } = useRead<Rows<Round>>(paths.rounds(id))
  const { data: predictions } = useRead<Rows<Prediction>>(paths.predictions(id))
  const { data: workers } = useRead<Rows<Worker>>(paths.workers(id))
  if (!topic) {
    return (
      <>
        <Failure error={error} />
        {!error && <Skeleton cards={3} />}
      </>
    )
  }
  const rounds = page?.rows ?? []
  const said = predictions?.rows ?? []
  const past = { topic, rounds, said }
  return (
    <>
      <nav class="crumbs" aria-label="Where you are">
        <a href="#/">All topics</a>
      </nav>
      <h1>{topic.description}</h1>
      <p class="lead">
        A round every {lasting(topic.cadence)}, each forecasts {lasting(topic.horizon)} ahead of its
        opening. Topic <code title={topic.id}>{short(topic.id)}</code>, opened by{' '}
        <code title={topic.creator}>{short(topic.creator)}</code>.
      </p>
      <Failure error={error} />
      <Tiles topic={topic} rounds={rounds} />
      <Part id="forecasts" title="Forecast and truth">
        <Forecasts {...past} />
      </Part>
      <div class="two">
        <Part id="calibration" title="Does the interval keep its promise?">
          <Calibration rounds={rounds} promise={topic.intervalBps / 10_000} />
        </Part>
        <Part id="coverage" title="Coverage, round after round">
          <Coverage rounds={rounds} promise={topic.intervalBps / 10_000} />
        </Part>
        <Part id="loss" title="Loss against simple rules">
          <Losses {...past} />
        </Part>
        <Part id="weights" title="Whose word weighs">
          <Weights {...past} />
        </Part>
      </div>
      <Part id="round" title="Latest round, step by step">
        <Timeline {...past} />
      </Part>
      <Part id="money" title="What stands behind it">
        <Money topic={topic} rounds={rounds} />
      </Part>
      <Part id="policy" title="Read it from your contract">
        <Policy topic={topic} />
      </Part>
      <Part id="workers" title="Who earned, who paid">
        <Workers workers={workers?.rows ?? []} />
      </Part>
      <Part id="clones" title="Who says the same">
        <Clones {...past} />
      </Part>
      <Part id="voids" title="Rounds that came to nothing">
        <VoidRounds {...past} />
      </Part>
      <Part id="rounds" title="Last rounds">
        <Rounds rounds={rounds} />
        <Files topic={topic.id} />
      </Part>
    </>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

function Tiles({ topic, rounds }: { topic: Topic; rounds: Round[] }) {
  const published = rounds.findLast(({ value }) => value !== null)
  const { skill } = topic
  const better = skill.rmse !== null && skill.naive ? 1 - skill.rmse / skill.naive : null
  return (
    <dl class="tiles">
      <Tile
        name={`Forecast of round ${published?.round ?? '–'}`}
        value={figure(numberOf(published?.value))}
        more={intervalOf(published)}
      />
      <Tile
        name="Of the moment"
        value={utc(published && targetOf(topic, published))}
        more={local(published && targetOf(topic, published))}
      />
      <Tile
        name="Error below naive"
        value={percent(better)}
        more={`${figure(skill.rmse)} against ${figure(skill.naive)} RMSE, ${skill.rounds} rounds`}
        tone={better === null ? '' : better > 0 ? 'good' : 'poor'}
      />
      <Tile
        name="Truths inside the interval"
        value={percent(skill.coverage)}
        more={`${topic.intervalBps / 100} % promised, ${skill.promised} intervals`}
      />
    </dl>
  )
}

/** The topic's past to take away, as `auspex dataset` writes it. */
function Files({ topic }: { topic: string }) {
  if (isRecorded()) return null
  return (
    <p class="note">
      Take it away:{' '}
      {['rounds.csv', 'predictions.csv', 'record.json'].map((file) => (
        <span key={file}>
          <a href={`/api/topics/${topic}/dataset/${file}`} download>
            {file}
          </a>{' '}
        </span>
      ))}
    </p>
  )
}

type Past = { topic: Topic; rounds: Round[]; said: Prediction[] }

function Forecasts({ rounds, said, topic }: Past) {
  const chart = useMemo(() => {
    const x = rounds.map(({ round }) => round)
    const of = (field: 'truth' | 'value' | 'lower' | 'upper') =>
      rounds.map((each) => numberOf(each[field]))
    const points = said.map(({ round, value }) => ({ x: round, y: numberOf(value) }))
    return {
      x,
      lines: [
        {
          label: `${topic.intervalBps / 100} % interval`,
          values: of('upper'),
          colour: 'accent',
          isBand: true,
        },
        { label: '', values: of('lower'), colour: 'accent' },
        { label: 'aggregate', values: of('value'), colour: 'accent', width: 2 },
        { label: 'truth', values: of('truth'), colour: 'ink', width: 1.4 },
      ],
      dots: [{ label: 'workers', colour: 'worker', points }],
    }
  }, [rounds, said])
  const last = rounds.findLast(({ value }) => value !== null)
  const label = last
    ? `Round ${last.round}: aggregate ${figure(numberOf(last.value))}, interval ${intervalOf(last)}, truth ${figure(numberOf(last.truth))}. ${rounds.length} rounds shown.`
    : 'No round is published yet.'
  return <Chart {...chart} label={label} height={340} />
}

function Losses({ rounds, said }: Past) {
  const chart = useMemo(() => {
    const settled = rounds.filter(({ truth, value }) => truth !== null && value !== null)
    const truths = settled.map(({ truth }) => numberOf(truth)!)
    const sumOf = (values: readonly (number | null)[]) => {
      let sum = 0
      return values.map((value, i) => (sum += value === null ? 0 : (value - truths[i]!) ** 2))
    }
    const of = (field: 'value' | 'reference' | 'median' | 'mean') =>
      sumOf(settled.map((each) => numberOf(each[field])))
    return {
      x: settled.map(({ round }) => round),
      lines: [
        { label: 'naive', values: of('reference'), colour: 'soft', dash: [4, 4] },
        { label: 'mean', values: of('mean'), colour: 'teal' },
        { label: 'median', values: of('median'), colour: 'amber' },
        { label: 'best so far', values: sumOf(bestSoFar(settled, said)), colour: 'good' },
        { label: 'aggregate', values: of('value'), colour: 'accent', width: 2.2 },
      ],
    }
  }, [rounds, said])
  const ends = chart.lines.map(({ label, values }) => `${label} ${figure(values.at(-1))}`)
  return (
    <>
      <Chart {...chart} label={`Sum of squared errors: ${ends.join(', ')}`} height={240} />
      <p class="note">
        Sum of squared errors over the rounds shown; lower is better. “Best so far” follows in each
        round the worker with the least error before it.
      </p>
    </>
  )
}

function Workers({ workers }: { workers: Worker[] }) {
  if (workers.length === 0) return <p class="empty">No worker has staked here yet.</p>
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Workers of the topic">
      <table>
        <thead>
          <tr>
            <th scope="col">worker</th>
            <th scope="col">seat</th>
            <th scope="col">stake, tokens</th>
            <th scope="col">earned</th>
            <th scope="col">rewards</th>
            <th scope="col">from the pool</th>
            <th scope="col">from peers</th>
            <th scope="col">slashed</th>
            <th scope="col">rounds</th>
            <th scope="col">RMSE</th>
          </tr>
        </thead>
        <tbody>
          {workers.slice(0, LISTED).map((each) => {
            const gained =
              BigInt(each.reward) +
              BigInt(each.fromPool) +
              BigInt(each.fromPeers) -
              BigInt(each.slashed)
            return (
              <tr key={each.worker}>
                <th scope="row">
                  <a href={`#/topic/${each.topic}/worker/${each.worker}`}>
                    <code>{short(each.worker)}</code>
                  </a>
                </th>
                <td>{each.seat ?? '–'}</td>
                <td>{tokens(each.stake)}</td>
                <td class={gained >= 0n ? 'good' : 'poor'}>{tokens(gained, true)}</td>
                <td>{tokens(each.reward)}</td>
                <td>{tokens(each.fromPool, true)}</td>
                <td>{tokens(each.fromPeers, true)}</td>
                <td>{tokens(each.slashed)}</td>
                <td>{each.rounds}</td>
                <td>{figure(each.rounds ? Math.sqrt(each.squaredError / each.rounds) : null)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Rounds({ rounds }: { rounds: Round[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Last rounds of the topic">
      <table>
        <thead>
          <tr>
            <th scope="col">round</th>
            <th scope="col">status</th>
            <th scope="col">predictions</th>
            <th scope="col">aggregate</th>
            <th scope="col">interval</th>
            <th scope="col">truth</th>
            <th scope="col">at risk, tokens</th>
            <th scope="col">pool, tokens</th>
            <th scope="col">blocks</th>
          </tr>
        </thead>
        <tbody>
          {rounds
            .slice(-LISTED)
            .reverse()
            .map((each) => (
              <tr key={each.round} data-round={each.round}>
                <th scope="row">{each.round}</th>
                <td>{statusOf(each)}</td>
                <td>
                  {each.revealed} of {each.committed}
                </td>
                <td>{figure(numberOf(each.value))}</td>
                <td>{each.value ? intervalOf(each) : '–'}</td>
                <td>{figure(numberOf(each.truth))}</td>
                <td>{tokens(each.wagers)}</td>
                <td>{tokens(each.poolChange, true)}</td>
                <td>
                  {each.firstBlock}–{each.block}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}

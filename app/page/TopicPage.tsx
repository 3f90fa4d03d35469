import { useMemo } from 'preact/hooks'
import { Chart } from './Chart.tsx'
import { Calibration } from './Calibration.tsx'
import { figure, lasting, local, numberOf, percent, short, tokens, utc } from './formats.ts'
import { intervalOf, statusOf, targetOf } from './NetworkPage.tsx'
import { Failure, Skeleton } from './States.tsx'
import { Timeline } from './Timeline.tsx'
import type { Prediction, Round, Rows, Topic, Worker } from './types.ts'
import { useRead } from './useRead.ts'

const SHOWN = 120
/** Rows of the table: charts show the rest. */
const LISTED = 20

/** One topic: what it says, how good it was, who made it good, where the money went. */
export function TopicPage({ topic: id }: { topic: string }) {
  const { data: topic, error } = useRead<Topic>(`/topics/${id}`)
  const { data: page } = useRead<Rows<Round>>(`/topics/${id}/rounds?last=${SHOWN}`)
  const { data: said } = useRead<Rows<Prediction>>(`/topics/${id}/predictions?last=${SHOWN}`)
  const { data: workers } = useRead<Rows<Worker>>(`/topics/${id}/workers`)
  if (!topic) {
    return (
      <>
        <Failure error={error} />
        {!error && <Skeleton cards={3} />}
      </>
    )
  }
  const rounds = page?.rows ?? []
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
      <section aria-labelledby="forecasts">
        <h2 id="forecasts">Forecast and truth</h2>
        <Forecasts rounds={rounds} said={said?.rows ?? []} topic={topic} />
      </section>
      <div class="two">
        <section aria-labelledby="calibration">
          <h2 id="calibration">Does the interval keep its promise?</h2>
          <Calibration rounds={rounds} promise={topic.intervalBps / 10_000} />
        </section>
        <section aria-labelledby="loss">
          <h2 id="loss">Loss against simple rules</h2>
          <Losses rounds={rounds} />
        </section>
      </div>
      <section aria-labelledby="round">
        <h2 id="round">Latest round, step by step</h2>
        <Timeline topic={topic} rounds={rounds} />
      </section>
      <section aria-labelledby="workers">
        <h2 id="workers">Who earned, who paid</h2>
        <Workers workers={workers?.rows ?? []} />
      </section>
      <section aria-labelledby="rounds">
        <h2 id="rounds">Last rounds</h2>
        <Rounds rounds={rounds} />
      </section>
    </>
  )
}

function Tiles({ topic, rounds }: { topic: Topic; rounds: Round[] }) {
  const published = rounds.findLast(({ value }) => value !== null)
  const { skill } = topic
  const better = skill.rmse !== null && skill.naive ? 1 - skill.rmse / skill.naive : null
  const spent = BigInt(topic.funded) - BigInt(topic.pool)
  const settled = rounds.filter(({ status }) => status === 'settled')
  const cost = settled.reduce((sum, { poolChange }) => sum - Number(poolChange) / 1e18, 0)
  const rate = settled.length > 0 ? cost / settled.length : 0
  const left = rate > 0 ? Math.floor(Number(topic.pool) / 1e18 / rate) : undefined
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
      <Tile
        name="At risk behind the forecast"
        value={`${tokens(published?.wagers)} tokens`}
        more="the wagers of the round"
      />
      <Tile
        name="Pool"
        value={`${tokens(topic.pool)} tokens`}
        more={
          left === undefined
            ? `${tokens(spent, true)} tokens spent of ${tokens(topic.funded)}`
            : `lasts ${left.toLocaleString('en-US')} rounds at ${figure(rate)} a round`
        }
      />
    </dl>
  )
}

function Tile(props: { name: string; value: string; more: string; tone?: string }) {
  return (
    <div class="tile">
      <dt>{props.name}</dt>
      <dd>
        <b class={props.tone}>{props.value}</b>
        <span>{props.more}</span>
      </dd>
    </div>
  )
}

function Forecasts({ rounds, said, topic }: { rounds: Round[]; said: Prediction[]; topic: Topic }) {
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

function Losses({ rounds }: { rounds: Round[] }) {
  const chart = useMemo(() => {
    const settled = rounds.filter(({ truth, value }) => truth !== null && value !== null)
    const sumOf = (field: 'value' | 'reference' | 'median' | 'mean') => {
      let sum = 0
      return settled.map((each) => (sum += (numberOf(each[field])! - numberOf(each.truth)!) ** 2))
    }
    return {
      x: settled.map(({ round }) => round),
      lines: [
        { label: 'naive', values: sumOf('reference'), colour: 'soft', dash: [4, 4] },
        { label: 'mean', values: sumOf('mean'), colour: 'teal' },
        { label: 'median', values: sumOf('median'), colour: 'amber' },
        { label: 'aggregate', values: sumOf('value'), colour: 'accent', width: 2.2 },
      ],
    }
  }, [rounds])
  const ends = chart.lines.map(({ label, values }) => `${label} ${figure(values.at(-1))}`)
  return (
    <>
      <Chart {...chart} label={`Sum of squared errors: ${ends.join(', ')}`} height={240} />
      <p class="note">Sum of squared errors over the rounds shown; lower is better.</p>
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

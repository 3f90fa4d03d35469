import { useMemo } from 'preact/hooks'
import { Chart } from './Chart.tsx'
import { figure, numberOf, percent, short, tokens } from './formats.ts'
import { Failure, Skeleton } from './States.tsx'
import { Tile } from './Tile.tsx'
import { paths } from './paths.ts'
import type { Prediction, Worker } from './types.ts'
import { useRead } from './useRead.ts'
import { WhatIf } from './WhatIf.tsx'

const LISTED = 40

type Told = Worker & { predictions: Prediction[] }

/** One worker in one topic: how good, and what it was paid for each round. */
export function WorkerPage({ topic, worker }: { topic: string; worker: string }) {
  const { data, error } = useRead<Told>(paths.worker(topic, worker))
  if (!data) {
    return (
      <>
        <Failure error={error} />
        {!error && <Skeleton cards={2} />}
      </>
    )
  }
  const skill =
    data.aggregateSquaredError > 0
      ? 1 - Math.sqrt(data.squaredError / data.aggregateSquaredError)
      : null
  return (
    <>
      <nav class="crumbs" aria-label="Where you are">
        <a href="#/">All topics</a> <a href={`#/topic/${topic}`}>Topic {short(topic)}</a>
      </nav>
      <h1>
        Worker <code title={worker}>{short(worker)}</code>
      </h1>
      <Failure error={error} />
      <dl class="tiles">
        <Tile
          name="Stake"
          value={`${tokens(data.stake)} tokens`}
          more={`${tokens(data.deposited)} deposited`}
        />
        <Tile
          name="Error below the aggregate's"
          value={percent(skill)}
          more={`${data.rounds} settled rounds`}
        />
        <Tile name="Rewards" value={`${tokens(data.reward, true)} tokens`} more="for taking part" />
        <Tile
          name="From the pool"
          value={`${tokens(data.fromPool, true)} tokens`}
          more="against the naive forecast"
        />
        <Tile
          name="From peers"
          value={`${tokens(data.fromPeers, true)} tokens`}
          more="better or worse than they"
        />
        <Tile
          name="Slashed"
          value={`${tokens(data.slashed)} tokens`}
          more="withheld or signed twice"
        />
      </dl>
      <section aria-labelledby="paid">
        <h2 id="paid">Payouts, added up</h2>
        <Payouts predictions={data.predictions} />
      </section>
      <section aria-labelledby="said">
        <h2 id="said">Its rounds</h2>
        <Rounds predictions={data.predictions} />
      </section>
      <section aria-labelledby="whatif">
        <h2 id="whatif">What would my model have earned here?</h2>
        <WhatIf topic={topic} />
      </section>
    </>
  )
}

function Payouts({ predictions }: { predictions: Prediction[] }) {
  const chart = useMemo(() => {
    const settled = predictions.filter(({ reward }) => reward !== null)
    const sumOf = (field: 'reward' | 'fromPool' | 'fromPeers') => {
      let sum = 0
      return settled.map((each) => (sum += numberOf(each[field])!))
    }
    const lines = [
      { label: 'rewards', values: sumOf('reward'), colour: 'teal' },
      { label: 'from the pool', values: sumOf('fromPool'), colour: 'accent' },
      { label: 'from peers', values: sumOf('fromPeers'), colour: 'amber' },
    ]
    return { x: settled.map(({ round }) => round), lines }
  }, [predictions])
  const ends = chart.lines.map(({ label, values }) => `${label} ${figure(values.at(-1))}`)
  return <Chart {...chart} label={`Tokens, added up: ${ends.join(', ')}`} height={260} />
}

function Rounds({ predictions }: { predictions: Prediction[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Rounds of the worker">
      <table>
        <thead>
          <tr>
            <th scope="col">round</th>
            <th scope="col">predicted</th>
            <th scope="col">confidence</th>
            <th scope="col">aggregate</th>
            <th scope="col">truth</th>
            <th scope="col">wager, tokens</th>
            <th scope="col">paid, tokens</th>
            <th scope="col">transaction</th>
          </tr>
        </thead>
        <tbody>
          {predictions
            .slice(-LISTED)
            .reverse()
            .map((each) => {
              const paid =
                each.reward === null
                  ? null
                  : BigInt(each.reward) + BigInt(each.fromPool!) + BigInt(each.fromPeers!)
              return (
                <tr key={each.round}>
                  <th scope="row">{each.round}</th>
                  <td>{figure(numberOf(each.value))}</td>
                  <td>{percent(each.confidence / 10_000, 0)}</td>
                  <td>{figure(numberOf(each.aggregate))}</td>
                  <td>{figure(numberOf(each.truth))}</td>
                  <td>{tokens(each.wager)}</td>
                  <td class={paid === null ? '' : paid >= 0n ? 'good' : 'poor'}>
                    {tokens(paid, true)}
                  </td>
                  <td>
                    <code title={each.transaction}>{short(each.transaction)}</code>
                  </td>
                </tr>
              )
            })}
        </tbody>
      </table>
    </div>
  )
}

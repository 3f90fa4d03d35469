import { formatEther } from 'viem'
import { fromFixed18 } from '@auspex/workers/models'
import { benchmarksOf } from '../../books/benchmarksOf.ts'
import { GAINS, poolLine } from '../poolLine.ts'
import { topicRows } from '../topicRows.ts'
import { sumOf } from '../../books/summarise.ts'
import type { Summary, WorkerSummary } from '../../books/summarise.ts'
import { areaChart } from './areaChart.ts'
import { lineChart } from './lineChart.ts'
import type { Line } from './lineChart.ts'
import { tableOf } from './tableOf.ts'

/** Averages over fewer rounds say little. */
const SETTLED_IN = 20

/** A topic in four charts and a table. */
export function topicSection({ summary }: { summary: Summary }): string {
  const { topic, played } = summary
  const dates = played.map(({ date }) => date)

  return `<h2>${capital(topic.question.title)}</h2>
<p>${played.length} rounds, one for each trading day.</p>
<h3>The aggregate, its interval, and what happened</h3>
<p>The band is the published interval, which promises to hold the truth in 90 % of rounds.</p>
<figure>${lineChart({ dates, lines: valueLines(summary), band: bandOf(summary), within: domainOf(summary) })}</figure>
<h3>Loss so far, the plain mean's being 100 %</h3>
<p>Mean squared error over all rounds up to the day. Lower is better; the best so far is the worker one would have picked that morning.</p>
<figure>${lineChart({ dates, lines: lossLines(summary), unit: ' %', within: { least: 60, most: 140 } })}</figure>
<h3>Weights</h3>
<p>Each worker's share in the aggregate. The house is the median and the corrected mean, which speak until workers prove better.</p>
<figure>${areaChart({ dates, areas: weightAreas(summary) })}</figure>
<h3>Stakes</h3>
<p>All began with the same. Money moves from the inaccurate to the accurate, and the pool plays at the naive forecast.</p>
<figure>${lineChart({ dates, lines: stakeLines(summary) })}</figure>
${tableOf({ rows: topicRows(summary), own: 1 })}
<p>Loss is the mean squared error. “Aggregate to it” compares the aggregate's loss with the row's: below zero the aggregate was better. ${GAINS}</p>
<p>${capital(poolLine(summary))}.</p>`
}

function valueLines({ played }: Summary): Line[] {
  return [
    { name: 'aggregate', look: 'aggregate', values: played.map(({ aggregate }) => aggregate) },
    { name: 'truth', look: 'truth', values: played.map(({ truth }) => truth), isDotted: true },
  ]
}

/** An interval may reach beyond what can happen; the chart does not. */
function domainOf({ topic }: Summary) {
  return { least: fromFixed18(topic.terms.min), most: fromFixed18(topic.terms.max) }
}

function bandOf({ played }: Summary) {
  return {
    low: played.map(({ interval }) => interval?.low),
    high: played.map(({ interval }) => interval?.high),
  }
}

function lossLines({ played }: Summary): Line[] {
  const benchmarks = benchmarksOf({ rounds: played })
  const sumsOf = (errors: number[]) => {
    let sum = 0
    return errors.map((error) => (sum += error * error))
  }
  const means = sumsOf(played.map(({ truth }, i) => benchmarks[i]!.mean - truth))
  const against = (forecasts: number[]) =>
    sumsOf(forecasts.map((forecast, i) => forecast - played[i]!.truth)).map((sum, i) =>
      i < SETTLED_IN ? undefined : (100 * sum) / means[i]!,
    )

  return [
    { name: 'plain mean', look: 'plain', values: against(benchmarks.map(({ mean }) => mean)) },
    {
      name: 'plain median',
      look: 'median',
      values: against(benchmarks.map(({ median }) => median)),
    },
    {
      name: 'best so far',
      look: 'best',
      values: against(benchmarks.map(({ bestSoFar }) => bestSoFar)),
    },
    {
      name: 'aggregate',
      look: 'aggregate',
      values: against(played.map(({ aggregate }) => aggregate)),
    },
  ]
}

function weightAreas({ played, workers }: Summary): Line[] {
  const areas = workers.map((worker, i) => ({
    name: worker.name,
    look: lookOf({ worker, i }),
    values: played.map(({ weights }) => weights[i]!),
  }))
  const house = played.map(({ weights }) => 1 - weights.reduce((sum, weight) => sum + weight, 0))
  return [
    ...areas.filter(({ values }) => Math.max(...values) > 0.005),
    { name: 'house', look: 'house', values: house },
  ]
}

function stakeLines({ played, workers }: Summary): Line[] {
  return workers.map((worker, i) => {
    let stake = worker.stake
    const values = played.map(({ gains }) => Number(formatEther((stake += sumOf(gains[i]!)))))
    return { name: worker.name, look: lookOf({ worker, i }), values }
  })
}

function lookOf({ worker, i }: { worker: WorkerSummary; i: number }): string {
  return worker.kind === 'honest' ? `w${i}` : worker.kind
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

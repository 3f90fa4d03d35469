import { drawChart } from '@auspex/workers/charts'
import type { Series } from '@auspex/workers/charts'
import { formatEther } from 'viem'
import { fromFixed18 } from '@auspex/workers/models'
import { benchmarksOf } from '../../books/benchmarksOf.ts'
import { GAINS, poolLine } from '../poolLine.ts'
import { topicRows } from '../topicRows.ts'
import { sumOf } from '../../books/summarise.ts'
import type { Summary, WorkerSummary } from '../../books/summarise.ts'
import { colors } from './style.ts'
import { tableOf } from './tableOf.ts'

/** Averages over fewer rounds say little. */
const SETTLED_IN = 20

/** A topic in four charts and a table. */
export async function topicSection({ summary }: { summary: Summary }): Promise<string> {
  const { topic, played } = summary
  const places = played.map(({ date }) => date)
  const { name } = topic.question
  const values = await drawChart({
    title: `${name}: aggregate, interval and truth`,
    places,
    series: valueLines(summary),
    band: bandOf(summary),
    within: domainOf(summary),
  })
  const losses = await drawChart({
    title: `${name}: loss so far, the plain mean's being 1`,
    places,
    series: lossLines(summary),
    within: { least: 0.6, most: 1.4 },
    format: '.0%',
  })
  const weights = await drawChart({
    title: `${name}: weights`,
    kind: 'areas',
    places,
    series: weightAreas(summary),
    within: { least: 0, most: 1 },
    format: '.0%',
  })
  const stakes = await drawChart({
    title: `${name}: stakes, tokens`,
    places,
    series: stakeLines(summary),
  })

  return `<h2>${capital(topic.question.title)}</h2>
<p>${played.length} rounds, one for each trading day.</p>
<h3>The aggregate, its interval, and what happened</h3>
<p>The band is the published interval, which promises to hold the truth in 90 % of rounds.</p>
<figure>${values}</figure>
<h3>Loss so far, the plain mean's being 100 %</h3>
<p>Mean squared error over all rounds up to the day. Lower is better; the best so far is the worker one would have picked that morning.</p>
<figure>${losses}</figure>
<h3>Weights</h3>
<p>Each worker's share in the aggregate. The house is the median and the corrected mean, which speak until workers prove better.</p>
<figure>${weights}</figure>
<h3>Stakes</h3>
<p>All began with the same. Money moves from the inaccurate to the accurate, and the pool plays at the naive forecast.</p>
<figure>${stakes}</figure>
${tableOf({ rows: topicRows(summary), own: 1 })}
<p>Loss is the mean squared error. “Aggregate to it” compares the aggregate's loss with the row's: below zero the aggregate was better. ${GAINS}</p>
<p>${capital(poolLine(summary))}.</p>`
}

function valueLines({ played }: Summary): Series[] {
  return [
    {
      name: 'aggregate',
      color: colors.aggregate,
      values: played.map(({ aggregate }) => aggregate),
    },
    {
      name: 'truth',
      color: colors.truth,
      values: played.map(({ truth }) => truth),
      isDotted: true,
    },
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
    color: colors.aggregate,
  }
}

function lossLines({ played }: Summary): Series[] {
  const benchmarks = benchmarksOf({ rounds: played })
  const sumsOf = (errors: number[]) => {
    let sum = 0
    return errors.map((error) => (sum += error * error))
  }
  const means = sumsOf(played.map(({ truth }, i) => benchmarks[i]!.mean - truth))
  const against = (forecasts: number[]) =>
    sumsOf(forecasts.map((forecast, i) => forecast - played[i]!.truth)).map((sum, i) =>
      i < SETTLED_IN ? undefined : sum / means[i]!,
    )

  return [
    {
      name: 'plain mean',
      color: colors.plain,
      values: against(benchmarks.map(({ mean }) => mean)),
    },
    {
      name: 'plain median',
      color: colors.median,
      values: against(benchmarks.map(({ median }) => median)),
    },
    {
      name: 'best so far',
      color: colors.best,
      values: against(benchmarks.map(({ bestSoFar }) => bestSoFar)),
    },
    {
      name: 'aggregate',
      color: colors.aggregate,
      values: against(played.map(({ aggregate }) => aggregate)),
    },
  ]
}

function weightAreas({ played, workers }: Summary): Series[] {
  const areas = workers.map((worker, i) => ({
    name: worker.name,
    color: colorOf({ worker, i }),
    values: played.map(({ weights }) => weights[i]!),
  }))
  const house = played.map(({ weights }) => 1 - weights.reduce((sum, weight) => sum + weight, 0))
  return [
    ...areas.filter(({ values }) => Math.max(...values) > 0.005),
    { name: 'house', color: colors.house, values: house },
  ]
}

function stakeLines({ played, workers }: Summary): Series[] {
  return workers.map((worker, i) => {
    let stake = worker.stake
    const values = played.map(({ gains }) => Number(formatEther((stake += sumOf(gains[i]!)))))
    return { name: worker.name, color: colorOf({ worker, i }), values }
  })
}

function colorOf({ worker, i }: { worker: WorkerSummary; i: number }): string {
  return worker.kind === 'honest' ? colors.honest(i) : colors[worker.kind]
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

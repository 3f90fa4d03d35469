import { drawChart } from '@auspex/workers/charts'
import { consumerLines } from '../consumerLines.ts'
import { againstText, percentText } from '../formats.ts'
import { ledgerLine } from '../ledgerLine.ts'
import type { Ledger } from '../../books/ledgerOf.ts'
import type { ConsumerStory } from '../../members/openConsumer.ts'
import type { ReputerSummary } from '../../books/readReputers.ts'
import { reputerRows } from '../reputerRows.ts'
import type { Summary } from '../../books/summarise.ts'
import { colors, style } from './style.ts'
import { tableOf } from './tableOf.ts'
import { topicSection } from './topicSection.ts'

export interface Report {
  readonly seed: number
  readonly summaries: readonly Summary[]
  readonly reputers: readonly ReputerSummary[]
  readonly consumer: ConsumerStory | undefined
  readonly ledger: Ledger
}

/** The whole run on one page that needs nothing else. */
export async function renderReport(report: Report): Promise<string> {
  const { seed, summaries, reputers, consumer, ledger } = report
  const dates = summaries[0]?.played.map(({ date }) => date) ?? []
  const sections: string[] = []
  for (const summary of summaries) sections.push(await topicSection({ summary }))

  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Auspex: ${dates.length} days of the S&amp;P 500</title><style>${style}</style></head><body><main>
<h1>${dates.length} days of the S&amp;P 500, predicted</h1>
<p>${dates[0]} to ${dates.at(-1)}, seed ${seed}. Every prediction was sealed, opened, aggregated, scored and paid on a chain; no worker saw a price dated after its round's opening.</p>
<div class="tiles">${summaries.map(tileOf).join('')}</div>
${sections.join('\n')}
<h2>Reputers</h2>
<p>Three accounts bring the truth. One of them reports something else every tenth round and pays for it.</p>
${tableOf({ rows: reputerRows({ reputers }) })}
${consumer === undefined ? '' : await consumerSection({ consumer, dates })}
<h2>Money</h2>
<pre>${ledgerLine(ledger).replaceAll(', ', '\n').replace(': ', '\n')}</pre>
</main></body></html>
`
}

function tileOf({ topic, loss, coverage, workers }: Summary): string {
  const best = Math.min(...workers.map((worker) => worker.loss))
  const isBetter = loss.aggregate < loss.mean
  const lines = [
    `against the plain mean; ${againstText({ loss: loss.aggregate, other: loss.bestSoFar })} against the best so far`,
    `${againstText({ loss: loss.aggregate, other: best })} against the best in hindsight`,
    coverage === undefined
      ? 'no interval promised yet'
      : `interval held the truth in ${percentText(coverage)}`,
  ]
  return `<div class="tile"><span>${topic.question.name}: loss</span><b class="${isBetter ? 'good' : 'bad'}">${againstText({ loss: loss.aggregate, other: loss.mean })}</b><span>${lines.join('<br>')}</span></div>`
}

async function consumerSection({
  consumer,
  dates,
}: {
  consumer: ConsumerStory
  dates: readonly string[]
}): Promise<string> {
  const values = consumer.loanToValue.map((bps) => bps / 10_000)
  const chart = await drawChart({
    title: 'Loan to value',
    places: dates,
    series: [{ name: 'loan to value', color: colors.aggregate, values }],
    format: '.0%',
  })
  return `<h2>VolatilityLending</h2>
<p>A contract that lends less before markets get wild. It ${consumerLines(consumer).join('; it ')}.</p>
<figure>${chart}</figure>`
}

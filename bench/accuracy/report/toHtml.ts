import { html } from 'hono/html'
import { drawChart } from '@auspex/workers/charts'
import type { Chart } from '@auspex/workers/charts'
import { intervalQuality } from '../measure/intervalQuality.ts'
import { lossRatio, ratioToBest } from '../measure/ratios.ts'
import { countRows } from '../measure/replayTopic.ts'
import type { PanelResult, TopicResult } from '../measure/replayTopic.ts'
import { ruleNames } from '../rules/peers.ts'
import { cumulativeLoss, weightsOverTime } from './charts.ts'
import { format } from './toText.ts'

/** Topics of a family that get charts of their own: the longest ones. */
const CLOSE_UPS = 12

/** A page of charts in one file: no script, nothing to load. */
export async function toHtml(panels: readonly PanelResult[]): Promise<string> {
  const sections: string[] = []
  for (const panel of panels) if (panel.results.length > 0) sections.push(await section(panel))
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Auspex: accuracy</title>',
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<h1>Accuracy, replayed strictly online</h1>',
    `<p>${LEGEND}</p>`,
    ...sections,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const LEGEND =
  'Cumulative loss: how far each rule has fallen behind ours since the first round, as a share of ' +
  'what the equal mean lost in all. A rising line is a rule that loses more than ours.'

const STYLE = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
  body { max-width: 88rem; margin: 2rem auto; padding: 0 1rem }
  table { border-collapse: collapse; margin: 1rem 0 }
  th, td { padding: .15rem .8rem; text-align: right; font-variant-numeric: tabular-nums }
  th:first-child, td:first-child { text-align: left; padding-left: 0 }
  thead th { border-bottom: 1px solid #8888 }
  .charts > figure:only-child { max-width: 48rem }
  .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 1.5rem }
  figure { margin: 0 }
  figcaption { font-weight: 600 }
  svg { width: 100%; height: auto; background: #fff; color: #333 }
  summary { cursor: pointer; margin: .4rem 0 }
`

async function section({ panel, results }: PanelResult): Promise<string> {
  const { rounds, workers } = countRows(results)
  const longest = [...results]
    .sort((a, b) => b.topic.rounds.length - a.topic.rounds.length)
    .slice(0, CLOSE_UPS)
  const closeUps: string[] = []
  for (const result of longest) closeUps.push(await closeUp(result, closeUps.length === 0))

  return [
    '<section>',
    `<h2>${escapeHtml(panel.family)} <small>${escapeHtml(panel.file)}</small></h2>`,
    `<p>${results.length} topics, ${rounds} rounds, ${workers} workers; ` +
      `${panel.leftOut} topics left out. ${coverage(results)}</p>`,
    table(results),
    '<div class="charts">',
    await figure(
      cumulativeLoss({ title: 'cumulative loss against each rule, all topics', results }),
    ),
    '</div>',
    '<h3>Longest topics</h3>',
    ...closeUps,
    '</section>',
  ].join('\n')
}

function coverage(results: readonly TopicResult[]): string {
  const quality = intervalQuality(results)

  return `The interval held the truth in ${format.share(quality?.coverage)} of the rounds.`
}

function table(results: readonly TopicResult[]): string {
  const rows = ruleNames.map((rule) => {
    const cells = [
      format.ratio(lossRatio({ results, rule, against: 'mean' })),
      format.ratio(lossRatio({ results, rule: 'ours', against: rule })),
      format.ratio(ratioToBest({ results, rule })),
    ]
    return `<tr><td>${rule}</td>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  })

  return [
    '<table>',
    '<thead><tr><th>rule</th><th>loss to mean</th><th>ours to rule</th>' +
      '<th>loss to best worker</th></tr></thead>',
    `<tbody>${rows.join('\n')}</tbody>`,
    '</table>',
  ].join('\n')
}

async function closeUp(result: TopicResult, isOpen: boolean): Promise<string> {
  const title = 'cumulative loss against each rule'

  return [
    `<details${isOpen ? ' open' : ''}><summary>${escapeHtml(result.topic.name)}</summary>`,
    '<div class="charts">',
    await figure(cumulativeLoss({ title, results: [result] })),
    await figure(weightsOverTime(result)),
    '</div>',
    '</details>',
  ].join('\n')
}

async function figure(chart: Chart): Promise<string> {
  const caption = `<figcaption>${escapeHtml(chart.title)}</figcaption>`
  return `<figure>${caption}${await drawChart(chart)}</figure>`
}

/** Text that may stand in HTML, in attributes too. */
function escapeHtml(text: string): string {
  return String(html`${text}`)
}

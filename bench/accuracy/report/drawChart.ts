import { html } from 'hono/html'
import { at } from '../../lib/checks.ts'
import type { Chart, Series } from './charts.ts'

const BOX = { width: 640, height: 260, left: 60, right: 12, top: 10, bottom: 28 }

type Place = (value: number) => number

/** Draws lines, or bands stacked on one another, as a picture that needs no script. */
export function drawChart({ kind, chart }: { kind: 'lines' | 'bands'; chart: Chart }): string {
  const { rounds, range, series } = chart
  const across = placed({
    from: [at(rounds, 0), at(rounds, rounds.length - 1)],
    to: [BOX.left, BOX.width - BOX.right],
  })
  const up = placed({ from: range, to: [BOX.height - BOX.bottom, BOX.top] })
  const shapes = kind === 'lines' ? lines({ chart, across, up }) : bands({ chart, across, up })

  return [
    '<figure>',
    `<figcaption>${escapeHtml(chart.title)}</figcaption>`,
    `<svg viewBox="0 0 ${BOX.width} ${BOX.height}" role="img" aria-label="${escapeHtml(chart.title)}">`,
    ...grid({ chart, across, up }),
    ...shapes,
    '</svg>',
    `<ul>${series.map(key).join('')}</ul>`,
    '</figure>',
  ].join('\n')
}

function placed({
  from,
  to,
}: {
  from: readonly [number, number]
  to: readonly [number, number]
}): Place {
  const span = from[1] - from[0] || 1

  return (value) => to[0] + ((value - from[0]) / span) * (to[1] - to[0])
}

function grid({ chart, across, up }: { chart: Chart; across: Place; up: Place }): string[] {
  const { rounds, range, write } = chart
  const right = BOX.width - BOX.right
  const foot = BOX.height - 8
  const levels = ticksOf({ range, count: 5 }).map((value) => {
    const y = up(value).toFixed(1)
    return (
      `<line x1="${BOX.left}" x2="${right}" y1="${y}" y2="${y}" class="${value === 0 ? 'zero' : 'grid'}"/>` +
      `<text x="${BOX.left - 6}" y="${y}" dy="4" text-anchor="end">${write(value)}</text>`
    )
  })
  const times = ticksOf({ range: [at(rounds, 0), at(rounds, rounds.length - 1)], count: 6 }).map(
    (value) =>
      `<text x="${across(value).toFixed(1)}" y="${foot}" text-anchor="middle">${value}</text>`,
  )

  return [...levels, ...times]
}

function lines({ chart, across, up }: { chart: Chart; across: Place; up: Place }): string[] {
  return chart.series.map(({ name, color, values }) => {
    const path = points({ rounds: chart.rounds, values, across, up })
    return `<polyline points="${path}" stroke="${color}"><title>${escapeHtml(name)}</title></polyline>`
  })
}

function bands({ chart, across, up }: { chart: Chart; across: Place; up: Place }): string[] {
  let below = chart.rounds.map(() => 0)

  return chart.series.map(({ name, color, values }) => {
    const above = values.map((value, i) => value + at(below, i))
    const upper = points({ rounds: chart.rounds, values: above, across, up })
    const lower = points({ rounds: chart.rounds, values: below, across, up })
      .split(' ')
      .reverse()
      .join(' ')
    below = above
    return `<polygon points="${upper} ${lower}" fill="${color}"><title>${escapeHtml(name)}</title></polygon>`
  })
}

function points({
  rounds,
  values,
  across,
  up,
}: {
  rounds: readonly number[]
  values: readonly number[]
  across: Place
  up: Place
}): string {
  return rounds
    .map((round, i) => `${across(round).toFixed(1)},${up(at(values, i)).toFixed(1)}`)
    .join(' ')
}

function key({ name, color }: Series): string {
  return `<li><i style="background:${color}"></i>${escapeHtml(name)}</li>`
}

/** Round values within a range, about as many as asked for. */
function ticksOf({
  range: [low, high],
  count,
}: {
  range: readonly [number, number]
  count: number
}): number[] {
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1)
  const first = Math.ceil(low / step)
  const last = Math.floor(high / step)

  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => (first + i) * step)
}

/** Text that may stand in HTML, in attributes too. */
export function escapeHtml(text: string): string {
  return String(html`${text}`)
}

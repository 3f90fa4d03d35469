/*
 * The third entry of the package, `@auspex/workers/charts`: the one place where the demo, the benches and the backtest draw. A
 * chart is drawn by Vega-Lite, without a browser, as SVG text that needs no script.
 */
import { View, parse } from 'vega'
import { compile } from 'vega-lite'
import type { TopLevelSpec } from 'vega-lite'

/** One line, one layer of a stack, or one set of bars. */
export type Series = {
  name: string
  /** One for each place of the chart; a gap where undefined. */
  values: readonly (number | undefined)[]
  /** Any colour of CSS. */
  color: string
  /** A dot for each value instead of a line through them. */
  isDotted?: boolean
}

export type Chart = {
  /** What the picture shows, for those who do not see it. */
  title: string
  /** Lines by themselves, areas on one another, or bars beside one another. */
  kind?: 'lines' | 'areas' | 'bars'
  /** Where the values stand: days as YYYY-MM-DD, numbers, or names. */
  places: readonly (string | number)[]
  series: readonly Series[]
  /** A band behind the lines. */
  band?: {
    low: readonly (number | undefined)[]
    high: readonly (number | undefined)[]
    color: string
  }
  /** Values outside are cut off. */
  within?: { least: number; most: number }
  /** How the numbers of the upright axis are written, as d3-format has it: `.1%`, `~s`. */
  format?: string
}

const [WIDTH, HEIGHT] = [860, 280]
/** Places at most: the eye cannot tell more of them apart, and the picture stays light. */
const MOST_PLACES = 800
const DAY = /^\d{4}-\d{2}-\d{2}/
/** As wide a line as the text around it, in light and in dark. */
const INK = 'currentColor'

type Row = { place: string | number; name?: string; value?: number; low?: number; high?: number }

/**
 * Draws a chart.
 * @returns an `svg` element, as text
 * @throws RangeError where a series has not one value for each place
 *
 * @example
 * ```ts
 * import { drawChart } from '@auspex/workers/charts'
 *
 * const series = [{ name: 'stake', values: [1000, 1004.2, 1001.7], color: 'teal' }]
 * const svg = await drawChart({ title: 'Stake, tokens', places: [1, 2, 3], series })
 * ```
 */
export async function drawChart(chart: Chart): Promise<string> {
  const { title, places, series } = chart
  for (const { name, values } of series) {
    if (values.length === places.length) continue
    throw new RangeError(`${name} has ${values.length} values for ${places.length} places`)
  }
  const view = new View(parse(compile(specOf(chart)).spec), { renderer: 'none' })
  const svg = await view.toSVG()
  view.finalize()
  // Within a page no name space is needed.
  const bare = svg.replace(/ xmlns(:xlink)?="[^"]*"/g, '')
  return bare.replace('<svg ', `<svg role="img" aria-label="${escaped(title)}" `)
}

function specOf(chart: Chart): TopLevelSpec {
  const { kind = 'lines', places, series, band, within, format } = chart
  const kept = keptOf(places.length)
  const rows = series.flatMap(({ name, values }) =>
    kept.flatMap((i): Row[] =>
      values[i] === undefined ? [] : [{ place: places[i]!, name, value: cut(values[i], within) }],
    ),
  )
  const along = {
    field: 'place',
    type: typeOf(places),
    axis: { title: null, grid: false, labelOverlap: true },
    ...(kind !== 'bars' && typeOf(places) === 'quantitative' && { scale: { zero: false } }),
  }
  const up = {
    field: 'value',
    type: 'quantitative',
    axis: { title: null, ...(format !== undefined && { format }) },
    scale: { zero: kind !== 'lines' },
  }
  const color = {
    field: 'name',
    type: 'nominal',
    scale: { domain: series.map(({ name }) => name), range: series.map((each) => each.color) },
    legend: { title: null, orient: 'top', symbolType: 'circle' },
  }
  const dotted = series.filter(({ isDotted }) => isDotted).map(({ name }) => name)
  const isDotted = { field: 'name', oneOf: dotted }
  const own = { x: along, y: up, color }
  const layers = {
    lines: [
      ...bandOf(band, kept, places, within, own),
      {
        transform: [{ filter: { not: isDotted } }],
        mark: { type: 'line', strokeWidth: 1.5 },
        encoding: own,
      },
      {
        transform: [{ filter: isDotted }],
        mark: { type: 'point', filled: true, size: 10, opacity: 0.8 },
        encoding: own,
      },
    ],
    areas: [
      { mark: { type: 'area', opacity: 0.85 }, encoding: { ...own, y: { ...up, stack: 'zero' } } },
    ],
    bars: [{ mark: 'bar', encoding: { ...own, xOffset: { field: 'name' } } }],
  }
  return {
    width: WIDTH,
    height: HEIGHT,
    background: 'transparent',
    padding: 4,
    data: { values: rows },
    layer: layers[kind],
    config: {
      font: 'system-ui, sans-serif',
      view: { stroke: null },
      axis: {
        labelColor: INK,
        tickColor: INK,
        domainColor: INK,
        gridColor: INK,
        gridOpacity: 0.12,
      },
      legend: { labelColor: INK },
    },
  } as TopLevelSpec
}

function bandOf(
  band: Chart['band'],
  kept: readonly number[],
  places: Chart['places'],
  within: Chart['within'],
  { x, y }: { x: object; y: object },
): object[] {
  if (band === undefined) return []
  const values = kept.flatMap((i): Row[] => {
    const [low, high] = [band.low[i], band.high[i]]
    if (low === undefined || high === undefined) return []
    return [{ place: places[i]!, low: cut(low, within), high: cut(high, within) }]
  })
  const encoding = { x, y: { ...y, field: 'low' }, y2: { field: 'high' } }
  const mark = { type: 'area', color: band.color, opacity: 0.18 }
  return [{ data: { values }, mark, encoding }]
}

/** Every so many places, the last one included. */
function keptOf(count: number): number[] {
  const step = Math.max(1, Math.ceil(count / MOST_PLACES))
  const all = Array.from({ length: count }, (_, i) => i)
  return all.filter((i) => i % step === 0 || i === count - 1)
}

function typeOf(places: Chart['places']): 'temporal' | 'quantitative' | 'ordinal' {
  if (places.every((place) => typeof place === 'number')) return 'quantitative'
  return places.every((place) => DAY.test(String(place))) ? 'temporal' : 'ordinal'
}

function cut(value: number, within: Chart['within']): number {
  return within ? Math.min(within.most, Math.max(within.least, value)) : value
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

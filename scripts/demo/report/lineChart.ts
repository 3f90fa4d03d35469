import { HEIGHT, WIDTH, frame, inner, placeOf } from './frame.ts'
import { scaleOf } from './scaleOf.ts'
import { spread } from './spread.ts'

export interface Line {
  readonly name: string
  /** One a round; a gap where undefined. */
  readonly values: readonly (number | undefined)[]
  /** Class names of the style sheet. */
  readonly look: string
}

export interface Band {
  readonly low: readonly (number | undefined)[]
  readonly high: readonly (number | undefined)[]
}

/** Lines over the rounds, named at their ends, with a band behind them if there is one. */
export function lineChart(chart: {
  dates: readonly string[]
  lines: readonly Line[]
  band?: Band
  unit?: string
  /** Values outside are cut off. */
  within?: { least: number; most: number }
}): string {
  const { dates, lines, band, unit, within } = chart
  const all = [...lines.map(({ values }) => values), band?.low ?? [], band?.high ?? []].flat()
  const known = all.filter((value) => value !== undefined).map(cut)
  const scale = scaleOf({ values: known, from: inner.bottom, to: inner.top, count: 6 })
  const of = dates.length

  function cut(value: number): number {
    return within ? Math.min(within.most, Math.max(within.least, value)) : value
  }

  function pathOf(values: readonly (number | undefined)[]): string {
    let isDown = false
    const steps = values.map((value, at) => {
      const move = isDown ? 'L' : 'M'
      isDown = value !== undefined
      if (value === undefined) return ''
      return `${move}${placeOf({ at, of }).toFixed(1)} ${scale.place(cut(value)).toFixed(1)}`
    })
    return steps.join('')
  }

  function bandOf({ low, high }: Band): string {
    const first = low.findIndex((value) => value !== undefined)
    if (first === -1) return ''
    const points = [
      ...high.map((value, at) => ({ value, at })).slice(first),
      ...low
        .map((value, at) => ({ value, at }))
        .slice(first)
        .reverse(),
    ]
    const corners = points.map(
      ({ value, at }) => `${placeOf({ at, of }).toFixed(1)},${scale.place(cut(value!)).toFixed(1)}`,
    )
    return `<polygon points="${corners.join(' ')}" class="band"/>`
  }

  const ends = lines.map(({ values }) =>
    scale.place(cut(values.findLast((value) => value !== undefined) ?? 0)),
  )
  const places = spread({ places: ends, gap: 14, low: inner.top + 6, high: inner.bottom })
  const drawn = lines.map(
    ({ name, values, look }, i) =>
      `<path d="${pathOf(values)}" class="line ${look}"><title>${name}</title></path>` +
      `<text x="${inner.right + 8}" y="${places[i]!.toFixed(1)}" dy="0.32em" class="name ${look}">${name}</text>`,
  )
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${frame({ dates, scale, ...(unit !== undefined && { unit }) })}${band ? bandOf(band) : ''}${drawn.join('')}</svg>`
}

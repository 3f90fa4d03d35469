import { HEIGHT, WIDTH, frame, inner, placeOf } from './frame.ts'
import { scaleOf } from './scaleOf.ts'
import { spread } from './spread.ts'

export interface Line {
  readonly name: string
  /** One a round; a gap where undefined. */
  readonly values: readonly (number | undefined)[]
  /** Class name of the style sheet. */
  readonly look: string
  /** A dot for each round instead of a line through them. */
  readonly isDotted?: boolean
}

interface Band {
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
  const scale = scaleOf({ values: known, from: inner.bottom, to: inner.top, count: 8 })
  const of = dates.length

  function cut(value: number): number {
    return within ? Math.min(within.most, Math.max(within.least, value)) : value
  }

  function pathOf({ values, isDotted = false }: Line): string {
    let isDown = false
    const steps = values.map((value, at) => {
      const move = isDown && !isDotted ? 'L' : 'M'
      isDown = value !== undefined
      if (value === undefined) return ''
      const point = `${placeOf({ at, of }).toFixed(1)} ${scale.place(cut(value)).toFixed(1)}`
      return isDotted ? `${move}${point}h0` : `${move}${point}`
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
  const drawn = lines.map((line, i) => {
    const { name, look, isDotted = false } = line
    const kind = isDotted ? 'dots' : 'line'
    const path = `<path d="${pathOf(line)}" class="${kind} ${look}"><title>${name}</title></path>`
    const at = `x="${inner.right + 8}" y="${places[i]!.toFixed(1)}" dy="0.32em"`
    return `${path}<text ${at} class="name ${look}">${name}</text>`
  })
  const ground = frame({ dates, scale, ...(unit !== undefined && { unit }) })
  const content = `${ground}${band ? bandOf(band) : ''}${drawn.join('')}`
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${content}</svg>`
}

import { HEIGHT, WIDTH, frame, inner, placeOf } from './frame.ts'
import { scaleOf } from './scaleOf.ts'
import { spread } from './spread.ts'
import type { Line } from './lineChart.ts'

/** Shares of a whole over the rounds, one on the other. */
export function areaChart(chart: { dates: readonly string[]; areas: readonly Line[] }): string {
  const { dates, areas } = chart
  const { ticks, place } = scaleOf({
    values: [0, 100],
    from: inner.bottom,
    to: inner.top,
    count: 5,
    isWhole: true,
  })
  const placeShare = (share: number) => place(100 * share)
  const of = dates.length

  let floor = dates.map(() => 0)
  const middles: number[] = []
  const drawn = areas.map(({ name, values, look }) => {
    const roof = floor.map((height, at) => height + (values[at] ?? 0))
    const corners = [
      ...roof.map((height, at) => ({ height, at })),
      ...floor.map((height, at) => ({ height, at })).reverse(),
    ]
    middles.push(placeShare((floor.at(-1)! + roof.at(-1)!) / 2))
    floor = roof
    const points = corners.map(
      ({ height, at }) => `${placeOf({ at, of }).toFixed(1)},${placeShare(height).toFixed(1)}`,
    )
    return `<polygon points="${points.join(' ')}" class="area ${look}"><title>${name}</title></polygon>`
  })

  const places = spread({ places: middles, gap: 14, low: inner.top + 6, high: inner.bottom })
  const names = areas.map(
    ({ name, look }, i) =>
      `<text x="${inner.right + 8}" y="${places[i]!.toFixed(1)}" dy="0.32em" class="name ${look}">${name}</text>`,
  )
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${drawn.join('')}${frame({ dates, scale: { ticks, place }, unit: ' %' })}${names.join('')}</svg>`
}

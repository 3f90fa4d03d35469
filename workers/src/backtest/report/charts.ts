/* Charts as SVG text; all that goes in are numbers and names of this program. */
const [WIDTH, HEIGHT, LEFT, BOTTOM] = [900, 260, 60, 24]
const COLOURS = ['#1c2430', '#d9822b', '#1c7c54']
/** Points of a line at most: more than this the eye cannot tell apart. */
const MOST_POINTS = 800

export function lineChart(chart: {
  names: readonly string[]
  lines: readonly (readonly number[])[]
  labels: readonly string[]
}): string {
  const { names, lines, labels } = chart
  const all = lines.flat().filter(Number.isFinite)
  if (all.length === 0) return ''
  const [least, most] = boundsOf(all)
  const x = (i: number, count: number) => LEFT + ((WIDTH - LEFT) * i) / Math.max(1, count - 1)
  const y = (value: number) => 10 + ((HEIGHT - BOTTOM - 10) * (most - value)) / (most - least || 1)

  const paths = lines.map((line, place) => {
    const step = Math.max(1, Math.ceil(line.length / MOST_POINTS))
    const points = line.flatMap((value, i) =>
      i % step === 0 || i === line.length - 1
        ? [`${x(i, line.length).toFixed(1)},${y(value).toFixed(1)}`]
        : [],
    )
    return `<polyline fill="none" stroke="${COLOURS[place]}" stroke-width="1.3" points="${points.join(' ')}"/>`
  })
  const legend = names.map(
    (name, i) => `<text x="${LEFT + 90 * i}" y="9" style="fill:${COLOURS[i]}">${name}</text>`,
  )
  const marks = [least, (least + most) / 2, most].map(
    (value) => `<text x="0" y="${(y(value) + 4).toFixed(1)}">${shortOf(value)}</text>`,
  )
  const ends = `<text x="${LEFT}" y="${HEIGHT - 6}">${labels[0] ?? ''}</text><text x="${WIDTH}" y="${HEIGHT - 6}" text-anchor="end">${labels.at(-1) ?? ''}</text>`
  return framed([...paths, ...legend, ...marks, ends])
}

/** Bars, each with a mark at what was expected. */
export function barChart(bars: readonly { value: number; expected: number }[]): string {
  const most = Math.max(...bars.flatMap(({ value, expected }) => [value, expected]), 1e-9)
  const width = (WIDTH - LEFT) / Math.max(1, bars.length)
  const y = (value: number) => 10 + ((HEIGHT - BOTTOM - 10) * (most - value)) / most
  const shapes = bars.flatMap(({ value, expected }, i) => {
    const x = LEFT + width * i
    const height = HEIGHT - BOTTOM - y(value)
    return [
      `<rect x="${(x + 3).toFixed(1)}" y="${y(value).toFixed(1)}" width="${(width - 6).toFixed(1)}" height="${height.toFixed(1)}" fill="#9db4c8"/>`,
      `<line x1="${x.toFixed(1)}" x2="${(x + width).toFixed(1)}" y1="${y(expected).toFixed(1)}" y2="${y(expected).toFixed(1)}" stroke="#d9822b"/>`,
    ]
  })
  return framed([...shapes, `<text x="0" y="14">${shortOf(most)}</text>`])
}

function framed(parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${parts.join('')}</svg>`
}

function boundsOf(values: readonly number[]): [number, number] {
  return values.reduce(
    ([least, most], each) => [Math.min(least, each), Math.max(most, each)],
    [Infinity, -Infinity],
  )
}

function shortOf(value: number): string {
  return String(Number(value.toPrecision(4)))
}

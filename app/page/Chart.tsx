import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'

/** A line of a chart; `colour` names a variable of the style sheet. */
export type Line = {
  label: string
  values: (number | null)[]
  colour: string
  width?: number
  dash?: number[]
  /** Fills between this line and the one after it. */
  isBand?: boolean
}

/** Points that lie at the places of the x axis. */
export type Dots = { label: string; colour: string; points: { x: number; y: number }[] }

export type ChartProps = {
  /** What the chart shows, in one sentence for those who do not see it. */
  label: string
  x: number[]
  lines: Line[]
  dots?: Dots[]
  height?: number
  isTime?: boolean
}

/** A canvas chart with a legend of text and a sentence in its place for screen readers. */
export function Chart(props: ChartProps) {
  const holder = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const latest = useRef(props)
  latest.current = props
  const shape = props.lines.map(({ label }) => label).join('|')

  useEffect(() => {
    const element = holder.current!
    const draw = () => {
      plot.current?.destroy()
      plot.current = new uPlot(
        optionsOf(latest, element.clientWidth || 600),
        dataOf(latest.current),
        element,
      )
    }
    draw()
    const resized = new ResizeObserver(() => {
      const { height = 280 } = latest.current
      plot.current?.setSize({ width: element.clientWidth, height })
    })
    resized.observe(element)
    window.addEventListener('theme', draw)
    return () => {
      resized.disconnect()
      window.removeEventListener('theme', draw)
      plot.current?.destroy()
    }
  }, [shape])

  useEffect(() => plot.current?.setData(dataOf(props)), [props.x, props.lines, props.dots])

  return (
    <figure class="chart">
      <figcaption class="legend">
        {props.lines
          .filter(({ label }) => label !== '')
          .map(({ label, colour, isBand }) => (
            <span key={label}>
              <i
                class={isBand ? 'swatch band' : 'swatch'}
                style={`background:var(--${colour})`}
                aria-hidden="true"
              />
              {label}
            </span>
          ))}
        {props.dots?.map(({ label, colour }) => (
          <span key={label}>
            <i class="swatch round" style={`background:var(--${colour})`} aria-hidden="true" />
            {label}
          </span>
        ))}
      </figcaption>
      <div
        ref={holder}
        class="plot"
        role="img"
        aria-label={props.label}
        style={`height:${props.height ?? 280}px`}
      />
    </figure>
  )
}

function dataOf({ x, lines }: ChartProps): uPlot.AlignedData {
  return [x, ...lines.map(({ values }) => values)] as uPlot.AlignedData
}

function colourOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}

/** Between marks of an axis of rounds: no half rounds. */
const WHOLE_STEPS = [1, 10, 100, 1000, 10_000].flatMap((unit) => [unit, 2 * unit, 5 * unit])

function optionsOf(latest: { current: ChartProps }, width: number): uPlot.Options {
  const { lines, height = 280, isTime = false } = latest.current
  const axis = {
    stroke: () => colourOf('soft'),
    grid: { stroke: () => colourOf('rule'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  }
  const bands = lines.flatMap(({ isBand, colour }, i) =>
    isBand ? [{ series: [i + 1, i + 2] as [number, number], fill: `${colourOf(colour)}2e` }] : [],
  )
  return {
    width,
    height,
    bands,
    legend: { show: false },
    cursor: { y: false, points: { show: false } },
    scales: {
      x: { time: isTime },
      y: { range: (_, low, high) => rangeOf(latest.current, low, high) },
    },
    axes: [
      { ...axis, ...(!isTime && { incrs: WHOLE_STEPS }) },
      { ...axis, size: 64, values: (_, ticks) => ticks.map(tickOf) },
    ],
    series: [
      {},
      ...lines.map(({ label, colour, width = 1.6, dash, isBand }, i) => ({
        label,
        ...(dash && { dash }),
        stroke: isBand || lines[i - 1]?.isBand ? 'transparent' : () => colourOf(colour),
        width,
        points: { show: false },
      })),
    ],
    hooks: { draw: [(plot) => drawDots(plot, latest.current.dots ?? [])] },
  }
}

/** Outliers among the dots do not flatten the lines: they are drawn at the edge. */
function rangeOf({ dots }: ChartProps, low: number, high: number): [number, number] {
  if (low === null || high === null || low === undefined) return [0, 1]
  const room = (high - low || Math.abs(high) || 1) * (dots ? 0.25 : 0.08)
  return [low < 0 || low - room >= 0 || dots ? low - room : 0, high + room]
}

function tickOf(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 5 })
}

function drawDots(plot: uPlot, dots: readonly Dots[]): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  for (const { colour, points } of dots) {
    ctx.fillStyle = colourOf(colour)
    ctx.globalAlpha = 0.55
    for (const { x, y } of points) {
      const top = plot.valToPos(y, 'y', true)
      const shown = Math.min(Math.max(top, bbox.top + 2), bbox.top + bbox.height - 2)
      ctx.beginPath()
      ctx.arc(plot.valToPos(x, 'x', true), shown, 1.7 * ratio, 0, 2 * Math.PI)
      ctx.fill()
    }
  }
  ctx.restore()
}

import type { Scale } from './scaleOf.ts'

export const WIDTH = 960
export const HEIGHT = 320
/** Room around the drawing: for the numbers at the left, the dates below, the names at the right. */
export const inner = { left: 64, right: WIDTH - 132, top: 12, bottom: HEIGHT - 28 } as const

/** The lines, numbers and dates that a chart is drawn into. */
export function frame(options: { dates: readonly string[]; scale: Scale; unit?: string }): string {
  const { dates, scale, unit = '' } = options
  const rows = scale.ticks.map((tick) => {
    const y = scale.place(tick).toFixed(1)
    const text = `<text x="${inner.left - 8}" y="${y}" dy="0.32em" class="end">${numberText(tick)}${unit}</text>`
    return `<line x1="${inner.left}" x2="${inner.right}" y1="${y}" y2="${y}" class="grid"/>${text}`
  })

  const count = Math.min(6, dates.length)
  const columns = Array.from({ length: count }, (_, i) => {
    const at = Math.round((i * (dates.length - 1)) / Math.max(1, count - 1))
    const anchor = i === 0 ? 'start' : i === count - 1 ? 'end' : 'middle'
    return `<text x="${placeOf({ at, of: dates.length }).toFixed(1)}" y="${HEIGHT - 8}" class="${anchor}">${dates[at]}</text>`
  })
  return [...rows, ...columns].join('')
}

/** Where the round stands from left to right. */
export function placeOf({ at, of }: { at: number; of: number }): number {
  return inner.left + (at / Math.max(1, of - 1)) * (inner.right - inner.left)
}

function numberText(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString('en-US')
}

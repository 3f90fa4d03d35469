const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

export const format = {
  whole: (x: number) => whole.format(x),
  ratio: (x: number) => x.toFixed(3),
  percent: (x: number) => `${(100 * x).toFixed(1)} %`,
  ms: (x: number | null) => (x === null ? '' : x < 0.1 ? x.toFixed(3) : x.toFixed(2)),
  tiny: (x: number | null) => (x === null ? '' : x.toExponential(1)),
  mib: (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`,
}

/** A table in Markdown: the first column to the left, numbers to the right. Prettier lines it up. */
export function markdownTable({
  header,
  rows,
}: {
  header: readonly string[]
  rows: readonly (readonly string[])[]
}): string {
  const rule = header.map((_, i) => (i === 0 ? '---' : '--:'))
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

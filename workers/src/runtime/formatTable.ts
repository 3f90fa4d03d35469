/**
 * Lays rows out in columns, as text: the one place where commands, demo and benches do. Columns that hold nothing but numbers
 * below their title stand to the right.
 */
export function formatTable({
  header,
  rows,
  hasRule = true,
}: {
  header: readonly string[]
  rows: readonly (readonly string[])[]
  /** Whether a line of dashes parts the titles from the rows. */
  hasRule?: boolean
}): string {
  const columns = header.map((title, i) => ({
    width: Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)),
    isNumber: rows.every((row) => /^($|-$|[-+]?[\d.])/.test(row[i] ?? '')),
  }))
  const write = (row: readonly string[]) =>
    columns
      .map(({ width, isNumber }, i) => {
        const cell = row[i] ?? ''
        return isNumber ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  const rule = hasRule ? [columns.map(({ width }) => '-'.repeat(width)).join('  ')] : []
  return [write(header), ...rule, ...rows.map(write)].join('\n')
}

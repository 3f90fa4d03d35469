/** Lines of a table in plain text: the first column to the left, the others to the right. */
export function formatTable({
  header,
  rows,
}: {
  header: readonly string[]
  rows: readonly (readonly string[])[]
}): string {
  const lines = [header, ...rows]
  const widths = header.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)))
  const write = (line: readonly string[]) =>
    widths
      .map((width, i) =>
        i === 0 ? (line[i] ?? '').padEnd(width) : (line[i] ?? '').padStart(width),
      )
      .join('  ')
      .trimEnd()

  return [
    write(header),
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...rows.map(write),
  ].join('\n')
}

/** Lays rows out in columns; those that hold nothing but numbers below the head stand to the right. */
export function formatTable({ rows }: { rows: readonly (readonly string[])[] }): string[] {
  const [head = [], ...body] = rows
  const columns = head.map((_, i) => ({
    width: Math.max(...rows.map((row) => row[i]?.length ?? 0)),
    isNumber: body.every((row) => !row[i] || /^[-+]?\d/.test(row[i])),
  }))

  return rows.map((row) =>
    columns
      .map(({ width, isNumber }, i) =>
        isNumber ? (row[i] ?? '').padStart(width) : (row[i] ?? '').padEnd(width),
      )
      .join('  ')
      .trimEnd(),
  )
}

/** A table whose first row is its head; the rows up to `own` after it are the network's own. */
export function tableOf({
  rows,
  own = 0,
}: {
  rows: readonly (readonly string[])[]
  own?: number
}): string {
  const [head = [], ...body] = rows
  const lines = body.map((row, i) => {
    const cells = head.map((_, j) => `<td${lookOf(row[j] ?? '')}>${row[j] ?? ''}</td>`)
    return `<tr${i < own ? ' class="own"' : ''}>${cells.join('')}</tr>`
  })
  const titles = head.map((title) => `<th>${title}</th>`).join('')
  return `<div class="scroll"><table><thead><tr>${titles}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`
}

function lookOf(cell: string): string {
  return cell === 'liar' ? ' class="bad"' : ''
}

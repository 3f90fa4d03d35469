import { BadInput } from '../../lib/BadInput.ts'

/** Rows that cannot be replayed, each with its file and line. */
export class BadRows extends BadInput {
  readonly rows: readonly string[]

  constructor(rows: readonly string[]) {
    const shown = rows.slice(0, 20)
    const more = rows.length - shown.length
    super([...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'))
    this.name = 'BadRows'
    this.rows = rows
  }
}

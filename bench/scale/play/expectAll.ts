import type { Ticked } from '../node/messages.ts'

/** Throws unless a tick brought every topic so far. */
export function expectAll({
  ticked: { counts, reasons },
  status,
  topics,
}: {
  ticked: Ticked
  status: string
  topics: number
}): void {
  if (counts[status] === topics) return
  const told = [JSON.stringify(counts), ...reasons].join('; ')
  throw new Error(`${topics} topics should be ${status}: ${told}`)
}

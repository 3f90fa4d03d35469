import { fileURLToPath } from 'node:url'
import type { Window } from '../command/openWindow.ts'
import type { Report } from '../books/closeBooks.ts'

/** Saves the page as it stands beside those of other runs, or where it was asked for, and tells its path. */
export async function savePage(run: {
  window: Window
  report: Report
  file: string | undefined
}): Promise<{ file: string; why?: string }> {
  const { window, report } = run
  const played = report.summaries.flatMap((summary) => summary.played)
  const [first, last] = [played[0]?.date, played.at(-1)?.date]
  const name = `demo-${first}-${last}-seed-${report.seed}.html`
  const file = run.file ?? fileURLToPath(new URL(`../../../reports/${name}`, import.meta.url))
  const day = new Date().toISOString().slice(0, 10)
  const says = `Recorded on ${day}: ${first} to ${last}, seed ${report.seed}`
  return { file, ...(await window.record({ file, says })) }
}

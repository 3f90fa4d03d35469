import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { renderReport } from './page/renderReport.ts'
import type { Report } from './page/renderReport.ts'

/** Writes the report beside the others and tells its path. */
export async function writeReport(report: Report): Promise<string> {
  const { seed, summaries } = report
  const played = summaries.flatMap((summary) => summary.played)
  const name = `demo-${played[0]?.date}-${played.at(-1)?.date}-seed-${seed}.html`
  const file = new URL(`../../../reports/${name}`, import.meta.url)

  await mkdir(new URL('.', file), { recursive: true })
  await writeFile(file, await renderReport(report))
  return fileURLToPath(file)
}

import { format, resolveConfig } from 'prettier'
import { accuracySection } from './accuracySection.ts'
import { gasSection } from './gasSection.ts'
import { modelsSection } from './modelsSection.ts'
import type { Results } from './readResults.ts'
import { scaleSection } from './scaleSection.ts'

/** docs/Benchmarks.md, from what the benches have written. */
export async function renderPage({ results, target }: { results: Results; target: string }) {
  const { accuracy, gas, scale, models } = results
  const text = `# Benchmarks

Generated from \`bench/results\` by \`npm run bench:page\`. Every figure can be printed again by the command above it; with
\`--json\` it prints what is kept in \`bench/results\`.

${[accuracySection(accuracy), gasSection(gas), scaleSection(scale), modelsSection(models)].join('\n\n')}
`
  return format(text, { ...(await resolveConfig(target)), parser: 'markdown' })
}

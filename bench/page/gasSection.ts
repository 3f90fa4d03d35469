import type { toJson } from '../gas/report/toJson.ts'
import { format } from './format.ts'
import { markdownTable } from './markdownTable.ts'

export type GasReport = ReturnType<typeof toJson>

export function gasSection({ hardfork, workers, budgets, read, readWarm, recorded }: GasReport) {
  return `## Gas

\`\`\`sh
npm run bench:gas
npm run gas -- --check
\`\`\`

Whole transactions on an embedded chain (hardfork ${hardfork}): sealed predictions, one reputer that batches all. The second
command is part of the tests and fails when a committed figure drifts by more than 0.2 %.

${markdownTable({
  header: ['workers', 'commit', 'reveal', 'publish', 'settle', 'a worker'],
  rows: Object.entries(workers).map(([count, { commit, reveal, publish, settle }]) => [
    count,
    ...[commit, reveal, publish, settle].map(format.whole),
    format.whole((commit + reveal + publish + settle) / Number(count)),
  ]),
})}

What was aimed at, and what is:

${markdownTable({
  header: ['', 'aim', 'is', 'holds'],
  rows: budgets
    .filter(({ unit }) => unit === 'gas')
    .map(({ name, limit, actual, holds }) => [
      name,
      format.whole(limit),
      format.whole(actual),
      holds ? 'yes' : '**no**',
    ]),
})}

Per worker is what one worker more costs over all phases, from 40 to 100 workers; fixed is the rest of a round. A read costs
${format.whole(read.feed)} cold and ${format.whole(readWarm.feed)} warm by the feed itself, ${format.whole(read.aggregatorV3)} and ${format.whole(readWarm.aggregatorV3)} by the AggregatorV3 view,
${format.whole(read.guarded)} and ${format.whole(readWarm.guarded)} guarded.

Beside it, updates of peers. These are recorded figures, not measured by the command: several of the licences allow measuring
but not shipping.

${markdownTable({
  header: ['', 'contributors', 'signatures', 'gas', 'a signature', 'values on chain'],
  rows: recorded.systems.map(({ name, contributors, signatures, gas, values }) => [
    name,
    format.whole(contributors),
    format.whole(signatures),
    format.whole(gas),
    format.whole(gas / signatures),
    values ? 'yes' : 'no',
  ]),
})}`
}

import type { toJson } from '../gas/report/toJson.ts'
import { format, markdownTable } from './tables.ts'

export type GasReport = ReturnType<typeof toJson>

export function gasSection(report: GasReport) {
  const { hardfork, row, apart, budgets } = report

  return `## Gas

\`\`\`sh
npm run bench:gas
npm run gas -- --check
\`\`\`

Whole transactions on an embedded chain (hardfork ${hardfork}): one reputer that batches all. The second command is part of the
tests and fails when a committed figure drifts by more than 0.2 %. Each phase is told by what it adds to its transaction; the
first of it bears the base. Per worker is what one worker more costs over all phases, from 40 to 100 workers; fixed is the
rest of a round.

**As usual.** What a reputer sends by default where a round's target time is the opening of a later one: one transaction
settles the older round and commits the younger, a second reveals and publishes it in one call, told below as publish. A
worker then costs ${format.whole(report.perWorker)} sealed, a round's fixed part ${format.whole(report.fixed)}.

${roundTable(report.workers)}

Signed-only, the first transaction settles and reveals, the second publishes when no more can be revealed: a worker costs
${format.whole(report.signedOnlyPerWorker)}, the fixed part ${format.whole(report.signedOnlyFixed)}.

${roundTable(report.signedOnly)}

**Rounds in a row.** A topic's rounds follow one another, so that in every window one is settled, the next revealed and
published, and a third committed. A reputer whose \`patience\` lasts until it batches sends all of it in one transaction: the
base is paid once, and what one phase has touched is warm for the next. A worker then costs ${format.whole(row.perWorker)} sealed and
${format.whole(row.signedOnlyPerWorker)} signed-only, a round's fixed part ${format.whole(row.fixed)} and ${format.whole(row.signedOnlyFixed)}.

${roundTable(row.workers)}

**Rounds apart.** A transaction for every phase, the first list unfolded before it is opened, as where somebody stays silent or a
second list was committed. A worker then costs ${format.whole(apart.perWorker)} sealed and
${format.whole(apart.signedOnlyPerWorker)} signed-only, a round's fixed part ${format.whole(apart.fixed)} and ${format.whole(apart.signedOnlyFixed)}.

${roundTable(apart.workers)}

What was aimed at, and what is. The aims are measured as usual; the last two columns tell the same of the other rhythms, and
are bold where they miss the aim. \`--json\` tells rounds as usual first, and \`row\` and \`apart\` beside them.

${markdownTable({
  header: ['', 'aim', 'as usual', 'holds', 'in a row', 'apart'],
  rows: budgets
    .filter(({ unit }) => unit === 'gas')
    .map(({ name, limit, actual, holds }) => [
      name,
      format.whole(limit),
      format.whole(actual),
      holds ? 'yes' : '**no**',
      besides({ name, limit, rounds: row }),
      besides({ name, limit, rounds: apart }),
    ]),
})}

${reads(report)}

${goal(report)}

${peers(report)}`
}

function roundTable(workers: GasReport['workers']): string {
  return markdownTable({
    header: ['workers', 'commit', 'reveal', 'publish', 'settle', 'a worker'],
    rows: Object.entries(workers).map(([count, { commit, reveal, publish, settle }]) => [
      count,
      ...[commit, reveal, publish, settle].map((gas) => (gas > 0 ? format.whole(gas) : '')),
      format.whole((commit + reveal + publish + settle) / Number(count)),
    ]),
  })
}

/** What is aimed at, of another rhythm; a read knows nothing of rounds. */
function besides({
  name,
  limit,
  rounds,
}: {
  name: string
  limit: number
  rounds: GasReport['row']
}): string {
  const figures: Record<string, number> = {
    'per worker, sealed': rounds.perWorker,
    'per worker, signed-only': rounds.signedOnlyPerWorker,
    'fixed, sealed': rounds.fixed,
    'fixed, signed-only': rounds.signedOnlyFixed,
  }
  const figure = figures[name]
  if (figure === undefined) return ''

  return figure <= limit ? format.whole(figure) : `**${format.whole(figure)}**`
}

function reads({ read, readWarm, peers, recorded }: GasReport): string {
  const ours = [
    { name: 'ours, from the network', cold: read.feed, warm: readWarm.feed },
    { name: 'ours, AggregatorV3 view', cold: read.aggregatorV3, warm: readWarm.aggregatorV3 },
    { name: 'ours, guarded', cold: read.guarded, warm: readWarm.guarded },
  ]
  const lineOf =
    (figure: string) =>
    ({ name, cold, warm }: { name: string; cold: number; warm?: number | undefined }) => [
      name,
      format.whole(cold),
      warm === undefined ? '' : format.whole(warm),
      figure,
    ]

  return `What a contract pays to read a value, the account's 2,600 included where it is cold:

${markdownTable({
  header: ['', 'cold', 'warm', 'figure'],
  rows: [
    ...[...ours, ...peers.reads].map(lineOf('measured')),
    ...recorded.reads.map(lineOf('recorded')),
  ],
})}`
}

function goal({ goal: { peer, limit, at, rows } }: GasReport): string {
  const sizes = Object.keys(rows[0]?.perContributor ?? {})

  return `**The goal**: although every value is on chain and weighted, a contributor to an update is to cost no more than a
signature of ${peer} with ${at} oracles, ${format.whole(limit)} gas. There one oracle of three signs for all, so that a value costs
less than a signature (the last table), and nothing is settled; the last two lines count our settlement in. An update is
given the base of every transaction it is in: two as usual, one in a row, and apart three, two where it is signed-only. Where
it shares one with the settlement of another round it finds warm what that has touched.

${markdownTable({
  header: ['gas a contributor, of workers', ...sizes, `holds at ${at}`],
  rows: rows.map(({ name, perContributor, holds }) => [
    name,
    ...sizes.map((size) => format.whole(perContributor[size] ?? NaN)),
    holds ? 'yes' : '**no**',
  ]),
})}`
}

function peers({ updates, peers, recorded }: GasReport): string {
  const lineOf =
    (figure: string) =>
    ({ name, contributors, signatures, gas, values }: GasReport['updates'][number]) => [
      name,
      format.whole(contributors),
      format.whole(signatures),
      format.whole(gas),
      values ? format.whole(gas / contributors) : '',
      signatures > 0 ? format.whole(gas / signatures) : '',
      values ? 'yes' : 'no',
      figure,
    ]
  const reasons = Object.entries(recorded.notMeasured).map(([name, why]) => `- ${name}: ${why}`)

  return `Updates of ours, as usual, beside those of peers: commit, reveal and publish, until the feed changes. What is measured
was measured by the same command on the same chain; what is recorded was measured once elsewhere, on the exact contracts.

${markdownTable({
  header: [
    ...['', 'contributors', 'signatures', 'gas', 'a value', 'a signature'],
    ...['values on chain', 'figure'],
  ],
  rows: [
    ...[...updates, ...peers.updates].map(lineOf('measured')),
    ...recorded.systems.map(lineOf('recorded')),
  ],
})}

Why these are not measured here:

${reasons.join('\n')}`
}

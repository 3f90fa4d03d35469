import { formatTable } from '../../lib/formatTable.ts'
import type { Figures } from '../measure/Figures.ts'
import { readNames } from '../measure/measureReads.ts'
import type { PeerRead } from '../peers/PeerFigures.ts'
import type { Recorded } from './Recorded.ts'
import { whole } from './whole.ts'

/** What a contract pays to read a value. */
export function readTable({
  figures: { reads, peers },
  recorded,
}: {
  figures: Figures
  recorded: Recorded
}): string {
  const ours = readNames.map((name) => ({ name: `ours, ${name}`, ...reads[name] }))

  return formatTable({
    header: ['read', 'cold', 'warm', 'figure'],
    rows: [
      ...ours.map(lineOf('measured')),
      ...peers.reads.map(lineOf('measured')),
      ...recorded.reads.map(lineOf('recorded')),
    ],
  })
}

function lineOf(figure: string): (read: Omit<PeerRead, 'source'>) => string[] {
  return ({ name, cold, warm }) => [
    name,
    whole(cold),
    warm === undefined ? '-' : whole(warm),
    figure,
  ]
}

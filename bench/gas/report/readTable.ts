import { formatTable } from '../../lib/formatTable.ts'
import type { Figures } from '../measure/Figures.ts'
import { readNames } from '../measure/measureReads.ts'
import type { Recorded } from './Recorded.ts'
import { whole } from './whole.ts'

/** What a contract pays to read a value. */
export function readTable({
  figures: { reads },
  recorded,
}: {
  figures: Figures
  recorded: Recorded
}): string {
  return formatTable({
    header: ['read', 'cold', 'warm', 'figure'],
    rows: [
      ...readNames.map((name) => [
        `ours, ${name}`,
        whole(reads[name].cold),
        whole(reads[name].warm),
        'measured',
      ]),
      ...recorded.reads.map(({ name, cold }) => [name, whole(cold), '-', 'recorded']),
    ],
  })
}

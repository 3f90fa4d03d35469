import { formatTable } from '@auspex/workers'
import { reputerCost } from '../measure/costs.ts'
import type { SeatsResult } from '../measure/measureSeats.ts'
import { phases } from '../play/RoundCost.ts'
import { format } from './format.ts'

/** One topic's round by its workers: gas or milliseconds of each phase, and of a worker more. */
export function workersTable({
  sizes,
  of,
}: Pick<SeatsResult, 'sizes'> & { of: 'gas' | 'ms' }): string {
  const write = of === 'gas' ? format.whole : format.tenths
  const total = ({ cost }: SeatsResult['sizes'][number]) => reputerCost(cost)[of]

  return formatTable({
    header: [
      of === 'gas' ? 'workers (gas)' : 'workers (ms)',
      ...phases,
      'reputer',
      'a worker more',
    ],
    rows: sizes.map((size, i) => {
      const before = sizes[i - 1]
      const more = before && (total(size) - total(before)) / (size.seats - before.seats)
      return [
        format.whole(size.seats),
        ...phases.map((phase) => write(size.cost.phases[phase][of])),
        write(total(size)),
        more === undefined ? '-' : write(more),
      ]
    }),
  })
}

import { formatTable } from '../../lib/formatTable.ts'
import type { Cost } from '../chain/Measured.ts'
import type { Figures } from '../measure/Figures.ts'
import type { RoundCost } from '../measure/RoundCost.ts'
import type { Recorded } from './Recorded.ts'
import { whole } from './whole.ts'

type Row = Recorded['systems'][number]

const SIZES = [4, 13, 31]

/**
 * An update of ours (commit, reveal and publish) beside one of others. Theirs ends there; ours is settled afterwards,
 * which has no counterpart.
 */
export function peerTable({
  figures: { rounds },
  recorded,
}: {
  figures: Figures
  recorded: Recorded
}): string {
  const ours = [
    ...ownRows({ name: 'ours, sealed', rounds: rounds.row.batched }),
    ...ownRows({ name: 'ours, signed-only', rounds: rounds.row.signedOnly }),
  ]

  return formatTable({
    header: [
      ...['update', 'values', 'signatures', 'gas', 'a value', 'a signature', 'calldata'],
      ...['all on chain', 'figure'],
    ],
    rows: [...ours.map(lineOf('measured')), ...recorded.systems.map(lineOf('recorded'))],
  })
}

function ownRows({
  name,
  rounds,
}: {
  name: string
  rounds: ReadonlyMap<number, RoundCost>
}): Row[] {
  return SIZES.flatMap((contributors) => {
    const round = rounds.get(contributors)
    if (round === undefined) return []

    const parts = [round.commit, round.reveal, round.publish]
    const sum = (of: keyof Cost) => parts.reduce((total, part) => total + part[of], 0)
    const signatures = contributors
    const cost = { gas: sum('gas'), calldata: sum('calldata') }
    return [{ name, contributors, signatures, ...cost, values: true, source: 'this run' }]
  })
}

function lineOf(figure: string): (row: Row) => string[] {
  return ({ name, contributors, signatures, gas, calldata, values }) => [
    name,
    whole(contributors),
    whole(signatures),
    whole(gas),
    values ? whole(gas / contributors) : '-',
    signatures > 0 ? whole(gas / signatures) : '-',
    calldata === undefined ? '-' : whole(calldata),
    values ? 'yes' : 'no',
    figure,
  ]
}

import { formatTable } from '../../lib/formatTable.ts'
import type { Figures } from '../measure/Figures.ts'
import type { PeerUpdate } from '../peers/PeerFigures.ts'
import { ownUpdates } from './ownUpdates.ts'
import type { Recorded } from './Recorded.ts'
import { whole } from './whole.ts'

/** An update of ours beside one of others, measured in the same run or recorded. */
export function peerTable({ figures, recorded }: { figures: Figures; recorded: Recorded }): string {
  return formatTable({
    header: [
      ...['update', 'values', 'signatures', 'gas', 'a value', 'a signature', 'calldata'],
      ...['all on chain', 'figure'],
    ],
    rows: [
      ...ownUpdates(figures).map(lineOf('measured')),
      ...figures.peers.updates.map(lineOf('measured')),
      ...recorded.systems.map(lineOf('recorded')),
    ],
  })
}

function lineOf(figure: string): (update: PeerUpdate) => string[] {
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

import { isDeepStrictEqual } from 'node:util'
import { formatTable } from '../../lib/formatTable.ts'
import type { Figures } from '../measure/Figures.ts'
import type { Mode } from '../measure/Mode.ts'
import { splitCost } from '../measure/splitCost.ts'
import { budgetTable } from './budgetTable.ts'
import { peerTable } from './peerTable.ts'
import { readTable } from './readTable.ts'
import type { Report } from './Report.ts'
import { roundTable } from './roundTable.ts'
import { whole } from './whole.ts'

const TITLES: Record<Mode, string> = {
  batched: 'sealed, committed and revealed in one batch each',
  direct: 'sealed, every worker with transactions of its own',
  signedOnly: 'signed only, revealed in one batch',
}
const MODES = ['batched', 'direct', 'signedOnly'] as const

/** The report as tables in plain text. */
export function toText({ figures, budgets, recorded }: Report): string {
  const [newest, ...older] = figures

  return [
    gasOf(newest),
    ...older.map((each) => (isSameGas(each, newest) ? sameAs(each, newest) : gasOf(each))),
    ...section('Calldata (the same on every hardfork)', calldataOf(newest)),
    ...section('Reads by a contract', readTable({ figures: newest, recorded })),
    ...section('An update beside those of others', peerTable({ figures: newest, recorded })),
    '',
    recorded.note,
    ...section(`Budgets, on ${newest.hardfork}`, budgetTable(budgets)),
  ].join('\n')
}

function isSameGas(
  { hardfork: _one, ...figures }: Figures,
  { hardfork: _other, ...others }: Figures,
): boolean {
  return isDeepStrictEqual(figures, others)
}

function sameAs(one: Figures, other: Figures): string {
  return `\nOn ${one.hardfork} every figure is the same as on ${other.hardfork}.`
}

function gasOf({ hardfork, rounds, verbs }: Figures): string {
  const sealed = splitCost(rounds.batched)
  const signedOnly = splitCost(rounds.signedOnly)
  const verbTable = formatTable({
    header: ['verb', 'gas'],
    rows: Object.entries(verbs).map(([verb, { gas }]) => [verb, whole(gas)]),
  })

  return [
    ...MODES.flatMap((mode) =>
      section(
        `Gas of a round on ${hardfork}: ${TITLES[mode]}`,
        roundTable({ rounds: rounds[mode], of: 'gas' }),
      ),
    ),
    '',
    `A worker more: ${whole(sealed.perWorker)} sealed, ${whole(signedOnly.perWorker)} signed-only.`,
    `A round's fixed part: ${whole(sealed.fixed)} sealed, ${whole(signedOnly.fixed)} signed-only.`,
    ...section(`Gas of the rest on ${hardfork}, each for the first time`, verbTable),
  ].join('\n')
}

function calldataOf({ rounds }: Figures): string {
  return MODES.map((mode) =>
    [TITLES[mode], roundTable({ rounds: rounds[mode], of: 'calldata' })].join('\n'),
  ).join('\n\n')
}

function section(title: string, body: string): string[] {
  return ['', title, '', body]
}

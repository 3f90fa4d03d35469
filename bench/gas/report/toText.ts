import { isDeepStrictEqual } from 'node:util'
import { formatTable } from '@auspex/workers'
import type { Budget } from '../measure/budgets.ts'
import type { Figures } from '../measure/measureAll.ts'
import { splitCost } from '../measure/RoundCost.ts'
import type { RoundCost } from '../measure/RoundCost.ts'
import type { Goal } from './goalOf.ts'
import type { Recorded } from './Recorded.ts'
import { budgetTable, goalTable, peerTable, readTable, roundTable, whole } from './tables.ts'

/** All that the bench prints. The first figures are those of the newest hardfork. */
export type Report = {
  figures: readonly [Figures, ...Figures[]]
  bytecode: Record<string, number>
  budgets: readonly Budget[]
  goal: Goal
  recorded: Recorded
}

type Section = { title: string; rounds: ReadonlyMap<number, RoundCost> }

/** The report as tables in plain text. */
export function toText({ figures, budgets, goal, recorded }: Report): string {
  const [newest, ...older] = figures

  return [
    gasOf(newest),
    ...older.map((each) => (isSameGas(each, newest) ? sameAs(each, newest) : gasOf(each))),
    ...section('Calldata (the same on every hardfork)', calldataOf(newest)),
    ...section('Reads by a contract', readTable({ figures: newest, recorded })),
    ...section('An update beside those of others', peerTable({ figures: newest, recorded })),
    '',
    'Ours are as a reputer sends them by default: commit, reveal and publish, with the base of two transactions.',
    recorded.note,
    ...Object.entries(recorded.notMeasured).map(
      ([name, why]) => `${name} is not measured here: ${why}`,
    ),
    ...section(
      `The goal: a contributor to an update costs no more than a signature of ${goal.peer}, of ${goal.at}`,
      goalTable(goal),
    ),
    ...section(`Budgets on ${newest.hardfork}; of gas, with rounds as usual`, budgetTable(budgets)),
    '',
    'Rounds in a row cost less, and rounds apart more, as told above.',
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

function gasOf(figures: Figures): string {
  const { hardfork, rounds, verbs } = figures
  const verbTable = formatTable({
    header: ['verb', 'gas'],
    rows: Object.entries(verbs).map(([verb, { gas }]) => [verb, whole(gas)]),
  })

  return [
    ...sectionsOf(figures).flatMap(({ title, rounds }) =>
      section(`Gas of a round on ${hardfork}: ${title}`, roundTable({ rounds, of: 'gas' })),
    ),
    '',
    ...splitOf('As usual', rounds.usual),
    ...splitOf('In a row', rounds.row),
    ...splitOf('Apart', rounds.apart),
    ...foursOf(rounds),
    ...section(`Gas of the rest on ${hardfork}, each for the first time`, verbTable),
  ].join('\n')
}

function sectionsOf({ rounds: { usual, row, apart, fours } }: Figures): Section[] {
  return [
    { title: 'sealed, as usual, in two transactions', rounds: usual.batched },
    { title: 'signed only, as usual, likewise', rounds: usual.signedOnly },
    { title: 'sealed, rounds in a row, all that is due in one transaction', rounds: row.batched },
    { title: 'signed only, rounds in a row, likewise', rounds: row.signedOnly },
    { title: 'sealed, rounds apart, a transaction for every phase', rounds: apart.batched },
    { title: 'signed only, rounds apart, likewise', rounds: apart.signedOnly },
    { title: 'sealed, every worker with transactions of its own', rounds: apart.direct },
    ...(fours.size > 0 ? [{ title: 'sealed, four rounds settled together', rounds: fours }] : []),
  ]
}

function splitOf(rhythm: string, { batched, signedOnly }: Figures['rounds']['usual']): string[] {
  const [sealed, signed] = [splitCost(batched), splitCost(signedOnly)]
  return [
    `${rhythm}, a worker more: ${whole(sealed.perWorker)} sealed, ${whole(signed.perWorker)} signed-only;`,
    `a round's fixed part: ${whole(sealed.fixed)} sealed, ${whole(signed.fixed)} signed-only.`,
  ]
}

/** `settleEvery: 4`: the settlements' slots are warm, those of three commits in four cold. */
function foursOf({ fours }: Figures['rounds']): string[] {
  if (fours.size === 0) return []
  const { perWorker, fixed } = splitCost(fours)
  return [
    `Four rounds settled together, a worker more and round: ${whole(perWorker)} sealed; a round's fixed part: ${whole(fixed)}.`,
  ]
}

function calldataOf(figures: Figures): string {
  return sectionsOf(figures)
    .map(({ title, rounds }) => [title, roundTable({ rounds, of: 'calldata' })].join('\n'))
    .join('\n\n')
}

function section(title: string, body: string): string[] {
  return ['', title, '', body]
}

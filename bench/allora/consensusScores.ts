import { at } from '../lib/at.ts'
import { stakeMean } from './stakeMean.ts'
import { terms } from './terms.ts'

/** How near each reputer's losses are to the consensus, in which no stake counts beyond its fair share. */
export function consensusScores(
  {
    reports,
    stakes,
    listening,
  }: {
    reports: readonly (readonly number[])[]
    stakes: readonly number[]
    listening: readonly number[]
  },
  { reputerEpsilon }: { reputerEpsilon: number } = terms,
): number[] {
  const heard = stakes.map((stake, m) => stake * at(listening, m))
  const total = heard.reduce((sum, stake) => sum + stake, 0)
  const adjusted = heard.map((stake) => Math.min((stakes.length * stake) / total, 1))
  const consensus = stakeMean({ reports, stakes: adjusted })
  const size = norm(consensus)

  return reports.map((report) => {
    const distance = norm(report.map((loss, slot) => loss - at(consensus, slot)))
    return 1 / (distance / size + reputerEpsilon)
  })
}

function norm(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
}

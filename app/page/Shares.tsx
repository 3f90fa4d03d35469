/* Who makes the forecast: how the workers' shares moved, and which of them say the same. */
import { FEWEST_IN_COMMON, correlationsOf } from '@auspex/sdk/maths'
import type { Correlation } from '@auspex/sdk/maths'
import { useMemo } from 'preact/hooks'
import { Chart } from './Chart.tsx'
import { departuresOf } from './figures.ts'
import { numberOf, percent, short } from './formats.ts'
import type { Prediction, Round } from './types.ts'

type Past = { rounds: Round[]; said: Prediction[] }

const COLOURS = ['accent', 'teal', 'amber', 'good', 'bad', 'ink'] as const

/** Wager times what the record was worth, as a share of all workers', round after round. */
export function Weights({ rounds, said }: Past) {
  const chart = useMemo(() => {
    const x = rounds.map(({ round }) => round)
    const shares = sharesOf(said)
    const sums = new Map<string, number>()
    for (const round of shares.values()) {
      for (const [worker, share] of round) sums.set(worker, (sums.get(worker) ?? 0) + share)
    }
    const most = [...sums].sort((a, b) => b[1] - a[1]).slice(0, COLOURS.length)
    const lines = most.map(([worker], i) => ({
      label: short(worker),
      values: x.map((round) => shares.get(round)?.get(worker) ?? null),
      colour: COLOURS[i]!,
    }))
    return { x, lines }
  }, [rounds, said])
  if (chart.lines.length === 0) return <p class="empty">No prediction is revealed yet.</p>
  const ends = chart.lines.map(
    ({ label, values }) => `${label} ${percent(values.findLast((each) => each !== null))}`,
  )
  return (
    <>
      <Chart {...chart} label={`Shares of the workers: ${ends.join(', ')}`} height={240} />
      <p class="note">
        Wager times the worth of the record, among the workers of the round; the network's caps come
        on top. The six largest are shown.
      </p>
    </>
  )
}

function sharesOf(said: readonly Prediction[]): Map<number, Map<string, number>> {
  const shares = new Map<number, Map<string, number>>()
  for (const { round, worker, wager, trust } of said) {
    const own = shares.get(round) ?? new Map<string, number>()
    shares.set(round, own.set(worker, numberOf(wager) * numberOf(trust)))
  }
  for (const own of shares.values()) {
    const total = [...own.values()].reduce((sum, each) => sum + each, 0)
    for (const [worker, mass] of own) own.set(worker, total > 0 ? mass / total : 1 / own.size)
  }
  return shares
}

const CLONE = 0.95
/** Workers that the matrix shows. */
const MOST = 12
const NAMED = 4

/** How alike the workers' departures from the aggregate are: 1 is a copy. Shown, never punished. */
export function Clones({ rounds, said }: Past) {
  const { workers: names, matrix } = useMemo(
    () => correlationsOf(departuresOf(rounds, said), { most: MOST }),
    [rounds, said],
  )
  if (names.length < 2) {
    return (
      <p class="empty">
        Two workers need {FEWEST_IN_COMMON} rounds together before this says anything.
      </p>
    )
  }
  const pairs = names.flatMap((name, i) =>
    names.slice(i + 1).flatMap((other, j) => {
      const found = matrix[i]![i + 1 + j]
      return found && found.value > CLONE ? [`${short(name)} and ${short(other)}`] : []
    }),
  )
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label="Residual correlation of workers">
        <table class="matrix">
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th key={name} scope="col" title={name}>
                  {short(name).slice(0, 6)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name, i) => (
              <tr key={name}>
                <th scope="row" title={name}>
                  <code>{short(name)}</code>
                </th>
                {matrix[i]!.map((found, j) => (
                  <td
                    key={names[j]}
                    style={i === j || !found ? '' : shadeOf(found.value)}
                    title={i === j || !found ? '' : intervalOf(found)}
                  >
                    {i === j || !found ? '–' : found.value.toFixed(2)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">
        Correlation of what each says beside the aggregate, over the rounds shown.{' '}
        {pairs.length > 0
          ? `Above ${CLONE}: ${pairs.slice(0, NAMED).join('; ')}${pairs.length > NAMED ? `; and ${pairs.length - NAMED} pairs more` : ''}.`
          : `No pair is above ${CLONE}.`}
      </p>
    </>
  )
}

function intervalOf({ low, high, rounds }: Correlation): string {
  return `95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}, ${rounds} rounds in common`
}

function shadeOf(value: number): string {
  const colour = value > 0 ? 'var(--amber)' : 'var(--teal)'
  return `background:color-mix(in srgb, ${colour} ${Math.round(Math.abs(value) * 38)}%, transparent)`
}

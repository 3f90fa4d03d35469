import { useMemo } from 'preact/hooks'
import { Chart } from './Chart.tsx'
import { numberOf, percent } from './formats.ts'
import type { Round } from './types.ts'

const BINS = 10

/**
 * Where the truths lay in their intervals: an even histogram is a calibrated forecast. The outer bins hold what fell
 * outside; ends and middle of the interval are taken as quantiles, straight lines between them.
 */
export function Calibration({ rounds, promise }: { rounds: Round[]; promise: number }) {
  const places = rounds.flatMap((each) => {
    const [value, lower, upper, truth] = [each.value, each.lower, each.upper, each.truth].map(
      (text) => numberOf(text),
    )
    if (value == null || lower == null || upper == null || truth == null) return []
    return [placeOf({ value, lower, upper, truth, promise })]
  })
  if (places.length === 0) return <p class="empty">No promised interval has met its truth yet.</p>

  const bins = Array.from({ length: BINS }, () => 0)
  for (const place of places) bins[Math.min(BINS - 1, Math.floor(place * BINS))]! += 1
  const tail = (1 - promise) / 2
  const inside = places.filter((place) => place >= tail && place <= 1 - tail).length / places.length
  const most = Math.max(...bins, places.length / BINS)
  return (
    <>
      <svg
        class="histogram"
        viewBox="0 0 400 200"
        role="img"
        aria-label={`Truths by where they lay in the forecast, in ten bins: ${bins.join(', ')}`}
      >
        {bins.map((count, i) => {
          const height = (count / most) * 164
          return (
            <rect key={i} x={4 + i * 39.4} y={174 - height} width="36" height={height} rx="3" />
          )
        })}
        <line x1="2" x2="398" y1={even(places.length, most)} y2={even(places.length, most)} />
        <text x="4" y="194">
          below
        </text>
        <text x="200" y="194" class="middle">
          at the aggregate
        </text>
        <text x="396" y="194" class="end">
          above
        </text>
      </svg>
      <p class="note">
        {percent(inside)} of {places.length} truths inside, {percent(promise, 0)} promised. The
        dashed line is what a perfectly calibrated forecast would show.
      </p>
    </>
  )
}

function even(count: number, most: number): number {
  return 174 - (count / BINS / most) * 164
}

/** Probability integral transform of a truth, 0 to 1. */
export function placeOf(round: {
  value: number
  lower: number
  upper: number
  truth: number
  promise: number
}): number {
  const { value, lower, upper, truth, promise } = round
  const side = truth < value ? value - lower : upper - value
  const share = side > 0 ? Math.min(Math.abs(truth - value) / side, 1 + 1 / promise) : 0
  const reach =
    share <= 1 ? (share * promise) / 2 : promise / 2 + ((1 - promise) / 2) * (1 - 1 / share)
  return truth < value ? 0.5 - reach : 0.5 + reach
}

const WINDOW = 30

/** Share of truths inside their interval over the last rounds, beside what was promised. */
export function Coverage({ rounds, promise }: { rounds: Round[]; promise: number }) {
  const chart = useMemo(() => {
    const met = rounds.filter(({ lower, truth }) => lower !== null && truth !== null)
    const inside = met.map(({ lower, upper, truth }) =>
      BigInt(lower!) <= BigInt(truth!) && BigInt(truth!) <= BigInt(upper!) ? 1 : 0,
    )
    const values = inside.map((_, i) => {
      const last = inside.slice(Math.max(0, i + 1 - WINDOW), i + 1)
      return (100 * last.reduce<number>((sum, each) => sum + each, 0)) / last.length
    })
    return {
      x: met.map(({ round }) => round),
      lines: [
        {
          label: 'promised',
          values: values.map(() => 100 * promise),
          colour: 'soft',
          dash: [4, 4],
        },
        { label: 'inside, %', values, colour: 'accent', width: 2 },
      ],
    }
  }, [rounds, promise])
  const last = chart.lines[1]!.values.at(-1)
  if (last === undefined) return <p class="empty">No promised interval has met its truth yet.</p>
  const label = `${last.toFixed(1)} % of the last truths inside, ${percent(promise, 0)} promised`
  return (
    <>
      <Chart {...chart} label={label} height={200} />
      <p class="note">
        Over the {WINDOW} rounds before each, or as many as there are. {label}.
      </p>
    </>
  )
}

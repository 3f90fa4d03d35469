import { formatTable } from '../../runtime/formatTable.ts'
import { tokensOf } from '../stakes.ts'
import type { Backtest } from '../runBacktest.ts'

/** A backtest as lines of text. */
export function linesOf(backtest: Backtest): string[] {
  const { model, question, asked, abstained, assessment, career, leaks, halves } = backtest
  const { duels, calibration, interval, regimes } = assessment
  const dates = [asked[0], asked.at(-1)].map((each) => dayOf(each!.openedAt))
  return [
    `grade ${backtest.grade}: ${backtest.why}`,
    `${model}, asked for ${question}: ${asked.length} rounds from ${dates[0]} to ${dates[1]}, ${abstained} of them sat out`,
    '',
    ...formatTable({
      header: ['rival', 'loss', 'own', 'rival’s', 'ratio', '95 %', 'DM', 'p'],
      hasRule: false,
      rows: duels.map(({ rival, loss, own, other, ratio, interval: { low, high }, test }) => [
        rival,
        loss,
        short(own),
        short(other),
        ratio.toFixed(3),
        `${low.toFixed(3)}-${high.toFixed(3)}`,
        test ? test.statistic.toFixed(2) : '-',
        test ? test.p.toFixed(3) : '-',
      ]),
    }).split('\n'),
    '',
    ...halves.map(
      ({ name, rounds, ratio }) =>
        `${name}: ${ratio.toFixed(3)} of the last value’s loss in ${rounds} rounds`,
    ),
    ...regimes.map(
      ({ name, rounds, ratio }) =>
        `${name} times: ${ratio.toFixed(3)} of the best rival’s loss in ${rounds} rounds`,
    ),
    ...(interval ? [`a 90 % interval from its own errors held ${percent(interval.coverage)}`] : []),
    calibrationLine(calibration),
    '',
    careerLine(backtest),
    curvesLine(backtest),
    ...career.differences.map((each) => `the record does not replay: ${each}`),
    ...leaks.map(({ check, culprit, why }) => `leak (${check}) in ${culprit}: ${why}`),
  ]
}

function calibrationLine({ kind, bins, p }: Backtest['assessment']['calibration']): string {
  if (kind === 'pit') return `its errors are what they were before with p = ${(p ?? 1).toFixed(3)}`
  const off = bins.reduce(
    (sum, { share, expected, count }) => sum + Math.abs(share - expected) * count,
    0,
  )
  const count = bins.reduce((sum, bin) => sum + bin.count, 0)
  return `its probabilities lie ${percent(off / count)} from what happened, on average`
}

function careerLine({ career }: Backtest): string {
  const { field, start, end, earned, gas, restarts } = career
  const wagered = earned.reduce((sum, { wager }) => sum + wager, 0n)
  const most = earned.reduce((worst, { atRisk }) => (atRisk > worst ? atRisk : worst), 0n)
  const against = field === 'recorded' ? 'all workers of the time' : 'the rivals'
  const money = `${amount(start)} tokens would have become ${amount(end)} against ${against}`
  return `${money}; wagered ${amount(wagered)}, at most ${amount(most)} to lose by not revealing, ${gas} gas without a reputer, ${restarts} restarts`
}

function curvesLine({ curves, learnedRestarts }: Backtest): string {
  const parts = curves.map(
    ({ name, end, lowest }) => `${name} ${amount(end)} (lowest ${amount(lowest)})`,
  )
  const field =
    learnedRestarts === undefined
      ? ''
      : `; a field that all learned would have restarted ${learnedRestarts} times`
  return `by confidence: ${parts.join(', ')}${field}`
}

function amount(units: bigint): string {
  return tokensOf(units).toFixed(2)
}

function short(value: number): string {
  return String(Number(value.toPrecision(5)))
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

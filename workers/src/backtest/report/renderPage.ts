/* A backtest as one HTML file that needs nothing else. */
import { html, raw } from 'hono/html'
import type { Backtest } from '../runBacktest.ts'
import { answeredOf } from '../walkForward.ts'
import { tokensOf } from '../stakes.ts'
import { dayOf, linesOf } from './linesOf.ts'
import { drawChart } from '../../charts.ts'

const COLOURS = { constant: '#1c7c54', learned: '#d9822b', full: '#9db4c8' } as const

export async function renderPage(backtest: Backtest): Promise<string> {
  const { model, question, grade, why, assessment, career, curves } = backtest
  const answered = answeredOf(backtest.asked)
  const days = answered.map(({ openedAt }) => dayOf(openedAt))
  const { duels, calibration, regimes } = assessment
  const said = await drawChart({
    title: 'What the model said, and what happened',
    places: days,
    series: [
      { name: 'model', values: answered.map((each) => each.said), color: '#d9822b' },
      { name: 'truth', values: answered.map(({ was }) => was), color: '#1c2430', isDotted: true },
    ],
  })
  const stake = await drawChart({
    title: 'Stake, tokens',
    places: career.earned.map(({ round }) => Number(round)),
    series: curves.map(({ name, stakes }) => ({
      name: `${name} confidence`,
      values: career.earned.map((_, i) =>
        stakes[i] === undefined ? undefined : tokensOf(stakes[i]),
      ),
      color: COLOURS[name],
    })),
  })
  const bins = await drawChart({
    title: 'Calibration',
    kind: 'bars',
    places: calibration.bins.map((_, i) => String(i + 1)),
    series: [
      { name: 'share', values: calibration.bins.map(({ share }) => share), color: '#9db4c8' },
      {
        name: 'expected',
        values: calibration.bins.map(({ expected }) => expected),
        color: '#d9822b',
      },
    ],
    format: '.0%',
  })
  return String(
    html`<!doctype html>
      <html lang="en">
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${model}: backtest</title>
        <style>
          ${raw(STYLE)}
        </style>
        <main>
          <h1>${model} <small>asked for ${question}</small></h1>
          <p class="grade ${grade}"><b>${grade}</b> ${why}</p>
          <section>
            <h2>Against its rivals</h2>
            <p>
              Mean loss over the rival’s: below 1 is better. Interval by block bootstrap, DM by
              Diebold and Mariano with the autocorrelation of the horizon.
            </p>
            <table>
              <tr>
                <th>rival</th>
                <th>loss</th>
                <th>rounds</th>
                <th>ratio</th>
                <th>95 %</th>
                <th>DM</th>
                <th>p</th>
              </tr>
              ${duels.map(
                ({ rival, loss, rounds, ratio, interval, test }) =>
                  html`<tr class="${ratio < 1 ? 'good' : 'bad'}">
                    <td>${rival}</td>
                    <td>${loss}</td>
                    <td>${rounds}</td>
                    <td>${ratio.toFixed(3)}</td>
                    <td>${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}</td>
                    <td>${test ? test.statistic.toFixed(2) : '-'}</td>
                    <td>${test ? test.p.toFixed(3) : '-'}</td>
                  </tr>`,
              )}
            </table>
          </section>
          <section>
            <h2>What it said and what happened</h2>
            ${raw(said)}
          </section>
          <section>
            <h2>Stake</h2>
            <p>
              ${career.field === 'recorded' ? 'In the topic’s own past, against all workers of the time.' : 'Against the baselines under the default terms of this question.'}
            </p>
            ${raw(stake)}
          </section>
          <section>
            <h2>
              ${calibration.kind === 'pit' ? 'Where truths fell among its earlier errors' : 'How often what it said happened'}
            </h2>
            ${raw(bins)}
          </section>
          <section>
            <h2>By regime</h2>
            <table>
              <tr>
                <th>times</th>
                <th>rounds</th>
                <th>of the best rival’s loss</th>
              </tr>
              ${regimes.map(
                ({ name, rounds, ratio }) =>
                  html`<tr>
                    <td>${name}</td>
                    <td>${rounds}</td>
                    <td>${ratio.toFixed(3)}</td>
                  </tr>`,
              )}
            </table>
          </section>
          <section>
            <h2>In words</h2>
            <pre>${linesOf(backtest).join('\n')}</pre>
          </section>
        </main>
      </html>`,
  )
}

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; color: #1c2430; background: #f6f7f9 }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
section { background: #fff; border: 1px solid #dfe3e8; border-radius: 6px; padding: 0.5rem 1.2rem 1rem; margin: 1rem 0 }
h1 small { color: #68707c; font-weight: 400; font-size: 60% }
h2 { font-size: 1.05rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
td, th { padding: 0.15rem 0.9rem 0.15rem 0; text-align: left }
.grade b { display: inline-block; min-width: 2.2rem; text-align: center; border-radius: 6px; color: #fff; background: #68707c; font-size: 1.4rem; margin-right: 0.6rem }
.grade.A b, .grade.B b { background: #1c7c54 } .grade.F b { background: #b3261e }
.good td:nth-child(4) { color: #1c7c54 } .bad td:nth-child(4) { color: #b3261e }
svg { width: 100%; height: auto; color: #68707c }
pre { overflow-x: auto }
`

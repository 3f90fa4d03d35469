/* A simulated topic in lines for a terminal, and as one HTML file that needs nothing else. */
import { html, raw } from 'hono/html'
import { formatTable } from '@auspex/workers'
import { drawChart } from '@auspex/workers/charts'
import type { Chart } from '@auspex/workers/charts'
import type { Token } from '../../tokenOf.ts'
import { roles } from './play.ts'
import type { Role, Setting } from './play.ts'
import type { Simulation } from './resultOf.ts'

export type Told = {
  description: string
  /** Where the past comes from, in words. */
  source: string
  setting: Setting
  result: Simulation
  token: Pick<Token, 'words' | 'symbol' | 'decimals'>
}

const COLORS: Readonly<Record<Role, string>> = {
  honest: '#1c7c54',
  lazy: '#9db4c8',
  copying: '#d9822b',
  colluding: '#b3261e',
}

/** What the workers are taken to do: nothing of it is known of workers to come. */
function assumptionsOf({ crowd, skill, absence, seed }: Setting): string[] {
  const told: Readonly<Record<Role, string>> = {
    honest: `foresee ${percent(skill)} of the variance of each move`,
    lazy: 'repeat the newest public value',
    copying: 'repeat what others said, as far as it is public before commits close',
    colluding: 'say one number together, a sigma above what they believe, with all they may wager',
  }
  return [
    ...roles.flatMap((role) =>
      crowd[role] === 0 ? [] : [`${crowd[role]} ${role}: ${told[role]}`],
    ),
    `each is absent in ${percent(absence)} of the rounds; seed ${seed}`,
  ]
}

export function linesOf({ source, setting, result, token }: Told): string[] {
  const { played, days, accuracy, coverage, promised, voids, pool, moved } = result
  const row = (name: string, text: string) => `${name.padEnd(10)} ${text}`
  const causes = (['workers', 'wagers', 'truth'] as const).flatMap((why) =>
    voids[why] === 0 ? [] : [`${voids[why]} for ${CAUSES[why]}`],
  )
  return [
    row('past', source),
    ...assumptionsOf(setting).map((text, i) => row(i === 0 ? 'workers' : '', text)),
    row(
      'rounds',
      `${played.length} over ${short(days)} days, ${percent(voids.share)} of them void${causes.length > 0 ? `: ${causes.join(', ')}` : ''}`,
    ),
    row(
      'accuracy',
      `the feed lay ${short(accuracy.feed)} from the truth; the naive forecast ${short(accuracy.naive)}, the newest public value ${short(accuracy.lazy)}`,
    ),
    row(
      'coverage',
      coverage === undefined
        ? 'no interval was published: too few rounds count'
        : `${percent(coverage)} of the truths lay in the interval, which promises ${percent(promised)}`,
    ),
    ...(moved
      ? [
          row(
            'collusion',
            `moved the feed by ${short(moved.by)}, ${percent(moved.sigmas)} of the naive forecast’s error`,
          ),
        ]
      : []),
    row('pool', poolWords(pool, token, days)),
    '',
    ...tableOf({ result, token, setting }).split('\n'),
  ]
}

const CAUSES = {
  workers: 'too few workers',
  wagers: 'too little at risk',
  truth: 'want of a truth',
}

function poolWords(
  { start, end, dryOn, dryBy }: Simulation['pool'],
  { words }: Pick<Token, 'words'>,
  days: number,
): string {
  const went = `from ${words(start)} to ${words(rounded(end))}`
  if (dryOn !== undefined)
    return `${went}; it ran out on day ${short(dryOn)}, when a hundredth was left`
  if (dryBy === undefined) return `${went}; it did not shrink, and does not run out`
  return `${went} in ${short(days)} days; at this pace it runs out on day ${Math.round(dryBy)}, when a hundredth is left`
}

function tableOf({ result, token }: Pick<Told, 'result' | 'token' | 'setting'>): string {
  return formatTable({
    header: ['workers', 'count', 'error', 'stake at first', 'at the end', 'a day'],
    rows: result.earned.map(({ role, workers, error, start, end, perDay }) => [
      role,
      String(workers),
      Number.isNaN(error) ? '-' : short(error),
      token.words(start),
      token.words(rounded(end)),
      `${perDay >= 0 ? '+' : ''}${(100 * perDay).toFixed(3)} %`,
    ]),
  })
}

export async function pageOf(told: Told): Promise<string> {
  const { description, source, setting, result, token } = told
  const { played } = result
  const places = played.map((_, i) => i + 1)
  const amount = (units: bigint | undefined) =>
    units === undefined ? undefined : Number(units) / 10 ** token.decimals
  const inside = played.flatMap(({ truth, forecast }) => [truth ?? [], forecast ?? []].flat())
  const [least, most] = [Math.min(...inside), Math.max(...inside)]
  const room = (most - least) / 4 || 1
  const charts: Chart[] = [
    {
      title: 'Forecast, its interval, and the truth, by round',
      places,
      series: [
        { name: 'forecast', values: played.map(({ forecast }) => forecast), color: '#2f6db3' },
        {
          name: 'truth',
          values: played.map(({ truth }) => truth),
          color: '#1c2430',
          isDotted: true,
        },
      ],
      band: {
        low: played.map(({ low }) => low),
        high: played.map(({ high }) => high),
        color: '#2f6db3',
      },
      within: { least: least - room, most: most + room },
    },
    {
      title: `Mean stake of a worker, ${token.symbol}, by round`,
      places,
      series: roles
        .filter((role) => setting.crowd[role] > 0)
        .map((role) => ({
          name: role,
          values: played.map(({ stakes }) => amount(stakes[role])),
          color: COLORS[role],
        })),
    },
    {
      title: `Pool, ${token.symbol}, by round`,
      places,
      series: [{ name: 'pool', values: played.map(({ pool }) => amount(pool)), color: '#68707c' }],
    },
  ]
  const drawn = await Promise.all(
    charts.map(async (chart) => ({ title: chart.title, svg: await drawChart(chart) })),
  )
  return String(
    html`<!doctype html>
      <html lang="en">
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Simulation: ${description}</title>
        <style>
          ${raw(STYLE)}
        </style>
        <main>
          <h1>${description} <small>simulated on ${source}</small></h1>
          <section>
            <h2>In words</h2>
            <pre>${linesOf(told).join('\n')}</pre>
          </section>
          ${drawn.map(
            ({ title, svg }) =>
              html`<section>
                <h2>${title}</h2>
                ${raw(svg)}
              </section>`,
          )}
        </main>
      </html>`,
  )
}

/** To a millionth of a token with 18 decimals, and as it is with fewer. */
function rounded(units: bigint): bigint {
  const unit = units > 10n ** 14n ? 10n ** 12n : 1n
  return (units / unit) * unit
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '-'
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`
}

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; color: #1c2430; background: #f6f7f9 }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
section { background: #fff; border: 1px solid #dfe3e8; border-radius: 6px; padding: 0.5rem 1.2rem 1rem; margin: 1rem 0 }
h1 small { display: block; color: #68707c; font-weight: 400; font-size: 55% }
h2 { font-size: 1.05rem }
svg { width: 100%; height: auto; color: #68707c }
pre { overflow-x: auto; white-space: pre-wrap }
`

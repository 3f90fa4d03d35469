/*
 * `npm run bench:attacks`: what each known attacker reaches against the twins of the contracts, and what it must not exceed.
 * Deterministic; some minutes. Ends with exit code 1 where an attacker reaches more.
 */
import { Command } from 'commander'
import { marchTwenty } from './marchTwenty.ts'
import { moneyAttacks } from './moneyAttacks.ts'
import { FULL, SHORT } from './Row.ts'
import type { Row } from './Row.ts'
import { ruleAttacks } from './ruleAttacks.ts'

const program = new Command('bench:attacks')
  .description('Plays every known attacker against the weighting rule and the pool.')
  .option('--short', 'fewer rounds and rooms, as in the tests')
  .option('--json', 'print the figures as JSON')
  .parse()

const { short, json } = program.opts<{ short?: boolean; json?: boolean }>()
const size = short ? SHORT : FULL
const parts = [
  {
    title: 'on the weighting rule: how many times worse than without the attacker',
    rows: [...ruleAttacks(size), await marchTwenty()],
  },
  { title: 'on the pool', rows: await moneyAttacks(size) },
]

process.stdout.write(
  json ? `${JSON.stringify(parts, null, 2)}\n` : `${parts.map(toText).join('\n')}`,
)
if (parts.some(({ rows }) => rows.some(({ figure, most }) => figure > most))) process.exitCode = 1

function toText({ title, rows }: { title: string; rows: readonly Row[] }): string {
  const lines = rows.map(({ attacker, measure, figure, most }) => {
    const verdict = figure > most ? 'TOO MUCH, at most' : 'at most'
    return `${numeral(figure).padStart(9)}  ${verdict} ${numeral(most)}  ${attacker}: ${measure}`
  })

  return `${title}\n\n${lines.join('\n')}\n`
}

function numeral(figure: number): string {
  return Math.abs(figure) < 0.1 ? figure.toFixed(5) : figure.toFixed(3)
}

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mutant } from './findMutants.ts'
import type { Verdict } from './campaign.ts'
import { ROOT } from '../suites/readBuild.ts'

export type Judged = Omit<Mutant, 'edits' | 'source'> & Verdict
export type Record = {
  commit: string
  /** Hash of the mutated files. */
  sources: string
  seed: number
  /** All mutants there are, of which those below were drawn. */
  candidates: number
  mutants: Judged[]
}

const RECORD = join(ROOT, 'bench/results/mutants.json')
const REASONS = join(import.meta.dirname, 'survivors.json')

export function readRecord(): Record {
  return JSON.parse(readFileSync(RECORD, 'utf8')) as Record
}

export function writeRecord(record: Record): void {
  const mutants = [...record.mutants].sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line,
  )
  writeFileSync(RECORD, `${JSON.stringify({ ...record, mutants }, null, 1)}\n`)
}

/** docs/Mutants.md. */
export function toPage(record: Record): string {
  const { mutants, candidates, seed, commit, sources } = record
  const reasons = JSON.parse(readFileSync(REASONS, 'utf8')) as { [key: string]: string }
  const survivors = mutants.filter(({ result }) => result === 'survived')
  const killed = mutants.length - survivors.length
  const minutes = mutants.reduce((sum, { seconds }) => sum + seconds, 0) / 60
  const score = ((killed / mutants.length) * 100).toFixed(1)
  return `${[
    '# Mutants',
    '',
    `${mutants.length} mutants of the core and its libraries were drawn from ${candidates} by seed ${seed}; the Solidity`,
    `tests killed ${killed} of them (${score} %) in ${minutes.toFixed(0)} minutes of suite time. The run was made at commit`,
    `\`${commit.slice(0, 10)}\` (mutated files \`${sources}\`). All of them stand in \`bench/results/mutants.json\`. The same`,
    'command writes this page with `--resume --write`; `npm test` judges others of the killed at each run:',
    '',
    '```sh',
    'npm run mutate -- --check --count 20',
    '```',
    '',
    '## By operator',
    '',
    ...table(['operator', 'drawn', 'killed'], byOperator(mutants)),
    '',
    '## Survivors',
    '',
    ...(survivors.length === 0
      ? ['None.']
      : table(
          ['where', 'change', 'why no test can or need tell'],
          survivors.map((mutant) => [
            `\`${mutant.file}:${mutant.line}\` ${mutant.where}`,
            `${mutant.operator}: \`${escape(mutant.original)}\`${mutant.mutated ? ` to \`${escape(mutant.mutated)}\`` : ''}`,
            reasons[mutant.key] ?? 'Open.',
          ]),
        )),
  ].join('\n')}\n`
}

function byOperator(mutants: Judged[]): string[][] {
  const rows = new Map<string, { drawn: number; killed: number }>()
  for (const { operator, result } of mutants) {
    const row = rows.get(operator) ?? { drawn: 0, killed: 0 }
    row.drawn++
    if (result !== 'survived') row.killed++
    rows.set(operator, row)
  }
  return [...rows]
    .sort(([, a], [, b]) => b.drawn - a.drawn)
    .map(([operator, { drawn, killed }]) => [
      `\`${escape(operator)}\``,
      String(drawn),
      String(killed),
    ])
}

function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|').slice(0, 160)
}

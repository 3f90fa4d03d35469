/*
 * `npm run house`: how long the hand-written TypeScript files are, by package, beside the limits that were set. ABIs and
 * tests do not count. Exits 1 where a limit is exceeded and `--check` is given.
 */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** Below this a file is a sentence, not a chapter. */
const SHORT = 15
const limits = { shortShare: 0.12, longest: 450 }
const rooms = ['sdk/src', 'workers/src', 'cli/src', 'devnet', 'chaos', 'bench', 'scripts']

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })

const measured = rooms.map((room) => ({ room, lines: linesOf(room) }))
const all = {
  room: 'all',
  lines: measured.flatMap(({ lines }) => lines).sort((a, b) => a - b),
}

console.log('room          files  median  longest  under 15 lines')
for (const each of [...measured, all]) if (each.lines.length > 0) console.log(rowOf(each))
const { lines } = all
const isKept = shareOf(lines) < limits.shortShare && lines.at(-1)! <= limits.longest
console.log(`limits: under ${percent(limits.shortShare)} short, none over ${limits.longest}`)
if (values.check && !isKept) process.exitCode = 1

function linesOf(room: string): number[] {
  return globSync(`${room}/**/*.ts`, { cwd: root })
    .filter((file) => !/\/abis\/|\/dist\/|\.test\.ts$/.test(file))
    .map((file) => readFileSync(`${root}/${file}`, 'utf8').trimEnd().split('\n').length)
    .sort((a, b) => a - b)
}

function rowOf({ room, lines }: { room: string; lines: number[] }): string {
  const median = lines[Math.floor(lines.length / 2)]!
  const figures = [lines.length, median, lines.at(-1)!].map((figure) => String(figure).padStart(7))
  return `${room.padEnd(12)}${figures.join(' ')}  ${percent(shareOf(lines)).padStart(8)}`
}

function shareOf(lines: readonly number[]): number {
  return lines.filter((count) => count < SHORT).length / lines.length
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

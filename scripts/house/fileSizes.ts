import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Below this a file is a sentence, not a chapter. */
const SHORT = 15
export const sizeLimits = { shortShare: 0.12, longest: 450 }
const rooms = [
  'sdk/src',
  'workers/src',
  'cli/src',
  'app',
  'create/src',
  'devnet',
  'chaos',
  'bench',
  'scripts',
]
const root = fileURLToPath(new URL('../..', import.meta.url))

type Measured = { file: string; lines: number }

/** The hand-written TypeScript files of all rooms and their lengths; ABIs, what Ponder generates and tests do not count. */
export function measureFiles(): { rows: string[]; isKept: boolean; tooShort: Measured[] } {
  const measured = rooms.map((room) => ({ room, files: filesOf(room) }))
  const all = { room: 'all', files: measured.flatMap(({ files }) => files) }
  const longest = Math.max(...all.files.map(({ lines }) => lines))
  return {
    rows: [...measured, all].filter(({ files }) => files.length > 0).map(rowOf),
    isKept: shareOf(all.files) < sizeLimits.shortShare && longest <= sizeLimits.longest,
    tooShort: all.files.filter(({ lines }) => lines < SHORT),
  }
}

function filesOf(room: string): Measured[] {
  return globSync(`${room}/**/*.{ts,tsx}`, { cwd: root })
    .filter((file) => !/\/abis\/|\/dist\/|\/node_modules\/|ponder-env|\.test\.ts$/.test(file))
    .map((file) => {
      const text = readFileSync(`${root}/${file}`, 'utf8')
      return { file, lines: text.trimEnd().split('\n').length }
    })
}

function rowOf({ room, files }: { room: string; files: readonly Measured[] }): string {
  const lines = files.map((each) => each.lines).sort((a, b) => a - b)
  const median = lines[Math.floor(lines.length / 2)]!
  const figures = [lines.length, median, lines.at(-1)!].map((figure) => String(figure).padStart(7))
  return `${room.padEnd(12)}${figures.join(' ')}  ${percent(shareOf(files)).padStart(8)}`
}

function shareOf(files: readonly Measured[]): number {
  return files.filter(({ lines }) => lines < SHORT).length / files.length
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

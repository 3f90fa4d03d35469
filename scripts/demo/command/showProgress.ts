import type { PlayedRound } from '../play/playedRound.ts'

export interface Progress {
  /** Tells of a day that is over. */
  tell(day: { round: number; date: string; rounds: readonly (PlayedRound | undefined)[] }): void
  /** Tells of something unusual. */
  warn(text: string): void
  /** Takes the live line away. */
  end(): void
}

/** Plain lines come this often where nobody can watch a line change. */
const LINE_EVERY = 50

/** Shows how far the days have come: one line that changes on a terminal, a line now and then elsewhere. */
export function showProgress(options: {
  output: NodeJS.WriteStream
  rounds: number
  names: readonly string[]
}): Progress {
  const { output, rounds, names } = options
  const started = performance.now()

  function lineOf({ round, date, rounds: played }: Parameters<Progress['tell']>[0]): string {
    const seconds = (performance.now() - started) / 1000
    const left = Math.round((seconds / (round + 1)) * (rounds - round - 1))
    const values = names.map((name, i) => {
      const at = played[i]
      return `${name} ${at ? `${brief(at.aggregate)} (was ${brief(at.truth)})` : 'void'}`
    })
    const count = `${String(round + 1).padStart(String(rounds).length)}/${rounds}`
    return `${date}  round ${count}  ${values.join('  ')}  ${left} s left`
  }

  return {
    tell(day) {
      const isLast = day.round === rounds - 1
      if (output.isTTY)
        return void output.write(`\r\x1b[K${lineOf(day).slice(0, output.columns - 1)}`)
      if (day.round === 0 || (day.round + 1) % LINE_EVERY === 0 || isLast)
        output.write(`${lineOf(day)}\n`)
    },
    warn(text) {
      output.write(output.isTTY ? `\r\x1b[K${text}\n` : `${text}\n`)
    },
    end() {
      if (output.isTTY) output.write('\r\x1b[K')
    },
  }
}

function brief(value: number): string {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(3)
}

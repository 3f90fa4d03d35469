/* Whether a model or its data know what they cannot know. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SourceConfig } from '../sources/openSource.ts'
import type { Bar } from '../sources/history.ts'
import type { Question } from '../sources/questions.ts'
import type { RecordedSource } from '../sources/dataSource.ts'
import type { Predict } from '../worker/predictWith.ts'
import { correlation } from './maths/tests.ts'

/** Something that knew too much, in words, and what it was. */
export interface LeakFound {
  readonly check: 'truncation' | 'label shift' | 'time-stamp jitter'
  /** The column, or `the model`. */
  readonly culprit: string
  readonly why: string
}

/** A model opened afresh on data of its own. */
export type OpenOn = (source: SourceConfig) => { predict: Predict; close: () => Promise<void> }

const COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const
/** A column that moves with the next truth as closely as this has seen it. */
const SUSPICIOUS = 0.9
const MARGIN = 0.05
const LEAST_ROWS = 60

/**
 * Three looks. Truncation: asked at the same moment with the real future on file, with another one and with none, a model says
 * the same, or it read what it was not shown. Label shift: a column that moves with the next truth as no earlier one does
 * holds the future, usually because its rows are dated too early. Jitter: rows dated one second later than the opening must
 * not be seen, so that the answer is the one without them.
 */
export async function findLeaks(options: {
  source: RecordedSource
  question: Question
  open: OpenOn
  /** Moments to look at, unix seconds. */
  moments: readonly number[]
}): Promise<LeakFound[]> {
  const { source, question, open, moments } = options
  const whole = await source.read({ now: Infinity })
  const bars = Array.from({ length: whole.length }, (_, i) => whole.at(i))
  const leaks = shiftedColumns({ bars, question })

  const folder = await mkdtemp(join(tmpdir(), 'auspex-leaks-'))
  try {
    for (const now of moments) {
      const known = bars.filter(({ time }) => time <= now)
      const future = bars.slice(known.length)
      const ask = (name: string, rows: readonly Bar[]) => askOn({ folder, name, rows, open, now })
      const real = await ask('real', bars)
      const variants = [
        ['another future', await ask('scrambled', [...known, ...scrambled(future)])],
        ['no future', await ask('truncated', known)],
      ] as const
      for (const [what, other] of variants) {
        if (other === real) continue
        const when = new Date(now * 1000).toISOString()
        const why = `asked at ${when} it says ${real} with the real future on file and ${other} with ${what}`
        leaks.push({ check: 'truncation', culprit: 'the model', why })
        return leaks
      }
      const late = known.map((bar, i) => (i === known.length - 1 ? { ...bar, time: now + 1 } : bar))
      const [jittered, without] = [
        await ask('jittered', late),
        await ask('without', known.slice(0, -1)),
      ]
      if (jittered === without) continue
      const why = `a row dated one second after the opening changes its answer from ${without} to ${jittered}`
      leaks.push({ check: 'time-stamp jitter', culprit: 'the model', why })
      return leaks
    }
    return leaks
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Columns whose last known move follows the next truth's, which no honest column of a market does. */
export function shiftedColumns({ bars, question }: { bars: readonly Bar[]; question: Question }) {
  if (bars.length < LEAST_ROWS) return []
  const view = {
    now: Infinity,
    length: bars.length,
    published: undefined,
    at: (index: number) => bars[index]!,
  }
  const truths = bars.map((_, i) => question.truth(view, i))
  const moveOf = (values: readonly number[], i: number) => values[i]! - values[i - 1]!
  const indexes = bars.map((_, i) => i).slice(1, -1)
  const next = indexes.map((i) => moveOf(truths, i + 1))
  // A slow series goes on as it went: what its own past knows is no leak.
  const usual = Math.abs(
    correlation(
      indexes.map((i) => moveOf(truths, i)),
      next,
    ),
  )
  return COLUMNS.flatMap((column): LeakFound[] => {
    const values = bars.map((bar) => bar[column])
    const own = indexes.map((i) => moveOf(values, i))
    const known = correlation(own, next)
    if (Math.abs(known) < Math.max(SUSPICIOUS, usual + MARGIN)) return []
    const why = `its moves go with those of the next truth (correlation ${known.toFixed(3)}): its rows are dated too early, or it was computed from the future`
    return [{ check: 'label shift', culprit: `column ${column}`, why }]
  })
}

async function askOn(options: {
  folder: string
  name: string
  rows: readonly Bar[]
  open: OpenOn
  now: number
}): Promise<string> {
  const { folder, name, rows, open, now } = options
  const file = join(folder, `${name}.csv`)
  const lines = rows.map(({ time, open, high, low, close, volume }) =>
    [time, open, high, low, close, volume].join(','),
  )
  await writeFile(file, `date,open,high,low,close,volume\n${lines.join('\n')}\n`)
  const { predict, close } = open({ kind: 'csv', file, time: 'seconds' })
  try {
    for (;;) {
      const predicted = await predict({ now, published: undefined })
      if (predicted.status === 'waiting') continue
      if (predicted.status === 'abstained') return `nothing (${predicted.reason})`
      return String(predicted.prediction.value)
    }
  } finally {
    await close()
  }
}

/** The same instants with the prices of the rows in reverse order and doubled. */
function scrambled(bars: readonly Bar[]): Bar[] {
  return bars.map(({ time }, i) => {
    const { open, high, low, close, volume } = bars[bars.length - 1 - i]!
    return { time, open: 2 * open, high: 2.1 * high, low: 2 * low, close: 2 * close, volume }
  })
}

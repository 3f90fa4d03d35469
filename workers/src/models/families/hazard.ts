import type { Series } from '../../sources/series.ts'
import type { Forecaster } from '../forecaster.ts'
import { online } from './online.ts'

/**
 * How often the event followed a given level of the signal, made to rise with the signal by
 * isotonic regression (pool adjacent violators).
 */
export function hazard(options: { event: Series; signal: Series; bins: number }): Forecaster {
  const { event, signal, bins } = options

  return online({
    name: 'hazard',
    initial: { signals: [] as number[], events: [] as number[] },
    learn({ signals, events }, history, index) {
      if (index === 0) return
      signals.push(signal(history, index - 1))
      events.push(event(history, index))
    },
    predict({ signals, events }, history) {
      const pairs = signals
        .map((level, i) => ({ level, event: events[i]! }))
        .sort((left, right) => left.level - right.level)
      const now = signal(history, history.length - 1)
      return chance({ blocks: isotonic({ pairs, bins }), level: now })
    },
  })
}

interface Block {
  top: number
  events: number
  count: number
}

function isotonic(sample: { pairs: { level: number; event: number }[]; bins: number }): Block[] {
  const { pairs, bins } = sample
  const size = Math.ceil(pairs.length / bins)
  const blocks: Block[] = []

  for (let start = 0; start < pairs.length; start += size) {
    const part = pairs.slice(start, start + size)
    const block = {
      top: part.at(-1)!.level,
      events: part.reduce((sum, { event }) => sum + event, 0),
      count: part.length,
    }
    while (blocks.length > 0 && rate(blocks.at(-1)!) >= rate(block)) {
      const lower = blocks.pop()!
      block.events += lower.events
      block.count += lower.count
    }
    blocks.push(block)
  }
  return blocks
}

function chance({ blocks, level }: { blocks: Block[]; level: number }): number {
  return rate(blocks.find(({ top }) => level <= top) ?? blocks.at(-1)!)
}

function rate({ events, count }: Block): number {
  return (events + 0.5) / (count + 1)
}

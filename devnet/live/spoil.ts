import { existsSync, readFileSync, rmSync } from 'node:fs'
import type { Predict } from '@auspex/workers'

/** How the feed of a live network can be spoilt, so that a consumer sees what it must survive. */
export const spoilKinds = ['stale', 'thin', 'wide'] as const
export type SpoilKind = (typeof spoilKinds)[number]

/** How many rounds it lasts. */
const ROUNDS = 3
/** How far apart workers are where the feed is wide. */
const APART = 20n

export interface Spoil {
  /** Looks whether somebody asked for it; once asked, it lasts some rounds from this one on. */
  look(round: bigint): SpoilKind | undefined
  /** A worker's predict, silent or far off while the feed is being spoilt. */
  spoiling(predict: Predict, place: number): Predict
}

/** Takes orders from a file that `auspex demo spoil` writes. */
export function openSpoil({ file }: { file: string }): Spoil {
  let now: { kind: SpoilKind; until: bigint } | undefined

  function look(round: bigint): SpoilKind | undefined {
    if (existsSync(file)) {
      const asked = readFileSync(file, 'utf8').trim()
      rmSync(file)
      const kind = spoilKinds.find((each) => each === asked)
      if (kind) now = { kind, until: round + BigInt(ROUNDS) }
    }
    if (now && round > now.until) now = undefined
    return now?.kind
  }

  function spoiling(predict: Predict, place: number): Predict {
    return async (moment) => {
      const kind = now?.kind
      const isSilent = kind === 'stale' || (kind === 'thin' && place > 0)
      if (isSilent)
        return { status: 'abstained', reason: `the feed is made ${kind}`, isFinal: true }
      const predicted = await predict(moment)
      if (kind !== 'wide' || predicted.status !== 'predicted') return predicted
      const { value, confidence } = predicted.prediction
      const away = (value * BigInt(place - 1)) / APART
      return { status: 'predicted', prediction: { value: value + away, confidence } }
    }
  }
  return { look, spoiling }
}

import { createRandom } from '@auspex/workers/models'

/** What happens, and what honest workers say of it: the same on every machine. Values are of the order of 100. */
export interface Room {
  /** names of the honest */
  readonly honest: readonly string[]
  truth(round: number): number
  /** what the i-th honest worker says */
  say(i: number, round: number): number
  /** a normal number of its own, for whoever else speaks */
  noise(who: number, round: number): number
}

/** Standard deviations of what makes an honest forecast wrong, in the units of values. */
const BIAS = 0.3
const LEAST_NOISE = 0.4
const MORE_NOISE = 0.8
/** What those share who herd: all but a third. */
const HERD = 0.4

/** A truth that wanders and returns, and workers of every quality; two thirds of them share a part of their errors. */
export function drawRoom({ seed, workers = 30 }: { seed: number; workers?: number }): Room {
  const random = createRandom(seed)
  const normal = () => {
    const [u, v] = [1 - random(), random()]
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v)
  }
  const biases = Array.from({ length: workers }, () => BIAS * normal())
  const truths: number[] = []
  const commons: number[] = []
  function reach(round: number): void {
    while (truths.length <= round) {
      truths.push(100 + 0.95 * ((truths.at(-1) ?? 100) - 100) + normal())
      commons.push(HERD * normal())
    }
  }
  // A number of its own for each worker and round, whoever is asked first.
  const noise = (who: number, round: number) => {
    const own = createRandom(seed * 1_000_003 + who * 10_007 + round)
    return Math.sqrt(-2 * Math.log(1 - own())) * Math.cos(2 * Math.PI * own())
  }

  return {
    honest: Array.from({ length: workers }, (_, i) => `honest ${i}`),
    truth(round) {
      reach(round)
      return truths[round]!
    },
    say(i, round) {
      reach(round)
      const spread = LEAST_NOISE + (MORE_NOISE * i) / workers
      const herd = 3 * i < workers ? 0 : commons[round]!
      return truths[round]! + herd + biases[i]! + spread * noise(i, round)
    },
    noise: (who, round) => noise(1_000 + who, round),
  }
}

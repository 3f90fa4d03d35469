import type { Topic } from '../../../bench/accuracy/panel/Panel.ts'
import { createRandom } from '@auspex/workers/models'

/** A made-up topic in which workers come and go. */
export function randomTopic({
  seed,
  rounds,
  lag,
}: {
  seed: number
  rounds: number
  lag: number
}): Topic {
  const random = createRandom(seed)
  const workers = ['sharp', 'dull', 'biased', 'rare', 'late']

  return {
    name: `made|up|${seed}`,
    rounds: Array.from({ length: rounds }, (_, number) => {
      const truth = 10 * random()
      const present = workers.filter((_, i) => i === 0 || random() > 0.15 * i)

      return {
        number,
        lag,
        truth,
        entries: present.map((worker) => ({
          worker,
          prediction: truth + (worker === 'biased' ? 1 : 0) + 3 * (random() - 0.5),
          confidence: 1,
        })),
      }
    }),
  }
}

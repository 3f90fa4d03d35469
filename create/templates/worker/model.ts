import { questions } from '@auspex/workers'
import type { CreateModel } from '@auspex/workers'

/** Truths that the model looks back on. */
const BACK = 22
/** What a truth weighs beside the one after it. */
const DECAY = 0.9

const { truth } = questions.find(({ name }) => name === 'volatility')!

/** A mean of the last truths in which the newest weigh most. Change what `predict` makes of `history`. */
export const createModel: CreateModel = () => ({
  name: 'fading mean',
  fit() {},
  predict(history) {
    let [sum, weights] = [0, 0]
    for (let ago = 0; ago < BACK; ago++) {
      sum += truth(history, history.length - 1 - ago) * DECAY ** ago
      weights += DECAY ** ago
    }
    return sum / weights
  },
})

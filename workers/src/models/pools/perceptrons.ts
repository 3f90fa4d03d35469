import { largeMove, rangeVolatility, scaledReturn } from '../../sources/series.ts'
import type { Question } from '../../sources/questions.ts'
import { returnState } from '../features/returnState.ts'
import { volatilityState } from '../features/volatilityState.ts'
import type { mlp } from '../families/mlp.ts'

type Perceptron = Omit<Parameters<typeof mlp>[0], 'tensors' | 'seed'>

/** What the network of each question learns, from what, and how freely. */
export const perceptrons = {
  close: { target: scaledReturn, kind: 'signed', features: returnState, size: 5, penalty: 1 },
  volatility: {
    target: rangeVolatility,
    kind: 'positive',
    features: volatilityState,
    size: 8,
    penalty: 0.001,
  },
  move: {
    target: largeMove,
    kind: 'probability',
    features: volatilityState,
    size: 8,
    penalty: 0.003,
  },
} as const satisfies Record<Question['name'], Perceptron>

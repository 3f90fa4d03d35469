import type { Question } from '../../sources/questions.ts'
import { closePool } from './closePool.ts'
import { movePool } from './movePool.ts'
import { volatilityPool } from './volatilityPool.ts'
import type { PoolOptions, WorkerSpec } from './workerSpec.ts'

const pools = { close: closePool, volatility: volatilityPool, move: movePool }

/** The models that answer a question: what an operator may choose from. */
export function pool(options: PoolOptions & { question: Question['name'] }): WorkerSpec[] {
  return pools[options.question](options)
}

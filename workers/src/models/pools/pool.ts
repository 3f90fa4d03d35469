import type { Question } from '../../sources/questions.ts'
import { closePool } from './closePool.ts'
import { movePool } from './movePool.ts'
import { volatilityPool } from './volatilityPool.ts'
import type { PoolOptions, WorkerSpec } from './workerSpec.ts'

const pools = { close: closePool, volatility: volatilityPool, move: movePool }

/** The workers that answer one of the demo's questions: honest ones, a liar, a lazy one, a copier. */
export function pool(options: PoolOptions & { question: Question['name'] }): WorkerSpec[] {
  return pools[options.question](options)
}

import { pool } from '@auspex/workers/models'
import type { PoolOptions, Question, WorkerSpec } from '@auspex/workers/models'
import { SEED } from './Plan.ts'

class NoTensors extends Error {}

const unopened = {
  get tf(): never {
    throw new NoTensors()
  },
}

/** The forecasters of a question: those that compute with tensors if there are any, else the others. */
export function forecastersOf({
  question,
  tensors,
}: {
  question: Question['name']
  tensors?: PoolOptions['tensors']
}): WorkerSpec[] {
  const poolOn = (on: PoolOptions['tensors']) => pool({ question, seed: SEED, tensors: on })
  const needTensors = poolOn(unopened).map(needsTensors)

  return poolOn(tensors ?? unopened).filter((_, i) => needTensors[i] === (tensors !== undefined))
}

function needsTensors({ create }: WorkerSpec): boolean {
  try {
    create()
    return false
  } catch (error) {
    if (error instanceof NoTensors) return true
    throw error
  }
}

/** Pools of different questions hold models of one name. */
export function nameOf({
  question,
  spec,
}: {
  question: Question['name']
  spec: WorkerSpec
}): string {
  return `${spec.name} (${question})`
}

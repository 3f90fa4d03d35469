import type { WorkerSpec } from '../../../workers/src/models/pools/workerSpec.ts'
import type { Question } from '../../../workers/src/sources/question.ts'

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

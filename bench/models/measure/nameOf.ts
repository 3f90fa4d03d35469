import type { Question, WorkerSpec } from '@auspex/workers/models'

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

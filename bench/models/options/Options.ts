import type { Question, TensorBackend } from '@auspex/workers/models'

export type Options = {
  backends: TensorBackend[]
  batches: number[]
  repeats: number
  questions: Question['name'][]
  software?: boolean
  json?: boolean
}

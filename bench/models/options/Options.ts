import type { TensorBackend } from '../../../workers/src/backends/tensors.ts'
import type { Question } from '../../../workers/src/sources/question.ts'

export type Options = {
  backends: TensorBackend[]
  batches: number[]
  repeats: number
  questions: Question['name'][]
  software?: boolean
  json?: boolean
}

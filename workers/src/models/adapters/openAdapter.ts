import type { Model } from '../forecaster.ts'
import type { Question } from '../../sources/questions.ts'
import { commandModel } from './commandModel.ts'
import { httpModel } from './httpModel.ts'
import type { AdapterConfig } from './modelConfig.ts'
import { onnxModel } from './onnxModel.ts'
import { openAiModel } from './openAiModel.ts'
import type { OnSend } from './request.ts'

/** A model that is not built in, ready to be asked. */
export async function openAdapter(
  config: AdapterConfig,
  question: Question,
  /** Is called with whatever is about to leave the machine. */
  onSend?: OnSend,
): Promise<Model> {
  if (config.kind === 'http') return httpModel(config, question, onSend)
  if (config.kind === 'command') return commandModel(config, question)
  if (config.kind === 'openai') return openAiModel(config, question, onSend)
  return onnxModel(config, question)
}

import { existsSync } from 'node:fs'
import type { Model } from '../forecaster.ts'
import type { Question } from '../../sources/questions.ts'
import { window } from '../features/window.ts'
import { OperatorError } from '../../runtime/operatorError.ts'
import type { OnnxModel } from './modelConfig.ts'
import { modelName } from './modelConfig.ts'

/** As much of onnxruntime-node as is used here. */
type Runtime = {
  Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => object
  InferenceSession: {
    create: (file: string) => Promise<{
      inputNames: readonly string[]
      outputNames: readonly string[]
      run: (feeds: Record<string, object>) => Promise<Record<string, { data: Float32Array }>>
    }>
  }
}

/** A graph in an ONNX file: the latest truths in as one row, the next one out as the first number of the first output. */
export async function onnxModel(config: OnnxModel, question: Question): Promise<Model> {
  const { file, lags, scale } = config
  if (!existsSync(file)) {
    throw new OperatorError('requirement', `There is no ONNX file at ${file}. Check model.file.`)
  }
  const { Tensor, InferenceSession } = await loadRuntime()
  const session = await InferenceSession.create(file).catch((error: Error) => {
    throw new OperatorError('requirement', `${file} cannot be loaded: ${error.message}`)
  })
  const [input, output] = [session.inputNames[0]!, session.outputNames[0]!]
  const [into, out] = scale === 'log' ? [Math.log, Math.exp] : [same, same]

  return {
    name: modelName(config),
    fit() {},
    async predict(history) {
      if (history.length < lags)
        throw new Error(`it takes ${lags} rows, and there are ${history.length}`)
      const end = history.length - 1
      const row = window({ history, series: question.truth, end, size: lags }).map(into)
      const tensor = new Tensor('float32', Float32Array.from(row), [1, lags])
      const outputs = await session.run({ [input]: tensor })
      return out(Number(outputs[output]!.data[0]))
    },
  }
}

async function loadRuntime(): Promise<Runtime> {
  // Named by a variable: it is an optional peer that no build has to know.
  const name = 'onnxruntime-node'
  const runtime = await import(name).catch((error: NodeJS.ErrnoException) => {
    const isMissing = error.code === 'ERR_MODULE_NOT_FOUND'
    const why = isMissing ? 'is not installed' : `does not load: ${error.message.split('\n')[0]}`
    throw new OperatorError(
      'requirement',
      `An ONNX model needs onnxruntime-node, which ${why}. Run: npm install onnxruntime-node@1.30.0 --ignore-scripts`,
    )
  })
  return (runtime.default ?? runtime) as Runtime
}

function same(value: number): number {
  return value
}

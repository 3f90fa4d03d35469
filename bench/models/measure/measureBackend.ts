import { openTensors, readSampleSource } from '@auspex/workers/models'
import type { Tensors } from '@auspex/workers/models'
import { forecastersOf, nameOf } from './forecastersOf.ts'
import { measureForecaster } from './measureForecaster.ts'
import { measureNetwork } from './measureNetwork.ts'
import type { BackendJob, BackendOutcome, Measured, Plan } from './Plan.ts'

type Tell = (progress: string) => void

/** Brings a backend up in this process and measures all forecasters that compute with tensors. */
export async function measureBackend({
  job: { backend, software, plan },
  tell,
}: {
  job: BackendJob
  tell: Tell
}): Promise<BackendOutcome> {
  tell('coming up')
  const opened = await openTensors({ only: [backend], software })
  if (opened.status !== 'ready') {
    const [refusal] = opened.refused
    return { backend, status: 'missing', reason: refusal?.reason ?? 'unknown' }
  }

  const { tensors } = opened
  const { device, gpu: isGpu } = tensors
  const measured = await measureAll({ plan, tensors, tell })
  return { backend, status: 'measured', device, isGpu, measured }
}

async function measureAll({
  plan: { questions, batches, repeats },
  tensors,
  tell,
}: {
  plan: Plan
  tensors: Tensors
  tell: Tell
}): Promise<Measured[]> {
  const source = await readSampleSource()
  const history = await source.read({ now: Infinity })
  const countTensors = () => tensors.tf.memory().numTensors
  const measured: Measured[] = []

  for (const question of questions) {
    for (const spec of forecastersOf({ question, tensors })) {
      const forecaster = nameOf({ question, spec })
      tell(forecaster)
      measured.push(await measureForecaster({ forecaster, spec, source, repeats, countTensors }))

      for (const batch of batches) {
        tell(`${forecaster}, batch ${batch}`)
        const network = { forecaster, tensors, question, history, batch, repeats }
        measured.push(await measureNetwork(network))
      }
    }
  }

  return measured
}

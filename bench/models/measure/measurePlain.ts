import { readSampleSource } from '@auspex/workers/models'
import { forecastersOf, nameOf } from './forecastersOf.ts'
import { measureForecaster } from './measureForecaster.ts'
import type { Measured, Plan } from './Plan.ts'

/** The forecasters that compute in plain TypeScript. */
export async function measurePlain({ questions, repeats }: Plan): Promise<Measured[]> {
  const source = await readSampleSource()
  const measured: Measured[] = []

  for (const question of questions) {
    for (const spec of forecastersOf({ question })) {
      const forecaster = nameOf({ question, spec })
      measured.push(await measureForecaster({ forecaster, spec, source, repeats }))
    }
  }

  return measured
}

import { readFile } from 'node:fs/promises'
import type { AccuracyReport } from '../accuracy/report/toJson.ts'
import { BadInput } from '../lib/checks.ts'
import type { Report as ModelsReport } from '../models/report/toReport.ts'
import type { ScaleReport } from '../scale/report/toJson.ts'
import type { GasReport } from './gasSection.ts'

export type Results = {
  accuracy: AccuracyReport
  gas: GasReport
  scale: ScaleReport
  models: ModelsReport
}

/** What the benches have written with `--json`. */
export async function readResults(folder: URL): Promise<Results> {
  return {
    accuracy: await read(folder, 'accuracy'),
    gas: await read(folder, 'gas'),
    scale: await read(folder, 'scale'),
    models: await read(folder, 'models'),
  }
}

async function read<Report>(folder: URL, bench: string): Promise<Report> {
  const file = new URL(`${bench}.json`, folder)
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Report
  } catch (error) {
    const refresh = `Write it again: npm run -s bench:${bench} -- --json > bench/results/${bench}.json`
    throw new BadInput(`${file.pathname} cannot be read: ${(error as Error).message}. ${refresh}`)
  }
}

import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** Figures of others that were measured elsewhere, how, and why not here: updates and reads as in PeerFigures. */
const recordedSchema = z.object({
  note: z.string(),
  notMeasured: z.record(z.string(), z.string()),
  systems: z.array(
    z.object({
      name: z.string(),
      contributors: z.int().positive(),
      signatures: z.int().nonnegative(),
      gas: z.int().positive(),
      calldata: z.int().positive().optional(),
      values: z.boolean(),
      source: z.string(),
    }),
  ),
  reads: z.array(z.object({ name: z.string(), cold: z.int().positive(), source: z.string() })),
})
export type Recorded = z.infer<typeof recordedSchema>

/** Reads the committed figures of others. */
export async function readRecorded(path: URL): Promise<Recorded> {
  return recordedSchema.parse(JSON.parse(await readFile(path, 'utf8')))
}

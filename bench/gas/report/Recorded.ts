import { z } from 'zod'

/** Figures of others that were measured elsewhere, and how. */
export const recordedSchema = z.object({
  note: z.string(),
  systems: z.array(
    z.object({
      name: z.string(),
      /** whose values are in one update */
      contributors: z.int().positive(),
      /** signatures that the chain checks */
      signatures: z.int().nonnegative(),
      gas: z.int().positive(),
      calldata: z.int().positive().optional(),
      /** whether every contributor's value is on chain */
      values: z.boolean(),
      source: z.string(),
    }),
  ),
  reads: z.array(z.object({ name: z.string(), cold: z.int().positive(), source: z.string() })),
})
export type Recorded = z.infer<typeof recordedSchema>

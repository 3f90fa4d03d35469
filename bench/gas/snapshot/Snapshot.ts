import { z } from 'zod'

const figures = z.record(z.string(), z.int().nonnegative())

/** Named figures that are committed: gas on one hardfork, and bytes of code. */
export const snapshotSchema = z.object({ hardfork: z.string(), gas: figures, bytecode: figures })
export type Snapshot = z.infer<typeof snapshotSchema>

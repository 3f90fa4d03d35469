import { z } from 'zod'
import { chain, dataDir, fees, keys } from './fields.ts'

/** As much of a configuration as commands need that read or send once; other fields may stand beside it. */
export const readerConfig = z.object({ chain })
export const accountConfig = z.object({
  chain,
  keys,
  dataDir: dataDir.optional(),
  fees: fees.optional(),
})
export const journalConfig = z.object({ chain, dataDir })

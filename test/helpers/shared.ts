import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The folder of data that tests may use but the repository does not hold: `AUSPEX_SHARED`, or
 * `shared` beside the repository. Undefined where there is none; tests then skip and say so.
 */
export function sharedFolder(): string | undefined {
  const folder =
    process.env.AUSPEX_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))

  return existsSync(folder) ? folder : undefined
}

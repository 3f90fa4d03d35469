import type { Log } from './log.ts'

const nothing = () => {}

/** A log that tells nobody. */
export const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }

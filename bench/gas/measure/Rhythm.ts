/**
 * How a reputer sends what is due. `usual`: as it does by default, two transactions a round: one when the round opens and
 * the truth of an older one is known, one when the round can be published. `row`: every window of one round meets a window
 * of the next, and all that is due in a window waits for one transaction. `apart`: a transaction for every phase.
 */
export type Rhythm = 'usual' | 'row' | 'apart'

/** Those in which phases share transactions. */
export type JoinedRhythm = Exclude<Rhythm, 'apart'>

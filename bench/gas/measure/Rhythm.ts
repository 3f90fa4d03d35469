/**
 * How rounds follow one another. `row`: every window of one meets a window of the next, and whatever is due goes out as
 * one transaction, as a reputer sends it. `apart`: a round a day, every phase in transactions of its own.
 */
export type Rhythm = 'row' | 'apart'

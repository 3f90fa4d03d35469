/** Milliseconds over repeats: the median and the distance between the quartiles. */
export type Timing = { median: number; spread: number; repeats: number }

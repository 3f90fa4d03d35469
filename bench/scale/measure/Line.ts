/** A point of a series, and a straight line `fixed + slope x`. */
export type Point = { x: number; y: number }
export type Line = { fixed: number; slope: number }

/** Backends compute in single precision and sum in orders of their own; training carries that on. */
export const TOLERANCE = 1e-3

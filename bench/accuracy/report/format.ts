import type { Interval } from '../measure/bootstrapRatio.ts'

/** Numbers as the report writes them; a dash where there is none. */
export const format = {
  ratio: (value: number | undefined) => number(value, 3),
  statistic: (value: number | undefined) => number(value, 1),
  share: (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? '-' : `${(100 * value).toFixed(1)} %`,
  interval: ({ low, high }: Interval) => `${number(low, 3)}..${number(high, 3)}`,
}

function number(value: number | undefined, digits: number): string {
  return value === undefined || !Number.isFinite(value) ? '-' : value.toFixed(digits)
}

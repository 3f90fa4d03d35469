const format = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** A number without decimals, its thousands set apart. */
export function whole(value: number): string {
  return format.format(value)
}

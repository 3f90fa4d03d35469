export type ParsedNumber =
  { status: 'parsed'; value: number } | { status: 'refused'; reason: string }

const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * Reads a decimal number: digits, at most one point, an exponent if need be. Everything that somebody could read as another
 * number is refused: thousands separators, decimal commas, hexadecimal digits, NaN, Infinity, numbers that a double cannot
 * hold.
 */
export function parseNumber(text: string): ParsedNumber {
  if (!DECIMAL.test(text)) return refused(text, hintFor(text))

  const value = Number(text)
  if (!Number.isFinite(value)) return refused(text, 'it is too large for a double')
  const isRoundedAway = value === 0 && /[1-9]/.test(text.split(/e/i)[0]!)
  if (isRoundedAway) return refused(text, 'it is too close to zero for a double')
  return { status: 'parsed', value }
}

function hintFor(text: string): string {
  if (text === '') return 'write a number, or remove the row'
  if (/^[+-]?(nan|inf(inity)?|null|none|n\/?a|-)$/i.test(text)) return 'remove the row'
  if (/^[+-]?\d{1,3}([,'_ ]\d{3})+(\.\d+)?$/.test(text)) return 'write it without separators'
  if (/^[+-]?\d+,\d+$/.test(text)) return 'write it with a decimal point'
  return 'write a decimal number, such as -12.5 or 3e-4'
}

function refused(text: string, hint: string): ParsedNumber {
  return { status: 'refused', reason: `${JSON.stringify(text)} is not a usable number: ${hint}` }
}

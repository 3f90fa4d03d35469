import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { formatUnits } from 'viem'
import { toFixed18 } from '@auspex/sdk/maths'
import { OperatorError } from '../runtime/operatorError.ts'
import { readRows } from '../sources/csvRows.ts'
import { parseNumber } from '../sources/parseNumber.ts'

/** By round: values 1e18 fixed point, confidence basis points. */
export type Predictions = ReadonlyMap<bigint, { value: bigint; confidence: bigint }>

const columns = { required: ['round', 'value'], optional: ['confidence'] }
const FULL = 10_000n
const DECIMAL = /^(-?)(\d+)(?:\.(\d{1,18}))?$/

/** Reads what a model would have said: a CSV of round, value and, if present, confidence as a share. A bad row refuses it all. */
export function readPredictions(file: string): Predictions {
  const refused = (line: number, reason: string) =>
    new OperatorError('usage', `${file}:${line}: ${reason}. Correct the row.`)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new OperatorError('usage', `There is no file to read at ${file}. Name another one.`)
  }
  const read = readRows({ text, columns, isGrowing: false })
  if (read.status === 'refused') throw refused(read.line, read.reason)

  const predictions = new Map<bigint, { value: bigint; confidence: bigint }>()
  for (const { line, cells } of read.rows) {
    const { round: number = '', value: said = '', confidence: share } = cells
    if (!/^\d{1,18}$/.test(number)) throw refused(line, `round ${number} is not a whole number`)
    const round = BigInt(number)
    if (predictions.has(round)) throw refused(line, `round ${round} is there twice`)
    const value = fixedIn(said)
    if (typeof value === 'string') throw refused(line, `value ${value}`)
    const confidence = share === undefined ? FULL : shareIn(share)
    if (confidence === undefined) {
      throw refused(line, `confidence ${share} is not a share above 0 and at most 1`)
    }
    predictions.set(round, { value, confidence })
  }
  if (predictions.size === 0) throw refused(1, 'no rows')
  return predictions
}

/** Appends one round to such a file, every digit of it. */
export function writePredictions(
  file: string,
  { round, value, confidence }: { round: bigint; value: bigint; confidence: bigint },
): void {
  if (!existsSync(file)) writeFileSync(file, 'round,value,confidence\n')
  appendFileSync(file, `${round},${formatUnits(value, 18)},${formatUnits(confidence, 4)}\n`)
}

/** All digits of a plain decimal; of a number with an exponent what a double holds. */
function fixedIn(text: string): bigint | string {
  const [, sign, whole, places = ''] = DECIMAL.exec(text) ?? []
  if (whole !== undefined) return BigInt(`${sign}${whole}${places.padEnd(18, '0')}`)
  const parsed = parseNumber(text)
  return parsed.status === 'parsed' ? toFixed18(parsed.value) : parsed.reason
}

function shareIn(text: string): bigint | undefined {
  const parsed = parseNumber(text)
  if (parsed.status === 'refused') return undefined
  const bps = BigInt(Math.round(parsed.value * Number(FULL)))
  return bps > 0n && bps <= FULL ? bps : undefined
}

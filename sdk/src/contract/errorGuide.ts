/* Every error of the contracts with its selector and its sentence, for docs/Errors.md and `auspex explain`. */
import { formatEther, toFunctionSelector } from 'viem'
import type { Hex } from 'viem'
import { formatAbiItem } from 'viem/utils'
import { errorsAbi } from '../abis/errorsAbi.ts'
import { sentences } from './sentences.ts'
import type { ErrorName } from './sentences.ts'

export type ErrorGuide = {
  selector: Hex
  name: ErrorName
  /** With parameter names, as in Solidity. */
  signature: string
  /** What is wrong and what to do, with `{parameter}` where a number or an address stands. */
  sentence: string
}

/** All errors by name, or those of one selector. */
export function errorGuides({ selector }: { selector?: Hex } = {}): ErrorGuide[] {
  return errorsAbi
    .map((item) => ({
      selector: toFunctionSelector(formatAbiItem(item)),
      name: item.name,
      signature: formatAbiItem(item, { includeName: true }),
      sentence: template(item),
    }))
    .filter((guide) => selector === undefined || guide.selector === selector.toLowerCase())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

type ErrorItem = (typeof errorsAbi)[number]

/** The sentence of an error for sample arguments, each replaced by its name where it appears. */
function template({ name, inputs }: ErrorItem): string {
  const samples = inputs.map((input, i) => ({ name: input.name, value: sampleOf(input.type, i) }))
  const args = Object.fromEntries(samples.map((sample) => [sample.name, sample.value]))
  const sentence = (sentences[name] as (args: unknown) => string)(args)
  return samples.reduce((text, sample) => withName(text, sample, samples), sentence)
}

type Sample = { name: string; value: unknown }

/** Numbers that appear in no sentence by themselves, and whose differences do not either. */
function sampleOf(type: string, place: number): unknown {
  if (type === 'bool') return true
  if (type === 'uint8') return place + 1
  if (/^u?int/.test(type)) {
    const number = 700_001n + 13_007n * BigInt(place * place + 1)
    return Number(type.replace(/\D/g, '')) <= 48 ? Number(number) : number
  }
  return `{${'abcdefgh'[place]}}`
}

function withName(text: string, { name, value }: Sample, all: readonly Sample[]): string {
  if (typeof value === 'string') return text.replaceAll(value, `{${name}}`)
  if (typeof value !== 'bigint' && !(typeof value === 'number' && value > 255)) return text
  const number = BigInt(value)
  let result = text
  for (const { name: other, value: least } of all) {
    if (typeof least !== 'bigint' && typeof least !== 'number') continue
    const difference = number - BigInt(least)
    if (difference > 255n) result = result.replaceAll(String(difference), `{${name} - ${other}}`)
  }
  const ether = formatEther(number)
  const moment = new Date(Number(number) * 1000).toISOString()
  return result
    .replaceAll(ether, `{${name}}`)
    .replaceAll(moment, `{${name}}`)
    .replaceAll(String(number), `{${name}}`)
}

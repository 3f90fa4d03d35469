/*
 * Twin of contracts/models/Dense.sol, to the last bit: fully connected networks as bytes, and what they answer. The layout of the
 * bytes and the meaning of every number stand there.
 */
import { bytesToHex, concatBytes, hexToBytes, numberToBytes } from 'viem/utils'
import type { Hex } from 'viem'
import { expWad } from './poolPrice.ts'
import { lnWad } from './samples.ts'

export const inputForms = ['raw', 'logarithm'] as const
export const outputForms = ['raw', 'exponential'] as const
export const activations = ['none', 'relu', 'tanh', 'sigmoid'] as const
export type Activation = (typeof activations)[number]

/** A straight line into or out of a network: 1e18 fixed point. */
export type DenseScale = { centre: bigint; spread: bigint }

/** A layer: `(bias + weights x inputs + half) >> shift`, of which the first `bent` outputs go through the activation. */
export type DenseLayer = {
  activation: Activation
  /** How many of the outputs are bent; the others stay as they are. */
  bent: number
  /** Fractional bits of the weights, 0 to 40. */
  shift: number
  /** One an output, with 16 more fractional bits than the weights; within int64. */
  biases: readonly bigint[]
  /** Of every output the weights of all inputs; within int16. */
  weights: readonly (readonly number[])[]
}

export type DenseModel = {
  /** What is done to every input before its scale: nothing, or the natural logarithm. */
  inputForm: (typeof inputForms)[number]
  /** What is done to the output after its scale: nothing, or the exponential. */
  outputForm: (typeof outputForms)[number]
  inputs: readonly DenseScale[]
  output: DenseScale
  layers: readonly DenseLayer[]
}

/** Bounds of the contract. */
export const DENSE_LIMITS = {
  layers: 8,
  width: 1024,
  shift: 40,
  /** Every row counts as whole words of sixteen. */
  weights: 65_536,
} as const

const VERSION = 1
const HEAD = 38
const INPUT = 32
const LAYER = 6
const ONE = 10n ** 18n
const UNIT = 1n << 16n
const MOST_BYTES = 2 ** 24 - 1
const MOST_EXPONENT = 31n * ONE

/** 513 entries of 16 bits: tanh(i / 64) x 2^16, rounded, at most 65535. */
const TABLE =
  '0000040007ff0bfe0ffb13f617ee1be41fd623c427ad2b922f72334c37203aed3eb34272462949d84d7e511c54' +
  'b1583c5bbd5f3562a26605695d6caa6fec7322764d796d7c817f888284857488588b2f8dfa90b9936c961298ac' +
  '9b3a9dbba030a299a4f6a747a98cabc4adf2b013b229b433b632b826ba0ebbecbdbfbf87c145c2f8c4a1c640c7' +
  'd5c960cae1cc5acdc9cf2ed08bd1dfd32bd46ed5a9d6dbd806d929da44db58dc65dd6bde69df61e052e13ce220' +
  'e2fee3d6e4a8e575e63be6fce7b8e86ee920e9ccea73eb16ebb4ec4eece3ed75ee01ee8aef0fef90f00ef088f0' +
  'fef171f1e0f24df2b6f31cf37ff3dff43cf497f4eff544f597f5e7f635f681f6cbf712f757f79af7dbf81af858' +
  'f893f8cdf905f93bf96ff9a3f9d4fa04fa33fa60fa8cfab6fae0fb07fb2efb54fb78fb9cfbbefbdffc00fc1ffc' +
  '3dfc5bfc77fc93fcaefcc8fce1fcf9fd11fd28fd3efd54fd69fd7dfd91fda4fdb6fdc8fddafdebfdfbfe0bfe1a' +
  'fe29fe37fe45fe53fe60fe6dfe79fe85fe91fe9cfea7feb2febcfec6fecffed9fee2feebfef3fefbff03ff0bff' +
  '13ff1aff21ff28ff2fff35ff3bff41ff47ff4dff52ff58ff5dff62ff67ff6bff70ff74ff79ff7dff81ff85ff89' +
  'ff8cff90ff93ff97ff9aff9dffa0ffa3ffa6ffa9ffabffaeffb0ffb3ffb5ffb8ffbaffbcffbeffc0ffc2ffc4ff' +
  'c6ffc8ffc9ffcbffcdffceffd0ffd1ffd3ffd4ffd5ffd7ffd8ffd9ffdaffdcffddffdeffdfffe0ffe1ffe2ffe3' +
  'ffe4ffe4ffe5ffe6ffe7ffe8ffe8ffe9ffeaffebffebffecffecffedffeeffeeffefffeffff0fff0fff1fff1ff' +
  'f2fff2fff3fff3fff3fff4fff4fff5fff5fff5fff6fff6fff6fff6fff7fff7fff7fff8fff8fff8fff8fff9fff9' +
  'fff9fff9fff9fffafffafffafffafffafffbfffbfffbfffbfffbfffbfffcfffcfffcfffcfffcfffcfffcfffcff' +
  'fdfffdfffdfffdfffdfffdfffdfffdfffdfffdfffdfffefffefffefffefffefffefffefffefffefffefffefffe' +
  'fffefffefffefffefffeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' +
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' +
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' +
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' +
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' +
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' +
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'
const TANH = Array.from({ length: 513 }, (_, i) => BigInt(`0x${TABLE.slice(4 * i, 4 * i + 4)}`))

/* BYTES */

/** The bytes of a model, as `ModelStore` keeps them. Says nothing of their soundness: see `denseFault`. */
export function encodeDense({ inputForm, outputForm, inputs, output, layers }: DenseModel): Hex {
  const head = [
    unsigned(VERSION, 1),
    unsigned(layers.length, 1),
    unsigned(inputForms.indexOf(inputForm), 1),
    unsigned(outputForms.indexOf(outputForm), 1),
    unsigned(inputs.length, 2),
    ...scaleBytes(output),
  ]
  return bytesToHex(
    concatBytes([...head, ...inputs.flatMap(scaleBytes), ...layers.flatMap(layerBytes)]),
  )
}

function scaleBytes({ centre, spread }: DenseScale): Uint8Array[] {
  return [signed(centre, 16), unsigned(spread, 16)]
}

function layerBytes({ activation, bent, shift, biases, weights }: DenseLayer): Uint8Array[] {
  return [
    unsigned(biases.length, 2),
    unsigned(bent, 2),
    unsigned(activations.indexOf(activation), 1),
    unsigned(shift, 1),
    ...biases.map((bias) => signed(bias, 8)),
    ...weights.flatMap((row) => row.map((weight) => signed(BigInt(weight), 2))),
  ]
}

function unsigned(value: number | bigint, size: number): Uint8Array {
  return numberToBytes(value, { size })
}

function signed(value: bigint, size: number): Uint8Array {
  return numberToBytes(value, { size, signed: true })
}

/** The number of a model that lies outside its bounds: the arguments of the contract's `ModelOutOfBounds`. */
export type DenseFault = { term: string; actual: bigint; least: bigint; most: bigint }

/** The first fault of a model, in the order in which the contract finds it; undefined where there is none. */
export function denseFault(model: Hex): DenseFault | undefined {
  try {
    readDense(model)
  } catch (error) {
    if (error instanceof Fault) return error.fault
    throw error
  }
  return undefined
}

/**
 * A model from its bytes.
 * @throws RangeError where a number is out of its bounds, with what `denseFault` says
 */
export function decodeDense(model: Hex): DenseModel {
  return readDense(model)
}

class Fault extends RangeError {
  readonly fault: DenseFault

  constructor(fault: DenseFault) {
    const { term, actual, least, most } = fault
    super(`The model's ${term} is ${actual}, but must be between ${least} and ${most}.`)
    this.fault = fault
  }
}

function requireBounds(
  term: string,
  actual: number | bigint,
  least: number,
  most: number | bigint,
) {
  const [number, low, high] = [BigInt(actual), BigInt(least), BigInt(most)]
  if (number < low || number > high)
    throw new Fault({ term, actual: number, least: low, most: high })
}

function readDense(model: Hex): DenseModel {
  const bytes = hexToBytes(model)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  requireBounds('bytes', bytes.length, HEAD, MOST_BYTES)
  requireBounds('version', view.getUint8(0), VERSION, VERSION)
  const count = view.getUint8(1)
  requireBounds('layers', count, 1, DENSE_LIMITS.layers)
  requireBounds('input form', view.getUint8(2), 0, 1)
  requireBounds('output form', view.getUint8(3), 0, 1)
  let width = view.getUint16(4)
  requireBounds('inputs', width, 1, DENSE_LIMITS.width)
  let at = HEAD + width * INPUT
  requireBounds('bytes', bytes.length, at, MOST_BYTES)
  const inputs = Array.from({ length: width }, (_, i) => scaleAt(view, HEAD + i * INPUT))
  for (const { spread } of inputs) requireBounds('spread', spread, 1, 2n ** 128n - 1n)

  const heads: LayerHead[] = []
  let total = 0
  for (let i = 0; i < count; i++) {
    requireBounds('bytes', bytes.length, at + LAYER, MOST_BYTES)
    const head = { at, inputs: width, outputs: view.getUint16(at) }
    requireBounds('outputs', head.outputs, 1, DENSE_LIMITS.width)
    requireBounds('bent', view.getUint16(at + 2), 0, head.outputs)
    requireBounds('activation', view.getUint8(at + 4), 0, activations.length - 1)
    requireBounds('shift', view.getUint8(at + 5), 0, DENSE_LIMITS.shift)
    heads.push(head)
    total += head.outputs * padded(width)
    at += LAYER + head.outputs * (8 + width * 2)
    width = head.outputs
  }
  requireBounds('last outputs', width, 1, 1)
  requireBounds('multiply-adds', total, 1, DENSE_LIMITS.weights)
  requireBounds('bytes', bytes.length, at, at)

  return {
    inputForm: inputForms[view.getUint8(2)]!,
    outputForm: outputForms[view.getUint8(3)]!,
    inputs,
    output: scaleAt(view, 6),
    layers: heads.map((head) => layerAt(view, head)),
  }
}

type LayerHead = { at: number; inputs: number; outputs: number }

function layerAt(view: DataView, { at, inputs, outputs }: LayerHead): DenseLayer {
  const first = at + LAYER + outputs * 8
  return {
    activation: activations[view.getUint8(at + 4)]!,
    bent: view.getUint16(at + 2),
    shift: view.getUint8(at + 5),
    biases: Array.from({ length: outputs }, (_, i) => view.getBigInt64(at + LAYER + i * 8)),
    weights: Array.from({ length: outputs }, (_, i) =>
      Array.from({ length: inputs }, (__, j) => view.getInt16(first + (i * inputs + j) * 2)),
    ),
  }
}

function scaleAt(view: DataView, at: number): DenseScale {
  const spread = (view.getBigUint64(at + 16) << 64n) | view.getBigUint64(at + 24)
  return { centre: (view.getBigInt64(at) << 64n) | view.getBigUint64(at + 8), spread }
}

/** Rows are read in words of sixteen weights. */
function padded(count: number): number {
  return Math.ceil(count / 16) * 16
}

/** How many weights the contract reads in an evaluation; a measure of its gas. */
export function denseWeights({ inputs, layers }: DenseModel): number {
  const widths = [inputs.length, ...layers.map(({ biases }) => biases.length)]
  return layers.reduce((sum, { biases }, i) => sum + biases.length * padded(widths[i]!), 0)
}

/* EVALUATE */

/**
 * What a model answers, 1e18 fixed point, clamped to int104.
 * @param inputs 1e18 fixed point, as many as the model takes
 * @throws RangeError where their number is another
 */
export function evaluateDense(model: DenseModel, inputs: readonly bigint[]): bigint {
  const { inputForm, outputForm, inputs: scales, output, layers } = model
  if (inputs.length !== scales.length) {
    throw new RangeError(`The model takes ${scales.length} inputs, not ${inputs.length}.`)
  }
  const entered = inputs.map((input, i) => {
    const { centre, spread } = scales[i]!
    const within = clamp(input, 128)
    const formed = inputForm === 'logarithm' ? lnWad(within < 1n ? 1n : within) : within
    return clamp(((formed - centre) * UNIT) / spread, 32)
  })
  const [last] = layers.reduce((x, layer) => forward(layer, x), entered)
  const value = output.centre + ((last! * output.spread) >> 16n)
  if (outputForm === 'raw') return clamp(value, 104)
  return clamp(expWad(value > MOST_EXPONENT ? MOST_EXPONENT : value), 104)
}

function forward({ activation, bent, shift, biases, weights }: DenseLayer, x: bigint[]): bigint[] {
  const half = (1n << BigInt(shift)) >> 1n
  return weights.map((row, i) => {
    const sum = row.reduce((total, weight, j) => total + BigInt(weight) * x[j]!, biases[i]!)
    const y = clamp((sum + half) >> BigInt(shift), 32)
    return i < bent ? bend(y, activation) : y
  })
}

function bend(y: bigint, activation: Activation): bigint {
  if (activation === 'relu') return y < 0n ? 0n : y
  if (activation === 'tanh') return tanh(y)
  return activation === 'sigmoid' ? (UNIT + tanh(y >> 1n)) >> 1n : y
}

/** Linear between the table's entries, which are 1024 apart. Within 0.00005 of tanh. */
function tanh(x: bigint): bigint {
  const size = x < 0n ? -x : x
  if (size >= 8n * UNIT) return x < 0n ? 1n - UNIT : UNIT - 1n

  const entry = Number(size >> 10n)
  const rise = TANH[entry + 1]! - TANH[entry]!
  const y = TANH[entry]! + ((rise * (size & 1023n) + 512n) >> 10n)
  return x < 0n ? -y : y
}

/** To the ends of a signed type. */
function clamp(x: bigint, bits: number): bigint {
  const most = (1n << BigInt(bits - 1)) - 1n
  if (x > most) return most
  return x < -most - 1n ? -most - 1n : x
}

import type { Activation, DenseLayer, DenseModel, DenseScale } from '../../sdk/src/maths/index.ts'
import { randomOf, type Random } from './random.ts'

const ONE = 10n ** 18n
const WIDTHS = [1, 2, 3, 7, 15, 16, 17, 31, 33]
const KINDS: readonly Activation[] = ['none', 'relu', 'tanh', 'sigmoid']

/** A network and what it is asked. */
export interface DenseCase {
  model: DenseModel
  inputs: bigint[]
}

/** A random network with random inputs: half of them as a trained one looks, half at the ends of every type. */
export function generateDense(seed: number): DenseCase {
  const random = randomOf(seed)
  const isExtreme = random.chance(0.5)
  const widths = Array.from({ length: 1 + random.below(4) }, () => random.pick(WIDTHS))
  const sizes = [...widths, 1]
  const isLogarithm = random.chance(0.3)
  const model: DenseModel = {
    inputForm: isLogarithm ? 'logarithm' : 'raw',
    outputForm: random.chance(0.3) ? 'exponential' : 'raw',
    inputs: Array.from({ length: widths[0]! }, () => scale(random, isExtreme)),
    output: scale(random, isExtreme),
    layers: widths.map((inputs, i) => layer(random, isExtreme, inputs, sizes[i + 1]!)),
  }
  return { model, inputs: model.inputs.map(() => input(random, isExtreme)) }
}

function scale(random: Random, isExtreme: boolean): DenseScale {
  if (!isExtreme) return { centre: random.signed(3n * ONE), spread: ONE / 10n + random.big(ONE) }
  const centre = random.pick([0n, -(2n ** 127n), 2n ** 127n - 1n, random.signed(2n ** 127n - 1n)])
  return { centre, spread: random.pick([1n, 2n ** 128n - 1n, 1n + random.big(2n ** 64n)]) }
}

function input(random: Random, isExtreme: boolean): bigint {
  if (!isExtreme) return random.signed(5n * ONE)
  const ends = [-(2n ** 255n), 2n ** 255n - 1n, -(2n ** 127n), 2n ** 127n, 0n, 1n, -1n, ONE]
  return random.pick([...ends, random.signed(2n ** 128n)])
}

function layer(random: Random, isExtreme: boolean, inputs: number, outputs: number): DenseLayer {
  const shift = isExtreme ? random.pick([0, 1, 15, 40]) : 10 + random.below(6)
  const ends = [-32_768, 32_767, 0, -1]
  const most = isExtreme ? 32_767 : 1 << Math.min(14, shift)
  const weight = () => {
    if (isExtreme && random.chance(0.5)) return random.pick(ends)
    return Number(random.signed(BigInt(most)))
  }
  const bias = () => {
    if (isExtreme && random.chance(0.5)) return random.pick([-(2n ** 63n), 2n ** 63n - 1n, 0n])
    return random.signed(isExtreme ? 2n ** 62n : 2n ** BigInt(shift + 16))
  }
  return {
    activation: random.pick(KINDS),
    bent: random.pick([0, outputs, random.below(outputs + 1)]),
    shift,
    biases: Array.from({ length: outputs }, bias),
    weights: Array.from({ length: outputs }, () => Array.from({ length: inputs }, weight)),
  }
}

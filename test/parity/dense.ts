import { expect } from 'chai'
import type { Hex } from 'viem'
import {
  decodeDense,
  denseFault,
  denseWeights,
  encodeDense,
  evaluateDense,
} from '../../sdk/src/maths/index.ts'
import type { DenseModel } from '../../sdk/src/maths/index.ts'
import { expectNear } from '../helpers/expectNear.ts'
import { checkOnChain, compareDense, evaluateOnChain } from './denseOnChain.ts'
import { generateDense } from './generateDense.ts'

const ONE = 10n ** 18n
const UNIT = 1n << 16n

/** One input, one weight of one, one activation. */
function single(changes: Partial<DenseModel['layers'][number]> = {}): DenseModel {
  return {
    inputForm: 'raw',
    outputForm: 'raw',
    inputs: [{ centre: 0n, spread: ONE }],
    output: { centre: 0n, spread: ONE },
    layers: [{ activation: 'none', bent: 1, shift: 8, biases: [0n], weights: [[256]], ...changes }],
  }
}

describe('a dense network', () => {
  it('answers the same in Solidity and in TypeScript, at the ends of every type too', async () => {
    const { failed, answers } = await compareDense({ from: 1, count: 200 })
    expect(failed).to.deep.equal([])
    expect(answers).to.be.above(100)
  })

  it('is the same network once it was bytes', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { model } = generateDense(seed)
      expect(decodeDense(encodeDense(model))).to.deep.equal(model)
    }
  })

  it('adds products and bias, and rounds half up', async () => {
    const model = single({ shift: 1, biases: [1n], weights: [[3]] })
    // (3 x 2^16 + 1) / 2, rounded half up, in units of 2^-16.
    const value = ((3n * UNIT + 2n) / 2n) * (ONE / UNIT)
    expect(evaluateDense(model, [ONE])).to.equal(value)
    expect(await evaluateOnChain(encodeDense(model), [ONE])).to.equal(value)
  })

  for (const [activation, exact] of [
    ['none', (x: number) => x],
    ['relu', (x: number) => Math.max(0, x)],
    ['tanh', Math.tanh],
    ['sigmoid', (x: number) => 1 / (1 + Math.exp(-x))],
  ] as const) {
    it(`bends by ${activation} within 0.00005`, () => {
      const model = single({ activation })
      for (let x = -20; x <= 20; x += 0.137) {
        const value = evaluateDense(model, [BigInt(Math.round(x * 1e6)) * 10n ** 12n])
        expectNear(Number(value) / 1e18, exact(x), 5e-5)
      }
    })
  }

  it('takes logarithms and exponentials where the model says so', async () => {
    const scaled = { centre: 0n, spread: 16n * ONE }
    const model: DenseModel = {
      ...single(),
      ...{ inputForm: 'logarithm', outputForm: 'exponential', inputs: [scaled], output: scaled },
    }
    const value = evaluateDense(model, [100n * ONE])
    expectNear(Number(value) / 1e18, 100, 0.05)
    expect(await evaluateOnChain(encodeDense(model), [100n * ONE])).to.equal(value)
    // The logarithm of nothing is that of the smallest unit.
    const none = evaluateDense(model, [0n])
    expect(evaluateDense(model, [-ONE])).to.equal(none)
    expect(await evaluateOnChain(encodeDense(model), [-ONE])).to.equal(none)
  })

  it('counts its weights in whole words of sixteen', () => {
    expect(denseWeights(single())).to.equal(16)
  })

  it('takes just as many inputs as it has', async () => {
    expect(() => evaluateDense(single(), [])).to.throw('takes 1 inputs, not 0')
    const refused = await evaluateOnChain(encodeDense(single()), []).catch(String)
    expect(refused).to.include('WrongInputs(0, 1)')
  })
})

describe('what is no model', () => {
  const sound = encodeDense(single())
  const patched = (at: number, byte: string): Hex =>
    `0x${sound.slice(2, 2 + 2 * at)}${byte}${sound.slice(4 + 2 * at)}`
  const wide = (outputs: number, inputs: number): Hex =>
    encodeDense({
      ...single(),
      inputs: Array.from({ length: inputs }, () => ({ centre: 0n, spread: 1n })),
      layers: [
        {
          ...{ activation: 'none', bent: 0, shift: 0 },
          biases: new Array<bigint>(outputs).fill(0n),
          weights: Array.from({ length: outputs }, () => new Array<number>(inputs).fill(1)),
        },
        {
          ...{ activation: 'none', bent: 0, shift: 0, biases: [0n] },
          weights: [new Array<number>(outputs).fill(1)],
        },
      ],
    })

  // In the order of the checks; each row breaks one number of a sound model.
  const rows: [string, Hex, (bigint | undefined)?][] = [
    ['bytes', '0x01', 1n],
    ['version', patched(0, '02')],
    ['layers', patched(1, '00')],
    ['layers', patched(1, '09')],
    ['input form', patched(2, '02')],
    ['output form', patched(3, '02')],
    ['inputs', patched(5, '00')],
    ['inputs', patched(4, '05')],
    ['bytes', patched(5, '09')],
    ['spread', `0x${sound.slice(2, 2 + 2 * 54)}${'00'.repeat(16)}${sound.slice(2 + 2 * 70)}`],
    ['bytes', sound.slice(0, 2 + 2 * 75) as Hex],
    ['outputs', patched(71, '00')],
    ['bent', patched(73, '02')],
    ['activation', patched(74, '04')],
    ['shift', patched(75, '29')],
    ['last outputs', patched(71, '02')],
    ['multiply-adds', wide(256, 257)],
    ['bytes', `${sound}00`],
    ['bytes', sound.slice(0, -2) as Hex],
  ]
  for (const [i, [term, model]] of rows.entries()) {
    it(`is refused over its ${term} (${i + 1}), with the same numbers on both sides`, async () => {
      const fault = denseFault(model)
      expect(fault?.term).to.equal(term)
      expect(() => decodeDense(model)).to.throw(`The model's ${term} is ${fault!.actual}`)
      const { actual, least, most } = fault!
      const refused = await checkOnChain(model).catch(String)
      expect(refused).to.include(`ModelOutOfBounds("${term}", ${actual}, ${least}, ${most})`)
    })
  }

  it('is accepted at the most there may be', async () => {
    const most = wide(255, 256)
    expect(denseFault(most)).to.equal(undefined)
    await checkOnChain(most)
  })
})

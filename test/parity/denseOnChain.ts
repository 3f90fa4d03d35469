import { network } from 'hardhat'
import type { Hex } from 'viem'
import { encodeDense, evaluateDense } from '../../sdk/src/maths/index.ts'
import { generateDense } from './generateDense.ts'

const GAS = 2n ** 40n

const { viem } = await network.create({
  override: { blockGasLimit: GAS, allowUnlimitedContractSize: true, transactionGasCap: GAS },
})

const harness = await viem.deployContract('DenseHarness')

/** What the contracts answer for one network. */
export async function evaluateOnChain(model: Hex, inputs: readonly bigint[]): Promise<bigint> {
  return (await harness.read.evaluate!([model, inputs])) as bigint
}

/** Refuses as the contracts do. */
export async function checkOnChain(model: Hex): Promise<void> {
  await harness.read.check!([model])
}

/**
 * Random networks of `count` seeds from `from` on, in Solidity and in TypeScript.
 * @returns where the two differ, and how many different answers there were
 */
export async function compareDense({ from, count }: { from: number; count: number }) {
  const cases = Array.from({ length: count }, (_, i) => generateDense(from + i))
  const models = cases.map(({ model }) => encodeDense(model))
  const inputs = cases.map((each) => each.inputs)
  const theirs = (await harness.read.evaluateAll!([models, inputs])) as bigint[]
  const ours = cases.map((each) => evaluateDense(each.model, each.inputs))
  const failed = ours.flatMap((value, i) =>
    value === theirs[i]
      ? []
      : [`seed ${from + i}: ${theirs[i]} in Solidity, ${value} in TypeScript`],
  )
  return { failed, answers: new Set(ours).size }
}

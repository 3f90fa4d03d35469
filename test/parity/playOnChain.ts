import { network } from 'hardhat'

const GAS = 2n ** 40n
const WORD = 64

const { ethers, provider } = await network.create({
  override: { blockGasLimit: GAS, allowUnlimitedContractSize: true, transactionGasCap: GAS },
})

/** Plays a tape through the Solidity libraries. Encoded by hand, as a general codec would take most of the time. */
export async function playOnChain(tape: readonly bigint[]): Promise<bigint[]> {
  const harness = await deployed()
  const call = {
    to: await harness.getAddress(),
    data:
      harness.interface.getFunction('play')!.selector +
      [32n, BigInt(tape.length), ...tape].map(encode).join(''),
    gas: `0x${GAS.toString(16)}`,
  }
  const result = (await provider.request({
    method: 'eth_call',
    params: [call, 'latest'],
  })) as string

  return decode(result).slice(2)
}

/** The harness, for what is asked one at a time. */
export async function mathHarness() {
  return deployed()
}

let harness: ReturnType<typeof ethers.deployContract> | undefined

function deployed() {
  harness ??= ethers.deployContract('MathHarness')
  return harness
}

function encode(word: bigint): string {
  return BigInt.asUintN(256, word).toString(16).padStart(WORD, '0')
}

function decode(hex: string): bigint[] {
  const count = (hex.length - 2) / WORD

  return Array.from({ length: count }, (_, i) =>
    BigInt.asIntN(256, BigInt(`0x${hex.slice(2 + i * WORD, 2 + (i + 1) * WORD)}`)),
  )
}

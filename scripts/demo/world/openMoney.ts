import { encodeFunctionData, erc20Abi, parseAbi, parseEther } from 'viem'
import type { Address } from 'viem'
import type { Member } from '../../../devnet/startChain.ts'

/** Whole tokens in base units. */
export function tokens(whole: number): bigint {
  return parseEther(String(whole))
}

const printAbi = parseAbi(['function mint(address to, uint256 amount)'])

/** The demo's money, and who may hold some of it. */
export interface Money {
  readonly token: Address
  readonly holders: readonly Address[]
  /** Prints tokens for a member. */
  give(gift: { to: Address; amount: bigint }): Promise<void>
  /** Lets a contract take tokens from a member. */
  allow(allowance: { member: Member; spender: Address; amount: bigint }): Promise<void>
  /** Names a contract that holds tokens. */
  watch(holder: Address): void
}

/** Prints test tokens and remembers for whom, so that all can be counted in the end. */
export function openMoney({ token, printer }: { token: Address; printer: Member }): Money {
  const holders = new Set<Address>()

  return {
    token,
    get holders() {
      return [...holders]
    },
    async give({ to, amount }) {
      const data = encodeFunctionData({ abi: printAbi, functionName: 'mint', args: [to, amount] })
      await printer.send({ to: token, data })
      holders.add(to)
    },
    async allow({ member, spender, amount }) {
      const call = { abi: erc20Abi, functionName: 'approve', args: [spender, amount] } as const
      await member.send({ to: token, data: encodeFunctionData(call) })
    },
    watch(holder) {
      holders.add(holder)
    },
  }
}

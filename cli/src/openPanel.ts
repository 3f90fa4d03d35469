import { encodeFunctionData, zeroAddress } from 'viem'
import type { Address, ContractFunctionArgs } from 'viem'
import { getTopic } from '@auspex/sdk'
import { erc20Abi, reputerTruthAbi } from '@auspex/sdk/abis'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import { OperatorError, transact } from '@auspex/workers'

type Abi = typeof reputerTruthAbi
type Verb = 'takeSeat' | 'unstake' | 'withdraw' | 'claim'

const MOST_SEATS = 16

export type Panel = Awaited<ReturnType<typeof openPanel>>

/** The reputers that report a topic's truth. Refuses a topic whose truth comes from elsewhere. */
export async function openPanel(client: AuspexClient, { topic }: { topic: TopicId }) {
  const { truth: address } = await getTopic(client, { topic })
  const source = { address, abi: reputerTruthAbi } as const
  const { seats } = await client.public
    .readContract({ ...source, functionName: 'panelOf', args: [topic] })
    .catch((cause: Error) => {
      throw new OperatorError(
        'requirement',
        `The truth of ${topic} comes from ${address}, which has no panel of reputers (${cause.message.split('\n')[0]}). A reputer serves it without a seat, with truth: { kind: feed }.`,
        cause,
      )
    })

  function reputerOf(account: Address) {
    return client.public.readContract({
      ...source,
      functionName: 'reputerOf',
      args: [topic, account],
    })
  }

  /** The first that nobody holds, or the next new one. */
  async function freeSeat(): Promise<bigint | undefined> {
    for (let seat = 0n; seat < BigInt(seats); seat++) {
      const { current, previous } = await client.public.readContract({
        ...source,
        functionName: 'seatOf',
        args: [topic, seat],
      })
      if (current === zeroAddress && previous === zeroAddress) return seat
    }
    return seats < MOST_SEATS ? BigInt(seats) : undefined
  }

  async function send<verb extends Verb>(
    functionName: verb,
    args: ContractFunctionArgs<Abi, 'nonpayable', verb>,
  ): Promise<void> {
    const call = { abi: reputerTruthAbi, functionName, args }
    await transact(client, { to: address, data: encodeFunctionData(call as never) })
  }

  /** Lets the panel take an amount of its token. */
  async function approve(amount: bigint): Promise<void> {
    const to = await client.public.readContract({ ...source, functionName: 'token' })
    const args = [address, amount] as const
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args })
    await transact(client, { to, data })
  }

  return { address, reputerOf, freeSeat, send, approve }
}

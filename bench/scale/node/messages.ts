import type { Address, Hex } from 'viem'
import type { TopicId } from '@auspex/sdk'

/** What a reputer's process needs to know. */
export type NodeOptions = {
  url: string
  chainId: number
  network: Address
  token: Address
  /** The truth source of all topics. */
  truth: Address
  topics: readonly TopicId[]
  fromBlock: bigint
  key: Hex
  /** The data folder; what an earlier process left there is taken up. */
  folder: string
}

export type Order = { do: 'start'; options: NodeOptions } | { do: 'tick' | 'weigh' | 'stop' }

/** How often each thing came of a round in one tick, and the first reason of each that is one. */
export type Ticked = { counts: Record<string, number>; reasons: readonly string[] }

/** Bytes. The heap is weighed after its garbage was collected. */
export type Weight = { heap: number; resident: number; peak: number }

export type Reply = { ok: true; result: unknown } | { ok: false; reason: string }

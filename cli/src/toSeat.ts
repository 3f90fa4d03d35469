import { zeroAddress } from 'viem'
import type { Address } from 'viem'
import type { Position, Topic, TopicId } from '@auspex/sdk'

/** What a worker's owner has to run next for a seat; undefined where the worker has one. */
export function toSeat(options: {
  topic: TopicId
  worker: Address
  position: Position
  state: Pick<Topic, 'minStake'>
  round: bigint
}): string | undefined {
  const { topic, worker, position, state, round } = options
  const { owner, stake, pending, activeAt, leaving, leavesAt, until } = position
  if (until > round + 1n) return undefined

  const run = (verb: string, more = '') => `auspex stake ${verb} ${topic}${more} --worker ${worker}`
  if (owner === zeroAddress) return run('deposit', ' <amount>')
  if (stake >= state.minStake) return run('seat')
  if (pending > 0n) return `after ${timeOf(activeAt)}: ${run('activate')}`
  if (leaving > 0n) return `after ${timeOf(leavesAt)}: ${run('withdraw')}`
  return run('deposit', ' <amount>')
}

function timeOf(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString()
}

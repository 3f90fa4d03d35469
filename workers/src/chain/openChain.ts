import { createPublicClient } from 'viem'
import type { Address, PublicClient } from 'viem'
import type { Log } from '../runtime/log.ts'
import { OperatorError } from '../runtime/operatorError.ts'
import { sleep } from '../runtime/clock.ts'
import { endpointsOf } from './endpoints.ts'
import type { EndpointState, Endpoints } from './endpoint.ts'

export type ChainConfig = {
  id: number
  urls: readonly string[]
  network: Address
  fromBlock: bigint
}

export type OpenChain = { publicClient: PublicClient; endpoints: Endpoints }

/** How often it is looked whether a chain that does not answer is back. */
const LOOK_MS = 1000

/**
 * Opens the way to a chain. Refuses where every node that answers serves another chain, or one without the network. Where
 * none answers: with `wait` it says so and waits until one does or the signal comes, otherwise it refuses.
 */
export async function openChain(
  { id, urls, network }: ChainConfig,
  options: { log?: Log; wait?: AbortSignal } = {},
): Promise<OpenChain> {
  const { log, wait } = options
  const endpoints = endpointsOf({ urls, chainId: id, network, ...(log && { log }) })
  while ((await endpoints.check()) === 0) {
    const states = endpoints.states()
    const isSilent = states.some(({ status }) => status === 'silent' || status === 'unknown')
    if (!isSilent) throw refused(states, { id, network })
    if (wait === undefined) throw silence(states)
    log?.warn({ endpoints: states.map(wordsOf) }, 'chain.silent')
    await sleep(LOOK_MS, wait)
    if (wait.aborted) break
  }
  const publicClient: PublicClient = createPublicClient({
    transport: endpoints.transport,
    pollingInterval: 500,
    // Chain time is asked for again and again; an old answer would be a wrong one.
    cacheTime: 0,
  })
  return { publicClient, endpoints }
}

function silence(states: readonly EndpointState[]): OperatorError {
  return new OperatorError(
    'error',
    `No node answers at ${states.map(wordsOf).join(', ')}. Start one, or correct chain.urls.`,
  )
}

function refused(
  states: readonly EndpointState[],
  { id, network }: Pick<ChainConfig, 'id' | 'network'>,
): OperatorError {
  const told = states.map(wordsOf).join(', ')
  if (states.some(({ status }) => status === 'no network')) {
    return new OperatorError(
      'chain',
      `There is no contract at ${network} on chain ${id}: ${told}. Check chain.network: it is the address that the deployment printed.`,
    )
  }
  return new OperatorError(
    'chain',
    `No node serves chain ${id}, which the configuration names: ${told}. Correct chain.id or chain.urls; nothing was sent.`,
  )
}

/** A node in words: its host alone, as keys stand in URLs. */
export function wordsOf({ host, status, reason }: EndpointState): string {
  return status === 'ok' ? host : `${host} (${reason ?? status})`
}

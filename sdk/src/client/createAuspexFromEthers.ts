import { createPublicClient, custom } from 'viem'
import type { Address, EIP1193RequestFn, Hex, PublicClient } from 'viem'
import { createAuspex } from './createAuspex.ts'
import type { AuspexClient, AuspexOptions, Send, SignTypedData } from './createAuspex.ts'

/** What is used of an ethers v6 signer; written down here so that the types do not need ethers installed. */
export type EthersSigner = {
  provider: object | null
  getAddress: () => Promise<string>
  sendTransaction: (transaction: {
    to: string
    data: string
    gasLimit?: bigint
  }) => Promise<{ hash: string }>
  signTypedData: (domain: never, types: never, message: never) => Promise<string>
}

export type EthersOptions = Omit<AuspexOptions, 'walletClient' | 'publicClient' | 'account'> & {
  /** An ethers v6 signer that knows its provider. */
  signer: EthersSigner
  /** Needed only where the signer's provider is not a JSON-RPC provider. */
  publicClient?: PublicClient
}

/** Makes a client of an ethers v6 signer. Everything behind this door is viem. */
export async function createAuspexFromEthers(options: EthersOptions): Promise<AuspexClient> {
  const { signer, publicClient = publicClientOf(signer), ...rest } = options
  const account = (await signer.getAddress()) as Address

  return createAuspex({
    send: sendWith(signer, publicClient),
    signTypedData: signWith(signer),
    ...rest,
    account,
    publicClient,
  })
}

function publicClientOf({ provider }: EthersSigner): PublicClient {
  if (provider === null || !('send' in provider) || typeof provider.send !== 'function') {
    throw new Error('The signer has no JSON-RPC provider: connect it to one, or give publicClient')
  }
  const send = provider.send.bind(provider) as (method: string, params: unknown) => Promise<unknown>
  const request = ({ method, params }: { method: string; params?: unknown }) =>
    send(method, params ?? [])
  // The provider's own retries are enough.
  const transport = custom({ request: request as EIP1193RequestFn }, { retryCount: 0 })
  return createPublicClient({ transport, pollingInterval: 500 })
}

function sendWith(signer: EthersSigner, publicClient: PublicClient): Send {
  return async ({ to, data, gas }) => {
    const request = { to, data, ...(gas !== undefined && { gasLimit: gas }) }
    const { hash } = await signer.sendTransaction(request)
    return publicClient.waitForTransactionReceipt({ hash: hash as Hex })
  }
}

function signWith(signer: EthersSigner): SignTypedData {
  return async ({ domain = {}, types, primaryType, message }) => {
    // Ethers derives the domain's type itself and refuses it as an argument.
    const { EIP712Domain: _, ...structs } = types as Record<string, never>
    void primaryType
    return (await signer.signTypedData(domain as never, structs as never, message as never)) as Hex
  }
}

import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createAuspex } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import {
  ceilingFrom,
  OperatorError,
  openChain,
  openKeystore,
  openTransactionBook,
  readPassword,
  transactionQueue,
  addressIn,
} from '@auspex/workers'
import type { ChainConfig, Endpoints, Keys, QueueOptions, TransactionBook } from '@auspex/workers'
import type { PublicClient, Address } from 'viem'
import { atSuccess } from './atSuccess.ts'
import { accountConfig } from './config/fields.ts'
import { readConfig } from './config/readConfig.ts'

export type KeysConfig = { keystore: string; passwordFile?: string | undefined }

export type AccountOptions = {
  /** The configuration file; paths start at it. */
  file: string
  chain: ChainConfig
  keys: KeysConfig
  /** Where the book of transactions is kept; beside the key where it is left out. */
  dataDir?: string | undefined
  fees?: { maxGwei?: bigint | undefined; tokenPrice?: bigint | undefined } | undefined
  /** For nodes. Without it a command is opened: it follows what an earlier run of it has sent, and sends nothing twice. */
  node?: Pick<QueueOptions, 'log' | 'onSent'> & {
    /** Waits for a chain that does not answer, until the signal comes. */
    wait: AbortSignal
    atStake?: () => Promise<bigint>
  }
}

export type Account = {
  client: AuspexClient
  keys: Keys
  publicClient: PublicClient
  endpoints: Endpoints
  book: TransactionBook
}

/** A client that signs with the configured key and sends through the one queue of that key. */
export async function openAccount(options: AccountOptions): Promise<Account> {
  const { file, chain, fees, node } = options
  const keys = await openKeys({ file, keys: options.keys })
  const { publicClient, endpoints } = await openChain(chain, node)
  const { account } = keys
  const { address } = account
  const chainId = chain.id
  const book = openBook({ ...options, address, genesis: endpoints.genesis() })
  const queue = transactionQueue({
    publicClient,
    account,
    chainId,
    book,
    askAll: endpoints.askAll,
    once: node === undefined,
    ceilingOf: ceilingFrom({
      publicClient,
      address,
      fees: { max: fees?.maxGwei, tokenPrice: fees?.tokenPrice },
      atStake: node?.atStake,
    }),
    ...(node?.log && { log: node.log }),
    ...(node?.onSent && { onSent: node.onSent }),
  })
  if (node === undefined) {
    await queue.settleEarlier()
    // Whoever ends with success has told what it did; the next run of the same command does it once more.
    atSuccess(() => book.tellOwn())
  }
  const client = await createAuspex({
    network: chain.network,
    fromBlock: chain.fromBlock,
    publicClient,
    chainId,
    account: address,
    send: queue.send,
    signTypedData: (data) => account.signTypedData(data),
  })
  return { client, keys, publicClient, endpoints, book }
}

/** The account that a configuration file names, for a command. */
export async function openConfigured(config: string): Promise<Account> {
  return openAccount({ file: config, ...readConfig({ file: config, schema: accountConfig }) })
}

function openBook(
  options: AccountOptions &
    Pick<Parameters<typeof openTransactionBook>[0], 'genesis'> & {
      address: `0x${string}`
    },
): TransactionBook {
  const { file, chain, keys, dataDir, genesis, address } = options
  const folder = dataDir && resolve(dirname(file), dataDir)
  const place = folder
    ? join(folder, 'transactions.db')
    : `${resolve(dirname(file), keys.keystore)}.transactions.db`
  try {
    if (folder) mkdirSync(folder, { recursive: true, mode: 0o700 })
    return openTransactionBook({ file: place, chainId: chain.id, genesis, account: address })
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause
    throw new OperatorError(
      'requirement',
      `What is sent cannot be written to ${place} (${(cause as Error).message}), and nothing is sent that was not written down. Make the folder writable, or name another one with dataDir.`,
      cause,
    )
  }
}

/** The key alone, for what needs no chain. */
export async function openKeys(options: { file: string; keys: KeysConfig }): Promise<Keys> {
  const { file, keys } = options
  const keystore = resolve(dirname(file), keys.keystore)
  const passwordFile = keys.passwordFile && resolve(dirname(file), keys.passwordFile)
  const password = await readPassword({ file: passwordFile, prompt: `Password of ${keystore}: ` })
  return openKeystore({ file: keystore, password })
}

/** The address of the configured key; a keystore that does not name it is opened. */
export async function configuredAddress(config: string): Promise<Address> {
  const { keys } = readConfig({ file: config, schema: accountConfig })
  const named = addressIn({ file: resolve(dirname(config), keys.keystore) })
  return named ?? (await openKeys({ file: config, keys })).account.address
}

/** A client that only reads. */
export async function openReader({ chain }: { chain: ChainConfig }): Promise<AuspexClient> {
  const { id: chainId, network, fromBlock } = chain
  const { publicClient } = await openChain(chain)
  return createAuspex({ network, fromBlock, chainId, publicClient })
}

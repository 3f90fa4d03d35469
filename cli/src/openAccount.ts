import { dirname, resolve } from 'node:path'
import { createAuspex } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { openChain, openKeystore, readPassword, transactionQueue } from '@auspex/workers'
import type { ChainConfig, Keys, QueueOptions } from '@auspex/workers'
import type { PublicClient } from 'viem'

export type KeysConfig = { keystore: string; passwordFile?: string | undefined }

/** A client that signs with the configured key and sends through a queue of its own. Paths start at the file. */
export async function openAccount(options: {
  /** The configuration file. */
  file: string
  chain: ChainConfig
  keys: KeysConfig
  queue?: Pick<QueueOptions, 'log' | 'onSent'>
}): Promise<{ client: AuspexClient; keys: Keys; publicClient: PublicClient }> {
  const { file, chain, queue } = options
  const publicClient = await openChain(chain)
  const keys = await openKeys({ file, keys: options.keys })
  const { account } = keys
  const chainId = chain.id
  const client = await createAuspex({
    network: chain.network,
    fromBlock: chain.fromBlock,
    publicClient,
    chainId,
    account: account.address,
    send: transactionQueue({ publicClient, account, chainId, ...queue }),
    signTypedData: (data) => account.signTypedData(data),
  })
  return { client, keys, publicClient }
}

/** The key alone, for what needs no chain. */
export async function openKeys(options: { file: string; keys: KeysConfig }): Promise<Keys> {
  const { file, keys } = options
  const keystore = resolve(dirname(file), keys.keystore)
  const passwordFile = keys.passwordFile && resolve(dirname(file), keys.passwordFile)
  const password = await readPassword({ file: passwordFile, prompt: `Password of ${keystore}: ` })
  return openKeystore({ file: keystore, password })
}

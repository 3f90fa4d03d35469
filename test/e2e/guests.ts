/* Guests of a devnet with keys and models of their own, and what of theirs could be overheard. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createPublicClient, createWalletClient, http, parseAbi } from 'viem'
import type { Address, Hex, PublicClient } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { stringify } from 'yaml'
import { activate, createAuspex, deposit, takeSeat } from '@auspex/sdk'
import { newKeystore } from '../../workers/src/keys/newKeystore.ts'
import { secret } from '../../workers/src/keys/secret.ts'
import { keyOf } from '../../devnet/startChain.ts'
import { until } from '../helpers/anvil.ts'

export interface Net {
  chain: { id: number; url: string }
  network: Address
  token: Address
  topic: Hex
  reputer: string
}

const ONE = 10n ** 18n
const moneyAbi = parseAbi(['function mint(address to, uint256 amount)'])

export function readerOf({ chain }: Net): PublicClient {
  return createPublicClient({
    transport: http(chain.url, { batch: { batchSize: 100 } }),
    pollingInterval: 50,
  })
}

/** Gives a guest coin, tokens, a stake and a seat, and writes the configuration of its worker. */
export async function seatGuest(options: {
  net: Net
  /** Where the guest's files are put. */
  folder: string
  name: string
  seat: bigint
  /** Its reputer, which may be one that listens in. */
  reputer: string
  /** The market's rows. */
  data: string
  model: unknown
}): Promise<{ config: string; address: Address }> {
  const { net, name, seat, reputer, data, model } = options
  const { chain, network, token, topic } = net
  const folder = join(options.folder, name)
  mkdirSync(folder)
  const privateKey = keyOf(`guest ${name}`)
  const account = privateKeyToAccount(privateKey)
  const publicClient = readerOf(net)
  await publicClient.request({
    method: 'hardhat_setBalance',
    params: [account.address, `0x${ONE.toString(16)}`],
  } as never)
  const walletClient = createWalletClient({ account, transport: http(chain.url) })
  const hash = await walletClient.writeContract({
    address: token,
    abi: moneyAbi,
    functionName: 'mint',
    args: [account.address, 1000n * ONE],
    chain: null,
  })
  await publicClient.waitForTransactionReceipt({ hash })
  const client = await createAuspex({
    ...{ network, token, publicClient, walletClient },
    chainId: chain.id,
  })
  const worker = account.address
  await deposit(client, { topic, amount: 1000n * ONE })
  // A second of the chain has to pass.
  await until('the stake counts', () =>
    activate(client, { topic, worker }).then(
      () => true,
      () => false,
    ),
  )
  await takeSeat(client, { topic, worker, seat })

  const password = secret('a guest’s')
  await newKeystore({ file: join(folder, 'key.json'), password, cost: 1024, privateKey })
  writeFileSync(join(folder, 'password'), `${password.reveal()}\n`, { mode: 0o600 })
  const config = join(folder, 'worker.yaml')
  writeFileSync(
    config,
    stringify({
      chain: { id: chain.id, urls: [chain.url], network },
      keys: { keystore: 'key.json', passwordFile: 'password' },
      topic,
      source: { kind: 'csv', file: data, time: 'seconds' },
      question: 'close',
      model,
      confidence: 0.5,
      reputers: [reputer],
      dataDir: 'data',
      pollMs: 200,
    }),
  )
  return { config, address: worker }
}

/** Stands before a reputer and keeps all that it is sent. */
export async function listenIn(reputer: string): Promise<{
  url: string
  heard: () => string
  close: () => void
}> {
  let heard = ''
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      heard += `${request.url} ${body}\n`
      const { method = 'GET', headers } = request
      const hasBody = method !== 'GET' && method !== 'HEAD'
      const type = headers['content-type']
      void fetch(new URL(request.url!, reputer), {
        method,
        headers: { ...(type && { 'content-type': type }) },
        ...(hasBody && { body }),
      }).then(
        async (answer) => {
          response.writeHead(answer.status, {
            'content-type': answer.headers.get('content-type') ?? '',
          })
          response.end(Buffer.from(await answer.arrayBuffer()))
        },
        () => response.destroy(),
      )
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: () => heard,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The data of every transaction on the chain. */
export async function calldataOf(net: Net): Promise<string> {
  const client = readerOf(net)
  const last = await client.getBlockNumber()
  const counts = Array.from({ length: Number(last) + 1 }, (_, i) => BigInt(i))
  const sent = counts.map(async (blockNumber) => {
    const { transactions } = await client.getBlock({ blockNumber, includeTransactions: true })
    return transactions.map(({ input }) => input)
  })
  return (await Promise.all(sent)).flat().join('\n')
}

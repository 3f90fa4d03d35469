/*
 * A worker in a process of its own, as the command line wires it, with a model that needs no data: it says a new number
 * each time it is asked, so that only the journal can know what it said before.
 */
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { createPublicClient, http } from 'viem'
import type { Address, Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { createAuspex } from '../../../sdk/src/index.ts'
import { openJournal } from '../../../workers/src/journal/openJournal.ts'
import { saltKeyOf } from '../../../workers/src/keys/secret.ts'
import { createWorker } from '../../../workers/src/worker/createWorker.ts'
import { createLog } from '../../../workers/src/runtime/createLog.ts'
import { keepTicking } from '../../../workers/src/runtime/clock.ts'
import { openTransactionBook } from '../../../workers/src/chain/transactionBook.ts'
import { lockFolder } from '../../../workers/src/runtime/lockFolder.ts'
import { transactionQueue } from '../../../workers/src/chain/transactionQueue.ts'

const [url, network, topic, key, folder] = process.argv.slice(2) as [
  string,
  Address,
  Hex,
  Hex,
  string,
]
const chainId = 31337
const account = privateKeyToAccount(key)
const publicClient = createPublicClient({ transport: http(url), cacheTime: 0 })
const log = createLog({ level: 'info' })
lockFolder({ folder })
const book = openTransactionBook({
  file: join(folder, 'transactions.db'),
  chainId,
  account: account.address,
})
const client = await createAuspex({
  network,
  chainId,
  publicClient,
  account: account.address,
  send: transactionQueue({ publicClient, account, chainId, book, pollMs: 20, log }).send,
  signTypedData: (data) => account.signTypedData(data),
})
const journal = openJournal({ file: join(folder, 'journal.db'), now: await client.now() })
const { tick } = createWorker({
  client,
  topic,
  saltKey: saltKeyOf(key),
  journal,
  predict: async () => ({
    status: 'predicted',
    prediction: { value: BigInt(randomInt(1, 2 ** 40)) * 10n ** 8n, confidence: 10_000n },
  }),
  log,
})
log.info({}, 'node.started')
await keepTicking({ tick, pollMs: 20, signal: new AbortController().signal, log })

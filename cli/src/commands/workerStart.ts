import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Address } from 'viem'
import { getPosition, getTopic, getTurn } from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import {
  connectReputer,
  createLog,
  createMetrics,
  createWorker,
  lockFolder,
  openForecaster,
  openJournal,
  openSource,
  predictWith,
  sayOnce,
} from '@auspex/workers'
import type { Log } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readConfig } from '../config/readConfig.ts'
import { workerConfig } from '../config/workerConfig.ts'
import type { WorkerConfig } from '../config/workerConfig.ts'
import { modelFrom } from '../modelFrom.ts'
import { openAccount } from '../openAccount.ts'
import type { Account } from '../openAccount.ts'
import { runNode } from '../runNode.ts'
import type { OpenNode } from '../runNode.ts'
import { sourceFrom } from '../sourceFrom.ts'
import { toSeat } from '../toSeat.ts'
import { withFields } from '../withFields.ts'

export function workerStart(): Command {
  const start = command('start', 'predict in a topic, round after round').action(run)
  return withFields(start, workerConfig)
}

async function run({ json, config: file }: Common): Promise<void> {
  const config = readConfig({ file, schema: workerConfig })
  const { http, pollMs } = config
  const folder = resolve(dirname(file), config.dataDir)
  const lock = lockFolder({ folder })
  try {
    const log = sayOnce(createLog({ level: config.logLevel }))
    const metrics = createMetrics({ role: 'worker' })
    const open = async (wait: AbortSignal) => {
      const node = { log, onSent: metrics.transaction, wait }
      const account = await openAccount({ ...config, file, node })
      return openWorker({ file, folder, config, account, log })
    }
    await runNode({ json, role: 'worker', pollMs, http, folder, metrics, log, open })
  } finally {
    lock.release()
  }
}

async function openWorker(options: {
  file: string
  folder: string
  config: WorkerConfig
  account: Account
  log: Log
}): Promise<OpenNode> {
  const { file, folder, config, account, log } = options
  const { topic, model, question, confidence } = config
  const { client, keys, publicClient, endpoints, book } = account
  const source = await openSource(sourceFrom({ file, source: config.source }))
  const { forecaster, tensors } = await openForecaster({
    ...config,
    model: modelFrom({ file, model }),
  })
  const seat = await seatOf(client, { topic, worker: keys.account.address })
  const journal = openJournal({ file: join(folder, 'journal.db'), now: await client.now() })
  const { address, tick } = createWorker({
    client,
    topic,
    saltKey: keys.saltKey,
    predict: predictWith({ forecaster, source, confidence }),
    journal,
    reputers: config.reputers.map((url) => connectReputer({ url })),
    patienceBps: config.patience,
    log,
  })

  const backend = { name: tensors.name, device: tensors.device, stepMs: tensors.stepMs }
  return {
    address,
    publicClient,
    endpoints,
    tick,
    close: () => {
      journal.close()
      book.close()
    },
    data: { topic, seat: seat.number, model, question, source: source.name, backend },
    lines: [
      `topic    ${topic}`,
      `seat     ${seat.words}`,
      `model    ${model}, asked for ${question}, from ${source.name}`,
      `backend  ${tensors.name} on ${tensors.device}, a training step takes ${tensors.stepMs.toFixed(1)} ms`,
    ],
  }
}

/** A node without a seat waits for one, so that its owner can bring it while it runs. */
async function seatOf(
  client: AuspexClient,
  { topic, worker }: { topic: TopicId; worker: Address },
): Promise<{ number?: bigint; words: string }> {
  const state = await getTopic(client, { topic })
  const { round } = await getTurn(client, { topic, times: state })
  const position = await getPosition(client, { topic, worker })
  const missing = toSeat({ topic, worker, position, state, round })
  if (missing !== undefined) return { words: `none, so it says nothing yet: ${missing}` }

  const { seat, from } = position
  return { number: seat, words: `${seat}, from round ${from} on` }
}

/* Nodes of the tests: workers that say what they are told, reputers with a desk that is called in process. */
import type { AuspexClient, TopicId } from '../../../sdk/src/index.ts'
import { connectReputer } from '../../../workers/src/http/connectReputer.ts'
import { deskApp } from '../../../workers/src/http/deskApp.ts'
import type { Endpoint } from '../../../workers/src/http/endpoint.ts'
import { gateOf, openDesk } from '../../../workers/src/http/openDesk.ts'
import { openJournal } from '../../../workers/src/journal/openJournal.ts'
import { createReputer } from '../../../workers/src/reputer/reputer.ts'
import type { ReputerOptions } from '../../../workers/src/reputer/reputer.ts'
import { fromFeed } from '../../../workers/src/reputer/truths/fromFeed.ts'
import { createWorker } from '../../../workers/src/worker/createWorker.ts'
import type { WorkerOptions } from '../../../workers/src/worker/createWorker.ts'
import { ONE } from '../../helpers/network.ts'

export const SALT_KEY = `0x${'5a'.repeat(32)}` as const

type Place = { client: AuspexClient; topic: TopicId }

/** A worker that always says 101 at full confidence, unless it is told otherwise. */
export function workerOf(options: Place & Partial<WorkerOptions>) {
  return createWorker({
    saltKey: SALT_KEY,
    predict: async () => ({
      status: 'predicted',
      prediction: { value: 101n * ONE, confidence: 10_000n },
    }),
    journal: openJournal({ file: ':memory:', now: 0n }),
    ...options,
  })
}

/** A reputer, and its desk as workers see it. */
export function reputerOf(options: Place & Partial<ReputerOptions> & { feed: `0x${string}` }) {
  const { client, topic, feed } = options
  const desk = options.desk ?? openDesk({ file: ':memory:' })
  const app = deskApp({
    place: client,
    committer: client.account!,
    topics: new Map([[topic, gateOf(client, { topic, freshMs: 0 })]]),
    desk,
  })
  const reputer = createReputer({
    batchAfterBps: 0n,
    truth: fromFeed(client, { address: feed }),
    ...options,
    desk,
  })
  const endpoint = connectReputer({
    url: 'http://reputer',
    fetch: (url, init) => app.request(url, init),
  })
  return { reputer, endpoint, app, desk }
}

/** A reputer that answers nothing. */
export const silentReputer: Endpoint = connectReputer({
  url: 'http://nobody',
  fetch: () => Promise.reject(new Error('connection refused')),
})

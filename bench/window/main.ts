/*
 * How the page's tables and reads do with a large network: rows of 100 topics x 1,000 rounds, written as events through the
 * same code as in life, then what a visitor of a topic asks for first.
 *
 *   npm run bench:window
 *   npm run bench:window -- --topics 20 --rounds 1000 --json
 *
 * With Chromium it also opens the topic's page: time to the first chart, and frames a second while it scrolls.
 */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { applyEvent } from '../../app/indexer/applyEvent.ts'
import { paths } from '../../app/page/paths.ts'
import { createApi } from '../../app/src/createApi.ts'
import { createWindow } from '../../app/src/createWindow.ts'
import { openStore } from '../../app/src/openStore.ts'
import { eventsOf, topicOf } from './events.ts'

const { values } = parseArgs({
  options: {
    topics: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '1000' },
    workers: { type: 'string', default: '8' },
    json: { type: 'boolean', default: false },
  },
})
const size = {
  topics: Number(values.topics),
  rounds: Number(values.rounds),
  workers: Number(values.workers),
}
if (!Object.values(size).every((each) => Number.isInteger(each) && each > 0)) {
  console.error('Give whole numbers above zero for --topics, --rounds and --workers.')
  process.exit(2)
}

const store = await openStore()
const began = performance.now()
let events = 0
for (let topic = 0; topic < size.topics; topic++) {
  for (const event of eventsOf({ ...size, topic })) {
    await applyEvent(store.tables, event)
    events += 1
  }
  await store.flush()
}
const seconds = (performance.now() - began) / 1000
const roundsASecond = (size.topics * size.rounds) / seconds

const api = createApi(store)
const { fetch: answer } = createWindow({ api: Promise.resolve(api) })
const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' })
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const id = topicOf(size.topics - 1)
const reads = {
  topics: paths.topics(0),
  topic: paths.topic(id),
  rounds: paths.rounds(id),
  predictions: paths.predictions(id),
  workers: paths.workers(id),
}
const answers: Record<string, { ms: number; bytes: number }> = {}
for (const [name, path] of Object.entries(reads)) answers[name] = await timed(path)
const seen = await watch()

const result = { ...size, events, seconds, roundsASecond, answers, page: seen ?? null }
if (values.json) console.log(JSON.stringify(result))
else print()
server.close()
await store.close()
process.exit()

/** Milliseconds until an answer is there, and its length as it travels. */
async function timed(path: string): Promise<{ ms: number; bytes: number }> {
  const from = performance.now()
  const response = await fetch(`${url}/api${path}`, { headers: { 'accept-encoding': 'identity' } })
  const bytes = (await response.arrayBuffer()).byteLength
  return { ms: performance.now() - from, bytes }
}

/** Opens the topic's page; undefined without a browser. */
async function watch(): Promise<{ firstChartMs: number; framesASecond: number } | undefined> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) return undefined
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(url)
  const from = performance.now()
  await page.goto(`${url}/#/topic/${id}`)
  await page.locator('.plot canvas').first().waitFor()
  const firstChartMs = performance.now() - from
  const framesASecond = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const start = performance.now()
        let frames = 0
        const step = (now: number) => {
          frames += 1
          window.scrollBy(0, 12)
          if (now - start < 2000) return void requestAnimationFrame(step)
          resolve((1000 * frames) / (now - start))
        }
        requestAnimationFrame(step)
      }),
  )
  await browser.close()
  return { firstChartMs, framesASecond }
}

function print(): void {
  const { topics, rounds, workers } = size
  console.log(`${topics} topics x ${rounds} rounds, ${workers} workers: ${events} events`)
  console.log(`written in ${seconds.toFixed(1)} s, ${roundsASecond.toFixed(0)} rounds a second`)
  for (const [name, { ms, bytes }] of Object.entries(answers)) {
    console.log(
      `${name.padEnd(12)} ${ms.toFixed(0).padStart(6)} ms ${(bytes / 1000).toFixed(0).padStart(6)} kB`,
    )
  }
  if (!seen) return console.log('No Chromium: the page is not opened')
  const { firstChartMs, framesASecond } = seen
  console.log(
    `first chart after ${firstChartMs.toFixed(0)} ms; ${framesASecond.toFixed(0)} frames a second while scrolling`,
  )
}

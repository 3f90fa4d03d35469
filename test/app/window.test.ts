import { existsSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { createPublicClient, http, parseUnits } from 'viem'
import type { Address, Hex } from 'viem'
import { createAuspex, getPosition, getTopic, getTopicRecord } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { correlationsOf, whatIf } from '@auspex/sdk/maths'
import type { Correlation } from '@auspex/sdk/maths'
import { datasetOf } from '@auspex/workers'
import { departuresOf } from '../../app/page/figures.ts'
import type { Prediction, Round as PageRound } from '../../app/page/types.ts'
import { createApi } from '../../app/src/createApi.ts'
import { followChain } from '../../app/src/followChain.ts'
import { openStore } from '../../app/src/openStore.ts'
import { requestOf } from '../../app/src/requestOf.ts'
import { runHere } from '../helpers/commandLine.ts'
import { expectNear } from '../helpers/expectNear.ts'
import { freshFolder } from '../helpers/freshFolder.ts'
import { startDemo } from '../demo/startDemo.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const rounds = 8

type Rows<row> = { rows: row[] }
type Card = { id: Hex; pool: string; rounds: number; skill: { rounds: number } }
type Worker = { worker: Address; stake: string }
type Round = { status: string; round: number }
type Books = {
  poolChange: string
  tip: string
  predictions: { reward: string; fromPool: string; fromPeers: string }[]
}

/** A reader of the chain that the demo says it keeps. */
async function clientOf(output: string): Promise<AuspexClient> {
  const chain = /answers at (\S+), chain id (\d+)/.exec(output)!
  return createAuspex({
    network: /network (0x[0-9a-fA-F]{40})/.exec(output)![1] as Address,
    publicClient: createPublicClient({ transport: http(chain[1]) }),
    chainId: Number(chain[2]),
  })
}

describe('The page on a running demo', function () {
  this.timeout(300_000)

  const folder = freshFolder('window')
  const saved = join(folder, 'saved.html')
  // The clock of what lives on stands still, so that the same is read twice.
  const kept = ['--keep', '--speed', '0', '--folder', join(folder, 'guest'), '--record', saved]
  const demo = startDemo('--rounds', `${rounds}`, '--topics', 'volatility', ...kept)
  let url: string
  after(async () => {
    demo.process.kill('SIGTERM')
    await demo.ended
  })

  const read = async <body>(path: string) => (await fetch(`${url}${path}`)).json() as Promise<body>

  it('is served before anything else happens, and says so first', async () => {
    const output = await demo.says('\n')
    url = /^Watch it live: (http:\/\/127\.0\.0\.1:\d+)\n/.exec(output)![1]!

    const page = await fetch(url)
    expect(page.status).to.equal(200)
    expect(await page.text()).to.include('id="app"')
    expect(page.headers.get('content-security-policy')).to.include("default-src 'none'")
  })

  describe('in a browser', () => {
    let browser: Browser
    let page: Page
    const complaints: string[] = []

    before(async function () {
      if (!existsSync(CHROMIUM)) {
        console.log(`      skipped: no Chromium at ${CHROMIUM}; apt-get install chromium`)
        return this.skip()
      }
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
      page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      // Injected ahead of the page: its policy lets no other script in.
      await page.addInitScript({ path: axe })
      await page.goto(url)
    })
    after(() => browser?.close())

    const requests: string[] = []

    const faults = () =>
      page.evaluate(async () => {
        const { axe } = globalThis as never as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
        }
        const { violations } = await axe.run()
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
      })

    it('moves from topic to topic page while rounds are played', async () => {
      await page.locator('a.card').first().click({ timeout: 200_000 })
      await page.locator('.timeline').waitFor({ timeout: 200_000 })
      await page.locator('tr[data-round="2"]').waitFor({ timeout: 200_000 })
    })

    it('draws charts that are not blank, and says in words what they show', async () => {
      await demo.says('Next:')
      await page.locator(`tr[data-round="${rounds - 1}"]`).waitFor({ timeout: 30_000 })
      const chart = page.locator('.plot').first()
      const id = page.url().split('/').at(-1)!
      const { rows } = await read<Rows<{ value: string }>>(`/api/topics/${id}/rounds?last=1`)
      const value = Number(rows[0]!.value) / 1e18
      expect(await chart.getAttribute('aria-label')).to.include(value.toFixed(3).slice(0, 5))
      const colours = await chart.locator('canvas').evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement
        const { data } = (canvas as HTMLCanvasElement)
          .getContext('2d')!
          .getImageData(0, 0, width, height)
        const seen = new Set<number>()
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3]! > 200) seen.add(data[i]! * 65536 + data[i + 1]! * 256 + data[i + 2]!)
        return seen.size
      })
      expect(colours).to.be.greaterThan(3)
    })

    it('says what a model of the visitor would have earned, as the SDK does over the chain', async () => {
      await page.locator('th a').first().click()
      await page.getByText('What would my model have earned here?').waitFor()
      const id = /topic\/(0x[0-9a-f]{64})/.exec(page.url())![1] as Hex
      const client = await clientOf(await demo.says('until Ctrl-C'))
      const record = await getTopicRecord(client, { topic: id })
      const text = ['round,value,confidence', ...[1, 2, 3, 5].map((each) => `${each},20.5,0.5`)]
      const said = { value: parseUnits('20.5', 18), confidence: 5000n }
      const predictions = new Map([1n, 2n, 3n, 5n].map((round) => [round, said]))
      const guest = { name: 'my model', stake: parseUnits('500', 18), predictions }
      const { end, rank } = whatIf({ record, guest })

      await page.getByLabel('Stake, tokens').fill('500')
      const buffer = Buffer.from(text.join('\n'))
      const file = { name: 'mine.csv', mimeType: 'text/csv', buffer }
      await page.getByLabel('Predictions, CSV').setInputFiles(file)
      const result = page.locator('[data-rank]')
      await result.waitFor()
      expect(await result.getAttribute('data-end')).to.equal(`${end}`)
      expect(await result.getAttribute('data-rank')).to.equal(`${rank}`)

      const wrong = { ...file, buffer: Buffer.from('round,value\n1,much') }
      await page.getByLabel('Predictions, CSV').setInputFiles(wrong)
      await page.getByText('Line 2: "much" is no value').waitFor()
      expect(await page.locator('tbody tr').count()).to.be.lessThan(61)
    })

    for (const theme of ['light', 'dark'] as const) {
      it(`has nothing on a worker's page that axe finds wrong, ${theme}`, async () => {
        await page.emulateMedia({ colorScheme: theme })
        expect(await faults()).to.deep.equal([])
      })
    }

    it('reads a topic in a few answers of at most 100 kB, none of them for a row', async () => {
      page.on('request', (request) => requests.push(new URL(request.url()).pathname))
      await page.goBack()
      await page.reload()
      await page.locator('.timeline').waitFor()
      await page.locator(`tr[data-round="${rounds - 1}"]`).waitFor()
      const sizes = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map((each) => (each as PerformanceResourceTiming).encodedBodySize),
      )
      expect(Math.max(...sizes)).to.be.lessThan(100_000)
      const reads = new Set(requests.filter((path) => path.startsWith('/api/topics/')))
      expect([...reads].filter((path) => /(rounds|workers)\/./.test(path))).to.deep.equal([])
      expect(reads.size).to.be.lessThan(6)
    })

    for (const theme of ['light', 'dark'] as const) {
      it(`has nothing that axe finds wrong, ${theme}`, async () => {
        await page.emulateMedia({ colorScheme: theme })
        expect(await faults()).to.deep.equal([])
      })
    }

    it('keeps at most 60 rows in the document, and never scrolls sideways on a phone', async () => {
      expect(await page.locator('tbody tr').count()).to.be.lessThan(61)
      await page.setViewportSize({ width: 390, height: 844 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).to.be.lessThan(391)
    })

    it('says how often a policy would have refused the forecast, and gives it in Solidity', async () => {
      await page.getByText('Build a policy').click()
      const verdict = page.locator('[data-refused]')
      await verdict.waitFor()
      const id = page.url().split('/').at(-1)!
      const { rows } = await read<Rows<{ lower: string | null }>>(`/api/topics/${id}/rounds`)
      // What is suggested bounds the width: a round without an interval is refused, of the others one at most.
      const open = rows.filter(({ lower }) => lower === null).length
      const refused = Number(await verdict.getAttribute('data-refused'))
      expect(refused).to.be.within(open, open + 1)
      await page.getByLabel('Fewest workers').fill('200')
      await page
        .getByText(
          `refused ${rounds} of the last ${rounds} published rounds: ${rounds} tooFewContributors`,
        )
        .waitFor()
      expect(await page.locator('pre.code').textContent()).to.include('minContributors: 200,')
      expect(await faults()).to.deep.equal([])
    })

    it('is saved in one file that needs nothing else, and shows the same there', async () => {
      const shown = await page.locator('.tile').first().textContent()
      const copy = await browser.newPage({ offline: true } as object)
      copy.on('pageerror', (error) => complaints.push(error.message))
      await copy.goto(pathToFileURL(saved).href)
      await copy.getByText('Recorded on').waitFor()
      await copy.locator('a.card').first().click()
      await copy.locator('.plot canvas').first().waitFor()
      expect(await copy.locator('.tile').first().textContent()).to.equal(shown)
      await copy.locator('th a').first().click()
      await copy.getByText('What would my model have earned here?').waitFor()
      await copy.close()
    })

    it('writes no error to the console', () => expect(complaints).to.deep.equal([]))
  })

  describe('when all rounds are played', () => {
    let client: AuspexClient
    let rpc: string

    /** The topic of the replay; another one lives on beside it. */
    async function replayed(): Promise<Card> {
      const { rows } = await read<Rows<Card>>('/api/topics')
      return rows.find(({ skill }) => skill.rounds === rounds)!
    }

    before(async () => {
      const output = await demo.says('until Ctrl-C')
      const chain = /answers at (\S+), chain id (\d+)/.exec(output)!
      client = await clientOf(output)
      rpc = chain[1]!
    })

    it('has every round settled', async () => {
      const { id, skill } = await replayed()
      const found = await read<Rows<Round>>(`/api/topics/${id}/rounds`)
      expect(found.rows.map(({ round }) => round)).to.deep.equal([...Array(rounds).keys()])
      expect(new Set(found.rows.map(({ status }) => status))).to.deep.equal(new Set(['settled']))
      expect(skill.rounds).to.equal(rounds)
    })

    it('shows the stakes and the pool of the chain, to the last unit', async () => {
      const { id, pool } = await replayed()
      expect(BigInt(pool)).to.equal((await getTopic(client, { topic: id })).pool)
      const { rows } = await read<Rows<Worker>>(`/api/topics/${id}/workers`)
      expect(rows.length).to.be.greaterThan(8)
      for (const { worker, stake } of rows) {
        const position = await getPosition(client, { topic: id, worker })
        expect(BigInt(stake), worker).to.equal(position.stake)
      }
    })

    it('has books that add up in every round: what workers won, the pool and the keepers lost', async () => {
      const card = await replayed()
      for (let i = 0; i < rounds; i++) {
        const { poolChange, tip, predictions } = await read<Books>(
          `/api/topics/${card.id}/rounds/${i}`,
        )
        const won = predictions.map(
          ({ reward, fromPool, fromPeers }) =>
            BigInt(reward) + BigInt(fromPool) + BigInt(fromPeers),
        )
        const sum = won.reduce((total, each) => total + each, 0n)
        expect(sum, `round ${i}`).to.equal(-BigInt(poolChange) - BigInt(tip))
      }
    })

    it('gives the same rows again from block zero', async () => {
      const store = await openStore()
      const request = requestOf(rpc)
      await followChain({ request, network: client.network, store }).catchUp()
      const again = createApi(store)
      const card = await replayed()
      const views = ['', '/rounds', '/predictions', '/workers', '/movements', '/events?last=500']
      for (const path of ['/topics', ...views.map((view) => `/topics/${card.id}${view}`)]) {
        const rebuilt = await (await again.request(path)).json()
        expect(rebuilt, path).to.deep.equal(await read(`/api${path}`))
      }
      await store.close()
    })

    it('gives the files of `auspex dataset`, byte for byte', async () => {
      const card = await replayed()
      const record = await getTopicRecord(client, { topic: card.id })
      for (const { name, bytes } of datasetOf({ record, licence: 'CC0-1.0' })) {
        if (!/^(record\.json|\w+\.csv)$/.test(name)) continue
        const answer = await fetch(`${url}/api/topics/${card.id}/dataset/${name}`)
        expect(await answer.text(), name).to.equal(Buffer.from(bytes).toString())
      }
    })

    it('finds clones where `auspex topic clones` does, and shows them with their intervals', async () => {
      const { id } = await replayed()
      const { chainId, network } = client
      const config = join(folder, 'reader.yaml')
      const lines = ['chain:', `  id: ${chainId}`, `  urls: [${rpc}]`, `  network: '${network}'`]
      writeFileSync(config, lines.join('\n'))
      const { out, err } = await runHere(['topic', 'clones', id, '--config', config, '--json'])
      const { pairs } = JSON.parse(out || err) as { pairs: (Correlation & { workers: string[] })[] }

      const past = await read<Rows<PageRound>>(`/api/topics/${id}/rounds`)
      const said = await read<Rows<Prediction>>(`/api/topics/${id}/predictions?last=500`)
      const { workers, matrix } = correlationsOf(departuresOf(past.rows, said.rows))
      expect(pairs.length).to.be.greaterThan(10)
      for (const { workers: pair, value, low, rounds: common } of pairs) {
        const [one, other] = pair.map((each) => workers.indexOf(each.toLowerCase()))
        const shown = matrix[one!]![other!]!
        expectNear(shown.value, value, 1e-6)
        expectNear(shown.low, low, 1e-5)
        expect(shown.rounds).to.equal(common)
      }
      expect(pairs[0]!.value).to.be.greaterThan(pairs.at(-1)!.value)
    })

    it('tells of every kind of event as it happens', async () => {
      const aborted = new AbortController()
      const { body } = await fetch(`${url}/api/events`, { signal: aborted.signal })
      const stream = body!.pipeThrough(new TextDecoderStream()).getReader()
      const first = (await stream.read()).value!
      expect(first).to.match(/event: block\ndata: \{"block":\d+,"rounds":8,"events":\[\]\}/)
      aborted.abort()
    })

    it('refuses a page of rounds that is too long, in words', async () => {
      const { id } = await replayed()
      const answer = await fetch(`${url}/api/topics/${id}/rounds?last=501`)
      expect(answer.status).to.equal(400)
      expect(((await answer.json()) as { error: string }).error).to.include('last')
    })
  })
})

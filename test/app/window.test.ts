import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect } from 'chai'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { createPublicClient, http } from 'viem'
import type { Address, Hex } from 'viem'
import { createAuspex, getPosition, getTopic } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { startDemo } from '../demo/startDemo.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const rounds = 8

type Rows<row> = { rows: row[] }
type Card = { id: Hex; pool: string; rounds: number; skill: { rounds: number } }
type Worker = { worker: Address; stake: string }
type Round = { status: string; round: number }

describe('The page on a running demo', function () {
  this.timeout(300_000)

  const demo = startDemo('--rounds', `${rounds}`, '--topics', 'volatility', '--keep')
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

    for (const theme of ['light', 'dark'] as const) {
      it(`has nothing that axe finds wrong, ${theme}`, async () => {
        await page.emulateMedia({ colorScheme: theme })
        const found = await page.evaluate(async () => {
          const { axe } = globalThis as never as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
          }
          const { violations } = await axe.run()
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
        })
        expect(found).to.deep.equal([])
      })
    }

    it('keeps at most 60 rows in the document, and never scrolls sideways on a phone', async () => {
      expect(await page.locator('tbody tr').count()).to.be.lessThan(61)
      await page.setViewportSize({ width: 390, height: 844 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).to.be.lessThan(391)
    })

    it('writes no error to the console', () => expect(complaints).to.deep.equal([]))
  })

  describe('when all rounds are played', () => {
    let client: AuspexClient

    before(async () => {
      const output = await demo.says('network 0x')
      const chain = /answers at (\S+), chain id (\d+)/.exec(output)!
      client = await createAuspex({
        network: /network (0x[0-9a-fA-F]{40})/.exec(output)![1] as Address,
        publicClient: createPublicClient({ transport: http(chain[1]) }),
        chainId: Number(chain[2]),
      })
    })

    it('has every round settled', async () => {
      const { rows } = await read<Rows<Card>>('/api/topics')
      expect(rows).to.have.length(1)
      const { id, skill } = rows[0]!
      const found = await read<Rows<Round>>(`/api/topics/${id}/rounds`)
      expect(found.rows.map(({ round }) => round)).to.deep.equal([...Array(rounds).keys()])
      expect(new Set(found.rows.map(({ status }) => status))).to.deep.equal(new Set(['settled']))
      expect(skill.rounds).to.equal(rounds)
    })

    it('shows the stakes and the pool of the chain, to the last unit', async () => {
      const [card] = (await read<Rows<Card>>('/api/topics')).rows
      const { id, pool } = card!
      expect(BigInt(pool)).to.equal((await getTopic(client, { topic: id })).pool)
      const { rows } = await read<Rows<Worker>>(`/api/topics/${id}/workers`)
      expect(rows.length).to.be.greaterThan(8)
      for (const { worker, stake } of rows) {
        const position = await getPosition(client, { topic: id, worker })
        expect(BigInt(stake), worker).to.equal(position.stake)
      }
    })

    it('refuses a page of rounds that is too long, in words', async () => {
      const [card] = (await read<Rows<Card>>('/api/topics')).rows
      const answer = await fetch(`${url}/api/topics/${card!.id}/rounds?last=501`)
      expect(answer.status).to.equal(400)
      expect(((await answer.json()) as { error: string }).error).to.include('last')
    })
  })
})

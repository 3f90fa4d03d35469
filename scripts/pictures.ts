/*
 * Writes docs/images: the page on desktop and phone, light and dark, of a run of the demo.
 *
 *   npm run pictures                  plays 120 days first
 *   npm run pictures -- FILE          of a page that was saved with --record
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'

const browser = process.env.CHROMIUM ?? '/usr/bin/chromium'
if (!existsSync(browser)) {
  console.error(`No Chromium at ${browser}. As root on Debian: apt-get install chromium`)
  process.exit(3)
}
const images = fileURLToPath(new URL('../docs/images/', import.meta.url))
const screens = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const

const folder = mkdtempSync(join(tmpdir(), 'auspex-pictures-'))
try {
  await draw(process.argv[2] ? resolve(process.argv[2]) : play(join(folder, 'page.html')))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function play(file: string): string {
  const args = ['scripts/demo.ts', '--rounds', '120', '--record', file]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status === 0) return file
  throw new Error(`The demo ended with ${status}`)
}

async function draw(file: string): Promise<void> {
  mkdirSync(images, { recursive: true })
  const opened = await chromium.launch({ executablePath: browser, args: ['--no-sandbox'] })
  for (const [screen, viewport] of Object.entries(screens)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await opened.newPage({ viewport, colorScheme, deviceScaleFactor: 1 })
      const save = (name: string) =>
        page.screenshot({ path: join(images, `${name}-${screen}-${colorScheme}.png`) })
      await page.goto(pathToFileURL(file).href)
      await page.locator('a.card').first().waitFor()
      await save('network')
      await page.locator('a.card').first().click()
      await drawn(page)
      await save('topic')
      await page.locator('td a, th a').first().click()
      await drawn(page)
      await save('worker')
      await page.close()
    }
  }
  await opened.close()
  console.log(`docs/images is written`)
}

/** Every chart has its lines. */
async function drawn(page: Page): Promise<void> {
  await page.locator('.plot canvas').first().waitFor()
  await page.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 100))),
  )
}

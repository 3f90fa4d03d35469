import { expect } from 'chai'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readResults } from '../../../bench/page/readResults.ts'
import type { Results } from '../../../bench/page/readResults.ts'
import { renderPage } from '../../../bench/page/renderPage.ts'

const folder = new URL('../../../bench/results/', import.meta.url)
const target = fileURLToPath(new URL('../../../docs/Benchmarks.md', import.meta.url))

describe('the page of benchmarks', () => {
  let results: Results

  beforeEach(async () => {
    results = await readResults(folder)
  })

  it('is what the committed results say', async () => {
    expect(await readFile(target, 'utf8')).to.equal(await renderPage({ results, target }))
  })

  it('says by how much ours is worse where it is', async () => {
    const [panel] = results.accuracy.panels
    panel!.rules.ours.ratioToMean = panel!.rules.alloraClassic.ratioToMean * 1.25

    expect(await renderPage({ results, target })).to.include(
      `${panel!.family} it is 25.0 % worse than alloraClassic`,
    )
  })

  it('says which budget does not hold', async () => {
    results.gas.budgets = [
      { name: 'a round', unit: 'gas', limit: 10, actual: 11, holds: false },
      { name: 'a read', unit: 'gas', limit: 10, actual: 9, holds: true },
    ]
    const page = await renderPage({ results, target })

    expect(page).to.match(/\| a round +\| +10 \| +11 \| +\*\*no\*\* \|/)
    expect(page).to.match(/\| a read +\| +10 \| +9 \| +yes \|/)
  })

  it('says of other rhythms what is aimed at as usual', async () => {
    const { row, apart } = results.gas
    const aim = { unit: 'gas', limit: 20_000, actual: 18_000, holds: true } as const
    results.gas.budgets = ['sealed', 'signed-only'].map((name) => ({
      name: `per worker, ${name}`,
      ...aim,
    }))
    Object.assign(row, { perWorker: 20_000, signedOnlyPerWorker: 20_002 })
    Object.assign(apart, { perWorker: 20_001, signedOnlyPerWorker: 19_999 })
    const page = await renderPage({ results, target })

    expect(page).to.match(
      /\| per worker, sealed +\| +20,000 \| +18,000 \| +yes \| +20,000 \| +\*\*20,001\*\* \|/,
    )
    expect(page).to.match(
      /\| per worker, signed-only +\| +20,000 \| +18,000 \| +yes \| +\*\*20,002\*\* \| +19,999 \|/,
    )
  })

  it('says whose figures were measured, and whose are recorded', async () => {
    const update = { contributors: 2, signatures: 1, gas: 50_000, values: true, source: '' }
    results.gas.peers = { updates: [{ name: 'a peer', ...update }], reads: [] }
    results.gas.recorded.systems = [{ name: 'another', ...update }]
    const page = await renderPage({ results, target })

    expect(page).to.match(/\| a peer .* 25,000 \| +50,000 \| +yes \| measured \|/)
    expect(page).to.match(/\| another .* 25,000 \| +50,000 \| +yes \| recorded \|/)
  })

  it('names the command that writes a missing result', async () => {
    const missing = new URL('nowhere/', folder)
    const refusal = await readResults(missing).catch((error: Error) => error.message)

    expect(refusal).to.include('npm run -s bench:accuracy -- --json > bench/results/accuracy.json')
  })
})

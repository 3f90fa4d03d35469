/*
 * Writes docs/Benchmarks.md from bench/results.
 *
 *   npm run bench:page                writes
 *   npm run bench:page -- --check     exits 1 if the page is stale
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { BadInput } from '../lib/checks.ts'
import { readResults } from './readResults.ts'
import { renderPage } from './renderPage.ts'

const TARGET = fileURLToPath(new URL('../../docs/Benchmarks.md', import.meta.url))

const { check } = new Command('bench:page')
  .description('Writes docs/Benchmarks.md from the figures in bench/results.')
  .option('--check', 'compare with the page that is there, rather than write')
  .parse()
  .opts<{ check?: boolean }>()

try {
  const results = await readResults(new URL('../results/', import.meta.url))
  const page = await renderPage({ results, target: TARGET })
  await (check ? compare(page) : write(page))
} catch (error) {
  if (!(error instanceof BadInput)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function write(page: string): Promise<void> {
  await writeFile(TARGET, page)
  console.log('docs/Benchmarks.md is written')
}

async function compare(page: string): Promise<void> {
  const standing = await readFile(TARGET, 'utf8').catch(() => '')
  if (standing !== page) {
    throw new BadInput('docs/Benchmarks.md is stale: run npm run bench:page and commit it')
  }
  console.log('docs/Benchmarks.md is fresh')
}

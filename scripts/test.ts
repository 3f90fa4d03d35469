/*
 * `npm test`: everything that must hold, in the order in which a fault is cheapest to find. Each step prints as it
 * goes. One that fails keeps none of the others from running, unless they stand on it; the end names all that failed.
 */
import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `isBase`: without it nothing after it can run. */
type Step = { name: string; command: string; args: string[]; isBase?: true }
type Count = { passed: number; failed: number; skipped: number }

const steps: Step[] = [
  { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: 'eslint', args: ['.'] },
  { name: 'lint contracts', command: 'solhint', args: ['--disc', 'contracts/**/*.sol'] },
  { name: 'build', command: 'hardhat', args: ['build'], isBase: true },
  { name: 'typecheck', command: 'tsc', args: ['-p', '.'] },
  { name: 'arrows', command: 'npm', args: ['run', '--silent', 'arrows'] },
  { name: 'house', command: 'node', args: ['scripts/house.ts', '--check'] },
  { name: 'ABIs', command: 'node', args: ['scripts/exportAbis.ts', '--check'] },
  { name: 'browser', command: 'node', args: ['scripts/bringBrowser.ts'] },
  { name: 'Solidity tests', command: 'hardhat', args: ['test', 'solidity', '--no-compile'] },
  { name: 'TypeScript tests', command: 'mocha', args: mochaFiles('test/!(e2e|packages)/**/*.ts') },
  {
    name: 'mutants',
    command: 'node',
    args: ['scripts/mutate/main.ts', '--check', '--count', '20'],
  },
  { name: 'gas', command: 'node', args: ['bench/gas/main.ts', '--snapshot', '--check'] },
  { name: 'packages', command: 'mocha', args: mochaFiles('test/packages/**/*.ts') },
  { name: 'separate processes', command: 'mocha', args: mochaFiles('test/e2e/**/*.ts') },
]

// Whatever a step leaves behind, a compiler that was stopped for one, goes with the run.
const scratch = mkdtempSync(join(memoryDisk() ?? tmpdir(), 'auspex-npm-test-'))
// Hundreds of processes load the same modules: each takes them compiled from the one before, for half of the time.
const compiled = join(scratch, 'compiled')
const temporary = { TMPDIR: scratch, TEMP: scratch, TMP: scratch, NODE_COMPILE_CACHE: compiled }
const env = { ...process.env, ...temporary }
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const wanted = process.argv.slice(2)
const chosen = steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
if (chosen.length === 0) {
  console.error(
    `No step is called ${wanted.join(' ')}. Steps: ${steps.map((s) => s.name).join(', ')}.`,
  )
  process.exit(2)
}

const total: Count = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []
const started = Date.now()
for (const [index, step] of chosen.entries()) {
  console.log(`\n[${index + 1}/${chosen.length}] ${step.name}`)
  const began = Date.now()
  const { code, output } = await run(step)
  const counts = countsOf(output)
  add(total, counts)
  console.log(`${step.name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds(began)}`)
  if (code === 0) continue

  failures.push(step.name)
  // A linter counts nothing.
  total.failed += counts.failed === 0 ? 1 : 0
  if (step.isBase) break
}
const { passed, failed, skipped } = total
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds(started)}`)
for (const name of failures)
  console.error(`FAILED: ${name}. This step alone: npm test -- "${name}"`)
process.exit(failures.length === 0 ? 0 : 1)

/** Journals are flushed at every step of every node: where the machine has a disk in memory with room, tests use that. */
function memoryDisk(): string | undefined {
  const [disk, room] = ['/dev/shm', 4 * 2 ** 30]
  try {
    const { bavail, bsize } = statfsSync(disk)
    return bavail * bsize > room ? disk : undefined
  } catch {
    return undefined
  }
}

/** Every file below a pattern that holds tests; helpers stand among them. Two files run side by side. */
function mochaFiles(pattern: string): string[] {
  const files = globSync(pattern).filter((file) => /\bdescribe\(/.test(readFileSync(file, 'utf8')))
  const options = ['--parallel', '--jobs', '2', '--timeout', '300000', '--exit']
  return [...options, ...files.sort((a, b) => startOf(a) - startOf(b) || a.localeCompare(b))]
}

/** The longest start first, or one of them runs alone in the end. */
function startOf(file: string): number {
  const first = ['test/workers/crash/killed.test.ts', 'test/demo/demo.test.ts']
  const place = first.indexOf(file)
  return place < 0 ? first.length : place
}

/** Runs a step with its output passed through, and kept for its counts. */
function run({ command, args }: Step): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk
      process.stdout.write(chunk)
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

function countsOf(output: string): Count {
  const sum = (word: string) =>
    [...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'gm'))].reduce(
      (n, m) => n + Number(m[1]),
      0,
    )
  return {
    passed: sum('passing'),
    failed: sum('failing'),
    skipped: sum('pending') + sum('skipped'),
  }
}

function add(into: Count, more: Count): void {
  into.passed += more.passed
  into.failed += more.failed
  into.skipped += more.skipped
}

function seconds(began: number): string {
  return `${((Date.now() - began) / 1000).toFixed(0)} s`
}

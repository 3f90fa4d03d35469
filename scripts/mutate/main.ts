/*
 * `npm run mutate`: changes the contracts in one place at a time, and sees whether a test notices. All the changes are
 * compiled once, side by side; the linker's value for an empty library says which of them lives (see weave.ts), so that
 * a mutant costs no more than the tests up to the first that fails.
 */
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { accept, compileWoven } from './build.ts'
import { createCampaign, createLearn, type Verdict } from './campaign.ts'
import { findMutants, type Mutant } from './findMutants.ts'
import {
  ROOT,
  StaleBuild,
  hashOf,
  isSuite,
  mutatedFiles,
  nameOf,
  readBuild,
  type Artifact,
  type Build,
} from '../suites/readBuild.ts'
import { readRecord, toPage, writeRecord, type Judged } from './record.ts'

type Options = {
  seed: number
  count: number
  resume: boolean
  list: boolean
  check: boolean
  write: boolean
  only: string[]
  jobs: number
  minutes: number
}

const FOLDER = join(ROOT, 'cache/mutants')

const command = new Command('npm run mutate --')
  .description('Changes the contracts in one place at a time, and sees whether a test notices.')
  .option('--seed <number>', 'draws other mutants', whole, 1)
  .option('--count <number>', 'how many are drawn', whole, 300)
  .option('--resume', 'keeps verdicts of earlier runs on files that are still the same', false)
  .option('--list', 'prints the mutants that would be drawn, and runs nothing', false)
  .option('--check', 'draws from those the committed run killed; fails if one survives', false)
  .option('--write', 'renews bench/results/mutants.json and docs/Mutants.md', false)
  .option('--only <keys...>', 'these and no others', [])
  .option(
    '--minutes <number>',
    'begins no other mutant after that, and reports on those it judged',
    Number,
    Infinity,
  )
  .option('--jobs <number>', 'processes side by side', whole, Math.min(2, availableParallelism()))
  .addHelpText('after', '\nThe contracts have to be compiled as they stand: npm run compile.')

try {
  process.exitCode = await main(command.parse().opts<Options>())
} catch (error) {
  if (!(error instanceof StaleBuild)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function main(options: Options): Promise<number> {
  const files = mutatedFiles()
  const build = readBuild()
  const all = findMutants(build, files)
  const order = drawn(all, options, hashOf(files))
  if (options.list) {
    for (const mutant of order.slice(0, options.count)) console.log(describe(mutant))
    console.log(`${Math.min(options.count, order.length)} of ${all.length} mutants`)
    return 0
  }

  console.log(
    `${all.length} mutants in ${files.length} files; ${options.count} drawn by seed ${options.seed}`,
  )
  const sources = hashOf(files)
  const { mutants, artifacts } = await compiled(build, order, options, files, sources)
  const found = await judged(build, mutants, artifacts, options, sources)
  return report(found, all.length, options, sources)
}

/* DRAW */

function drawn(all: Mutant[], { seed, only, check }: Options, sources: string): Mutant[] {
  if (only.length > 0) return all.filter(({ key }) => only.includes(key))
  if (!check) return shuffled(all, String(seed))
  // Of those known to die, others with each change of the contracts.
  const killed = new Set(
    readRecord()
      .mutants.filter(({ result }) => result !== 'survived')
      .map(({ key }) => key),
  )
  return shuffled(
    all.filter(({ key }) => killed.has(key)),
    sources,
  )
}

/** By each mutant's own number, so that a few more or less in the code leave the order of the others. */
function shuffled(mutants: Mutant[], seed: string): Mutant[] {
  return mutants
    .map((mutant) => ({ mutant, place: hashOfText(`${seed} ${mutant.key}`) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ mutant }) => mutant)
}

/* COMPILE */

async function compiled(
  build: Build,
  order: Mutant[],
  { count, check }: Options,
  files: string[],
  sources: string,
): Promise<{ mutants: Mutant[]; artifacts: Artifact[] }> {
  const keys = hashOfText(
    order
      .slice(0, count)
      .map(({ key }) => key)
      .join(' '),
  )
  const kept = join(FOLDER, `${sources}-${testHash()}-${keys.slice(0, 12)}.json`)
  if (!check && existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'))

  const began = Date.now()
  const mutants = await accept(build, order, count)
  const artifacts = await compileWoven(build, mutants, files)
  console.log(`${mutants.length} mutants compiled in ${((Date.now() - began) / 1000).toFixed(0)} s`)
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(kept, JSON.stringify({ mutants, artifacts }))
  return { mutants, artifacts }
}

function testHash(): string {
  return hashOf(globSync('test/**/*.sol', { cwd: ROOT }))
}

/* RUN */

async function judged(
  build: Build,
  mutants: Mutant[],
  woven: Artifact[],
  options: Options,
  sources: string,
): Promise<Judged[]> {
  const tests = testHash()
  const log = join(FOLDER, 'verdicts.jsonl')
  const hashes = new Map(mutants.map(({ file }) => [file, hashOf([file])]))
  const known = options.resume ? readLog(log, hashes) : new Map<string, Verdict>()
  const byName = new Map(woven.map((artifact) => [nameOf(artifact), artifact]))
  const suites = build.artifacts.filter((artifact) => isSuite(artifact, new Set(byName.keys())))
  const deployed = build.artifacts.filter(
    ({ sourceName, bytecode }) => !sourceName.endsWith('.t.sol') && bytecode.length > 2,
  )
  const all = [...suites, ...deployed].map((artifact) => byName.get(nameOf(artifact)) ?? artifact)

  const names = suites.map(nameOf).sort(unitsFirst)
  const learn = createLearn()
  const killers = options.check ? killersOf(names) : new Map<string, string>()
  const found: Judged[] = []
  const until = Date.now() + options.minutes * 60_000
  const queue = mutants.map((mutant, index) => ({ mutant, number: index + 1 }))
  const workers = Array.from({ length: options.jobs }, async () => {
    const campaign = createCampaign(all, names, learn)
    for (let next = queue.shift(); next && Date.now() < until; next = queue.shift()) {
      const { mutant, number } = next
      const earlier = known.get(mutant.key)
      const killer = killers.get(mutant.key)
      const verdict = earlier ?? (await campaign.judge(mutant, number, killer ? [killer] : []))
      if (!earlier) {
        const entry: Entry = { ...verdict, source: hashes.get(mutant.file)!, sources, tests }
        appendFileSync(log, `${JSON.stringify(entry)}\n`)
      }
      found.push({ ...strip(mutant), ...verdict })
      console.log(`${found.length}/${mutants.length} ${describe(mutant)}  ${outcomeOf(verdict)}`)
    }
    campaign.end()
  })
  await Promise.all(workers)
  return found
}

/** A verdict with the hashes of the file that was mutated, of all mutated files, and of the tests. */
type Entry = Verdict & { source: string; sources: string; tests: string }

/** What died stays dead while its file is the same; what lived is tried again where anything is another. */
function readLog(log: string, hashes: Map<string, string>): Map<string, Verdict> {
  const known = new Map<string, Verdict>()
  if (!existsSync(log)) return known
  const [sources, tests] = [hashOf(mutatedFiles()), testHash()]
  const files = new Set(hashes.values())
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    if (!line) continue
    const { source, sources: all, tests: by, ...verdict } = JSON.parse(line) as Entry
    const isSame = verdict.result !== 'survived' || (all === sources && by === tests)
    if (files.has(source) && isSame) known.set(verdict.key, verdict)
  }
  return known
}

function killersOf(suites: string[]): Map<string, string> {
  const killers = readRecord().mutants.map(({ key, by }) => [key, by.split(' ')[0]!] as const)
  return new Map(killers.filter(([, suite]) => suites.includes(suite)))
}

function unitsFirst(a: string, b: string): number {
  const rank = (name: string) => (/\/unit\//.test(name) ? 0 : /\/invariant\//.test(name) ? 1 : 2)
  return rank(a) - rank(b) || a.localeCompare(b)
}

function strip({ key, file, line, where, operator, original, mutated }: Mutant) {
  return { key, file, line, where, operator, original, mutated }
}

/* REPORT */

function report(found: Judged[], all: number, options: Options, sources: string): number {
  const survivors = found.filter(({ result }) => result === 'survived')
  const score = (1 - survivors.length / found.length) * 100
  console.log(
    `\n${found.length - survivors.length} of ${found.length} killed (${score.toFixed(1)} %)`,
  )
  for (const survivor of survivors) console.log(`  lives: ${describe(survivor)}`)
  if (options.write) {
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: ROOT,
      encoding: 'utf8',
    }).trim()
    const record = { commit, sources, seed: options.seed, candidates: all, mutants: found }
    writeRecord(record)
    writeFileSync(join(ROOT, 'docs/Mutants.md'), toPage(record))
  }
  return options.check && survivors.length > 0 ? 1 : 0
}

function describe({
  key,
  file,
  line,
  where,
  operator,
  original,
  mutated,
}: Omit<Mutant, 'edits' | 'source'>): string {
  const change = mutated ? `${original} -> ${mutated}` : original
  return `${key} ${file}:${line} ${where}: ${operator}: ${change.slice(0, 140)}`
}

function outcomeOf({ result, by, seconds }: Verdict): string {
  return `${result}${by ? ` by ${by.slice(0, 120)}` : ''} in ${seconds} s`
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number.')
  return Number(text)
}

function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/*
 * `npm run test:deep`: the campaigns of `npm test` for as long as one likes. Every piece has its own seed and is noted
 * down as it ends, so that a run can stop anywhere and the next one goes on from there.
 *
 * - twin: random topics, in Solidity and in TypeScript, equal to the last bit
 * - dense: a hundred random networks a piece, likewise
 * - fuzz: every fuzz test of the Solidity suites, 1,000 runs a piece
 * - invariants: whole overlapping rounds in random order, 50 runs of 64 calls a piece, all invariants after every call
 */
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { ROOT, StaleBuild, hashOf, isTest, nameOf, readBuild } from '../suites/readBuild.ts'
import { createRunner, type Runner } from '../suites/createRunner.ts'
import { createTwin, NETWORKS, playNetworks, worlds, type Twin } from './twin.ts'

type Campaign = 'twin' | 'dense' | 'fuzz' | 'invariants'
type Piece = { campaign: Campaign; name: string; seed: number }
type Note = Piece & { failed: string[]; rounds: number; seconds: number }
type Options = {
  campaign: Campaign[]
  seeds: { from: number; to: number }
  minutes: number
  write: boolean
}

const FUZZ_RUNS = 1_000
const INVARIANT_RUNS = 50
const DEPTH = 64
/** A piece of a thousand runs beside other programs takes its time. */
const LONGEST_MS = 3_600_000
const INVARIANTS = 'test/invariant/Invariants.t.sol:AllInvariantsTest'
/** Campaigns of their own, whose length is part of what they test. */
const aside = /test\/invariant\/(Invariants|Reach)\.t\.sol:/

const { options, sources } = { options: read(), sources: hashOf(solidityFiles()) }
const log = join(ROOT, 'cache/deep', `${sources}.jsonl`)
try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof StaleBuild)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function main(): Promise<number> {
  mkdirSync(join(ROOT, 'cache/deep'), { recursive: true })
  const build = readBuild()
  const suites = build.artifacts.filter((artifact) => isTest(artifact)).map(nameOf)
  const done = new Map(readNotes().map((note) => [keyOf(note), note]))
  const left = piecesOf(suites.filter((suite) => !aside.test(suite))).filter(
    (piece) => !done.has(keyOf(piece)),
  )
  console.log(`${done.size} pieces are noted, ${left.length} are left of what is asked`)

  const runner = createRunner(
    build.artifacts.filter(({ bytecode }) => bytecode.length > 2),
    LONGEST_MS,
  )
  const until = Date.now() + options.minutes * 60_000
  let twin: Twin | undefined
  for (const piece of left) {
    if (Date.now() >= until) break
    const began = performance.now()
    if (piece.campaign === 'twin') twin ??= await createTwin()
    const { failed, rounds } =
      piece.campaign === 'twin'
        ? await twin!.play(piece.name, piece.seed)
        : { failed: await runPiece(runner, piece), rounds: 0 }
    const note = {
      ...piece,
      failed,
      rounds,
      seconds: Math.round((performance.now() - began) / 100) / 10,
    }
    appendFileSync(log, `${JSON.stringify(note)}\n`)
    console.log(
      `${keyOf(piece)}: ${failed.length === 0 ? 'holds' : failed.join('; ')} (${note.seconds} s)`,
    )
  }
  runner.end()
  return report()
}

/** Every seed over all of a campaign before the next: whatever is reached, it is of everything. */
function piecesOf(suites: string[]): Piece[] {
  const { from, to } = options.seeds
  const names: Record<Campaign, string[]> = {
    twin: worlds(),
    dense: ['networks'],
    fuzz: suites,
    invariants: [INVARIANTS],
  }
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((seed) =>
    options.campaign.flatMap((campaign) =>
      names[campaign].map((name) => ({ campaign, name, seed })),
    ),
  )
}

async function runPiece(runner: Runner, piece: Piece): Promise<string[]> {
  return piece.campaign === 'dense' ? playNetworks(piece.seed) : runSuite(runner, piece)
}

async function runSuite(runner: Runner, { campaign, name, seed }: Piece): Promise<string[]> {
  const hash = `0x${seed.toString(16).padStart(64, '0')}`
  const share = campaign === 'fuzz' ? FUZZ_RUNS / 256 : 1
  const answer = await runner.run({
    number: 0,
    suite: name,
    effort: { fuzz: FUZZ_RUNS, runs: INVARIANT_RUNS, depth: DEPTH, overrides: share, seed: hash },
  })
  return answer === 'timeout' ? ['did not end'] : answer.failed
}

/* REPORT */

function report(): number {
  const notes = readNotes()
  const failed = notes.filter((note) => note.failed.length > 0)
  const of = (campaign: Campaign) => notes.filter((note) => note.campaign === campaign)
  const seeds = (campaign: Campaign) => new Set(of(campaign).map(({ seed }) => seed)).size
  const summary = {
    commit: execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim(),
    sources,
    twin: {
      topics: of('twin').length,
      rounds: of('twin').reduce((sum, { rounds }) => sum + rounds, 0),
    },
    dense: { networks: of('dense').length * NETWORKS },
    fuzz: {
      suites: new Set(of('fuzz').map(({ name }) => name)).size,
      pieces: of('fuzz').length,
      runsATest: seeds('fuzz') * FUZZ_RUNS,
    },
    invariants: { runs: of('invariants').length * INVARIANT_RUNS, depth: DEPTH },
    minutes: Math.round(notes.reduce((sum, { seconds }) => sum + seconds, 0) / 6) / 10,
    failed,
  }
  console.log(JSON.stringify(summary, null, 2))
  if (options.write) {
    writeFileSync(join(ROOT, 'bench/results/deep.json'), `${JSON.stringify(summary, null, 2)}\n`)
  }
  return failed.length === 0 ? 0 : 1
}

function readNotes(): Note[] {
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Note)
}

function keyOf({ campaign, name, seed }: Piece): string {
  return `${campaign} ${name} seed ${seed}`
}

function solidityFiles(): string[] {
  return globSync(['contracts/**/*.sol', 'test/**/*.sol'], { cwd: ROOT })
}

/* OPTIONS */

function read(): Options {
  const command = new Command('npm run test:deep --')
    .description(
      'The campaigns of `npm test` for as long as one likes, going on from where the last run stopped.',
    )
    .addOption(
      new Option('--campaign <names...>', 'which')
        .choices(['twin', 'dense', 'fuzz', 'invariants'])
        .default(['twin', 'dense', 'fuzz', 'invariants']),
    )
    .option(
      '--seeds <from-to>',
      '100 seeds are 10,000 networks, 100,000 fuzz runs a test and 5,000 x 64 of invariants',
      range,
      {
        from: 1,
        to: 100,
      },
    )
    .option('--minutes <number>', 'begins nothing after that', Number, Infinity)
    .option('--write', 'renews bench/results/deep.json', false)
    .addHelpText('after', '\nThe contracts have to be compiled as they stand: npm run compile.')
  return command.parse().opts<Options>()
}

function range(text: string): { from: number; to: number } {
  const [, from, to] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? []
  if (!from) throw new InvalidArgumentError('A number, or two with a dash between them.')
  return { from: Number(from), to: Number(to ?? from) }
}

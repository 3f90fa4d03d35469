import { existsSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Argument, Command, Option } from 'commander'
import { OperatorError } from '@auspex/workers'
import { stopSignal } from '../again.ts'
import { parseCount, parseDuration } from '../parsers.ts'

/** The room in the repository that compiles contracts and starts chains, which no operator needs. */
const ROOM = new URL('../../../devnet/live/index.ts', import.meta.url)
const FOLDER = join('.auspex', 'devnet')
const SHORTEST = 10n

type Options = { json: boolean; round: bigint; speed: number; seed: number; folder: string }

type Live = {
  topic: string
  config: string
  reputerUrl: string
  deployed: { network: string; token: string }
}

type Room = {
  spoilKinds: readonly string[]
  runDevnet: (options: {
    folder: string
    cadence: bigint
    seed: number
    speed: number
    signal: AbortSignal
    say: (line: string) => void
    ready: (live: Live, chain: { id: number; url: string }) => void
  }) => Promise<void>
}

export function devnet(): Command {
  return new Command('devnet')
    .description('a chain of its own with a feed, a reputer and three workers, alive until Ctrl-C')
    .addOption(
      new Option('--round <duration>', 'from one round to the next')
        .argParser(parseDuration)
        .default(30n, '30s'),
    )
    .addOption(
      new Option('--speed <times>', 'seconds of the chain that pass in one of ours')
        .argParser(parseCount)
        .default(1),
    )
    .addOption(
      new Option('--seed <number>', 'equal seeds walk alike').argParser(parseCount).default(1),
    )
    .option('--folder <path>', 'where the guest’s key, data and configuration are put', FOLDER)
    .option('--json', 'print one JSON object for machines', false)
    .action(run)
}

export function demoSpoil(): Command {
  return new Command('spoil')
    .description('make the feed of a running devnet stale, thin or wide for three rounds')
    .addArgument(new Argument('<kind>', 'what is wrong with it').choices(['stale', 'thin', 'wide']))
    .option('--folder <path>', 'folder of the running devnet', FOLDER)
    .action(spoil)
}

async function run({ json, round, speed, seed, folder }: Options): Promise<void> {
  if (round < SHORTEST) {
    throw new OperatorError(
      'usage',
      `--round ${round}s is too short for a round. Give at least ${SHORTEST}s.`,
    )
  }
  const { runDevnet } = await openRoom()
  const say = (line: string) => (json ? console.error(line) : console.log(line))
  await runDevnet({
    folder,
    cadence: round,
    seed,
    speed,
    signal: stopSignal(),
    say,
    ready: (live, chain) =>
      json ? console.log(JSON.stringify(dataOf(live, chain))) : show(live, chain, say),
  })
}

function dataOf({ topic, config, reputerUrl, deployed }: Live, chain: { id: number; url: string }) {
  const { network, token } = deployed
  return { schema: 1, chain, network, token, topic, config, reputer: reputerUrl }
}

function show(
  { topic, config, reputerUrl, deployed }: Live,
  { id, url }: { id: number; url: string },
  say: (line: string) => void,
): void {
  const file = relative(process.cwd(), config)
  const auspex = (words: string) => `npm run auspex -- ${words} --config ${file}`
  say(`The chain answers at ${url}, chain id ${id}, until Ctrl-C.`)
  say(`  network ${deployed.network}, token ${deployed.token}`)
  say(`  topic   ${topic}`)
  say(`  reputer ${reputerUrl}`)
  say('Next:')
  say(`  read the feed   ${auspex(`read ${topic}`)}`)
  say(`  would I earn?   ${auspex('backtest --against chain')}`)
  say(`  join            ${auspex(`stake deposit ${topic} 1000`)}`)
  say(`  seconds later   ${auspex(`stake activate ${topic}`)}`)
  say(`  take a seat     ${auspex(`stake seat ${topic}`)}`)
  say(`  predict         ${auspex('worker start')}`)
  say('  spoil the feed  npm run auspex -- demo spoil stale')
}

function spoil(kind: string, { folder }: { folder: string }): void {
  if (!existsSync(join(folder, 'worker.yaml'))) {
    throw new OperatorError(
      'requirement',
      `No devnet has its folder at ${folder}. Start one with auspex devnet, or name its folder with --folder.`,
    )
  }
  writeFileSync(join(folder, 'spoil'), `${kind}\n`)
  console.log(`The feed is made ${kind} for three rounds.`)
  console.log('Next: auspex read <topic>')
}

async function openRoom(): Promise<Room> {
  if (existsSync(fileURLToPath(ROOM))) return (await import(ROOM.href)) as Room
  throw new OperatorError(
    'requirement',
    'The devnet comes with the repository of Auspex, not with its packages. Clone it, run npm ci, then npm run auspex -- devnet.',
  )
}

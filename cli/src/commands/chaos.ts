import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { OperatorError } from '@auspex/workers'
import { parseCount } from '../parsers.ts'

/** The room of scenarios in the repository: it compiles contracts and starts chains, which no operator needs. */
const ROOM = new URL('../../../chaos/src/index.ts', import.meta.url)

type Options = { list?: boolean; scenario?: string; soak?: number; json: boolean }

type Room = {
  scenarios: readonly { name: string; says: string }[]
  findScenario: (name: string) => object | undefined
  runScenario: (scenario: object, options: { log?: (line: string) => void }) => Promise<Outcome>
  soakOf: (rounds: number) => object
}

type Tally = { [count: string]: number }

type Outcome =
  | { status: 'played'; tally: Tally; notes: readonly string[]; seconds: number }
  | { status: 'failed'; reason: string; tally?: Tally; notes: readonly string[]; seconds: number }
  | { status: 'skipped'; reason: string }

export function chaos(): Command {
  return new Command('chaos')
    .description('play faults on a throw-away chain with real nodes, and count what was lost')
    .option('--list', 'list the scenarios')
    .option('--scenario <name>', 'play one of them, or all')
    .option(
      '--soak <rounds>',
      'play many rounds with errors, reorganisations, kills and hangs',
      parseCount,
    )
    .option('--json', 'print JSON', false)
    .action(run)
}

async function run({ list, scenario, soak, json }: Options): Promise<void> {
  const room = await openRoom()
  if (soak !== undefined)
    return play(room, [{ name: `soak of ${soak} rounds`, scenario: room.soakOf(soak) }], json)
  if (scenario === undefined || list) return show(room, json)
  if (scenario === 'all') {
    return play(
      room,
      room.scenarios.map((each) => ({ name: each.name, scenario: each })),
      json,
    )
  }
  const found = room.findScenario(scenario)
  if (found) return play(room, [{ name: scenario, scenario: found }], json)
  throw new OperatorError('usage', `There is no scenario "${scenario}". See auspex chaos --list.`)
}

async function openRoom(): Promise<Room> {
  if (existsSync(fileURLToPath(ROOM))) return (await import(ROOM.href)) as Room
  throw new OperatorError(
    'requirement',
    'The scenarios come with the repository of Auspex, not with its packages. Clone it, run npm ci and npm run compile, then npm run auspex -- chaos --list.',
  )
}

function show({ scenarios }: Room, json: boolean): void {
  if (json)
    return console.log(
      JSON.stringify({ schema: 1, scenarios: scenarios.map(({ name, says }) => ({ name, says })) }),
    )
  const width = Math.max(...scenarios.map(({ name }) => name.length))
  for (const { name, says } of scenarios) console.log(`${name.padEnd(width)}  ${says}`)
  console.log('Next: auspex chaos --scenario <name>')
}

async function play(
  room: Room,
  chosen: readonly { name: string; scenario: object }[],
  json: boolean,
): Promise<void> {
  const log = json ? undefined : (line: string) => console.log(`  ${line}`)
  const lost: string[] = []
  for (const { name, scenario } of chosen) {
    const outcome = await room.runScenario(scenario, log ? { log } : {})
    if (outcome.status === 'skipped') throw new OperatorError('requirement', outcome.reason)
    if (outcome.status === 'failed') lost.push(name)
    if (json) console.log(JSON.stringify({ schema: 1, scenario: name, ...outcome }))
    else console.log([...outcome.notes, `${name}: ${wordsOf(outcome)}`].join('\n'))
  }
  if (lost.length > 0) throw new OperatorError('error', `Not lived through: ${lost.join(', ')}.`)
}

function wordsOf(outcome: Exclude<Outcome, { status: 'skipped' }>): string {
  const { tally = {}, seconds } = outcome
  const told = Object.entries(tally).map(([count, number]) => {
    return `${count.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${number}`
  })
  const what = outcome.status === 'failed' ? `FAILED, ${outcome.reason}` : 'lived through'
  return `${what} (${told.join(', ')}; ${seconds} s)`
}

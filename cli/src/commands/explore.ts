import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { OperatorError } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { openReader } from '../openAccount.ts'
import { parseWhole } from '../parsers.ts'
import { print } from '../print.ts'

/** The window in the repository: it brings an indexer and a database, which no operator needs. */
const ROOM = new URL('../../../app/src/explore.ts', import.meta.url)

type Options = Common & { port: bigint; verbose: boolean; record?: string }

type Explored =
  | { status: 'open'; url: string; ended: Promise<number> }
  | { status: 'missing' }
  | { status: 'failed'; reason: string }

type Room = {
  explore: (options: object) => Promise<Explored>
  saveRecording: (at: { url: string; file: string }) => Promise<void>
}

export function explore(): Command {
  return command('explore', 'serve a live page, an API and the indexer behind them, on loopback')
    .option('--port <number>', 'port on loopback; any free one where it is 0', parseWhole, 0n)
    .option('--record <file>', 'save the page in one file that needs nothing else, and end')
    .option('--verbose', 'print what the indexer says', false)
    .action(run)
}

async function run({ json, config, port, verbose, record }: Options): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const room = await openRoom()
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())

  const { network, chainId } = client
  const explored = await room.explore({
    ...{ rpc: chain.urls[0], from: chain.fromBlock, chainId, network, port: Number(port) },
    folder: join(homedir(), '.auspex', 'explore', `${chainId}-${network}`),
    signal: stopped.signal,
    ...(verbose && { log: (line: string) => console.error(line) }),
  })
  if (explored.status === 'missing') throw new OperatorError('requirement', WHERE)
  if (explored.status === 'failed') {
    if (stopped.signal.aborted) return
    throw new OperatorError('error', `The indexer ended: ${explored.reason}`)
  }
  const { url } = explored
  if (record) {
    await room.saveRecording({ url, file: record })
    stopped.abort()
    await explored.ended
    return print({
      json,
      data: { file: record, network, chainId },
      lines: [record],
      next: 'auspex explore',
    })
  }
  if (json) console.log(JSON.stringify({ schema: 1, url, network, chainId }))
  else console.log(`The network at ${url}, its reads at ${url}/api/openapi.json. Ctrl-C ends it.`)
  const code = await explored.ended
  if (!stopped.signal.aborted) throw new OperatorError('error', `The indexer ended with ${code}.`)
}

const WHERE =
  'The live page comes with the repository of Auspex, not with its packages. Clone it, run npm ci, then npm run auspex -- explore.'

async function openRoom(): Promise<Room> {
  if (existsSync(fileURLToPath(ROOM))) return (await import(ROOM.href)) as Room
  throw new OperatorError('requirement', WHERE)
}

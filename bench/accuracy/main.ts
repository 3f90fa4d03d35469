import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { BadInput } from '../lib/checks.ts'
import { replayTopic } from './measure/replayTopic.ts'
import type { PanelResult, TopicResult } from './measure/replayTopic.ts'
import type { Engine } from './ours/Engine.ts'
import { replayTwin } from './ours/replayTwin.ts'
import type { Panel } from './panel/Panel.ts'
import { parseTransforms } from './panel/parseTransforms.ts'
import { readPanels } from './panel/readPanels.ts'
import { toHtml } from './report/toHtml.ts'
import { toJson } from './report/toJson.ts'
import { toText } from './report/toText.ts'

type Options = {
  data: string[]
  transform?: string
  json?: boolean
  html?: string
  chain?: boolean
}

const program = new Command('bench:accuracy')
  .description(
    'Replays recorded forecaster panels, strictly online, through our rule and its peers.',
  )
  .requiredOption(
    '--data <file...>',
    'CSV, plain or .gz: topic, round, worker, prediction, truth [, lag, confidence]',
    (file: string, files: string[] | undefined) => [...(files ?? []), file],
  )
  .option('--transform <spec>', 'log1p for all families, or FAMILY=log1p,...')
  .option('--chain', 'play ours through the contracts on an embedded chain, against the twins')
  .option('--json', 'print the figures as JSON')
  .option('--html <file>', 'write a page of charts')
  .parse()

const { data, transform, json, html, chain } = program.opts<Options>()

try {
  const engine = chain ? await chainEngine() : replayTwin
  const panels = await replayFiles({ files: data, transform, engine })
  if (html !== undefined) await writeFile(html, await toHtml(panels))
  process.stdout.write(
    json ? `${JSON.stringify(toJson(panels), null, 2)}\n` : `${toText(panels)}\n`,
  )
} catch (error) {
  if (!isExpected(error)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

/** Loaded only where it is asked for: it brings a compiler and a chain. */
async function chainEngine(): Promise<Engine> {
  const { startChain } = await import('./chain/startChain.ts')
  const { createChainEngine } = await import('./chain/createChainEngine.ts')
  const { compile } = await import('../../devnet/compile.ts')
  await compile()

  return createChainEngine(startChain)
}

async function replayFiles({
  files,
  transform,
  engine,
}: {
  files: readonly string[]
  transform: string | undefined
  engine: Engine
}): Promise<PanelResult[]> {
  const transformOf = parseTransforms(transform)
  const found: PanelResult[] = []

  for (const path of files) {
    for (const panel of await readPanels({ path, transformOf })) {
      found.push({ panel, results: await replayPanel({ panel, engine }) })
    }
  }

  return found
}

async function replayPanel({
  panel,
  engine,
}: {
  panel: Panel
  engine: Engine
}): Promise<TopicResult[]> {
  const results: TopicResult[] = []

  for (const topic of panel.topics) {
    results.push(await replayTopic({ topic, engine }))
    const done = results.length
    if (done % 10 !== 0 && done !== panel.topics.length) continue
    process.stderr.write(`${panel.file} ${panel.family}: ${done}/${panel.topics.length} topics\n`)
  }

  return results
}

/** Rows, files and options can be mended; everything else is a fault of ours and shows where. */
function isExpected(error: unknown): error is Error {
  return error instanceof BadInput || (error instanceof Error && 'code' in error)
}

import { existsSync, writeFileSync } from 'node:fs'
import { formatUnits } from 'viem'
import {
  OperatorError,
  createLog,
  createRehearsal,
  keepTicking,
  modelName,
  openPredictor,
  sayOnce,
  visible,
  visibleJson,
  writePredictions,
} from '@auspex/workers'
import type { Rehearsed, Sent } from '@auspex/workers'
import { stopSignal } from './again.ts'
import { modelFrom, sourceFrom } from './config/paths.ts'
import type { WorkerConfig } from './config/workerConfig.ts'
import { openReader } from './openAccount.ts'

export type Rehearsing = { rounds?: number; out?: string }

/** What `auspex worker start` does where nothing may be sent: no key is opened, no journal, no transaction. */
export async function rehearse(
  options: Rehearsing & { json: boolean; file: string; config: WorkerConfig },
): Promise<void> {
  const { json, file, config, rounds = Infinity, out } = options
  if (out !== undefined && existsSync(out)) {
    throw new OperatorError(
      'usage',
      `${out} exists already and is left as it is. Name another file.`,
    )
  }
  const { topic, chain, pollMs } = config
  const say = (event: object, ...lines: string[]) => {
    if (json) return console.log(visibleJson(JSON.stringify(event, written)))
    for (const line of lines) console.log(visible(line))
  }
  const log = sayOnce(createLog({ level: config.logLevel }))
  const stop = stopSignal()
  const done = new AbortController()
  const signal = AbortSignal.any([stop, done.signal])
  const client = await openReader({ chain })
  const model = modelFrom({ file, model: config.model })
  const predictor = openPredictor({
    ...config,
    model,
    source: sourceFrom({ file, source: config.source }),
    fallback: config.fallback && modelFrom({ file, model: config.fallback }),
    withinMs: Number(config.predictWithin) * 1000,
    onSent: showSent(say),
    log,
  })
  try {
    const opened = await predictor.opened
    if (opened.status === 'refused') throw opened.error
    say(
      { kind: 'rehearsing', topic, model: modelName(model) },
      `rehearsal ${modelName(model)} in topic ${topic}: nothing is staked or sent to the chain, and no key is opened`,
    )
    if (out !== undefined) writeFileSync(out, 'round,value,confidence\n')
    const rehearsal = createRehearsal({ client, topic, predict: predictor.predict })
    let predicted = 0
    const tick = async () => {
      for (const seen of await rehearsal.tick()) {
        say(seen, lineOf(seen))
        if (seen.kind !== 'predicted') continue
        predicted += 1
        if (out !== undefined) writePredictions(out, seen)
        if (predicted >= rounds) done.abort()
      }
    }
    await keepTicking({ tick, pollMs, signal, log })
  } finally {
    await predictor.close()
  }
  const next = out === undefined ? 'auspex worker start --live' : `auspex whatif ${out}`
  if (!json) console.log(`Next: ${next} --config ${file}`)
}

/** The first of what leaves the machine in full, so that its owner sees all of it; of the rest how much it is. */
function showSent(say: (event: object, ...lines: string[]) => void): (sent: Sent) => void {
  let isFirst = true
  return ({ to, body }) => {
    const size = Buffer.byteLength(body)
    const line = `sent      ${size} bytes to ${to}`
    say(
      { kind: 'sent', to, size, ...(isFirst && { body }) },
      ...(isFirst ? [`${line}:`, ...body.split('\n')] : [line]),
    )
    isFirst = false
  }
}

function lineOf(seen: Rehearsed): string {
  const round = `round ${String(seen.round).padEnd(4)}`
  switch (seen.kind) {
    case 'predicted': {
      const share = Number(formatUnits(seen.confidence, 2))
      const inputs = seen.inputs ? `, from ${seen.inputs.slice(0, 16)}` : ''
      return `${round}says ${formatUnits(seen.value, 18)} and would wager ${share} % of its budget${inputs}`
    }
    case 'abstained':
      return `${round}sits out: ${seen.reason}`
    case 'voided':
      return `${round}is void`
    case 'settled':
      return `${round}was ${numberOf(seen.truth)}: it missed by ${numberOf(seen.error)}, the aggregate by ${numberOf(seen.aggregateError)}`
  }
}

function numberOf(value: bigint): number {
  return Number(Number(formatUnits(value, 18)).toPrecision(9))
}

function written(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

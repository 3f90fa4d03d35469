import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { OperatorError } from '@auspex/workers'
import { z } from 'zod'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { http } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { alertRules } from '../ops/alerts.ts'
import {
  composeFile,
  grafanaBoards,
  grafanaSource,
  prometheusConfig,
  systemdUnit,
} from '../ops/deployment.ts'
import { dashboard } from '../ops/dashboard.ts'
import { print } from '../print.ts'

/** As much of a node's configuration as its surroundings follow from. */
const nodeConfig = z.looseObject({ topic: z.string().optional(), http: http.optional() })

export function opsInit(): Command {
  return command(
    'init',
    'write files that watch and run a node: Prometheus, Grafana, systemd, compose',
  )
    .argument('<folder>', 'a new folder for them')
    .action(run)
}

function run(folder: string, { json, config: file }: Common): void {
  const config = readConfig({ file, schema: nodeConfig })
  if (config.http === undefined) {
    throw new OperatorError(
      'requirement',
      `${file} names no http, so nothing could be watched. Add: http: { port: 8600 }`,
    )
  }
  if (existsSync(folder)) {
    throw new OperatorError('error', `${folder} exists already and is left as it is. Name another.`)
  }
  const role = config.topic === undefined ? 'reputer' : 'worker'
  const node = {
    role,
    port: config.http.port,
    config: resolve(file),
    home: dirname(resolve(file)),
  } as const
  const files = {
    'prometheus.yml': prometheusConfig(node),
    'alerts.yml': alertRules(),
    'dashboard.json': dashboard(),
    'grafana-source.yml': grafanaSource(),
    'grafana-boards.yml': grafanaBoards(),
    'auspex.service': systemdUnit(node),
    'compose.yaml': composeFile(node),
  }
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  print({
    json,
    data: { folder: resolve(folder), files: Object.keys(files) },
    lines: Object.keys(files).map((name) => `wrote ${join(folder, name)}`),
    next: `docker compose -f ${join(folder, 'compose.yaml')} up -d`,
  })
}

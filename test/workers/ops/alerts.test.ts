/* Every alert fires when what it is for happens, is silent otherwise, and names metrics that the nodes serve. */
import { expect } from 'chai'
import { parse } from 'yaml'
import { alertRules, alerts } from '../../../cli/src/ops/alerts.ts'
import { dashboard, panels } from '../../../cli/src/ops/dashboard.ts'
import {
  composeFile,
  grafanaBoards,
  grafanaSource,
  prometheusConfig,
  systemdUnit,
} from '../../../cli/src/ops/deployment.ts'
import { createMetrics } from '../../../workers/src/runtime/metrics.ts'
import type { Metrics } from '../../../workers/src/runtime/metrics.ts'
import type { EndpointState } from '../../../workers/src/chain/endpoint.ts'

type Sample = { name: string; labels: Record<string, string>; value: number }
type Scrape = readonly Sample[]

const now = () => BigInt(Math.floor(Date.now() / 1000))
const endpoint = (status: EndpointState['status']): EndpointState =>
  ({ host: 'a.example', status, requests: 9, failures: 1, latencyMs: 20, lag: 0n }) as EndpointState

/** A node in good health. */
function healthy(metrics: Metrics): void {
  metrics.chain({ number: 9n, timestamp: now() })
  metrics.endpoints([endpoint('ok')])
  metrics.balance(10n ** 18n)
  metrics.roundsLeft(1000)
  metrics.owed(0)
  metrics.transaction({ attempts: 1, fee: 1n })
}

const rounds = (status: string, count: number) => (metrics: Metrics) => {
  for (let round = 0n; round < count; round++) metrics.step({ status, topic: '0x', round })
}

/** What makes each alert fire, done to a healthy node between two scrapes. */
const faults: Record<string, (metrics: Metrics) => void> = {
  AuspexDown: () => {},
  AuspexChainStale: (metrics) => metrics.chain({ number: 9n, timestamp: now() - 300n }),
  AuspexEndpointDown: (metrics) =>
    metrics.endpoints([endpoint('silent'), endpoint('ok')].reverse()),
  AuspexNoEndpoint: (metrics) => metrics.endpoints([endpoint('silent')]),
  AuspexCoinLow: (metrics) => metrics.roundsLeft(49),
  AuspexCoinGone: (metrics) => metrics.roundsLeft(9),
  AuspexRevealPending: (metrics) => {
    metrics.owed(1)
    metrics.chain({ number: 9n, timestamp: now() - 90n })
  },
  AuspexRevealMissed: rounds('missed', 1),
  AuspexFailing: rounds('failed', 4),
  AuspexAbstaining: rounds('abstained', 4),
  AuspexFeesHigh: (metrics) => metrics.transaction({ attempts: 9, fee: 1n }),
  AuspexLoopBlocked: () => {},
}

async function scrape({ registry }: Metrics, more: readonly Sample[] = []): Promise<Scrape> {
  const text = await registry.metrics()
  const samples = text.split('\n').flatMap((line): Sample[] => {
    const match = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line)
    if (!match) return []
    const [, name, labels = '', value] = match
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map((pair) => [pair[1]!, pair[2]!])
    return [{ name: name!, labels: Object.fromEntries(pairs), value: Number(value) }]
  })
  const given = new Set(more.map(({ name }) => name))
  return [...samples.filter(({ name }) => !given.has(name)), ...more]
}

/** As much of PromQL as the rules use. A vector has one value a set of labels. */
type Value = number | Map<string, number>

function evaluate(expr: string, before: Scrape, after: Scrape): Value {
  const both = expr.split(' and ')
  if (both.length === 2) {
    const [left, right] = both.map((part) => evaluate(part, before, after) as Map<string, number>)
    return new Map([...left!].filter(([key]) => right!.has(key)))
  }
  const compared = /^(.*) (==|<|>) (.*)$/.exec(expr)
  if (compared) {
    const [, left, sign, right] = compared
    return combine(evaluate(left!, before, after), evaluate(right!, before, after), (a, b) => {
      const holds = sign === '==' ? a === b : sign === '<' ? a < b : a > b
      return holds ? a : undefined
    })
  }
  for (const [sign, act] of [
    [' + ', (a: number, b: number) => a + b],
    [' * ', (a: number, b: number) => a * b],
    [' / ', (a: number, b: number) => a / b],
  ] as const) {
    const at = expr.lastIndexOf(sign)
    if (at < 0) continue
    const parts = [expr.slice(0, at), expr.slice(at + sign.length)]
    const [left, right] = parts.map((part) => evaluate(part, before, after))
    return combine(left!, right!, act)
  }
  const summed = /^sum by \(instance\) \((.*)\)$/.exec(expr)
  if (summed) {
    const values = [...(evaluate(summed[1]!, before, after) as Map<string, number>).values()]
    return new Map(values.length === 0 ? [] : [['', values.reduce((sum, each) => sum + each, 0)]])
  }
  const grown = /^increase\((.*)\[\d+[mh]\]\)$/.exec(expr)
  if (grown) {
    const [old, latest] = [before, after].map((at) => select(grown[1]!, at))
    // A series that was not there before has no increase.
    return new Map(
      [...latest!].flatMap(([key, value]) =>
        old!.has(key) ? [[key, value - old!.get(key)!]] : [],
      ),
    )
  }
  return /^[\d.e]+$/.test(expr) ? Number(expr) : select(expr, after)
}

function select(selector: string, at: Scrape): Map<string, number> {
  const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})?$/.exec(selector)!
  const wanted = [...labels.matchAll(/(\w+)="([^"]*)"/g)]
  const chosen = at.filter(
    (sample) =>
      sample.name === name && wanted.every(([, label, value]) => sample.labels[label!] === value),
  )
  return new Map(chosen.map(({ labels: own, value }) => [own.endpoint ?? '', value]))
}

function combine(
  left: Value,
  right: Value,
  act: (a: number, b: number) => number | undefined,
): Map<string, number> | number {
  if (typeof left === 'number' && typeof right === 'number') return act(left, right)!
  const keys = typeof left === 'number' ? (right as Map<string, number>).keys() : left.keys()
  const of = (value: Value, key: string) => (typeof value === 'number' ? value : value.get(key))
  return new Map(
    [...keys].flatMap((key) => {
      const [a, b] = [of(left, key), of(right, key)]
      const result = a === undefined || b === undefined ? undefined : act(a, b)
      return result === undefined ? [] : [[key, result] as const]
    }),
  )
}

describe('alerts', () => {
  const up = (value: number): Sample => ({ name: 'up', labels: { job: 'auspex' }, value })
  const lag = (value: number): Sample => ({
    name: 'nodejs_eventloop_lag_p99_seconds',
    labels: {},
    value,
  })

  for (const { name, expr } of alerts) {
    it(`${name} fires when it should, and not in a healthy node`, async () => {
      const metrics = createMetrics({ role: 'worker' })
      healthy(metrics)
      const before = await scrape(metrics, [up(1), lag(0.01)])
      expect([...(evaluate(expr, before, before) as Map<string, number>)]).to.deep.equal([])

      faults[name]!(metrics)
      const isDown = name === 'AuspexDown'
      const isBlocked = name === 'AuspexLoopBlocked'
      const after = await scrape(metrics, [up(isDown ? 0 : 1), lag(isBlocked ? 0.4 : 0.01)])
      expect([...(evaluate(expr, before, after) as Map<string, number>)]).to.have.length(1)
    })
  }

  it('are all tried here', () => {
    expect(Object.keys(faults)).to.deep.equal(alerts.map(({ name }) => name))
  })

  it('and panels name metrics that nodes serve', async () => {
    const metrics = createMetrics({ role: 'reputer' })
    healthy(metrics)
    const served = new Set((await scrape(metrics)).map(({ name }) => name))
    for (const { expr } of [...alerts, ...panels]) {
      const names = expr.match(/\b(?:auspex|nodejs)_\w+/g) ?? []
      expect(names.length > 0 || /^up\b/.test(expr), expr).to.equal(true)
      for (const name of names) expect(served.has(name), name).to.equal(true)
    }
  })
})

describe('files that run and watch a node', () => {
  const node = {
    role: 'worker',
    port: 8600,
    config: '/srv/auspex/worker.yaml',
    home: '/srv/auspex',
  } as const

  it('are what their readers take', () => {
    const { groups } = parse(alertRules())
    expect(groups[0].rules).to.have.length(alerts.length)
    for (const rule of groups[0].rules)
      expect(rule).to.have.all.keys('alert', 'expr', 'for', 'labels', 'annotations')
    expect(parse(prometheusConfig(node)).scrape_configs[0].static_configs[0].targets).to.deep.equal(
      ['127.0.0.1:8600'],
    )
    const { services } = parse(composeFile(node))
    expect(services.node.command).to.include('/node/worker.yaml')
    const mounted = services.grafana.volumes.map((each: string) => each.split(':')[1])
    const [boards] = parse(grafanaBoards()).providers
    expect(mounted.some((path: string) => path.startsWith(boards.options.path))).to.equal(true)
    expect(parse(grafanaSource()).datasources[0].url).to.equal('http://127.0.0.1:9090')
    const board = JSON.parse(dashboard())
    expect(board.panels).to.have.length(panels.length)
    expect(systemdUnit(node)).to.match(/worker start --live --config \/srv\/auspex\/worker\.yaml/)
    expect(systemdUnit(node)).to.match(/RestartPreventExitStatus=2 4 5/)
  })
})

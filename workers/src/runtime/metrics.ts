import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { EndpointState } from '../chain/endpoint.ts'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

/** What a node tells a Prometheus server. */
export type Metrics = {
  registry: Registry
  /** Counted once a round of a topic, however often it is looked at. */
  step: (step: { status: string; topic?: string; round?: bigint }) => void
  endpoints: (states: readonly EndpointState[]) => void
  chain: (head: { number: bigint; timestamp: bigint }) => void
  balance: (wei: bigint) => void
  /** Begins to measure how long the loop is held up; what the start of the process took is not counted. */
  watchLoop: () => void
  /** How many rounds the coin does for, if the worker sent all by itself. */
  roundsLeft: (rounds: number) => void
  /** Age of the newest row that predictions are made from, seconds. */
  dataAge: (seconds: number) => void
  /** Rounds with something of the node's that is not revealed yet. */
  owed: (rounds: number) => void
  transaction: (sent: { attempts: number; fee: bigint }) => void
}

/** What alerts look at. */
const WATCHED = ['missed', 'failed', 'abstained', 'revealed', 'committed', 'settled', 'lost']

/** Steps that are remembered as counted; far more than of the rounds that are open at once. */
const MOST_COUNTED = 100_000

export function createMetrics({ role }: { role: 'worker' | 'reputer' }): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ role })
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const counter = (name: string, help: string) => new Counter({ name, help, registers })

  gauge('auspex_up', 'One while the node runs').set(1)
  const head = gauge('auspex_chain_head', 'Newest block seen')
  const age = gauge('auspex_chain_head_age_seconds', 'Age of the newest block by this clock')
  const funds = gauge('auspex_gas_balance_wei', 'Coin left for transactions')
  const roundsLeft = gauge(
    'auspex_gas_balance_rounds_left',
    'Rounds that the coin does for at the fees of now',
  )
  const owed = gauge(
    'auspex_journal_pending_reveals',
    'Rounds with something of this node that is not revealed yet',
  )
  const dataAge = gauge(
    'auspex_data_age_seconds',
    'Age of the newest row that predictions are made from',
  )
  const loop = monitorEventLoopDelay({ resolution: 10 })
  new Gauge({
    name: 'auspex_eventloop_delay_p999_seconds',
    help: 'How long the loop was held up, of a thousand times the longest but one, since the node started',
    registers,
    collect() {
      this.set(loop.count === 0 ? 0 : loop.percentile(99.9) / 1e9)
    },
  })
  const transactions = counter('auspex_transactions_total', 'Transactions mined')
  const attempts = counter(
    'auspex_transaction_attempts_total',
    'Transactions sent, replacements too',
  )
  const fees = counter('auspex_transaction_fee_wei_total', 'Paid for transactions')
  const steps = new Counter({
    name: 'auspex_steps_total',
    help: 'What came of the rounds, by status',
    labelNames: ['status'],
    registers,
  })
  // A series that begins with its first fault shows no increase, and no alert would fire.
  for (const status of WATCHED) steps.inc({ status }, 0)

  const labelNames = ['endpoint'] as const
  const up = new Gauge({
    name: 'auspex_endpoint_up',
    help: 'One while a JSON-RPC endpoint can be used',
    labelNames,
    registers,
  })
  const asked = new Gauge({
    name: 'auspex_rpc_requests_total',
    help: 'Requests to an endpoint, by whether a usable answer came',
    labelNames: ['endpoint', 'ok'],
    registers,
  })
  const latency = new Gauge({
    name: 'auspex_rpc_latency_seconds',
    help: 'Time the last answer of an endpoint took',
    labelNames,
    registers,
  })
  const behind = new Gauge({
    name: 'auspex_endpoint_lag_blocks',
    help: 'Blocks an endpoint is behind the best one',
    labelNames,
    registers,
  })
  const counted = new Set<string>()

  return {
    registry,
    step: ({ status, topic, round }) => {
      const step = `${topic} ${round} ${status}`
      if (counted.has(step)) return
      if (counted.size >= MOST_COUNTED) counted.delete(counted.values().next().value!)
      counted.add(step)
      steps.inc({ status })
    },
    endpoints: (states) => {
      up.reset()
      for (const { host, status, requests, failures, latencyMs, lag } of states) {
        up.set({ endpoint: host }, Number(status === 'ok'))
        asked.set({ endpoint: host, ok: 'true' }, requests - failures)
        asked.set({ endpoint: host, ok: 'false' }, failures)
        if (latencyMs !== undefined) latency.set({ endpoint: host }, latencyMs / 1000)
        if (lag !== undefined) behind.set({ endpoint: host }, Number(lag))
      }
    },
    chain: ({ number, timestamp }) => {
      head.set(Number(number))
      age.set(Math.max(0, Date.now() / 1000 - Number(timestamp)))
    },
    balance: (wei) => funds.set(Number(wei)),
    watchLoop: () => {
      loop.enable()
      loop.reset()
    },
    roundsLeft: (rounds) => roundsLeft.set(rounds),
    dataAge: (seconds) => dataAge.set(seconds),
    owed: (rounds) => owed.set(rounds),
    transaction: (sent) => {
      transactions.inc()
      attempts.inc(sent.attempts)
      fees.inc(Number(sent.fee))
    },
  }
}

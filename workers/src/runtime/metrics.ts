import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

/** What a node tells a Prometheus server. */
export type Metrics = {
  registry: Registry
  step: (step: { status: string; phase?: string }) => void
  chain: (head: { number: bigint; timestamp: bigint }) => void
  balance: (wei: bigint) => void
  transaction: (sent: { attempts: number; fee: bigint }) => void
}

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

  return {
    registry,
    step: ({ status }) => steps.inc({ status }),
    chain: ({ number, timestamp }) => {
      head.set(Number(number))
      age.set(Math.max(0, Date.now() / 1000 - Number(timestamp)))
    },
    balance: (wei) => funds.set(Number(wei)),
    transaction: (sent) => {
      transactions.inc()
      attempts.inc(sent.attempts)
      fees.inc(Number(sent.fee))
    },
  }
}

import { stringify } from 'yaml'

/** A file of Prometheus alert rules. */
export function alertRules(): string {
  const rules = alerts.map(({ name, expr, severity, summary, action, ...rest }) => ({
    alert: name,
    expr,
    for: rest.for,
    labels: { severity },
    annotations: { summary, action },
  }))
  return stringify({ groups: [{ name: 'auspex', rules }] }, { lineWidth: 0 })
}

/** What an operator wants to be woken for. */
export type Alert = {
  name: string
  /** PromQL over the metrics that nodes serve. */
  expr: string
  for: string
  severity: 'warning' | 'critical'
  summary: string
  /** What to do. */
  action: string
}

/** Every alert that `auspex ops init` writes; the tests let each of them fire. */
export const alerts: readonly Alert[] = [
  {
    name: 'AuspexDown',
    expr: 'up{job="auspex"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'A node does not answer',
    action: 'Look at its log and start it again: it reveals first what it owes.',
  },
  {
    name: 'AuspexChainStale',
    expr: 'auspex_chain_head_age_seconds > 120',
    for: '2m',
    severity: 'critical',
    summary: 'The newest block is old',
    action: 'Check the endpoints, and whether the chain itself goes on.',
  },
  {
    name: 'AuspexEndpointDown',
    expr: 'auspex_endpoint_up == 0',
    for: '5m',
    severity: 'warning',
    summary: 'An endpoint cannot be used',
    action: 'Check its URL and provider; add another one to chain.urls.',
  },
  {
    name: 'AuspexNoEndpoint',
    expr: 'sum by (instance) (auspex_endpoint_up) == 0',
    for: '30s',
    severity: 'critical',
    summary: 'No endpoint can be used',
    action: 'Nothing can be revealed meanwhile: bring up an endpoint.',
  },
  {
    name: 'AuspexCoinLow',
    expr: 'auspex_gas_balance_rounds_left < 50',
    for: '5m',
    severity: 'warning',
    summary: 'The coin does for fewer than 50 rounds',
    action: 'Send coin to the address of the node.',
  },
  {
    name: 'AuspexCoinGone',
    expr: 'auspex_gas_balance_rounds_left < 10',
    for: '1m',
    severity: 'critical',
    summary: 'The coin does for fewer than ten rounds',
    action: 'Send coin now: below coin.stop nothing new is committed.',
  },
  {
    name: 'AuspexRevealPending',
    expr: 'auspex_journal_pending_reveals > 0 and auspex_chain_head_age_seconds > 60',
    for: '1m',
    severity: 'critical',
    summary: 'Something is to be revealed and the chain is not seen',
    action: 'Bring up an endpoint before the reveal window is over.',
  },
  {
    name: 'AuspexRevealMissed',
    expr: 'increase(auspex_steps_total{status="missed"}[1h]) > 0',
    for: '0s',
    severity: 'critical',
    summary: 'A committed prediction was not revealed',
    action: 'Look for prediction.missed in the log, and what stands before it.',
  },
  {
    name: 'AuspexFailing',
    expr: 'increase(auspex_steps_total{status="failed"}[15m]) > 3',
    for: '0s',
    severity: 'warning',
    summary: 'Steps of several rounds fail',
    action: 'Read the reasons in the log: auspex logs --level error.',
  },
  {
    name: 'AuspexAbstaining',
    expr: 'increase(auspex_steps_total{status="abstained"}[6h]) > 3',
    for: '0s',
    severity: 'warning',
    summary: 'A worker sits out one round after another',
    action: 'Read the reasons in the log: stale data, a failing model, too little coin.',
  },
  {
    name: 'AuspexFeesHigh',
    expr: 'increase(auspex_transaction_attempts_total[1h]) > 3 * increase(auspex_transactions_total[1h]) + 3',
    for: '5m',
    severity: 'warning',
    summary: 'Transactions are sent again and again',
    action: 'Look for fee.capped in the log; raise fees where it is worth it.',
  },
  {
    name: 'AuspexLoopBlocked',
    expr: 'nodejs_eventloop_lag_p99_seconds > 0.25',
    for: '2m',
    severity: 'warning',
    summary: 'The node’s loop is held up',
    action: 'Give the machine more room; models run in a thread and are not the cause.',
  },
]

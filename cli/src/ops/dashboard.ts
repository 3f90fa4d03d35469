/** What is worth a look, each with its unit. */
export const panels = [
  { title: 'Up', expr: 'auspex_up', unit: 'bool' },
  { title: 'Age of the newest block', expr: 'auspex_chain_head_age_seconds', unit: 's' },
  { title: 'Rounds by what came of them', expr: 'increase(auspex_steps_total[1h])', unit: 'short' },
  { title: 'To be revealed', expr: 'auspex_journal_pending_reveals', unit: 'short' },
  { title: 'Rounds of coin left', expr: 'auspex_gas_balance_rounds_left', unit: 'short' },
  { title: 'Coin', expr: 'auspex_gas_balance_wei / 1e18', unit: 'short' },
  { title: 'Transactions', expr: 'increase(auspex_transactions_total[1h])', unit: 'short' },
  {
    title: 'Fees an hour',
    expr: 'increase(auspex_transaction_fee_wei_total[1h]) / 1e18',
    unit: 'short',
  },
  { title: 'Endpoints', expr: 'auspex_endpoint_up', unit: 'bool' },
  { title: 'Time an answer takes', expr: 'auspex_rpc_latency_seconds', unit: 's' },
  { title: 'Blocks behind', expr: 'auspex_endpoint_lag_blocks', unit: 'short' },
  { title: 'Loop held up, p99', expr: 'nodejs_eventloop_lag_p99_seconds', unit: 's' },
  {
    title: 'Loop held up since the start, p99.9',
    expr: 'auspex_eventloop_delay_p999_seconds',
    unit: 's',
  },
  { title: 'Age of the newest row', expr: 'auspex_data_age_seconds', unit: 's' },
] as const

const WIDTH = 8
const HEIGHT = 7
const A_ROW = 3

/** A Grafana dashboard, to be imported as it is. */
export function dashboard(): string {
  const laid = panels.map(({ title, expr, unit }, i) => ({
    id: i + 1,
    type: 'timeseries',
    title,
    datasource: { type: 'prometheus', uid: '${source}' },
    fieldConfig: { defaults: { unit }, overrides: [] },
    gridPos: { x: (i % A_ROW) * WIDTH, y: Math.floor(i / A_ROW) * HEIGHT, w: WIDTH, h: HEIGHT },
    targets: [{ refId: 'A', expr, legendFormat: '{{instance}} {{endpoint}} {{status}}' }],
  }))
  const source = { name: 'source', type: 'datasource', query: 'prometheus', label: 'Source' }
  return `${JSON.stringify(
    {
      title: 'Auspex',
      uid: 'auspex',
      schemaVersion: 41,
      refresh: '30s',
      time: { from: 'now-6h', to: 'now' },
      templating: { list: [source] },
      panels: laid,
    },
    undefined,
    2,
  )}\n`
}

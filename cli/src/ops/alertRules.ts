import { stringify } from 'yaml'
import { alerts } from './alerts.ts'

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

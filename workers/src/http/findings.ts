/** What a node found out about itself in its last tick: one thing that must hold for it to do its work, or should. */
export type Finding = {
  name: string
  /** `warn` leaves a node ready: another endpoint is in use, coin is running low. */
  status: 'ok' | 'warn' | 'fail'
  /** In words where the status is not ok. Names no URL beyond its host, no path, no key. */
  reason?: string
}

/** What the HTTP thread answers from: it asks nobody. */
export type Board = {
  findings: readonly Finding[]
  /** Prometheus text. */
  metrics: string
  /** When the last tick went through, milliseconds by this clock; undefined before the first. */
  tickedAt?: number
}

export function isReady(findings: readonly Finding[]): boolean {
  return findings.every(({ status }) => status !== 'fail')
}

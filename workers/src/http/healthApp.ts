import { Hono } from 'hono'
import type { Registry } from 'prom-client'

/** A condition of being ready; gives the reason where it does not hold. */
export type Check = { name: string; run: () => Promise<string | undefined> }

/** `/livez`: the process runs. `/readyz`: it can do its work, `?verbose` says what not. `/metrics`: for Prometheus. */
export function healthApp(options: { checks: readonly Check[]; registry: Registry }): Hono {
  const { checks, registry } = options
  const app = new Hono()

  app.get('/livez', (context) => context.text('ok\n'))
  app.get('/readyz', async (context) => {
    const results = await Promise.all(checks.map(runCheck))
    const isReady = results.every(({ reason }) => reason === undefined)
    const status = isReady ? 200 : 503
    if (context.req.query('verbose') === undefined) return context.text(`${isReady}\n`, status)
    return context.json({ ready: isReady, checks: results }, status)
  })
  app.get('/metrics', async (context) => {
    context.header('content-type', registry.contentType)
    return context.body(await registry.metrics())
  })
  return app
}

async function runCheck({ name, run }: Check): Promise<{ name: string; reason?: string }> {
  const reason = await run().catch((error: Error) => error.message.split('\n')[0])
  return reason === undefined ? { name } : { name, reason }
}

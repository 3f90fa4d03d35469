import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

type Request = (call: { method: string; params: readonly unknown[] }) => Promise<unknown>
type Call = { id?: unknown; method: string; params?: readonly unknown[] }

/** Answers JSON-RPC on loopback, at any free port, in the words of the chain inside this process. */
export async function serveChain({ request }: { request: Request }): Promise<{
  url: string
  close(): Promise<void>
}> {
  const app = new Hono()
  app.post('/', async (context) => {
    const body = await context.req.json<Call | Call[]>()
    return context.json(
      Array.isArray(body) ? await Promise.all(body.map(answer)) : await answer(body),
    )
  })

  async function answer({ id = null, method, params = [] }: Call) {
    try {
      return { jsonrpc: '2.0', id, result: await request({ method, params }) }
    } catch (error) {
      const {
        code = -32603,
        message,
        data,
      } = error as { code?: number; message: string; data?: unknown }
      return { jsonrpc: '2.0', id, error: { code, message, ...(data !== undefined && { data }) } }
    }
  }

  const server = await new Promise<Server>((ready) => {
    const opened = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () =>
      ready(opened as Server),
    )
  })
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { OperatorError } from '../runtime/operatorError.ts'

/** Serves an app, on loopback unless another address is named. */
export async function listen(options: {
  app: Hono
  host: string
  port: number
}): Promise<{ url: string; close: () => Promise<void> }> {
  const { app, host, port } = options
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) => {
      resolve({ url: urlOf(address), close })
    })
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const what =
        code === 'EADDRINUSE'
          ? `Port ${port} of ${host} is in use. Stop what holds it, or set http.port to another one.`
          : `Cannot listen on ${host}:${port}: ${message}`
      reject(new OperatorError(code === 'EADDRINUSE' ? 'locked' : 'error', what))
    })

    function close(): Promise<void> {
      return new Promise((done) => {
        server.close(() => done())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    }
  })
}

function urlOf({ address, port, family }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { secureHeaders } from 'hono/secure-headers'
import type { createApi } from './createApi.ts'
import { readPage } from './readPage.ts'

/** What the page says about where its rows come from. */
export type Standing = {
  /** What the network is doing, in words. */
  says: string
  /** How a run ended, line by line. */
  closing?: readonly string[]
  /** Chain time, unix seconds; where it is missing the page uses the clock of the browser. */
  now?: number
  chainId?: number
  network?: string
}

/**
 * The whole window: the API under `/api`, the page everywhere else. The page is there at once; the reads wait for the API,
 * which may still be opening its store.
 */
export function createWindow({
  api,
  standing = standingOf,
}: {
  api: Promise<ReturnType<typeof createApi>>
  standing?: () => Standing
}): Hono {
  const app = new Hono()
  app.use(compress())
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
      },
    }),
  )
  app.get('/api/standing', (context) => context.json(standing()))
  app.get('/api/*', async (context) => {
    const url = new URL(context.req.url)
    url.pathname = url.pathname.slice('/api'.length)
    const { signal, headers } = context.req.raw
    return (await api).fetch(new Request(url, { signal, headers }), context.env as object)
  })

  app.get('/page.js', async (context) => {
    const { script } = await readPage()
    return context.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' })
  })
  app.get('/page.css', async (context) => {
    const { style } = await readPage()
    return context.body(style, 200, { 'content-type': 'text/css; charset=utf-8' })
  })
  app.get('/favicon.ico', (context) => context.body(null, 204))
  app.get('/', async (context) => context.html((await readPage()).html))
  return app
}

/** `auspex explore` names chain and network in the environment. */
function standingOf(): Standing {
  const { AUSPEX_CHAIN, AUSPEX_NETWORK } = process.env
  return {
    says: 'Following the chain',
    chainId: Number(AUSPEX_CHAIN),
    ...(AUSPEX_NETWORK && { network: AUSPEX_NETWORK }),
  }
}

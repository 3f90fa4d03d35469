import { useEffect, useState } from 'preact/hooks'

/** What a read of the API has given so far. A failed read keeps what was there and says why. */
export type Reading<data> = { data?: data; error?: string }

const listeners = new Set<() => void>()
const SOONEST_MS = 600
let last = { block: 0, rounds: 0 }
let isOpen = false

/** Blocks as the server tells them; one connection serves the whole page. */
function listen(listener: () => void): () => void {
  listeners.add(listener)
  if (!isOpen) {
    isOpen = true
    const events = new EventSource('/api/events')
    events.addEventListener('block', ({ data }) => {
      last = JSON.parse(data as string) as typeof last
      for (const each of listeners) each()
    })
  }
  return () => listeners.delete(listener)
}

/** The last block the server told of, and how many rounds it knows. */
export function useBlock(): typeof last {
  const [seen, setSeen] = useState(last)
  useEffect(() => listen(() => setSeen(last)), [])
  return seen
}

/** Reads a path of the API, and again when a block has changed something, at most every 0.6 s. */
export function useRead<data>(path: string): Reading<data> {
  const [reading, setReading] = useState<Reading<data>>({})
  useEffect(() => {
    let isGone = false
    let isDue = true
    let timer: ReturnType<typeof setTimeout> | undefined
    async function read() {
      isDue = false
      try {
        const response = await fetch(`/api${path}`)
        const body = (await response.json()) as data & { error?: string }
        if (isGone) return
        if (response.ok) setReading({ data: body })
        else setReading((before) => ({ ...before, error: body.error ?? response.statusText }))
      } catch {
        const error = 'The server does not answer. Is it still running?'
        if (!isGone) setReading((before) => ({ ...before, error }))
      }
      timer = setTimeout(() => {
        timer = undefined
        if (isDue && !isGone) void read()
      }, SOONEST_MS)
    }
    const stop = listen(() => {
      isDue = true
      if (timer === undefined) void read()
    })
    void read()
    return () => {
      isGone = true
      clearTimeout(timer)
      stop()
    }
  }, [path])
  return reading
}

import { useEffect, useState } from 'preact/hooks'
import { paths } from './paths.ts'
import { isRecorded, readText } from './recording.ts'

/** What a read of the API has given so far. A failed read keeps what was there and says why. */
export type Reading<data> = { data?: data; error?: string }

/** What the server says about itself; `now` is chain time, where it knows it. */
export type Standing = {
  says: string
  /** How a run of the demo ended, line by line. */
  closing?: readonly string[]
  now?: number
  chainId?: number
  network?: string
}

const listeners = new Set<() => void>()
const SOONEST_MS = 600
let last = { block: 0, rounds: 0 }
let isOpen = false

/** Blocks as the server tells them; one connection serves the whole page. */
function listen(listener: () => void): () => void {
  listeners.add(listener)
  if (!isOpen && !isRecorded()) {
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
        const body = JSON.parse(await readText(path)) as data
        if (isGone) return
        setReading({ data: body })
      } catch (error) {
        if (!isGone) setReading((before) => ({ ...before, error: (error as Error).message }))
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

/** Chain time in seconds, running on where the server does not know it better. */
export function useNow(): number {
  const { data } = useRead<Standing>(paths.standing)
  const [clock, setClock] = useState(() => Date.now() / 1000)
  const isFixed = data?.now !== undefined
  useEffect(() => {
    if (isFixed) return
    const timer = setInterval(() => setClock(Date.now() / 1000), 1000)
    return () => clearInterval(timer)
  }, [isFixed])
  return data?.now ?? clock
}

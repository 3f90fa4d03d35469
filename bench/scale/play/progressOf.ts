const TELL_EVERY_MS = 10_000
const MINUTE = 60_000

/** Tells how far some work is, and how long it will go on at this rate, whenever ten seconds have passed. */
export function progressOf({
  what,
  of,
  tell,
}: {
  what: string
  of: number
  tell: (line: string) => void
}): (done: number) => void {
  const began = performance.now()
  let toldAt = began
  return (done) => {
    const now = performance.now()
    if (now - toldAt < TELL_EVERY_MS) return

    toldAt = now
    const left = ((now - began) / done) * (of - done)
    tell(`${what}: ${done} of ${of}, ${(left / MINUTE).toFixed(1)} min left`)
  }
}

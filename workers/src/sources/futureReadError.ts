export class FutureReadError extends Error {
  constructor({ time, now }: { time: number; now: number }) {
    super(`A bar known at ${iso(time)} was read when it was only ${iso(now)}`)
    this.name = 'FutureReadError'
  }
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

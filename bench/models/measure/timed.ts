/** How many milliseconds a call takes, with what it promised. */
export async function timed(run: () => unknown): Promise<number> {
  const start = performance.now()
  await run()

  return performance.now() - start
}

import type { Losses } from './Losses.ts'

/** How much the network's loss grows when a worker is left out; zero for a lone worker. */
export function scoreWorkers(losses: Losses): number[] {
  if (losses.workers.length === 1) return [0]

  return losses.without
    .slice(0, losses.workers.length)
    .map((withoutWorker) => withoutWorker - losses.combined)
}

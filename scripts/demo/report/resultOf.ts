import type { Ledger } from '../books/ledgerOf.ts'
import type { Options } from '../command/readOptions.ts'
import type { Summary } from '../books/summarise.ts'

/** What `--json` prints. Losses are mean squared errors, token amounts decimal strings in base units. */
export function resultOf(run: { options: Options; summaries: readonly Summary[]; ledger: Ledger }) {
  const { options, summaries, ledger } = run
  const { minted, held, accounted } = ledger

  return {
    seed: options.seed,
    rounds: options.rounds,
    topics: summaries.map(({ topic, played, loss, coverage, workers }) => ({
      name: topic.question.name,
      rounds: played.length,
      loss: { aggregate: loss.aggregate, mean: loss.mean, median: loss.median },
      coverage: coverage ?? null,
      workers: workers.map((worker) => ({
        name: worker.name,
        kind: worker.kind,
        loss: worker.loss,
        stakeStart: String(worker.stake),
        stakeEnd: String(worker.stakeEnd),
        rewards: String(worker.rewards),
        slashed: String(worker.slashed),
        // From the pool, by the game and for taking part, and from the other workers: rewards less slashed.
        pool: String(worker.gains.pool + worker.gains.reward),
        peers: String(worker.gains.peers),
      })),
    })),
    tokens: { minted: String(minted), held: String(held), accounted: String(accounted) },
  }
}

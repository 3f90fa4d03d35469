import * as math from '../../sdk/src/maths/index.ts'
import { type Random, randomOf } from './random.ts'
import type { RoundCase } from './tape.ts'

const ONE = math.ONE
const VALUE_MAX = 2n ** 103n - 1n
const SUPPLY_MAX = 2n ** 96n - 1n

/** How a topic's world looks: what happens, what workers say of it, and what they wager. */
interface World {
  readonly truth: (random: Random, last: bigint) => bigint
  readonly prediction: (random: Random, truth: bigint, worker: number) => bigint
  readonly wager: (random: Random) => bigint
  readonly workers: number
}

const stake = (random: Random) => random.big(1000n) * ONE + 1n
const equal = () => ONE
const walk = (random: Random, last: bigint) => last + random.signed(ONE)
const near = (random: Random, truth: bigint, worker: number) =>
  truth + random.signed(ONE / 4n) + BigInt(worker - 3) * (ONE / 8n)

export const WORLDS = {
  calm: { truth: walk, prediction: near, wager: stake, workers: 5 },
  lonely: { truth: walk, prediction: near, wager: equal, workers: 1 },
  pairs: { truth: walk, prediction: near, wager: equal, workers: 2 },
  negative: {
    truth: (random: Random) => -100n * ONE + random.signed(3n * ONE),
    prediction: near,
    wager: stake,
    workers: 4,
  },
  ties: {
    truth: (random: Random) => BigInt(random.below(5) - 2) * ONE,
    prediction: (random: Random) => BigInt(random.below(4) - 2) * ONE,
    wager: (random: Random) => BigInt(1 + random.below(3)) * ONE,
    workers: 5,
  },
  outliers: {
    truth: walk,
    prediction: (random: Random, truth: bigint, worker: number) =>
      random.chance(0.2) ? random.signed(10n ** 27n) : near(random, truth, worker),
    wager: stake,
    workers: 6,
  },
  wei: {
    truth: (random: Random, last: bigint) => last + random.signed(3n),
    prediction: (random: Random, truth: bigint) => truth + random.signed(3n),
    wager: (random: Random) => random.big(3n),
    workers: 6,
  },
  perfect: {
    truth: (random: Random, last: bigint) => (random.chance(0.9) ? last : random.signed(ONE)),
    prediction: (_: Random, truth: bigint) => truth,
    wager: equal,
    workers: 4,
  },
  extreme: {
    truth: extremeValue,
    prediction: extremeValue,
    wager: (random: Random) =>
      random.pick([0n, 1n, random.big(SUPPLY_MAX / 8n), SUPPLY_MAX / 8n - 1n]),
    workers: 8,
  },
  crowd: { truth: walk, prediction: near, wager: stake, workers: 256 },
} satisfies Record<string, World>

export type WorldName = keyof typeof WORLDS

function extremeValue(random: Random): bigint {
  return random.pick([VALUE_MAX, -VALUE_MAX - 1n, 0n, 1n, -1n, random.signed(VALUE_MAX)])
}

/**
 * The rounds of one topic as the network would see them: workers come and go, truths come late and out of order, and
 * what each round starts from is what the rounds settled before it have left.
 */
export function generateTopic({
  name,
  rounds,
  seed,
}: {
  name: WorldName
  rounds: number
  seed: number
}): RoundCase[] {
  const random = randomOf(seed)
  const world: World = WORLDS[name]
  const latest = random.pick([0, 0, 1, 4])
  const cases: RoundCase[] = []
  let state = math.createTopicState({ intervalBps: random.pick([8000n, 9000n, 9500n]) })
  let pending: Pending[] = []
  let truth = 5n * ONE

  const settleOne = () => {
    const chosen = random.pick(pending)
    pending = pending.filter((each) => each !== chosen)
    cases.push(caseOf(random, state, chosen))
    state = math.settle(state, chosen.round, chosen.truth)
  }
  for (let number = 0; number < rounds; number++) {
    truth = world.truth(random, truth)
    const round = math.publish(state, predictionsOf(random, world, truth))
    pending.push({ published: state.learning, round, truth })
    while (pending.length > latest) settleOne()
  }
  while (pending.length > 0) settleOne()

  return cases
}

const min = (a: bigint, b: bigint) => (a < b ? a : b)

interface Pending {
  readonly published: math.Learning
  readonly round: math.PublishedRound
  readonly truth: bigint
}

function predictionsOf(random: Random, world: World, truth: bigint): math.WorkerPrediction[] {
  const present = Array.from({ length: world.workers }, (_, worker) => worker).filter(
    (worker) => worker === 0 || random.chance(0.8),
  )

  return present.map((worker) => ({
    worker: String(worker),
    value: world.prediction(random, truth, worker),
    wager: worker === 0 ? world.wager(random) + 1n : world.wager(random),
  }))
}

function caseOf(
  random: Random,
  state: math.TopicState,
  { published, round, truth }: Pending,
): RoundCase {
  const low = random.pick([
    0n,
    min(truth, VALUE_MAX - 2n),
    random.signed(2n ** 102n),
    -VALUE_MAX - 1n,
  ])
  const room = VALUE_MAX - low

  return {
    submissions: round.submissions,
    experts: round.predictions.map(
      ({ worker }) => state.workers.get(worker) ?? { regret: 0n, energy: 0n },
    ),
    hints: math.hintsOf(round.submissions),
    published,
    resolved: state.learning,
    truth,
    intervalBps: state.intervalBps,
    domain: {
      kind: random.pick(['adaptive', 'relative', 'fixed'] as const),
      scaleBps: BigInt(1 + random.below(65_535)),
      center: random.pick([truth, truth + random.signed(ONE), 0n, extremeValue(random)]),
      sigma: random.pick([1n, 9n, ONE, 1n + random.big(2n ** 103n), 2n ** 103n]),
      least: low,
      most: random.pick([low + 1n, low + 1n + random.big(room), VALUE_MAX]),
    },
    pool: random.pick([0n, random.big(2n ** 70n), SUPPLY_MAX]),
    rateBps: BigInt(random.below(10_001)),
    capBps: BigInt(random.below(10_001)),
  }
}

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
  /** what a worker may risk, at whatever confidence it speaks */
  readonly budget: (random: Random) => bigint
  readonly workers: number
}

const stake = (random: Random) => random.big(1000n) * ONE + 1n
const equal = () => ONE
const walk = (random: Random, last: bigint) => last + random.signed(ONE)
const near = (random: Random, truth: bigint, worker: number) =>
  truth + random.signed(ONE / 4n) + BigInt(worker - 3) * (ONE / 8n)

export const WORLDS = {
  calm: { truth: walk, prediction: near, budget: stake, workers: 5 },
  lonely: { truth: walk, prediction: near, budget: equal, workers: 1 },
  pairs: { truth: walk, prediction: near, budget: equal, workers: 2 },
  negative: {
    truth: (random: Random) => -100n * ONE + random.signed(3n * ONE),
    prediction: near,
    budget: stake,
    workers: 4,
  },
  ties: {
    truth: (random: Random) => BigInt(random.below(5) - 2) * ONE,
    prediction: (random: Random) => BigInt(random.below(4) - 2) * ONE,
    budget: (random: Random) => BigInt(1 + random.below(3)) * ONE,
    workers: 5,
  },
  outliers: {
    truth: walk,
    prediction: (random: Random, truth: bigint, worker: number) =>
      random.chance(0.2) ? random.signed(10n ** 27n) : near(random, truth, worker),
    budget: stake,
    workers: 6,
  },
  wei: {
    truth: (random: Random, last: bigint) => last + random.signed(3n),
    prediction: (random: Random, truth: bigint) => truth + random.signed(3n),
    budget: (random: Random) => random.big(3n),
    workers: 6,
  },
  perfect: {
    truth: (random: Random, last: bigint) => (random.chance(0.9) ? last : random.signed(ONE)),
    prediction: (_: Random, truth: bigint) => truth,
    budget: equal,
    workers: 4,
  },
  extreme: {
    truth: extremeValue,
    prediction: extremeValue,
    budget: (random: Random) =>
      random.pick([0n, 1n, random.big(SUPPLY_MAX / 8n), SUPPLY_MAX / 8n - 1n]),
    workers: 8,
  },
  crowd: { truth: walk, prediction: near, budget: stake, workers: 256 },
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
    const predictions = predictionsOf(random, world, truth)
    const frame = frameOf(random, truth)
    const season = math.seasonOf(state, predictions)
    const { state: published, round } = math.publish(state, predictions, frame)
    state = published
    pending.push({ published: state.learning, season, frame, round, truth })
    while (pending.length > latest) settleOne()
  }
  while (pending.length > 0) settleOne()

  return cases
}

const min = (a: bigint, b: bigint) => (a < b ? a : b)
const max = (a: bigint, b: bigint) => (a > b ? a : b)

interface Pending {
  readonly published: math.Learning
  readonly season: RoundCase['season']
  readonly frame: { bounds: math.Range; domain: math.Range }
  readonly round: math.PublishedRound
  readonly truth: bigint
}

function predictionsOf(random: Random, world: World, truth: bigint): math.WorkerPrediction[] {
  const present = Array.from({ length: world.workers }, (_, worker) => worker).filter(
    (worker) => worker === 0 || random.chance(0.8),
  )

  return present.map((worker) => {
    // One stakes so much that it always wagers something, and now and then more than all others together.
    const times = worker === 0 && random.chance(0.1) ? 50n : 1n
    const drawn = world.budget(random)
    const budget = worker === 0 ? min(times * drawn + 10_000n, SUPPLY_MAX / 8n) : drawn
    const confidence = random.pick([10_000n, 10_000n, 5_000n, 1n + random.big(10_000n)])
    const wager = (budget * confidence) / 10_000n
    return {
      worker: String(worker),
      value: world.prediction(random, truth, worker),
      wager,
      confidence,
      budget: math.budgetBehind(wager, confidence),
    }
  })
}

/** A range and a domain in it, wide or so narrow that they bind. */
function frameOf(random: Random, truth: bigint): Pending['frame'] {
  const wide = random.chance(0.5)
  const reach = random.pick([0n, ONE, 10n * ONE])
  const bounds = wide
    ? math.ALL_VALUES
    : { low: max(truth - 20n * ONE, -VALUE_MAX), high: min(truth + 20n * ONE, VALUE_MAX) }

  return {
    bounds,
    domain: {
      low: math.clamp(truth - reach, bounds.low, bounds.high),
      high: math.clamp(truth + reach + 1n, bounds.low, bounds.high),
    },
  }
}

function caseOf(
  random: Random,
  state: math.TopicState,
  { published, season, frame, round, truth }: Pending,
): RoundCase {
  const low = random.pick([
    0n,
    min(truth, VALUE_MAX - 2n),
    random.signed(2n ** 102n),
    -VALUE_MAX - 1n,
  ])
  const room = VALUE_MAX - low
  const { submissions, predictions } = round
  const range = math.rangeOf(frame.bounds, frame.domain, predictions.length, published)
  const bps = () => BigInt(random.below(10_001))

  return {
    submissions,
    confidences: predictions.map(({ confidence = 10_000n }) => confidence),
    experts: predictions.map(({ worker }) => math.recordIn(state.era, state.workers.get(worker))),
    hints: math.hintsOf(submissions, range),
    published,
    bounds: frame.bounds,
    frozen: frame.domain,
    season,
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
    referenceRateBps: random.pick([1n, 300n, 10_000n, 1n + random.big(10_000n)]),
    pool: {
      terms: {
        pool: random.pick([0n, random.big(2n ** 70n), SUPPLY_MAX]),
        rateBps: bps(),
        shareBps: bps(),
        capBps: bps(),
      },
      tipBps: BigInt(random.below(101)),
      isFresh: random.chance(0.8),
      security: random.pick([0n, random.big(2n ** 70n), 2n ** 256n - 1n]),
      inFlight: 1n + random.big(255n),
    },
  }
}

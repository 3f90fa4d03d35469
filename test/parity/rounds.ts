import { expect } from 'chai'
import { clamp, rangeOf, restarts, verifiedMedian, WARMUP } from '../../sdk/src/maths/index.ts'
import { generateTopic, type WorldName } from './generateTopic.ts'
import { playOnChain } from './playOnChain.ts'
import { inputTape, outputTape, potOf, type RoundCase } from './tape.ts'

const TOPICS: readonly { name: WorldName; topics: number; rounds: number }[] = [
  { name: 'calm', topics: 20, rounds: 50 },
  { name: 'lonely', topics: 50, rounds: 50 },
  { name: 'pairs', topics: 40, rounds: 50 },
  { name: 'negative', topics: 20, rounds: 50 },
  { name: 'ties', topics: 30, rounds: 50 },
  { name: 'outliers', topics: 20, rounds: 50 },
  { name: 'wei', topics: 20, rounds: 50 },
  { name: 'perfect', topics: 10, rounds: 50 },
  { name: 'extreme', topics: 20, rounds: 50 },
  { name: 'crowd', topics: 1, rounds: 12 },
]

describe('generated rounds, in Solidity and in TypeScript', () => {
  let played = 0
  const seen = {
    ties: 0,
    late: 0,
    newcomers: 0,
    intervals: 0,
    lone: 0,
    full: 0,
    restarts: 0,
    clamped: 0,
    unsure: 0,
    limited: 0,
    stale: 0,
  }

  for (const { name, topics, rounds } of TOPICS) {
    it(`are equal to the last bit: ${topics} ${name} topics`, async () => {
      for (let topic = 0; topic < topics; topic++) {
        const cases = generateTopic({ name, rounds, seed: 1000 * topic + name.length })
        expectEqual(cases, await playOnChain(cases.flatMap(inputTape)))
        cases.forEach(look)
        played += cases.length
      }
    })
  }

  it('number at least 10,000, ties, late truths, lone workers, full houses and restarts among them', () => {
    expect(played).to.be.at.least(10_000)
    for (const [what, times] of Object.entries(seen)) expect(times, what).to.be.above(0)
  })

  function look(round: RoundCase) {
    const { values, wagers } = round.submissions
    const { settled, seasoned, budgets, usual } = round.season
    const range = rangeOf(round.bounds, round.frozen, values.length, round.published)
    const kept = values.map((value) => clamp(value, range.low, range.high))
    const { median } = verifiedMedian(kept, wagers, round.hints.anchor)
    const { exposed, wagers: total } = potOf(round)
    if (median !== round.hints.anchor) seen.ties++
    if (round.published !== round.resolved) seen.late++
    if (round.experts.some(({ energy }) => energy === 0n)) seen.newcomers++
    if (round.published.rounds >= WARMUP) seen.intervals++
    if (values.length === 1) seen.lone++
    if (values.length > 200) seen.full++
    if (restarts(settled, seasoned, budgets, usual)) seen.restarts++
    if (values.some((value, i) => value !== kept[i])) seen.clamped++
    if (round.confidences.some((confidence) => confidence < 10_000n)) seen.unsure++
    if (exposed < total) seen.limited++
    if (!round.pool.isFresh) seen.stale++
  }
})

function expectEqual(cases: readonly RoundCase[], solidity: readonly bigint[]) {
  let at = 0
  cases.forEach((round, number) => {
    for (const [word, twin] of outputTape(round).entries()) {
      if (solidity[at] !== twin) expect.fail(differing(number, word, solidity[at], twin))
      at++
    }
  })
  expect(solidity.length).to.equal(at)
}

function differing(round: number, word: number, solidity: bigint | undefined, twin: bigint) {
  return `round ${round}, word ${word}: ${solidity} in Solidity, ${twin} in TypeScript`
}

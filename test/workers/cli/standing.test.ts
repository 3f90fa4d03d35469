/* The dashboard of a topic, from what a chain says of it. */
import { expect } from 'chai'
import { standing, standingLines } from '../../../cli/src/topic/standingOf.ts'
import type { InFlight } from '../../../cli/src/topic/standingOf.ts'
import type { Forecast, Topic } from '../../../sdk/src/index.ts'
import { phaseAt, roundAt } from '../../../sdk/src/maths/index.ts'
import { runHere } from '../../helpers/commandLine.ts'

const ONE = 10n ** 18n
const START = 1_700_000_000n
const state = {
  start: START,
  cadence: 3600n,
  commitWindow: 600n,
  revealWindow: 300n,
  horizon: 4500n,
  truthWindow: 3800n,
  ringSize: 4n,
  pool: 500n * ONE,
  poolRateBps: 100n,
  missed: 1n,
} as Topic
const forecast = {
  status: 'live',
  value: -20n * ONE,
  interval: { lower: -21n * ONE, upper: -19n * ONE },
  round: 39n,
} as Forecast
const token = { words: (units: bigint) => `${units / ONE} TEST` }

function at(time: bigint, rounds: InFlight[] = [], more: Partial<Topic> = {}) {
  const topic = { ...state, ...more }
  const round = roundAt(topic, time)
  const turn = { round, phase: phaseAt(topic, round, time), time }
  return standing({ state: topic, turn, forecast, rounds })
}
const opened = (round: bigint) => START + round * 3600n

describe('the dashboard of a topic', () => {
  it('shows value, width, live share and round with their units', () => {
    const now = at(opened(40n) + 540n)
    expect(now).to.include({ liveShare: 39 / 40, width: 2n * ONE, round: 40n, phase: 'commit' })
    expect(standingLines(now, token).slice(0, 4)).to.deep.equal([
      'feed       live at -20, 97.5 % of its rounds reached it',
      'interval   2 wide, 10 % of the value',
      'round      40, phase commit',
      'due        round 40 takes commits until 2023-11-16T14:23:20Z, in 1m',
    ])
  })

  it('names what each round waits for, and until when', () => {
    const rounds: InFlight[] = [
      { round: 37n, status: 'published' },
      { round: 38n, status: 'published' },
      { round: 39n, status: 'resolved' },
      { round: 40n, status: 'open' },
    ]
    expect(at(opened(40n) + 1000n, rounds).due).to.deep.equal([
      'round 41 opens at 2023-11-16T15:13:20Z, in 43m 20s',
      'round 37 has missed its truth: it is void',
      'round 38 needs its truth until 2023-11-16T14:31:40Z, in 1m 40s',
      'round 39 is to be settled',
      'round 40 is to be published',
    ])
    const quiet = rounds.map(({ round }) => ({ round, status: 'settled' as const }))
    expect(at(opened(40n) + 1000n, quiet).due).to.have.length(1)
  })

  it('says when the pool can have run out, as its terms bound it', () => {
    // 0.99^n falls below a hundredth with n = 459 rounds of an hour.
    const now = at(opened(40n))
    expect(now.runOut).to.equal(opened(40n) + 459n * 3600n)
    expect(standingLines(now, token).at(-1)).to.match(/^pool +500 TEST, a hundredth .* 2023-12-05/)
    expect(at(opened(40n), [], { pool: 0n }).runOut).to.equal(undefined)
    expect(standingLines(at(opened(40n), [], { pool: 0n }), token).at(-1)).to.match(/0 TEST, empty/)
    expect(at(opened(40n), [], { poolRateBps: 0n }).runOut).to.equal(undefined)
  })

  it('claims nothing before the first forecast', () => {
    const none = { ...forecast, status: 'void', value: 0n, interval: null, round: 0n } as Forecast
    const turn = { round: 0n, phase: 'pending' as const, time: START - 90n }
    const now = standing({ state, turn, forecast: none, rounds: [] })
    expect(standingLines(now, token).slice(0, 4)).to.deep.equal([
      'feed       void',
      'interval   none yet',
      'round      0, phase pending',
      'due        round 0 opens at 2023-11-14T22:13:20Z, in 1m 30s',
    ])
  })

  it('refuses a pause that is none, in a sentence', async () => {
    for (const command of [
      ['topic', 'list'],
      ['topic', 'show', `0x${'11'.repeat(32)}`],
      ['status'],
    ]) {
      for (const pause of ['soon', '0', '-1', '1e9', '0x5', '5s', ' ']) {
        const { code, err } = await runHere([...command, `--watch=${pause}`, '--json'])
        expect(code, pause).to.equal(2)
        expect(JSON.parse(err).error.message, pause).to.match(
          /Seconds between two looks are needed/,
        )
      }
    }
  })
})

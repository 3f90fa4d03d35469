/* A topic played on its past before it is opened: the same maths as on chain, and nobody who knows what is not public. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { runCommandLine } from '../../../cli/src/runCommandLine.ts'
import { play } from '../../../cli/src/topic/simulation/play.ts'
import type { Setting } from '../../../cli/src/topic/simulation/play.ts'
import { pastOfFile, pastOfSample, roundsOf } from '../../../cli/src/topic/simulation/pastOf.ts'
import { simulate } from '../../../cli/src/topic/simulation/resultOf.ts'
import { draftTopic } from '../../../cli/src/topic/draftTopic.ts'
import { defaultsFor, questionKinds } from '../../../sdk/src/index.ts'
import type { TopicParams } from '../../../sdk/src/index.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'

const ONE = 10n ** 18n
const truth = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const terms: TopicParams = {
  description: 'A price',
  truth,
  decimals: 8n,
  seats: 64n,
  ringSize: 4n,
  riskBps: 400n,
  start: 0n,
  cadence: 3600n,
  commitWindow: 360n,
  revealWindow: 360n,
  lead: 60n,
  horizon: 4320n,
  truthWindow: 3600n,
  activationDelay: 600n,
  unstakeDelay: 86_400n,
  minWorkers: 3n,
  minWager: ONE,
  minStake: 50n * ONE,
  ...defaultsFor('price', 4n),
  min: 0n,
  max: 30_000n * ONE,
  center: 3000n * ONE,
  sigma: 25n * ONE,
}

describe('a simulated topic', () => {
  let base: Setting
  before(async () => {
    const { rounds } = await pastOfSample({ kind: 'price', terms, rounds: 150 })
    const crowd = { honest: 4, lazy: 1, copying: 1, colluding: 1 }
    const money = { stake: 50n * ONE, pool: 1000n * ONE }
    base = { terms, rounds, crowd, skill: 0.1, absence: 0.05, ...money, seed: 1 }
  })
  const gainOf = (setting: Setting, role: string) =>
    simulate(setting).earned.find((each) => each.role === role)!.perDay

  it('is the same for the same seed, and another for another', () => {
    expect(play(base)).to.deep.equal(play(base))
    expect(play({ ...base, seed: 2 }).outcomes).not.to.deep.equal(play(base).outcomes)
  })

  it('loses no money: stakes, pool and tips are what was paid in', () => {
    const paid = { ...base, terms: { ...terms, tipBps: 0n } }
    const { outcomes, rounds } = play(paid)
    const held = outcomes.reduce((sum, { stake }) => sum + stake, rounds.at(-1)!.pool)
    expect(held).to.equal(base.pool + 7n * base.stake)
    const tipped = play(base)
    const left = tipped.outcomes.reduce((sum, { stake }) => sum + stake, tipped.rounds.at(-1)!.pool)
    expect(left < held).to.equal(true)
  })

  it('is as good as its honest workers, and pays them', () => {
    const all = { ...base, absence: 0, crowd: { honest: 6, lazy: 0, copying: 0, colluding: 0 } }
    const ratio = (skill: number) => {
      const { feed, naive } = simulate({ ...all, skill }).accuracy
      return feed / naive
    }
    expect(ratio(0)).to.be.within(0.97, 1.03)
    expect(ratio(0.4)).to.be.below(0.85)
    expect(ratio(1)).to.be.below(0.2)
    expect(gainOf({ ...base, skill: 0.3 }, 'honest')).to.be.above(0)
    expect(gainOf({ ...base, skill: 0.3 }, 'colluding')).to.be.below(0)
  })

  it('shows by how much colluders move the feed: more of them, further up', () => {
    const movedBy = (colluding: number) =>
      simulate({ ...base, crowd: { ...base.crowd, colluding } }).moved?.by
    expect(movedBy(0)).to.equal(undefined)
    expect(movedBy(1)).to.be.above(0)
    expect(movedBy(6)).to.be.above(2 * movedBy(1)!)
  })

  it('lets nobody copy what is sealed, and everybody what is not', () => {
    const skilled = { ...base, skill: 0.5, absence: 0 }
    const errorOf = (setting: Setting, role: string) =>
      simulate(setting).earned.find((each) => each.role === role)!.error
    const open = { ...skilled, terms: { ...terms, commitWindow: 0n } }
    expect(errorOf(skilled, 'copying')).to.be.above(errorOf(skilled, 'lazy') * 0.95)
    expect(errorOf(open, 'copying')).to.be.below(errorOf(open, 'lazy') * 0.85)
  })

  it('voids a round without workers, without money or without a truth, and moves nothing by it', () => {
    const deserted = simulate({ ...base, absence: 1 })
    expect(deserted.voids).to.include({ rounds: 150, share: 1, workers: 150 })
    expect(deserted.pool.end).to.equal(base.pool)
    const poor = simulate({ ...base, terms: { ...terms, minWager: 100n * ONE } })
    expect(poor.voids).to.include({ rounds: 150, wagers: 150 })
    const untold = base.rounds.map((round, i) =>
      i === 70 ? { ...round, truth: undefined } : round,
    )
    const gap = simulate({ ...base, rounds: untold })
    expect(gap.voids.truth).to.equal(1)
    expect(gap.played[70]!.void).to.equal('truth')
  })

  it('knows of the past only what was public when commits closed', () => {
    const values = Array.from({ length: 12 }, (_, i) => BigInt(i + 1))
    // Cadence 1 h, commits until 6 min, target after 72 min: the target two rounds ago is 48 min old, that of the last is to come.
    expect(roundsOf(values, terms).map(({ known }) => known)).to.deep.equal([
      undefined,
      undefined,
      ...values.slice(0, 10),
    ])
    const near = { ...terms, horizon: 3900n, commitWindow: 300n }
    expect(roundsOf(values, near)[1]!.known).to.equal(1n)
    const changed = base.rounds.map((round, i) => ({
      ...round,
      truth: i >= 100 ? 1n : round.truth,
      known: i >= 102 ? 1n : round.known,
    }))
    const [before, after] = [base.rounds, changed].map((rounds) => {
      return play({ ...base, rounds }).rounds.slice(0, 99)
    })
    expect(after).to.deep.equal(before)
  })

  it('tells when a pool runs out, and that one does not which does not shrink', () => {
    // A reference that trails a steady climb: whoever repeats the newest value is paid by the pool.
    const climb = Array.from({ length: 400 }, (_, i) => (1000n + 4n * BigInt(i)) * ONE)
    const trailing = {
      ...terms,
      referenceRateBps: 300n,
      poolRateBps: 800n,
      poolShareBps: 10_000n,
      sigma: 100n * ONE,
    }
    const crowd = { honest: 0, lazy: 8, copying: 0, colluding: 0 }
    const rigged = { ...base, terms: trailing, rounds: roundsOf(climb, trailing), crowd }
    const { pool } = simulate({ ...rigged, pool: 5n * ONE, stake: 1000n * ONE })
    expect(pool.end < 5n * ONE).to.equal(true)
    expect(pool.dryOn).to.be.within(0.1, 16.7)
    const { pool: slow } = simulate({ ...rigged, pool: 1000n * ONE })
    expect(slow.dryOn).to.equal(undefined)
    expect(slow.dryBy).to.be.above(400 / 24)
    const none = { honest: 0, lazy: 0, copying: 0, colluding: 5 }
    expect(simulate({ ...base, crowd: none }).pool.dryBy).to.equal(undefined)
  })

  for (const kind of questionKinds) {
    it(`of kind ${kind} plays on the sample within its own range`, async () => {
      const own = { ...terms, ...defaultsFor(kind, 4n) }
      const usual = kind === 'probability' ? { center: (3n * ONE) / 10n } : {}
      const of = { ...terms, ...own, ...usual }
      const { rounds } = await pastOfSample({ kind, terms: of, rounds: 60 })
      const { accuracy, voids } = simulate({ ...base, terms: of, rounds })
      expect(rounds).to.have.length(60)
      expect(voids.share).to.be.below(0.1)
      expect(accuracy.feed).to.be.below(1.25 * accuracy.naive)
      expect(new Set(rounds.map(({ truth }) => truth)).size).to.be.above(1)
    })
  }
})

describe('the past in a file', () => {
  const folder = freshFolder('history')
  const file = join(folder, 'history.csv')
  const minutes = (rows: number, every: number, from = Date.UTC(2026, 0, 5)) =>
    Array.from({ length: rows }, (_, i) => {
      return `${new Date(from + i * every * 60_000).toISOString()},${100 + i}`
    })
  const read = (lines: readonly string[]) => {
    writeFileSync(file, `${lines.join('\n')}\n`)
    return pastOfFile(file, { terms, rounds: 500 })
  }

  it('gives each round the newest row at its target, where rows are dense', () => {
    const { rounds } = read(['date,value', ...minutes(600, 6)])
    // Row i is i times six minutes after the first: known after 6 min, true after 72.
    expect(rounds[0]).to.deep.equal({ known: 101n * ONE, truth: 112n * ONE })
    expect(rounds[1]).to.deep.equal({ known: 111n * ONE, truth: 122n * ONE })
    expect(rounds).to.have.length(59)
  })

  it('takes each row for one round, where rows are rarer than rounds, and says so', () => {
    const { rounds, source } = read(['date,close', ...minutes(20, 1440)])
    expect(rounds.map(({ truth }) => truth)).to.deep.equal(
      Array.from({ length: 20 }, (_, i) => BigInt(100 + i) * ONE),
    )
    expect(rounds[2]!.known).to.equal(100n * ONE)
    expect(source).to.match(/a row every 1d and a round every 1h/)
  })

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no value', ['date,price', ...minutes(20, 60)], /history\.csv:1: no column value, nor close/],
    [
      'a word',
      ['date,value', ...minutes(12, 60), '2027-01-01,lots'],
      /history\.csv:14: value "lots"/,
    ],
    ['a bad day', ['date,value', '05/01/2026,3', ...minutes(12, 60)], /history\.csv:2: date /],
    [
      'rows out of order',
      ['date,value', ...minutes(12, 60).reverse()],
      /history\.csv:3: date .* is not after the row before/,
    ],
    ['few rows', ['date,value', ...minutes(3, 60)], /3 rows, and at least 10 are needed/],
    ['little time', ['date,value', ...minutes(20, 6)], /holds 1 rounds of this rhythm/],
  ]
  for (const [what, lines, words] of wrong) {
    it(`is refused with its line: ${what}`, () => {
      expect(() => read(lines)).to.throw(words)
    })
  }
})

describe('auspex topic simulate', () => {
  const folder = freshFolder('simulate')
  const file = join(folder, 'topic.yaml')
  const none = ['--config', join(folder, 'none.yaml')]
  before(() => {
    const { center, sigma, min, max } = terms
    const answers = {
      description: 'ETH <in> an hour',
      truth,
      cadence: 3600n,
      minStake: '50',
    } as const
    writeFileSync(file, draftTopic({ kind: 'price', ...answers, center, sigma, min, max }))
  })

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const { log, error } = console
    const [out, err]: [string[], string[]] = [[], []]
    console.log = (line: string) => void out.push(line)
    console.error = (line: string) => void err.push(line)
    try {
      const argv = ['node', 'auspex', 'topic', 'simulate', ...args]
      return { code: await runCommandLine({ argv }), out: out.join('\n'), err: err.join('\n') }
    } finally {
      Object.assign(console, { log, error })
    }
  }

  it('prints who earns, and writes a page that needs nothing else; no chain, no key', async () => {
    const report = join(folder, 'report.html')
    const short = ['--sample', '--rounds', '60', '--report', report]
    const { code, out, err } = await run(file, ...short, ...none)
    expect(code, err).to.equal(0)
    expect(out).to.match(/^past +the sample, 60 closes of the S&P 500/m)
    expect(out).to.match(/^rounds +60 over 2\.5 days, 0 % of them void$/m)
    expect(out).to.match(/^coverage +[\d.]+ % of the truths .* promises 90 %$/m)
    expect(out).to.match(/^pool +from 1000 tokens to /m)
    expect(out).to.match(/^honest +5 +[\d.]+ +250 tokens +[\d.]+ tokens +[+-][\d.]+ %$/m)
    expect(out).to.match(/\nNext: auspex topic check /)
    const page = readFileSync(report, 'utf8')
    expect(page.match(/<svg /g)).to.have.length(3)
    expect(page).to.include('ETH &lt;in&gt; an hour')
    expect(page).not.to.match(/<script|<link|src=|href=|url\(/)
  })

  it('gives machines the same numbers, by history and seed alone', async () => {
    const history = join(folder, 'own.csv')
    const rows = Array.from({ length: 90 }, (_, i) => {
      return `${new Date(Date.UTC(2026, 0, 5, i)).toISOString()},${3000 + 10 * Math.sin(i * i)}`
    })
    writeFileSync(history, ['date,value', ...rows].join('\n'))
    const asked = [file, '--history', history, '--seed', '7', '--json', ...none]
    const [first, second] = [await run(...asked), await run(...asked)]
    expect(first.code, first.err).to.equal(0)
    expect(second.out).to.equal(first.out)
    const result = JSON.parse(first.out)
    expect(result).to.include({ schema: 1, seed: 7, rounds: 88, promised: 0.9 })
    expect(result.earned.map(({ role }: { role: string }) => role)).to.deep.equal([
      'honest',
      'lazy',
      'copying',
      'colluding',
    ])
  })

  const refusals: readonly (readonly [readonly string[], RegExp])[] = [
    [['--sample', '--history', 'x.csv'], /Only one past can be played/],
    [['--sample', '--honest', '70'], /76 workers are to take part, and the topic has 64 seats/],
    [['--sample', '--stake', '10'], /stakes 50 tokens at least/],
    [['--sample', '--skill', '110%'], /A share is needed/],
    [['--history', 'none.csv'], /no file to read at none\.csv/],
    [[], /no file to read at .*none\.yaml/],
  ]
  for (const [args, words] of refusals) {
    it(`refuses ${args.join(' ') || 'a past without a chain'} with 2 and a sentence`, async () => {
      const { code, out, err } = await run(file, ...args, ...none)
      expect([code, out]).to.deep.equal([2, ''])
      if (!args.includes('--skill')) expect(err).to.match(words)
      expect(existsSync(join(folder, 'none.yaml'))).to.equal(false)
    })
  }

  it('refuses terms that no network takes, with line and fix', async () => {
    const risky = join(folder, 'risky.yaml')
    writeFileSync(risky, readFileSync(file, 'utf8').replace('risk: 4%', 'risk: 10%'))
    const { code, err } = await run(risky, '--sample', ...none)
    expect(code).to.equal(2)
    expect(err).to.match(
      /risky\.yaml:\d+:1: risk is wrong: must be at most 0\.04 .*Write `risk: 0\.04`/,
    )
  })
})

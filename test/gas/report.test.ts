import { expect } from 'chai'
import type { Figures } from '../../bench/gas/measure/measureAll.ts'
import type { RoundCost } from '../../bench/gas/measure/RoundCost.ts'
import { goalOf } from '../../bench/gas/report/goalOf.ts'
import { ownUpdates } from '../../bench/gas/report/ownUpdates.ts'
import { readRecorded } from '../../bench/gas/report/Recorded.ts'
import { peerTable, readTable } from '../../bench/gas/report/tables.ts'
import { toJson } from '../../bench/gas/report/toJson.ts'
import { toText } from '../../bench/gas/report/toText.ts'
import { at } from '../../bench/lib/checks.ts'

const recorded = await readRecorded(new URL('../../bench/gas/recorded.json', import.meta.url))

/** A round whose every phase costs so much. */
const round = (gas: number): RoundCost => ({
  commit: { gas, calldata: 1 },
  reveal: { gas, calldata: 2 },
  publish: { gas, calldata: 3 },
  settle: { gas, calldata: 4 },
})
const rounds = (gas: number) =>
  new Map([31, 40, 100].map((workers) => [workers, round(gas)] as const))
/** At 31 workers 16,161 gas each for an update as usual, with its base, 14,710 in a row, and 17,419 apart. */
const figures: Figures = {
  hardfork: 'osaka',
  rounds: {
    usual: { batched: rounds(160_000), signedOnly: rounds(100_000) },
    row: { batched: rounds(145_000), signedOnly: rounds(170_000) },
    apart: { batched: rounds(180_000), direct: new Map(), signedOnly: rounds(160_000) },
    fours: rounds(120_000),
  },
  reads: {
    feed: { cold: 5_913, warm: 1_413 },
    aggregatorV3: { cold: 18_013, warm: 6_513 },
    guarded: { cold: 21_700, warm: 10_200 },
  },
  verbs: {} as Figures['verbs'],
  peers: {
    updates: [
      {
        ...{ name: 'API3 beacon', contributors: 1, signatures: 1, gas: 37_221, calldata: 356 },
        ...{ values: true, source: 'npm' },
      },
    ],
    reads: [{ name: 'API3 reader, read', cold: 22_182, warm: 4_182, source: 'npm' }],
  },
}

describe('the tables of peers', () => {
  const linesWith = (table: string, name: string) =>
    table.split('\n').filter((line) => line.startsWith(name))

  it('say what was measured in the same run, and what is recorded', () => {
    const table = peerTable({ figures, recorded })
    expect(linesWith(table, 'API3')).to.have.length(1)
    expect(at(linesWith(table, 'API3 beacon'), 0)).to.match(/37,221 .* 356 .* measured$/)
    expect(at(linesWith(table, 'Chainlink OCR2Aggregator'), 0)).to.match(/ recorded$/)
    expect(at(linesWith(table, 'ours, sealed'), 0)).to.match(/501,000 +16,161 .* measured$/)
  })

  it('say so of reads as well', () => {
    const table = readTable({ figures, recorded })
    expect(at(linesWith(table, 'API3 reader, read'), 0)).to.match(/22,182 +4,182 +measured$/)
    expect(at(linesWith(table, 'Pyth'), 0)).to.match(/10,910 +- +recorded$/)
  })

  it('hold nobody as recorded who is measured', () => {
    const names = [...recorded.systems, ...recorded.reads].map(({ name }) => name)
    expect(names.filter((name) => name.startsWith('API3'))).to.deep.equal([])
  })

  it('count to an update of ours what comes before the feed changes', () => {
    const [sealed] = ownUpdates(figures)
    expect(sealed).to.include({ contributors: 31, signatures: 31, gas: 501_000, calldata: 6 })
  })
})

describe('the whole report', () => {
  const fours = new Map([
    [40, round(200_000)],
    [100, round(455_000)],
  ])
  const withFours = { ...figures, rounds: { ...figures.rounds, fours } }
  const older: Figures = { ...figures, hardfork: 'prague' }
  const report = {
    ...{ figures: [figures, older] as const, bytecode: {}, budgets: [], recorded },
    goal: goalOf({ figures, recorded }),
  }

  it('says whose rounds the budgets are of, and why some peers are not measured', () => {
    const text = toText(report)
    expect(text).to.include('On prague every figure is the same as on osaka.')
    expect(text).to.include('Budgets on osaka; of gas, with rounds as usual')
    for (const name of ['Chainlink', 'RedStone']) {
      expect(text).to.include(`${name} is not measured here: `)
    }
  })

  it('prints what a worker and round costs where four are settled together', () => {
    const text = toText({ ...report, figures: [withFours] })
    expect(text).to.include('Four rounds settled together, a worker more and round: 17,000 sealed')
    expect(toJson({ ...report, figures: [withFours] }).fours).to.include({ perWorker: 17_000 })
  })

  it('tells rounds as usual first, and the other rhythms beside', () => {
    const { rhythm, workers, signedOnly, row, apart } = toJson(report)
    expect(rhythm).to.equal('usual')
    expect(workers['31']).to.include({ commit: 160_000, settle: 160_000 })
    expect(signedOnly['31']).to.include({ reveal: 100_000 })
    expect(row.workers['31']).to.include({ commit: 145_000 })
    expect(apart.workers['31']).to.include({ commit: 180_000 })
  })

  it('tells peers of every hardfork, and the goal, as data', () => {
    const { peers, goal, updates, hardforks } = toJson(report)
    expect(peers).to.deep.equal(figures.peers)
    expect(hardforks['prague']?.peers).to.deep.equal(figures.peers)
    expect(goal.limit).to.equal(177_794 / 11)
    expect(updates).to.deep.equal(ownUpdates(figures))
  })
})

describe('the goal', () => {
  it("is Chainlink's cost for each of eleven signatures", () => {
    expect(goalOf({ figures, recorded })).to.include({ limit: 177_794 / 11, at: 31 })
  })

  it('holds for an update of 31 workers that is not above it', () => {
    const held = goalOf({ figures, recorded }).rows.map(({ name, holds }) => [name, holds])
    expect(held).to.deep.equal([
      ['sealed, as usual', true],
      ['signed-only, as usual', true],
      ['sealed, in a row', true],
      ['signed-only, in a row', false],
      ['sealed, apart', false],
      ['signed-only, apart', true],
      ['sealed, as usual, and settled', false],
      ['signed-only, as usual, and settled', true],
    ])
  })
})

import { expect } from 'chai'
import { faultsOf } from '../../../bench/models/compare/faultsOf.ts'
import { rowsOf, TOLERANCE } from '../../../bench/models/compare/rowsOf.ts'
import type { Row } from '../../../bench/models/compare/rowsOf.ts'
import type { BackendOutcome } from '../../../bench/models/measure/Plan.ts'
import { expectNear } from '../../helpers/expectNear.ts'

describe('Rows of the models bench', () => {
  it('hold the largest difference from cpu, relative to the size of its predictions', () => {
    const row = rowOnWasm({ cpu: [3, -4, 0], wasm: [3, -4.002, 0.001] })
    expectNear(row.differenceFromCpu ?? NaN, 0.002 / Math.sqrt(25 / 3), 1e-12)
    expect(row.agrees).to.equal(true)
    expect(faultsOf([row])).to.deep.equal([])
  })

  it('mark a backend beyond the tolerance', () => {
    const within = rowOnWasm({ cpu: [1], wasm: [1 + 0.9 * TOLERANCE] })
    const beyond = rowOnWasm({ cpu: [1], wasm: [1 - 1.1 * TOLERANCE] })
    expect([within.agrees, beyond.agrees]).to.deep.equal([true, false])
    expect(faultsOf([within, beyond])).to.deep.equal([
      "mlp on wasm, batch 16: predictions differ from cpu's by 1.1e-3; at most 0.001 is fine",
    ])
  })

  for (const [what, wasm] of [
    ['no number', [1, NaN]],
    ['nothing', [1]],
  ] as const) {
    it(`mark a backend that answers ${what}`, () => {
      const row = rowOnWasm({ cpu: [1, 1], wasm })
      expect(row).to.include({ differenceFromCpu: null, agrees: false })
      expect(faultsOf([row])[0]).to.include('by no number')
    })
  }

  it('compare nothing where cpu was not measured', () => {
    const [row] = rowsOf({ plain: [], outcomes: [on('wasm', [1])] })
    expect(row).to.include({ differenceFromCpu: null, agrees: null })
    expect(faultsOf([row!])).to.deep.equal([])
  })

  it('mark tensors left behind', () => {
    const rows = rowsOf({ plain: [], outcomes: [on('cpu', [1], 3)] })
    expect(faultsOf(rows)).to.deep.equal(['mlp on cpu, batch 16: 3 tensors left behind'])
  })
})

function rowOnWasm(said: { cpu: readonly number[]; wasm: readonly number[] }): Row {
  const rows = rowsOf({ plain: [], outcomes: [on('cpu', said.cpu), on('wasm', said.wasm)] })
  return rows.find(({ backend }) => backend === 'wasm')!
}

function on(
  backend: 'cpu' | 'wasm',
  predictions: readonly number[],
  tensorGrowth = 0,
): BackendOutcome {
  const predict = { median: 1, spread: 0, repeats: 1 }
  const measured = { batch: 16, fit: null, step: predict, predict, tensorGrowth, predictions }
  return {
    backend,
    status: 'measured',
    device: 'CPU',
    isGpu: false,
    measured: [{ forecaster: 'mlp', ...measured }],
  }
}

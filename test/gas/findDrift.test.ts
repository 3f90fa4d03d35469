import { expect } from 'chai'
import { describeDrift, findDrift } from '../../bench/gas/snapshot/findDrift.ts'
import type { Snapshot } from '../../bench/gas/snapshot/Snapshot.ts'

const committed: Snapshot = {
  hardfork: 'osaka',
  gas: { commit: 70_000, reveal: 470_000, publish: 150_000, settle: 460_000, read: 6_000 },
  bytecode: { TopicNetwork: 24_000 },
}

describe('a measured figure and its snapshot', () => {
  it('may differ by 0.2 %', () => {
    const gas = { ...committed.gas, commit: 70_140, read: 5_988 }
    expect(findDrift({ committed, measured: { ...committed, gas } })).to.deep.equal([])
  })

  it('may not differ by more, up or down', () => {
    const gas = { ...committed.gas, commit: 70_141, read: 5_987 }
    const drift = findDrift({ committed, measured: { ...committed, gas } })
    expect(drift.map(describeDrift)).to.deep.equal([
      'commit: 70000 -> 70141 (+0.20 %)',
      'read: 6000 -> 5987 (-0.22 %)',
    ])
  })

  for (const [name, gas] of Object.entries(committed.gas)) {
    it(`drifts where ${name} alone rises by 1 %`, () => {
      const measured = { ...committed, gas: { ...committed.gas, [name]: gas * 1.01 } }
      const drift = findDrift({ committed, measured })
      expect(drift.map(describeDrift)).to.deep.equal([`${name}: ${gas} -> ${gas * 1.01} (+1.00 %)`])
    })
  }

  it('drifts where code grows', () => {
    const measured = { ...committed, bytecode: { TopicNetwork: 24_100 } }
    const drift = findDrift({ committed, measured })
    expect(drift.map(describeDrift)).to.deep.equal([
      'code of TopicNetwork: 24000 -> 24100 (+0.42 %)',
    ])
  })

  it('must be on both sides', () => {
    const { commit: _commit, ...others } = committed.gas
    const measured = { ...committed, gas: { ...others, poke: 1 } }
    expect(findDrift({ committed, measured }).map(describeDrift)).to.deep.equal([
      'commit: 70000 in the snapshot, but no longer measured',
      'poke: 1 is not in the snapshot',
    ])
  })
})

import { expect } from 'chai'
import { isBeforeOthers } from '../../../workers/src/reputer/reputer.ts'
import type { ReputerDeps, ReputerTurn } from '../../../workers/src/reputer/reputerTurn.ts'

/** A round whose truth is due between 1000 and 2000. */
function dueAt(round: bigint, time: bigint): ReputerTurn {
  const key = { topic: '0x', round, phase: 'due', status: 'published' } as const
  const windows = { time, opensAt: 1000n, closesAt: 2000n, targetTime: 1000n }
  return { ...key, ...windows, isSealing: true, count: 1n, closed: 0n, listing: 'sole' }
}

function waits({ every, due, newest }: { every: number; due: ReputerTurn[]; newest: bigint }) {
  const deps = { settleEvery: every, ringSize: () => 8n } as unknown as ReputerDeps
  return isBeforeOthers(deps, { turns: [...due, dueAt(newest, 1100n)], due })
}

describe('a settlement that may wait for others', () => {
  it('waits until there are as many as leave in one transaction', () => {
    const due = [dueAt(0n, 1100n), dueAt(1n, 1100n)]
    expect(waits({ every: 3, due, newest: 2n })).to.equal(true)
    expect(waits({ every: 2, due, newest: 2n })).to.equal(false)
    expect(waits({ every: 1, due: due.slice(0, 1), newest: 2n })).to.equal(false)
  })

  it('waits no longer than half of the time for truths', () => {
    const due = [dueAt(0n, 1499n)]
    expect(waits({ every: 4, due, newest: 1n })).to.equal(true)
    expect(waits({ every: 4, due: [dueAt(0n, 1500n)], newest: 1n })).to.equal(false)
  })

  it('does not wait where its place in the ring is wanted next', () => {
    const due = [dueAt(0n, 1100n)]
    expect(waits({ every: 4, due, newest: 5n })).to.equal(true)
    expect(waits({ every: 4, due, newest: 6n })).to.equal(false)
  })

  it('holds up nothing that is no settlement', () => {
    const reveal = { ...dueAt(1n, 1100n), phase: 'reveal' } as const
    expect(waits({ every: 4, due: [dueAt(0n, 1100n), reveal], newest: 2n })).to.equal(false)
  })
})

import { expect } from 'chai'
import { isReady } from '../../../workers/src/http/findings.ts'
import { isSeatedIn, workerFindings } from '../../../workers/src/worker/workerFindings.ts'
import type { WorkerSeen } from '../../../workers/src/worker/workerFindings.ts'

const coin = { balance: 100n, cost: 1n, roundsLeft: 100 }
const good: WorkerSeen = {
  steps: [{ round: 3n, status: 'committed' }],
  isSeated: true,
  data: { newest: 900 },
  coin,
  limits: { warn: 50, stop: 2 },
  now: 1000,
}

function found(name: string, changes: Partial<WorkerSeen> = {}) {
  return workerFindings({ ...good, ...changes }).find((each) => each.name === name)!
}

describe('what a worker finds about itself', () => {
  it('is ready where all is well, and says how old its data are', () => {
    expect(isReady(workerFindings(good))).to.equal(true)
    expect(found('data').reason).to.equal('the newest row is 100 s old')
    expect(found('reveals').reason).to.equal('1 rounds are to be revealed')
  })

  it('is not ready without a seat', () => {
    expect(found('seat', { isSeated: false }).status).to.equal('fail')
    expect(isSeatedIn([{ round: 1n, status: 'idle', reason: 'unseated' }])).to.equal(false)
    expect(isSeatedIn([{ round: 1n, status: 'idle', reason: 'silent' }])).to.equal(true)
    expect(isSeatedIn([])).to.equal(undefined)
  })

  it('is not ready with data that are stale or cannot be read, and names no folder', () => {
    expect(found('data', { maxAge: 60 }).status).to.equal('fail')
    expect(found('data', { maxAge: 100 }).status).to.equal('ok')
    const fault = '/home/me/s3cret/prices.csv:7: "NaN" is not a number'
    const finding = found('data', { data: { newest: 900, fault } })
    expect(finding).to.deep.equal({
      name: 'data',
      status: 'fail',
      reason: 'prices.csv:7: "NaN" is not a number',
    })
  })

  it('warns of reveals that fail or were missed, and stays ready', () => {
    const step = { round: 3n, status: 'failed', reason: 'no answer' } as const
    expect(found('reveals', { steps: [step] })).to.include({ status: 'warn' })
    const missed = { round: 3n, status: 'missed', reason: 'no list' } as const
    expect(found('reveals', { steps: [missed] }).reason).to.equal('round 3 was missed')
  })

  it('warns of little coin, and is not ready where it does not do for a reveal', () => {
    const of = (roundsLeft: number) => found('coin', { coin: { ...coin, roundsLeft } }).status
    expect([of(50), of(49), of(2), of(1)]).to.deep.equal(['ok', 'warn', 'warn', 'fail'])
    expect(workerFindings({ ...good, coin: undefined }).map(({ name }) => name)).not.to.include(
      'coin',
    )
  })
})

import { expect } from 'chai'
import { silent, sayOnce } from '../../../workers/src/runtime/log.ts'

describe('a log that says things once', () => {
  it('tells news of every round, and no news twice', () => {
    const told: string[] = []
    const info = (fields: object, message: string) => void told.push(message)
    const log = sayOnce({ ...silent, info })
    for (const round of [7n, 7n, 8n]) log.info({ round }, `handed in ${round}`)
    log.info({ round: 7n, by: 'me' }, 'handed in 7')
    expect(told).to.deep.equal(['handed in 7', 'handed in 8', 'handed in 7'])
  })

  it('tells every warning', () => {
    let warnings = 0
    const log = sayOnce({ ...silent, warn: () => (warnings += 1) })
    for (let i = 0; i < 3; i++) log.warn({}, 'the chain stands still')
    expect(warnings).to.equal(3)
  })
})

/* What an operator sees of the seat from which a reputer reports. */
import { expect } from 'chai'
import { seatFinding } from '../../../workers/src/reputer/seatFindings.ts'

const topic = `0x${'ab'.repeat(32)}` as const
const clock = {
  firstTarget: 1800n,
  horizon: 800n,
  cadence: 1000n,
  ring: 8n,
  seats: 3n,
  tolerance: 0n,
  commitWindow: 100n,
  revealWindow: 100n,
}
const term = { seat: 2n, stake: 5n, from: 1n, until: undefined, leavesAt: undefined }
/** Round 3 is open. */
const seen = { topic, clock, term, time: 4500n }

describe('the seat of a reputer that reports', () => {
  it('is named, and from when on it counts', () => {
    const name = 'seat 0xabababab'
    expect(seatFinding(seen)).to.deep.equal({ name, status: 'ok', reason: 'seat 2' })
    const later = { ...seen, term: { ...term, from: 4n } }
    expect(seatFinding(later).reason).to.equal('seat 2, from round 4 on')
    expect(seatFinding({ ...seen, time: 999n }).reason).to.equal('seat 2, from round 1 on')
  })

  it('fails, with the command that helps, where there is none or its term is over', () => {
    for (const none of [
      { ...seen, term: undefined },
      { ...seen, clock: undefined },
      { ...seen, term: { ...term, until: 3n } },
    ]) {
      const { status, reason } = seatFinding(none)
      expect(status).to.equal('fail')
      expect(reason).to.contain(`auspex reputer seat ${topic}`)
    }
    expect(seatFinding({ ...seen, term: { ...term, stake: 0n } }).status).to.equal('fail')
  })

  it('warns where its term ends soon', () => {
    const ending = { ...seen, term: { ...term, until: 4n } }
    expect(seatFinding(ending)).to.include({ status: 'warn' })
  })
})

import { expect } from 'chai'
import { fromFeed } from '../../../workers/src/reputer/truths/fromFeed.ts'
import type { ReputerTurn } from '../../../workers/src/reputer/reputerTurn.ts'
import * as Schedule from '../../../sdk/src/maths/schedule.ts'
import { created, loadFixture, TRUTH, tellTruth } from '../../helpers/network.ts'

const round = 0n

describe('a truth that a feed tells', () => {
  /** What is found for the round now. */
  async function bringing() {
    const base = await loadFixture(created)
    const { topic, keeper, truth, params } = base
    const turn = { topic, round, targetTime: Schedule.targetTime(params, round) } as ReputerTurn
    const { bring } = fromFeed(keeper, { address: truth.address })
    return { ...base, bring: () => bring(turn) }
  }

  it('is waited for until the feed has gone on', async () => {
    const { bring, goTo } = await bringing()
    await goTo('targetTime', round)
    expect((await bring()).status).to.equal('waiting')
  })

  it('is ready with its proof from then on', async () => {
    const base = await bringing()
    const { proof } = await tellTruth(base, { round, value: TRUTH })
    expect(await base.bring()).to.deep.equal({ status: 'ready', proof })
  })
})

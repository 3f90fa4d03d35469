import { expect } from 'chai'
import { marchTwenty } from '../../../bench/attacks/marchTwenty.ts'
import { moneyAttacks } from '../../../bench/attacks/moneyAttacks.ts'
import { SHORT } from '../../../bench/attacks/Row.ts'
import type { Row } from '../../../bench/attacks/Row.ts'
import { ruleAttacks } from '../../../bench/attacks/ruleAttacks.ts'

/** `npm run bench:attacks` in its short form. */
describe('known attackers, against the twins', function () {
  this.timeout(120_000)

  it('make the feed no worse than they may', async () => {
    const rows = [...ruleAttacks(SHORT), await marchTwenty()]
    expect(rows).to.have.length.greaterThan(20)
    rows.forEach(requireBounded)
  })

  it('take from the pool no more than they may, and on a price nothing at all', async () => {
    const rows = await moneyAttacks(SHORT)
    expect(rows).to.have.length.greaterThan(25)
    rows.forEach(requireBounded)

    // The newest public truth is what the pool says of a price.
    const repeats = rows.find(({ attacker }) => attacker.startsWith('close: repeats the newest'))
    expect(Math.abs(repeats!.figure)).to.be.below(1e-9)
  })
})

function requireBounded({ attacker, measure, figure, most }: Row): void {
  expect(figure, `${attacker}: ${measure}`).to.be.at.most(most)
}

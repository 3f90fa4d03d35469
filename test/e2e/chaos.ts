import { expect } from 'chai'
import { findScenario, runScenario } from '../../chaos/src/runScenario.ts'
import { soakOf } from '../../chaos/src/soak.ts'
import type { Scenario } from '../../chaos/src/scenarios.ts'

/** The rest are played by `auspex chaos --scenario all`. */
const chosen = ['receipt-late', 'deposit-killed', 'reorg-3-committed']
/** Each fault of the long soak at least once, in less than a minute and a half. */
const ROUNDS = 6

describe('nodes and commands on a bad night', function () {
  this.timeout(600_000)

  for (const name of chosen) {
    const scenario = findScenario(name)!
    it(`${name}: ${scenario.says}`, async function () {
      await survive.call(this, scenario)
    })
  }

  it(`a short soak: ${soakOf(ROUNDS).says}`, async function () {
    await survive.call(this, soakOf(ROUNDS))
  })

  async function survive(this: Mocha.Context, scenario: Scenario): Promise<void> {
    const outcome = await runScenario(scenario)
    if (outcome.status === 'skipped') return this.skip()
    expect(outcome, JSON.stringify(outcome)).to.include({ status: 'played' })
  }
})

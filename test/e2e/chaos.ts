import { spawnSync } from 'node:child_process'
import { expect } from 'chai'
import { findScenario, runScenario } from '../../chaos/src/runScenario.ts'
import { soakOf } from '../../chaos/src/soak.ts'
import { scenarios } from '../../chaos/src/scenarios.ts'
import type { Scenario } from '../../chaos/src/scenario.ts'

/** The rest are played by `auspex chaos --scenario all`. */
const chosen = ['receipt-late', 'deposit-killed', 'reorg-3-committed']
/** Each fault of the long soak at least once, in less than a minute and a half. */
const ROUNDS = 6

/** `auspex chaos` with some options, to its end. */
function chaos(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['cli/src/main.ts', 'chaos', ...options],
    { encoding: 'utf8' },
  )
  return { code: status, output: stdout, errors: stderr }
}

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

  it('are listed by auspex chaos --list, and a name that is none of them is refused', () => {
    const listed = chaos('--list')
    expect(listed.code, listed.errors).to.equal(0)
    for (const { name } of scenarios) expect(listed.output).to.contain(name)
    const unknown = chaos('--scenario', 'all-of-it')
    expect([unknown.code, unknown.errors]).to.deep.equal([
      2,
      'There is no scenario "all-of-it". See auspex chaos --list.\n',
    ])
    expect(chaos('--soak', 'long').code).to.equal(2)
  })

  async function survive(this: Mocha.Context, scenario: Scenario): Promise<void> {
    const outcome = await runScenario(scenario)
    if (outcome.status === 'skipped') return this.skip()
    expect(outcome, JSON.stringify(outcome)).to.include({ status: 'played' })
  }
})

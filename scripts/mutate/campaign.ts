import { createRunner } from '../suites/createRunner.ts'
import type { Artifact } from '../suites/readBuild.ts'
import type { Effort } from '../suites/suiteProcess.ts'
import type { Mutant } from './findMutants.ts'

export type Verdict = {
  key: string
  result: 'killed' | 'timeout' | 'survived'
  /** The suite and the first of its tests that failed. */
  by: string
  seconds: number
}

/** First a little of everything that is quick, then, for what is still alive, all of it, longer. */
const efforts: { effort: Effort; leaves: RegExp }[] = [
  {
    effort: { fuzz: 8, runs: 8, depth: 64, overrides: 0 },
    leaves:
      /:(InvariantsTest|ReachTest|SpammerTest|WithholderTest|Sybil50Test|PivotTest|ExtremesTest)$/,
  },
  {
    effort: { fuzz: 64, runs: 24, depth: 64, overrides: 0.25 },
    leaves: /:(InvariantsTest|SpammerTest|ReachTest)$/,
  },
]

export type Campaign = {
  judge(mutant: Mutant, number: number, first: string[]): Promise<Verdict>
  end(): void
}

/** Judges mutants one after another in a process of its own; `suites` in the order in which they are tried at first. */
export function createCampaign(artifacts: Artifact[], suites: string[], learn: Learn): Campaign {
  const runner = createRunner(artifacts)
  const sound = new Map<string, boolean>()

  /** Whether a suite passes without a mutant: gas, say, is not what it is in what is shipped. */
  async function isSound(suite: string, effort: Effort): Promise<boolean> {
    const name = `${suite} ${effort.fuzz}`
    if (!sound.has(name)) {
      const answer = await runner.run({ number: 0, suite, effort })
      const passes = answer !== 'timeout' && answer.failed.length === 0 && answer.count > 0
      if (!passes)
        console.log(`left out, fails without a mutant: ${suite} ${JSON.stringify(answer)}`)
      sound.set(name, passes)
    }
    return sound.get(name)!
  }

  async function judge(mutant: Mutant, number: number, first: string[]): Promise<Verdict> {
    const began = performance.now()
    const verdict = (result: Verdict['result'], by: string): Verdict => ({
      key: mutant.key,
      result,
      by,
      seconds: Math.round((performance.now() - began) / 100) / 10,
    })
    for (const { effort, leaves } of efforts) {
      const order = [
        ...first,
        ...learn.order(
          mutant,
          suites.filter((suite) => !leaves.test(suite)),
        ),
      ]
      for (const suite of new Set(order)) {
        if (sound.get(`${suite} ${effort.fuzz}`) === false) continue
        const answer = await runner.run({ number, suite, effort })
        if (answer === 'timeout') return verdict('timeout', suite)
        learn.took(suite, answer.seconds)
        if (answer.failed.length === 0) continue
        if (!(await isSound(suite, effort))) continue
        learn.killed(mutant, suite)
        return verdict('killed', `${suite} ${answer.failed[0]}`)
      }
    }
    return verdict('survived', '')
  }

  return { judge, end: runner.end }
}

export type Learn = {
  took(suite: string, seconds: number): void
  killed(mutant: Mutant, suite: string): void
  order(mutant: Mutant, suites: string[]): string[]
}

/** Puts the suites first that killed mutants of the same function and file, for what they take. */
export function createLearn(): Learn {
  const seconds = new Map<string, number>()
  const kills = new Map<string, number>()
  const count = (name: string) => kills.get(name) ?? 0
  return {
    took: (suite, spent) => void seconds.set(suite, spent),
    killed: ({ file, where }, suite) => {
      for (const name of [suite, `${file} ${suite}`, `${file} ${where} ${suite}`]) {
        kills.set(name, count(name) + 1)
      }
    },
    order: ({ file, where }, suites) => {
      const worth = (suite: string) =>
        (1 +
          (isNamesake(file, suite) ? 3 : 0) +
          0.3 * count(suite) +
          3 * count(`${file} ${suite}`) +
          20 * count(`${file} ${where} ${suite}`)) /
        (0.2 + (seconds.get(suite) ?? 0.5))
      return [...suites].sort((a, b) => worth(b) - worth(a))
    },
  }
}

/** Committing.sol is tested in Commit.t.sol, Scoring.sol in Scoring.t.sol. */
function isNamesake(file: string, suite: string): boolean {
  const stem = /([A-Za-z]{1,6})[A-Za-z]*\.sol$/.exec(file)?.[1]
  return stem !== undefined && suite.includes(`/${stem}`)
}

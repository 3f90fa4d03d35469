import { intervalQuality } from '../measure/intervalQuality.ts'
import { lossRatio, ratioToBest } from '../measure/ratios.ts'
import { countRows } from '../measure/replayTopic.ts'
import type { PanelResult } from '../measure/replayTopic.ts'
import { ruleNames } from '../rules/peers.ts'
import type { RuleName } from '../rules/peers.ts'

export type AccuracyReport = {
  panels: {
    file: string
    family: string
    topics: number
    rounds: number
    workers: number
    rules: Record<RuleName, { ratioToMean: number; ratioToBest: number | null }>
    coverage: number | null
  }[]
}

/** The figures other programs read; families of which no topic could be used are left out. */
export function toJson(panels: readonly PanelResult[]): AccuracyReport {
  return {
    panels: panels
      .filter(({ results }) => results.length > 0)
      .map(({ panel, results }) => ({
        file: panel.file,
        family: panel.family,
        topics: results.length,
        ...countRows(results),
        rules: Object.fromEntries(
          ruleNames.map((rule) => [
            rule,
            {
              ratioToMean: lossRatio({ results, rule, against: 'mean' }),
              ratioToBest: ratioToBest({ results, rule }) ?? null,
            },
          ]),
        ) as AccuracyReport['panels'][number]['rules'],
        coverage: intervalQuality(results)?.coverage ?? null,
      })),
  }
}

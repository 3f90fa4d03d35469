import type { Address } from 'viem'
import { getPanel, getTopic, getTruth, tallyReports } from '@auspex/sdk'
import type { AuspexClient, Panel, Topic, TopicId } from '@auspex/sdk'
import { createReporter, targetOf } from '../reporter.ts'
import type { ReportOptions } from '../reporter.ts'
import type { ReputerTurn, Truth, TruthAdapter } from '../reputerTurn.ts'

/** The truth of a ReputerTruth: this reputer seals what it saw, opens it, and counts the reports. */
export function fromReports(client: AuspexClient, options: ReportOptions): Required<TruthAdapter> {
  const { attend } = createReporter(client, options)
  return { attend, ...fromPanel(client, options) }
}

/** The truth of a ReputerTruth as a keeper without a seat brings it: counts the reports once all are in. */
export function fromPanel(
  client: AuspexClient,
  { address, topic }: { address: Address; topic: TopicId },
): TruthAdapter {
  const panel = { source: address, topic }
  let windows: Panel | undefined
  let state: Topic | undefined

  async function bring({ round, time }: ReputerTurn): Promise<Truth> {
    state ??= await getTopic(client, { topic })
    const { status } = await getTruth(client, { topic, round, state })
    if (status === 'known' || status === 'void') return { status: 'ready', proof: '0x' }

    windows ??= await getPanel(client, panel)
    if (windows === undefined) return { status: 'waiting', reason: 'no reputer has a seat' }
    const tallyFrom = targetOf(windows, round) + windows.commitWindow + windows.revealWindow
    if (time < tallyFrom) return { status: 'waiting', reason: 'reports are still taken' }
    await tallyReports(client, { ...panel, round })
    return { status: 'acted', act: 'round.tallied' }
  }

  return { bring }
}

import { getTopicRecord } from '@auspex/sdk'
import type { TopicId, TopicRecord } from '@auspex/sdk'
import { OperatorError, readRecordFile } from '@auspex/workers'
import type { ChainConfig } from '@auspex/workers'
import { openReader } from './openAccount.ts'

/** A topic's past: of the configured topic on the chain, or out of a record.json that `auspex dataset` wrote. */
export async function recordFor(
  against: string,
  { chain, topic }: { chain?: ChainConfig | undefined; topic?: TopicId | undefined },
): Promise<TopicRecord> {
  if (against !== 'chain') return readRecordFile(against)
  if (chain && topic) return getTopicRecord(await openReader({ chain }), { topic })
  throw new OperatorError(
    'usage',
    '--against chain needs chain and topic in the configuration. Add them, or give a record.json.',
  )
}

import type { Address } from 'viem'
import { getPanel, getTopic } from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'

/** The reputers that report a topic's truth, at `source`. Refuses a topic whose truth comes from elsewhere. */
export async function openPanel(
  client: AuspexClient,
  { topic }: { topic: TopicId },
): Promise<{ source: Address; topic: TopicId }> {
  const { truth: source } = await getTopic(client, { topic })
  await getPanel(client, { source, topic }).catch((cause: Error) => {
    throw new OperatorError(
      'requirement',
      `The truth of ${topic} comes from ${source}, which has no panel of reputers (${cause.message.split('\n')[0]}). A reputer serves it without a seat, with truth: { kind: feed }.`,
      cause,
    )
  })
  return { source, topic }
}

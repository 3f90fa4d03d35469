import type { AuspexClient } from '../client.ts'
import { readNetwork } from '../readNetwork.ts'
import { feedStatuses } from '../types.ts'
import type { Forecast, TopicId } from '../types.ts'

/** A topic's latest forecast; status void and all zeros where nothing was ever published. */
export async function readForecast(
  client: AuspexClient,
  { topic }: { topic: TopicId },
): Promise<Forecast> {
  const forecast = await readNetwork(client, 'read', [topic])
  return { ...forecast, status: feedStatuses[Number(forecast.status)]! }
}

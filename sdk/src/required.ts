import type { AuspexClient } from './client.ts'
import { refusal } from './errors.ts'
import { getOutcome } from './reads/getOutcome.ts'
import { getResolution } from './reads/getResolution.ts'
import { getRound } from './reads/getRound.ts'
import { roundStatuses } from './types.ts'
import type { Outcome, Resolution, RoundKey, RoundStatus } from './types.ts'

/** As `getOutcome`, refusing with WrongStatus where there is none. */
export async function requiredOutcome(client: AuspexClient, key: RoundKey): Promise<Outcome> {
  return (await getOutcome(client, key)) ?? refuse(client, key, 'published')
}

/** As `getResolution`, refusing with WrongStatus where there is none. */
export async function requiredResolution(client: AuspexClient, key: RoundKey): Promise<Resolution> {
  return (await getResolution(client, key)) ?? refuse(client, key, 'resolved')
}

async function refuse(client: AuspexClient, key: RoundKey, required: RoundStatus): Promise<never> {
  const { status } = await getRound(client, key)
  throw refusal('WrongStatus', {
    actual: roundStatuses.indexOf(status),
    required: roundStatuses.indexOf(required),
  })
}

import { commitmentOf, commitmentTypedData, compactSignature, revealSigned } from '@auspex/sdk'
import type { Opening, Revealed, RoundKey } from '@auspex/sdk'
import { zeroHash } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { toFixedPoint } from '../../lib/fixedPoint.ts'
import { confidenceOf } from '../ours/Engine.ts'
import type { Entry } from '../panel/Panel.ts'
import type { Chain } from './startChain.ts'

const NO_SALT = zeroHash.slice(0, 34) as `0x${string}`

/** Reveals what the workers of a round say, each with its own signature, in one transaction. */
export async function sayAll({
  chain,
  key,
  entries,
  workers,
}: {
  chain: Chain
  key: RoundKey
  entries: readonly Entry[]
  workers: ReadonlyMap<string, PrivateKeyAccount>
}): Promise<Revealed> {
  const { chainId, network } = chain.keeper
  const place = { chainId, network }

  const openings = await Promise.all(
    entries.map(async (entry): Promise<Opening> => {
      const account = workers.get(entry.worker)
      if (account === undefined) throw new Error(`No key for ${entry.worker}`)

      const opening = {
        worker: account.address,
        value: toFixedPoint(entry.prediction),
        confidence: confidenceOf(entry),
        salt: NO_SALT,
      }
      const commitment = commitmentOf({ ...place, ...key, ...opening })
      const data = commitmentTypedData({ ...place, ...key, commitment })
      return { ...opening, ...compactSignature(await account.signTypedData(data)) }
    }),
  )
  const revealed = await revealSigned(chain.keeper, { ...key, openings })
  const isWhole = revealed.workers.length === entries.length
  if (!isWhole) throw new Error(`Round ${key.round}: a worker was ignored`)

  return revealed
}

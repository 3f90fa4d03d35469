import { mkdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { newKeystore, secret } from '@auspex/workers'
import { privateKeyToAddress } from 'viem/accounts'
import { stringify } from 'yaml'
import { keyOf } from './clientOf.ts'
import type { Calendar } from './openCalendar.ts'
import { tokens } from './openMoney.ts'
import { DAY } from './schedule.ts'
import type { Stage } from './stage.ts'

/** From the repository's root, where the commands are typed. */
const FOLDER = '.auspex/demo'
/** Time to join before the next round opens, seconds. */
const AHEAD = 300n

/**
 * Gets everything ready for a guest to join the chain that stays: a key with coin and tokens, and a
 * configuration whose path it gives. The clock stands shortly before the next round.
 */
export async function prepareGuest(options: {
  stage: Stage
  calendar: Calendar
  seed: number
}): Promise<string> {
  const { stage, calendar, seed } = options
  const { chain, money, network, topics } = stage
  const folder = new URL(`../../../${FOLDER}/`, import.meta.url)
  const pathOf = (name: string) => fileURLToPath(new URL(name, folder))
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })

  const key = keyOf({ seed, owner: 'guest' })
  const password = keyOf({ seed, owner: 'password of the guest' })
  await newKeystore({ file: pathOf('guest.json'), password: secret(password), privateKey: key })
  await writeFile(pathOf('password'), `${password}\n`, { mode: 0o600 })
  await chain.endow(privateKeyToAddress(key))
  await money.give({ to: privateKeyToAddress(key), amount: tokens(10_000) })

  const [topic] = topics
  const config = {
    chain: { id: chain.id, urls: [chain.url], network },
    keys: { keystore: 'guest.json', passwordFile: 'password' },
    topic: topic!.id,
    question: topic!.question.name,
    source: { kind: 'sample' },
    model: 'ewma',
    confidence: 0.5,
    dataDir: 'guest',
  }
  await writeFile(pathOf('guest.yaml'), stringify(config))

  await chain.moveTo(calendar.start + BigInt(calendar.rounds * DAY) - AHEAD)
  return `${FOLDER}/guest.yaml`
}

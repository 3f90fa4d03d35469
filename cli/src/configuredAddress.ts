import { dirname, resolve } from 'node:path'
import type { Address } from 'viem'
import { addressIn } from '@auspex/workers'
import { accountConfig } from './config/accountConfig.ts'
import { readConfig } from './config/readConfig.ts'
import { openKeys } from './openAccount.ts'

/** The address of the configured key; a keystore that does not name it is opened. */
export async function configuredAddress(config: string): Promise<Address> {
  const { keys } = readConfig({ file: config, schema: accountConfig })
  const named = addressIn({ file: resolve(dirname(config), keys.keystore) })
  return named ?? (await openKeys({ file: config, keys })).account.address
}

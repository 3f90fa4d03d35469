import { dirname, resolve } from 'node:path'
import type { Address } from 'viem'
import { addressIn } from '@auspex/workers'
import { accountConfig } from './config/accountConfig.ts'
import { readConfig } from './config/readConfig.ts'

/** The address of the configured key. */
export function configuredAddress(config: string): Address {
  const { keys } = readConfig({ file: config, schema: accountConfig })
  return addressIn({ file: resolve(dirname(config), keys.keystore) })
}

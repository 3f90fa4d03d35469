import type { Command } from 'commander'
import { concat } from 'viem'
import type { Address } from 'viem'
import { compactSignature, consentTypedData } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { accountConfig } from '../config/accountConfig.ts'
import { readConfig } from '../config/readConfig.ts'
import { openKeys } from '../openAccount.ts'
import { parseAddress, parseTopic } from '../parsers.ts'
import { print } from '../print.ts'

export function keysConsent(): Command {
  return command('consent', 'let an owner stake behind this key in a topic; sends nothing')
    .argument('<topic>', 'id of the topic', parseTopic)
    .argument('<owner>', 'who will own the position', parseAddress)
    .action(run)
}

async function run(topic: TopicId, owner: Address, { json, config }: Common): Promise<void> {
  const { chain, keys } = readConfig({ file: config, schema: accountConfig })
  const { account } = await openKeys({ file: config, keys })
  const place = { chainId: chain.id, network: chain.network }
  const signature = await account.signTypedData(consentTypedData({ ...place, topic, owner }))
  const { r, vs } = compactSignature(signature)
  const consent = concat([r, vs])
  const worker = account.address
  print({
    json,
    data: { topic, owner, worker, consent },
    lines: [`consent  ${consent}`],
    next: `the owner runs: auspex stake deposit ${topic} <amount> --worker ${worker} --consent ${consent}`,
  })
}

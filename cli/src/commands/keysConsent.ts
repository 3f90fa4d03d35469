import type { Command } from 'commander'
import { concat, numberToHex } from 'viem'
import type { Address } from 'viem'
import { compactSignature, consentTypedData } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { accountConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { openKeys } from '../openAccount.ts'
import { parseAddress, parseTopic, parseWhole } from '../parsers.ts'
import { print } from '../print.ts'

export function keysConsent(): Command {
  return command('consent', 'let an owner stake behind this key in a topic; sends nothing')
    .argument('<topic>', 'id of the topic', parseTopic)
    .argument('<owner>', 'who will own the position', parseAddress)
    .option('--days <number>', 'how long it may be used', parseWhole, 30n)
    .action(run)
}

type Options = Common & { days: bigint }

async function run(topic: TopicId, owner: Address, options: Options): Promise<void> {
  const { json, config, days } = options
  const { chain, keys } = readConfig({ file: config, schema: accountConfig })
  const { account } = await openKeys({ file: config, keys })
  const deadline = BigInt(Math.floor(Date.now() / 1000)) + days * 86_400n
  const place = { chainId: chain.id, network: chain.network }
  const signature = await account.signTypedData(
    consentTypedData({ ...place, topic, owner, deadline }),
  )
  const { r, vs } = compactSignature(signature)
  const consent = concat([numberToHex(deadline, { size: 32 }), r, vs])
  const worker = account.address
  print({
    json,
    data: { topic, owner, worker, deadline, consent },
    lines: [
      `consent  ${consent}`,
      `until    ${new Date(Number(deadline) * 1000).toISOString()}, or until the key has an owner`,
    ],
    next: `the owner runs: auspex stake deposit ${topic} <amount> --worker ${worker} --consent ${consent}`,
  })
}

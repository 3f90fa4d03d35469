import type { Command } from 'commander'
import type { Address } from 'viem'
import { encodeFunctionData } from 'viem'
import { getToken } from '@auspex/sdk'
import { erc20Abi } from '@auspex/sdk/abis'
import { transact } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { accountConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { openAccount } from '../openAccount.ts'
import { parseAddress, parseAmount } from '../parsers.ts'
import { print } from '../print.ts'
import { inTokens, tokenOf } from '../tokenOf.ts'

export function send(): Command {
  return command('send', 'send tokens of the network from the configured key to another account')
    .argument('<to>', 'address that receives them', parseAddress)
    .argument('<amount>', 'tokens', parseAmount)
    .action(run)
}

async function run(to: Address, tokens: string, { json, config }: Common): Promise<void> {
  const account = readConfig({ file: config, schema: accountConfig })
  const { client } = await openAccount({ file: config, ...account })
  const token = await tokenOf(client)
  const amount = token.units(tokens)
  const address = await getToken(client)
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, amount] })
  await inTokens(token, transact(client, { to: address, data }))
  print({
    json,
    data: { to, amount },
    lines: [`sent ${token.words(amount)} to ${to}`],
    next: 'auspex topic list',
  })
}

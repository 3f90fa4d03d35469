import type { Command } from 'commander'
import type { Address } from 'viem'
import { encodeFunctionData, numberToHex, parseAbi, parseEther } from 'viem'
import { explain, getToken } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { openReader } from '../openAccount.ts'
import { parseAddress, parseAmount } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

/** Coin that an account has afterwards, at the least. */
const COIN = parseEther('100')
const mintable = parseAbi(['function mint(address to, uint256 amount)'])

export function faucet(): Command {
  return command(
    'faucet',
    'on a development chain: coin and test tokens for an account, from nowhere',
  )
    .argument('<to>', 'address that receives them', parseAddress)
    .argument('[amount]', 'tokens', parseAmount, '10000')
    .action(run)
}

async function run(to: Address, tokens: string, { json, config }: Common): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  await requireDevelopment(client)
  const { units, words } = await tokenOf(client)
  const amount = units(tokens)
  const balance = await client.public.getBalance({ address: to })
  if (balance < COIN) await raw(client, 'hardhat_setBalance', [to, numberToHex(COIN)])
  const data = encodeFunctionData({ abi: mintable, functionName: 'mint', args: [to, amount] })
  const [from] = (await raw(client, 'eth_accounts', [])) as Address[]
  const token = await getToken(client)
  await client.public.call({ to: token, data }).catch((error: unknown) => {
    throw explain(error)
  })
  const hash = await raw(client, 'eth_sendTransaction', [{ from, to: token, data }])
  await client.public.waitForTransactionReceipt({ hash: hash as `0x${string}` })
  print({
    json,
    data: { to, amount, coin: balance < COIN ? COIN : balance },
    lines: [`${to} has 100 coin or more, and ${words(amount)} more than before`],
    next: 'auspex topic list',
  })
}

/** Chains that people use give nothing away, and are asked for nothing. */
async function requireDevelopment(client: AuspexClient): Promise<void> {
  const version = await raw(client, 'web3_clientVersion', []).catch(() => '')
  if (/^(anvil|hardhat)/i.test(String(version))) return
  throw new OperatorError(
    'requirement',
    'This is not a development chain (anvil or Hardhat): coin and tokens cannot be minted here. Ask a holder to send them: auspex send.',
  )
}

function raw({ public: chain }: AuspexClient, method: string, params: unknown[]): Promise<unknown> {
  return chain.request({ method, params } as never)
}

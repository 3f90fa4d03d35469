/*
 * Deploys the network to any chain and prints where it lives.
 *
 *   AUSPEX_KEY=0x... npx node scripts/deploy.ts --rpc http://127.0.0.1:8545 [--token 0x...]
 *
 * The key comes from the environment, so that it stays out of the shell's history. Without a token
 * a test token is deployed that anyone may print. Compile first: npm run compile.
 */
import { parseArgs } from 'node:util'
import { createPublicClient, createWalletClient, http, isAddress, isHex } from 'viem'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { deployNetwork } from './deploy/deployNetwork.ts'

const { rpc, token, key } = readOptions()
const account = privateKeyToAccount(key)
const chain = createPublicClient({ transport: http(rpc), pollingInterval: 200 })
const wallet = createWalletClient({ account, transport: http(rpc) })

const fromBlock = await chain.getBlockNumber()
const deployed = await deployNetwork({ create, ...(token !== undefined && { token }) })
const deployment = { chainId: await chain.getChainId(), ...deployed, fromBlock: Number(fromBlock) }
console.log(JSON.stringify(deployment, null, 2))

async function create(code: Hex) {
  const hash = await wallet.sendTransaction({ data: code, chain: null })
  const { contractAddress } = await chain.waitForTransactionReceipt({ hash })
  if (!contractAddress) throw new Error(`Transaction ${hash} created no contract`)
  return contractAddress
}

function readOptions() {
  const values = parse()
  const { AUSPEX_KEY: key } = process.env
  if (values.rpc === undefined) refuse('--rpc is missing. Give the URL of a JSON-RPC node.')
  if (!isKey(key)) refuse('AUSPEX_KEY is no private key. Set it to 0x and 64 hex digits.')
  if (values.token !== undefined && !isAddress(values.token)) {
    refuse(`--token ${values.token} is no address. Give 0x and 40 hex digits, or leave it out.`)
  }
  return { rpc: values.rpc, token: values.token, key }
}

function parse() {
  try {
    return parseArgs({ options: { rpc: { type: 'string' }, token: { type: 'string' } } }).values
  } catch (error) {
    refuse(`${(error as Error).message} Give --rpc URL, and --token ADDRESS if there is one.`)
  }
}

function isKey(text: string | undefined): text is Hex {
  return isHex(text) && text.length === 66
}

function refuse(message: string): never {
  console.error(message)
  process.exit(2)
}

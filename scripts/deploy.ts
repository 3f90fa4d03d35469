/*
 * Deploys the network to any chain and prints where it lives; or any other contract of this project, by name.
 *
 *   AUSPEX_KEY=0x... npm run deploy -- --rpc http://127.0.0.1:8545 [--token 0x...]
 *   AUSPEX_KEY=0x... npm run deploy -- --rpc http://127.0.0.1:8545 --contract FeedTruth --args '["0x...", 3600]'
 *
 * The key comes from the environment, so that it stays out of the shell's history. Without a token
 * a test token is deployed that anyone may print, and the key gets a million. Compile first: npm run compile.
 */
import { parseArgs } from 'node:util'
import {
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  http,
  isAddress,
  isHex,
  parseAbi,
  parseUnits,
} from 'viem'
import type { Address, Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { deployContract, deployNetwork } from '../devnet/deployNetwork.ts'

const { rpc, token, key, contract, args } = readOptions()
const account = privateKeyToAccount(key)
const chain = createPublicClient({ transport: http(rpc), pollingInterval: 200 })
const wallet = createWalletClient({ account, transport: http(rpc) })

const deployed = await deploy().catch((error: Error & { shortMessage?: string }) => {
  const { details } = error as { details?: string }
  const what = [error.shortMessage ?? error.message, details].filter(Boolean).join(' ')
  console.error(`Nothing was deployed through ${rpc} by ${account.address}: ${what}`)
  process.exit(1)
})
console.log(JSON.stringify(deployed, null, 2))

async function deploy() {
  const fromBlock = Number(await chain.getBlockNumber())
  const chainId = await chain.getChainId()
  if (contract === undefined) {
    const network = await deployNetwork({ create, ...(token !== undefined && { token }) })
    if (token === undefined) await printMoney(network.token)
    return { chainId, ...network, fromBlock }
  }
  const address = await deployContract({ name: contract, create, args })
  return { chainId, contract, address, fromBlock }
}

/** A million test tokens to begin with. */
async function printMoney(token: Address) {
  const abi = parseAbi(['function mint(address to, uint256 amount)'])
  const args = [account.address, parseUnits('1000000', 18)] as const
  const data = encodeFunctionData({ abi, functionName: 'mint', args })
  const hash = await wallet.sendTransaction({ to: token, data, chain: null })
  await chain.waitForTransactionReceipt({ hash })
}

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
  const { rpc, token, contract } = values
  return { rpc, token, key, contract, args: argumentsIn(values.args) }
}

function parse() {
  try {
    const type = 'string'
    const options = { rpc: { type }, token: { type }, contract: { type }, args: { type } } as const
    return parseArgs({ options }).values
  } catch (error) {
    refuse(
      `${(error as Error).message} Give --rpc URL, and --token ADDRESS if there is one; or --contract NAME and --args JSON.`,
    )
  }
}

/** Numbers that JSON cannot hold are written as text. */
function argumentsIn(text = '[]'): readonly unknown[] {
  const read = (_: string, value: unknown) =>
    typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : value
  try {
    const args: unknown = JSON.parse(text, read)
    if (Array.isArray(args)) return args
  } catch {
    // Told below.
  }
  refuse(
    `--args ${text} is no list in JSON. Give the constructor's arguments, such as '["0x...", 3600]'.`,
  )
}

function isKey(text: string | undefined): text is Hex {
  return isHex(text) && text.length === 66
}

function refuse(message: string): never {
  console.error(message)
  process.exit(2)
}

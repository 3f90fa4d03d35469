/* What the answer to a request must look like: anything else is no answer, whatever the node meant by it. */

const QUANTITIES = [
  'eth_chainId',
  'eth_blockNumber',
  'eth_getBalance',
  'eth_getTransactionCount',
  'eth_estimateGas',
  'eth_gasPrice',
  'eth_maxPriorityFeePerGas',
]
const DATA = ['eth_call', 'eth_getCode', 'eth_getStorageAt']
const OBJECTS = [
  'eth_getBlockByNumber',
  'eth_getBlockByHash',
  'eth_getTransactionReceipt',
  'eth_getTransactionByHash',
]

const QUANTITY = /^0x[\da-f]{1,64}$/i
const BYTES = /^0x([\da-f]{2})*$/i
const HASH = /^0x[\da-f]{64}$/i

/** Why an answer cannot be one to the method; undefined where it can. */
export function faultOfAnswer(
  method: string,
  params: unknown,
  answer: unknown,
): string | undefined {
  return canBe(method, params, answer) ? undefined : `nonsense in answer to ${method}`
}

/** What was answered; a receipt that names no block yet is none. */
export function normalise(method: string, answer: unknown): unknown {
  const isReceiptAsked = method === 'eth_getTransactionReceipt'
  return isReceiptAsked && isObject(answer) && (answer.blockHash ?? null) === null ? null : answer
}

function canBe(method: string, params: unknown, answer: unknown): boolean {
  const isText = typeof answer === 'string'
  if (QUANTITIES.includes(method)) return isText && QUANTITY.test(answer)
  if (DATA.includes(method)) return isText && BYTES.test(answer)
  if (method === 'eth_sendRawTransaction') return isText && HASH.test(answer)
  if (method === 'eth_getLogs') return Array.isArray(answer) && answer.every(isObject)
  if (method === 'eth_feeHistory') return isObject(answer)
  if (!OBJECTS.includes(method)) return true
  // A chain has a newest block; of a height or a hash a node may know none.
  if (answer === null) return !(Array.isArray(params) && params[0] === 'latest')
  if (method === 'eth_getBlockByNumber') return isBlock(answer)
  if (method === 'eth_getTransactionReceipt') return isReceipt(answer)
  return isObject(answer)
}

function isBlock(answer: unknown): boolean {
  return isObject(answer) && isQuantity(answer.timestamp)
}

function isReceipt(answer: unknown): boolean {
  if (!isObject(answer)) return false
  const { transactionHash, blockHash, blockNumber, status } = answer
  const isPlaced = HASH.test(String(blockHash)) && isQuantity(blockNumber)
  return HASH.test(String(transactionHash)) && isPlaced && isQuantity(status)
}

function isQuantity(value: unknown): boolean {
  return typeof value === 'string' && QUANTITY.test(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

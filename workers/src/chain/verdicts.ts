import { isHex } from 'viem'
import { NoAnswer, RpcError } from './jsonRpc.ts'

/** Codes by which a node says that it, and not what was asked, is the trouble. */
const OWN_TROUBLE = [-32001, -32002, -32004, -32005, -32006, -32601, -32603]
const OWN_TROUBLE_WORDS =
  /rate limit|too many requests|limit exceeded|timed? ?out|temporarily|unavailable|header not found|missing trie|not found|not supported|not available|unsupported|try again|overloaded|busy/i

/** A contract refused: every node would say the same. */
export function isRevert(error: unknown): boolean {
  if (!(error instanceof RpcError)) return false
  const { code, data, message } = error
  const inner = (data as { data?: unknown } | undefined)?.data
  const hasData = [data, inner].some((each) => isHex(each) && each.length >= 10)
  return code === 3 || hasData || /revert/i.test(message)
}

/** Whether another node may well answer what this one did not: nothing came, or only the node's own trouble. */
export function isOwnTrouble(error: unknown): boolean {
  if (error instanceof NoAnswer) return true
  if (!(error instanceof RpcError) || isRevert(error)) return false
  return OWN_TROUBLE.includes(error.code) || OWN_TROUBLE_WORDS.test(error.message)
}

/* Twins of ReputerTruth.commitmentOf and StakeArbiter.commitmentOf: what a reputer or a juror seals before it opens it. */
import { encodeAbiParameters, keccak256, parseAbiParameters, slice, stringToHex } from 'viem'
import type { Address, Hex } from 'viem'
import type { TopicId } from '../words/topic.ts'

export const REPORT_TYPEHASH = keccak256(
  stringToHex(
    'Report(uint256 chainId,address source,bytes32 topic,uint256 round,address reputer,int104 value,bytes32 salt)',
  ),
)

const words = parseAbiParameters(
  'bytes32, uint256, address, bytes32, uint256, address, int104, bytes32',
)

/** The sealed form of a report, 27 bytes: bound to its reputer, chain, ReputerTruth, topic and round. */
export function reportCommitmentOf(report: {
  chainId: number
  /** The ReputerTruth. */
  source: Address
  topic: TopicId
  round: bigint
  reputer: Address
  /** What happened at the target time, 1e18 fixed point. */
  value: bigint
  /** 32 random bytes, kept until the reveal. */
  salt: Hex
}): Hex {
  const { chainId, source, topic, round, reputer, value, salt } = report
  const word = [
    REPORT_TYPEHASH,
    BigInt(chainId),
    source,
    topic,
    round,
    reputer,
    value,
    salt,
  ] as const
  return slice(keccak256(encodeAbiParameters(words, word)), 0, 27)
}

export const VOTE_TYPEHASH = keccak256(
  stringToHex(
    'Vote(uint256 chainId,address arbiter,uint256 id,address juror,int104 value,bytes32 salt)',
  ),
)

const voteWords = parseAbiParameters('bytes32, uint256, address, uint256, address, int104, bytes32')

/** The sealed form of a juror's vote, 32 bytes: bound to its juror, chain, arbiter and case. */
export function voteCommitmentOf(vote: {
  chainId: number
  arbiter: Address
  /** The case. */
  id: bigint
  juror: Address
  /** What happened at the target time, 1e18 fixed point. */
  value: bigint
  /** 32 random bytes, kept until the reveal. */
  salt: Hex
}): Hex {
  const { chainId, arbiter, id, juror, value, salt } = vote
  const word = [VOTE_TYPEHASH, BigInt(chainId), arbiter, id, juror, value, salt] as const
  return keccak256(encodeAbiParameters(voteWords, word))
}

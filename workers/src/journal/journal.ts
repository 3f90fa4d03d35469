import type { Address, Hex } from 'viem'
import type { RoundKey } from '@auspex/sdk'

/** Where a word is given: one contract on one chain, by one account. */
export type JournalScope = { chainId: number; contract: Address; account: Address }

/** What was said in a round and what seals it. Once kept it never changes. */
export type Entry = {
  /** 1e18 fixed point. */
  value: bigint
  /** Basis points; zero where the word carries none. */
  confidence: bigint
  salt: Hex
  commitment: Hex
  /** First half of the signature over the commitment; absent where it needs none. */
  r?: Hex
  /** Second half (EIP-2098). */
  vs?: Hex
}

/** A word with where it was given, as it travels from one journal to another. */
export type JournalRecord = JournalScope & RoundKey & Entry

export type Kept =
  | { status: 'kept'; entry: Entry }
  | { status: 'known'; entry: Entry }
  /** Something else was said in this round before: the new word must not leave the machine. */
  | { status: 'conflict'; entry: Entry }

export type Adopted =
  | { status: 'adopted'; added: number }
  /** The journal holds a word that the others miss or contradict: they are older than it, or another node's. */
  | { status: 'newer'; record: JournalRecord }

/**
 * The write-ahead journal: a secret is in it, on disk, before anything about it leaves the machine. It holds nothing
 * that the chain knows.
 */
export type Journal = {
  /** When it was begun, chain time. What was said before that is not in it. */
  readonly since: bigint
  /** Thirty-two bytes that tell it from every other journal. */
  readonly id: Hex
  get(key: JournalScope & RoundKey): Entry | undefined
  /** Keeps an entry for good. Settles when it is on disk; a second, different one is refused. */
  put(key: JournalScope & RoundKey, entry: Entry): Promise<Kept>
  /** All that is kept, by chain, contract, account, topic and round. */
  records(): JournalRecord[]
  /**
   * Takes in the words of another journal, all or none. From then on it counts as begun at `now`: what the other one's
   * node has said since is in neither.
   */
  adopt(options: { records: readonly JournalRecord[]; now: bigint }): Adopted
  close(): void
}

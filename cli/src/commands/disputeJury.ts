/* `auspex dispute`: what a juror of a StakeArbiter does: register, unregister, withdraw, vote, reveal. */
import type { Command } from 'commander'
import { formatEther } from 'viem'
import {
  accountOf,
  claimJuror,
  commitVote,
  getFreeJurorSeat,
  getJuror,
  getJurorClaimable,
  registerJuror,
  revealVote,
  unregisterJuror,
  voteCommitmentOf,
  withdrawJuror,
} from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { openConfigured } from '../openAccount.ts'
import { openDispute, openDisputes, requireJury, voteSalt } from '../openDispute.ts'
import { parseAmount, parseFixed, parseTopic, parseWhole } from '../parsers.ts'
import { print } from '../print.ts'
import { inTokens, tokenOf } from '../tokenOf.ts'

/* STAKE */

export function disputeRegister(): Command {
  return command('register', 'stake on deciding challenges, as a juror of the topic’s arbiter')
    .argument('<topic>', 'id of a topic whose answers the arbiter decides', parseTopic)
    .argument('<amount>', 'tokens; they cannot be added to later', parseAmount)
    .option('--seat <number>', 'which seat, 0 to 31; a free one where left out', parseWhole)
    .action(register)
}

async function register(
  topic: TopicId,
  tokens: string,
  options: Common & { seat?: bigint },
): Promise<void> {
  const { json, config } = options
  const { client } = await openConfigured(config)
  const { arbiter, token } = await openDisputes(client, { topic })
  const money = await tokenOf(client, token)
  const amount = money.units(tokens)
  const seat = options.seat ?? (await getFreeJurorSeat(client, { arbiter }))
  if (seat === undefined) {
    throw new OperatorError(
      'error',
      'All seats of the jury are taken. Name one with --seat whose juror has at most ten elevenths of your stake.',
    )
  }
  await inTokens(money, registerJuror(client, { arbiter, seat, amount }))
  const juror = accountOf(client)
  print({
    json,
    data: { topic, juror, arbiter, seat, amount },
    lines: [
      `${juror} is juror ${seat} of ${arbiter}, with ${money.words(amount)}`,
      'whoever does not vote in a case of its loses stake: watch for CaseOpened events',
    ],
    next: `auspex dispute show ${topic} <round>`,
  })
}

export function disputeUnregister(): Command {
  return command('unregister', 'give up a juror’s seat; it still votes in the cases that are open')
    .argument('<topic>', 'id of a topic whose answers the arbiter decides', parseTopic)
    .action(unregister)
}

async function unregister(topic: TopicId, { json, config }: Common): Promise<void> {
  const { client } = await openConfigured(config)
  const { arbiter } = await openDisputes(client, { topic })
  const { leavesAt } = await unregisterJuror(client, { arbiter })
  const moment = new Date(Number(leavesAt) * 1000).toISOString()
  print({
    json,
    data: { topic, juror: accountOf(client), arbiter, leavesAt },
    lines: [`${accountOf(client)} leaves the jury of ${arbiter}`],
    next: `after ${moment}: auspex dispute withdraw ${topic}`,
  })
}

export function disputeWithdraw(): Command {
  return command('withdraw', 'take out a juror’s fees, and its stake once it has left')
    .argument('<topic>', 'id of a topic whose answers the arbiter decides', parseTopic)
    .action(withdraw)
}

async function withdraw(topic: TopicId, { json, config }: Common): Promise<void> {
  const { client } = await openConfigured(config)
  const { arbiter, token } = await openDisputes(client, { topic })
  const { words } = await tokenOf(client, token)
  const account = accountOf(client)
  const juror = await getJuror(client, { arbiter, juror: account })
  const fees = await getJurorClaimable(client, { arbiter, account })
  const isLeaving = juror?.leavesAt !== undefined && juror.leavesAt <= (await client.now())
  // With fees to take out, a stake that stays is no reason to refuse.
  if (isLeaving || fees === 0n) await withdrawJuror(client, { arbiter, juror: account })
  const { amount } = await claimJuror(client, { arbiter, account })
  print({
    json,
    data: { topic, juror: account, arbiter, amount },
    lines: [`paid ${words(amount)} to ${account}`],
    next: `auspex dispute register ${topic} <amount>`,
  })
}

/* VOTE */

export function disputeVote(): Command {
  return voteCommand('vote', 'seal a juror’s vote on what happened in a challenged round').action(
    vote,
  )
}

export function disputeReveal(): Command {
  return voteCommand('reveal', 'open a juror’s vote, once the commit window is over').action(reveal)
}

function voteCommand(name: string, description: string): Command {
  return command(name, description)
    .argument('<topic>', 'id of the topic', parseTopic)
    .argument('<round>', 'number of the round', parseWhole)
    .argument('<value>', 'what happened; the same in both commands', parseFixed)
}

async function vote(
  topic: TopicId,
  round: bigint,
  value: bigint,
  { json, config }: Common,
): Promise<void> {
  const { client, keys } = await openConfigured(config)
  const { arbiter, dispute } = await openDispute(client, { topic, round })
  const { id } = dispute
  const { openedAt } = await requireJury(client, { arbiter, id })
  const [juror, { chainId }] = [accountOf(client), client]
  const salt = voteSalt(client, { saltKey: keys.saltKey, arbiter, id })
  const commitment = voteCommitmentOf({ chainId, arbiter, id, juror, value, salt })
  const { receipt } = await commitVote(client, { arbiter, id, commitment })
  print({
    json,
    data: { topic, round, juror, arbiter, id, value, transaction: receipt.transactionHash },
    lines: [
      `${juror} sealed ${formatEther(value)} in case ${id}, opened ${new Date(Number(openedAt) * 1000).toISOString()}`,
      'a vote that is not opened counts as silence, and costs stake',
    ],
    next: `auspex dispute reveal ${topic} ${round} ${formatEther(value)}`,
  })
}

async function reveal(
  topic: TopicId,
  round: bigint,
  value: bigint,
  { json, config }: Common,
): Promise<void> {
  const { client, keys } = await openConfigured(config)
  const { arbiter, dispute } = await openDispute(client, { topic, round })
  const { id } = dispute
  await requireJury(client, { arbiter, id })
  const salt = voteSalt(client, { saltKey: keys.saltKey, arbiter, id })
  const { receipt } = await revealVote(client, { arbiter, id, value, salt })
  const juror = accountOf(client)
  print({
    json,
    data: { topic, round, juror, arbiter, id, value, transaction: receipt.transactionHash },
    lines: [`${juror} voted ${formatEther(value)} in case ${id}`],
    next: `auspex dispute settle ${topic} ${round}`,
  })
}

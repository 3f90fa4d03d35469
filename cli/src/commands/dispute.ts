/* `auspex dispute`: challenges of reported truths, seen from outside the jury: show, open, contest, settle, claim. */
import type { Command } from 'commander'
import { formatEther } from 'viem'
import {
  accountOf,
  challengeTruth,
  claimReputer,
  closeCase,
  concludeDispute,
  disputeAssertion,
  getDispute,
  getTruth,
  settleAssertion,
} from '@auspex/sdk'
import type { AuspexClient, Dispute, TopicId } from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { openConfigured, openReader } from '../openAccount.ts'
import { decisionOf, openDispute, openDisputes } from '../openDispute.ts'
import type { Decision } from '../openDispute.ts'
import { parseFixed, parseTopic, parseWhole } from '../parsers.ts'
import { print } from '../print.ts'
import { inTokens, tokenOf } from '../tokenOf.ts'

function ofRound(name: string, description: string): Command {
  return command(name, description)
    .argument('<topic>', 'id of the topic', parseTopic)
    .argument('<round>', 'number of the round', parseWhole)
}

/* SHOW */

export function disputeShow(): Command {
  return ofRound('show', 'show how a challenge of a round’s truth stands').action(show)
}

async function show(topic: TopicId, round: bigint, { json, config }: Common): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const { source, arbiter, token, bond, fee, challengeWindow, duration } = await openDisputes(
    client,
    { topic },
  )
  const { words } = await tokenOf(client, token)
  const key = { source, topic, round }
  const [truth, dispute] = [await getTruth(client, key), await getDispute(client, key)]
  const decision = dispute && (await decisionOf(client, { arbiter, id: dispute.id }))
  const value = truth.status === 'known' ? ` ${formatEther(truth.value)}` : ''
  print({
    json,
    data: {
      ...{ topic, round, truth: truth.status, value: truth.value, source, arbiter, bond, fee },
      ...{ challengeWindow, duration, dispute: dispute ?? null, decision: decision ?? null },
    },
    lines: [
      `truth      ${truth.status}${value}`,
      `terms      bond ${words(bond)}, fee ${words(fee)}, to challenge within ${challengeWindow} s of the tally`,
      `arbiter    ${arbiter}, rules within ${duration} s`,
      ...(dispute ? linesOf(dispute, decision!, words) : ['challenge  none']),
    ],
    next: nextOf({ topic, round, dispute, decision, isKnown: truth.status === 'known' }),
  })
}

function linesOf(dispute: Dispute, decision: Decision, words: (units: bigint) => string): string[] {
  const lines = [`challenge  ${dispute.status}, by ${dispute.challenger}, case ${dispute.id}`]
  if (decision.kind === 'jury') {
    const { ruling, seats, openedAt } = decision.found
    return [...lines, `jury       ${seats} jurors since ${momentOf(openedAt)}, ruling ${ruling}`]
  }
  if (decision.kind === 'other') return lines
  const { status, reported, claimed, bond, disputableUntil } = decision.found
  return [
    ...lines,
    `oracle     ${status}: ${formatEther(claimed)} and not ${formatEther(reported)}`,
    `           can be contested for ${words(bond)} until ${momentOf(disputableUntil)}`,
  ]
}

function nextOf(found: {
  topic: TopicId
  round: bigint
  dispute: Dispute | undefined
  decision: Decision | undefined
  isKnown: boolean
}): string {
  const { topic, round, dispute, decision, isKnown } = found
  if (dispute === undefined) {
    return isKnown
      ? 'auspex reputer start, which settles the round'
      : `auspex dispute open ${topic} ${round} <value>`
  }
  if (dispute.status !== 'open') return `auspex dispute claim ${topic}`
  if (decision?.kind === 'jury' && decision.found.ruling === 'pending') {
    return `auspex dispute vote ${topic} ${round} <value>`
  }
  const isContestable = decision?.kind === 'oracle' && decision.found.status === 'asserted'
  if (isContestable && decision.found.ruling === 'pending') {
    return `auspex dispute contest ${topic} ${round}`
  }
  return `auspex dispute settle ${topic} ${round}`
}

function momentOf(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString()
}

/* OPEN */

export function disputeOpen(): Command {
  return ofRound('open', 'challenge what a round’s reports were tallied to, with bond and fee')
    .argument('<value>', 'what happened instead', parseFixed)
    .action(open)
}

async function open(
  topic: TopicId,
  round: bigint,
  claimed: bigint,
  { json, config }: Common,
): Promise<void> {
  const { client } = await openConfigured(config)
  const { source, arbiter, token, bond, fee, duration } = await openDisputes(client, { topic })
  const money = await tokenOf(client, token)
  const challenge = challengeTruth(client, { source, topic, round, claimed })
  const { id, receipt } = await inTokens(money, challenge)
  print({
    json,
    data: {
      ...{ topic, round, claimed, challenger: accountOf(client), arbiter, id, bond, fee },
      transaction: receipt.transactionHash,
    },
    lines: [
      `challenged round ${round}: ${formatEther(claimed)} happened; case ${id} of ${arbiter}`,
      `paid a bond of ${money.words(bond)} and a fee of ${money.words(fee)}`,
      `the arbiter rules within ${duration} seconds`,
    ],
    next: `auspex dispute show ${topic} ${round}`,
  })
}

/* CONTEST, at an optimistic oracle */

export function disputeContest(): Command {
  return ofRound(
    'contest',
    'dispute a challenger’s claim at the optimistic oracle, with the same bond',
  ).action(contest)
}

async function contest(topic: TopicId, round: bigint, { json, config }: Common): Promise<void> {
  const { client } = await openConfigured(config)
  const { arbiter, token, dispute } = await openDispute(client, { topic, round })
  const { id } = dispute
  const decision = await decisionOf(client, { arbiter, id })
  if (decision.kind !== 'oracle') {
    throw new OperatorError(
      'requirement',
      `No optimistic oracle decides this challenge: the arbiter is ${arbiter}. Jurors vote with auspex dispute vote.`,
    )
  }
  const money = await tokenOf(client, token)
  const { receipt } = await inTokens(money, disputeAssertion(client, { arbiter, id }))
  const { bond, oracle, decidedBy } = decision.found
  print({
    json,
    data: { topic, round, arbiter, id, oracle, bond, transaction: receipt.transactionHash },
    lines: [
      `contested case ${id} at ${oracle} with ${money.words(bond)}`,
      `without its answer by ${momentOf(decidedBy)} the round is void`,
    ],
    next: `auspex dispute settle ${topic} ${round}`,
  })
}

/* SETTLE, CLAIM */

export function disputeSettle(): Command {
  return ofRound(
    'settle',
    'close a challenge that is decided: pays challenger, reporters and jurors. Anyone may',
  ).action(settle)
}

async function settle(topic: TopicId, round: bigint, { json, config }: Common): Promise<void> {
  const { client } = await openConfigured(config)
  const { source, arbiter, token, dispute } = await openDispute(client, { topic, round })
  const { words } = await tokenOf(client, token)
  const { id } = dispute
  const closed = await closeAt(client, await decisionOf(client, { arbiter, id }), { arbiter, id })
  const ended =
    dispute.status === 'open' ? await concludeDispute(client, { source, topic, round }) : undefined
  const status = ended?.status ?? dispute.status
  print({
    json,
    data: {
      topic,
      round,
      id,
      status,
      value: ended?.value ?? null,
      paid: ended?.paid ?? null,
      closed,
    },
    lines: [
      `the challenge is ${status}`,
      ...(ended ? [`the challenger may claim ${words(ended.paid)}`] : []),
      ...(closed ? [`closed case ${id} of ${arbiter}`] : []),
    ],
    next: `auspex dispute claim ${topic}`,
  })
}

/**
 * What the arbiter's own side needs: an open case its closing, an assertion that is over its settlement. Whoever was faster has
 * done it.
 */
async function closeAt(
  client: AuspexClient,
  decision: Decision,
  key: { arbiter: `0x${string}`; id: bigint },
): Promise<boolean> {
  if (decision.kind === 'jury') {
    if (decision.found.isClosed || decision.found.ruling === 'pending') return false
    await closeCase(client, key)
    return true
  }
  if (decision.kind === 'other') return false
  // A decided dispute was settled, or nothing could have decided it.
  const { status, ruling } = decision.found
  const isWaiting = status === 'disputed' || (status === 'asserted' && ruling === 'decided')
  if (!isWaiting) return false
  return settleAssertion(client, key).then(
    () => true,
    (error: Error) => {
      if (/already settled|not resolved/i.test(error.message)) return false
      throw error
    },
  )
}

export function disputeClaim(): Command {
  return command('claim', 'collect what challenges have paid the configured account')
    .argument('<topic>', 'id of the topic', parseTopic)
    .action(claim)
}

async function claim(topic: TopicId, { json, config }: Common): Promise<void> {
  const { client } = await openConfigured(config)
  const { source, token } = await openDisputes(client, { topic })
  const { words } = await tokenOf(client, token)
  const account = accountOf(client)
  const { amount } = await claimReputer(client, { source, account })
  print({
    json,
    data: { topic, account, amount },
    lines: [`paid ${words(amount)} to ${account}`],
    next: `auspex reputer show ${topic}`,
  })
}

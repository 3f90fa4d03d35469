import { expect } from 'chai'
import fc from 'fast-check'
import { bytesToHex, isAddressEqual, keccak256, toHex } from 'viem'
import type { Address, Hex } from 'viem'
import {
  AuspexError,
  challengeTruth,
  claimJuror,
  claimReputer,
  closeCase,
  commitReport,
  commitVote,
  concludeDispute,
  createAuspex,
  getCase,
  getDispute,
  getDisputeTerms,
  getFreeJurorSeat,
  getJuror,
  getJurorClaimable,
  getReputer,
  getReputerClaimable,
  getTruth,
  getVoteSeat,
  getVotes,
  registerJuror,
  reportCommitmentOf,
  revealReport,
  revealVote,
  roundStatuses,
  takeReputerSeat,
  tallyReports,
  unregisterJuror,
  voteCommitmentOf,
  withdrawJuror,
} from '../../sdk/src/index.ts'
import type { AuspexClient, Topic } from '../../sdk/src/index.ts'
import { connection, HOUR, loadFixture, ONE, time } from '../helpers/network.ts'

const topic = keccak256(toHex('what happened, and who says so?'))
const round = 3n
const STAKE = 1_000n * ONE
const BOND = 50n * ONE
const FEE = 10n * ONE
const WINDOW = 600n
const cadence = HOUR
const horizon = 4n * HOUR
const happened = -123n * ONE
const lie = 500n * ONE
const salt: Hex = `0x${'07'.repeat(32)}`

const accountOf = (client: AuspexClient): Address => client.account!
const nameOf = (error: unknown) => (error instanceof AuspexError ? error.name : error)
const refused = (call: Promise<unknown>) => call.then(() => 'accepted', nameOf)

/** Three reputers, two of whom lie about the round, three jurors, and one who saw what happened; all with tokens. */
async function tallied() {
  const { viem } = connection
  const publicClient = await viem.getPublicClient()
  const wallets = await viem.getWalletClients()
  const token = await viem.deployContract('TestToken', ['Test', 'TST'])
  const topics = await viem.deployContract('MockTopics')
  const windows = { commitWindow: Number(WINDOW), revealWindow: Number(WINDOW) }
  const shared = { ...windows, token: token.address, sink: `0x${'99'.repeat(20)}` }
  const { address: arbiter } = await viem.deployContract('StakeArbiter', [
    { ...shared, delay: 60, minStake: ONE, silenceBps: 100, fee: FEE },
  ])
  const { address: source } = await viem.deployContract('ChallengedTruth', [
    {
      ...{ ...shared, network: topics.address, challengeWindow: Number(WINDOW), unstakeDelay: 60 },
      ...{ minStake: ONE, quorumBps: 6000, outlierBps: 1000, silenceBps: 100 },
      ...{ toleranceBps: 100, tolerance: 0n },
    },
    arbiter,
    BOND,
  ])
  const start = BigInt(await time.latest()) + 2n * HOUR
  await topics.write.setTopic!([topic, source, start, cadence, horizon, 4n * HOUR])
  await topics.write.setStatus!([topic, round, roundStatuses.indexOf('published')])
  const clients: AuspexClient[] = []
  for (const walletClient of wallets.slice(0, 7)) {
    await token.write.mint!([walletClient.account.address, STAKE])
    clients.push(await createAuspex({ network: topics.address, publicClient, walletClient }))
  }
  const [reputers, jurors, challenger] = [clients.slice(0, 3), clients.slice(3, 6), clients[6]!]

  for (const client of jurors) {
    const seat = (await getFreeJurorSeat(client, { arbiter }))!
    await registerJuror(client, { arbiter, seat, amount: STAKE })
  }
  for (const [seat, client] of reputers.entries())
    await takeReputerSeat(client, { source, topic, seat: BigInt(seat), amount: STAKE })
  const target = start + round * cadence + horizon
  await time.increaseTo(target)
  const key = { source, topic, round }
  const said = [happened, lie, lie]
  for (const [i, client] of reputers.entries()) {
    const report = { ...key, reputer: accountOf(client), value: said[i]!, salt }
    const commitment = reportCommitmentOf({ chainId: client.chainId, ...report })
    await commitReport(client, { ...key, commitment })
  }
  await time.increaseTo(target + WINDOW)
  for (const [i, client] of reputers.entries())
    await revealReport(client, { ...key, value: said[i]!, salt })
  const { value } = await tallyReports(challenger, key)
  expect(value).to.equal(lie)

  const state = { truth: source, start, cadence, horizon } as unknown as Topic
  const truth = () => getTruth(challenger, { topic, round, state })
  return { arbiter, source, token, key, reputers, jurors, challenger, truth }
}

async function challenged() {
  const base = await tallied()
  const { key, challenger } = base
  const { id } = await challengeTruth(challenger, { ...key, claimed: happened })
  return { ...base, id }
}

describe('disputes', () => {
  it('seal a vote as the arbiter hashes it', async () => {
    const { arbiter, challenger } = await loadFixture(tallied)
    const { read } = await connection.viem.getContractAt('StakeArbiter', arbiter)
    const bytes = (length: number) =>
      fc.uint8Array({ minLength: length, maxLength: length }).map((list) => bytesToHex(list))
    const edge = 2n ** 103n
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
        bytes(20),
        fc.bigInt({ min: -edge, max: edge - 1n }),
        bytes(32),
        async (id, juror, value, secret) => {
          const { chainId } = challenger
          const vote = { chainId, arbiter, id, juror: juror as Address, value, salt: secret }
          const hash = await read.commitmentOf!([id, juror, value, secret])
          expect(hash).to.equal(voteCommitmentOf(vote))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('cost a bond and a fee, and hold the truth back', async () => {
    const { arbiter, source, token, key, challenger, truth } = await loadFixture(tallied)
    const terms = await getDisputeTerms(challenger, { source })
    expect(terms).to.include({ bond: BOND, fee: FEE })
    expect(terms).to.include({ challengeWindow: WINDOW, duration: 2n * WINDOW })
    expect(isAddressEqual(terms.arbiter, arbiter)).to.equal(true)
    expect(isAddressEqual(terms.token, token.address)).to.equal(true)
    expect(await getDispute(challenger, key)).to.equal(undefined)
    expect(await refused(challengeTruth(challenger, { ...key, claimed: lie }))).to.equal(
      'SameValue',
    )
    const { id } = await challengeTruth(challenger, { ...key, claimed: happened })
    expect(await token.read.balanceOf!([accountOf(challenger)])).to.equal(STAKE - BOND - FEE)
    const dispute = (await getDispute(challenger, key))!
    expect(dispute).to.include({ status: 'open', id })
    expect(isAddressEqual(dispute.challenger, accountOf(challenger))).to.equal(true)
    expect((await truth()).status).to.equal('disputed')
    expect(await refused(challengeTruth(challenger, { ...key, claimed: happened }))).to.equal(
      'AlreadyChallenged',
    )
    expect(await refused(concludeDispute(challenger, key))).to.equal('RulingPending')
  })

  it('are decided by jurors, and pay the challenger who was right', async () => {
    const { arbiter, key, id, source, reputers, jurors, challenger, truth } =
      await loadFixture(challenged)
    const opened = (await getCase(challenger, { arbiter, id }))!
    expect(opened).to.include({ seats: 3n, isClosed: false, ruling: 'pending', value: undefined })
    for (const client of jurors) {
      const { chainId } = client
      const vote = { chainId, arbiter, id, juror: accountOf(client), value: happened, salt }
      await commitVote(client, { arbiter, id, commitment: voteCommitmentOf(vote) })
    }
    const own = { arbiter, id, commitment: salt }
    expect(await refused(commitVote(jurors[0]!, own))).to.equal('AlreadyCommitted')
    expect(await refused(commitVote(reputers[0]!, own))).to.equal('NotSeated')

    await time.increaseTo(opened.openedAt + WINDOW)
    const other = { arbiter, id, value: lie, salt }
    expect(await refused(revealVote(jurors[0]!, other))).to.equal('WrongVote')
    for (const client of jurors) await revealVote(client, { arbiter, id, value: happened, salt })
    const votes = await getVotes(challenger, { arbiter, id })
    expect(votes.map(({ status, value }) => [status, value])).to.deep.equal(
      jurors.map(() => ['revealed', happened]),
    )

    await time.increaseTo(opened.openedAt + 2n * WINDOW)
    expect(await truth()).to.deep.equal({ status: 'known', value: happened })
    const { ruling, value } = await closeCase(challenger, { arbiter, id })
    expect([ruling, value]).to.deep.equal(['decided', happened])
    expect(await refused(closeCase(challenger, { arbiter, id }))).to.equal('AlreadyTallied')
    const ended = await concludeDispute(challenger, key)
    expect(ended).to.include({ status: 'overturned', value: happened, paid: 2n * (BOND + FEE) })
    const winner = { source, account: accountOf(challenger) }
    expect(await getReputerClaimable(challenger, winner)).to.equal(2n * (BOND + FEE))
    expect((await claimReputer(challenger, winner)).amount).to.equal(2n * (BOND + FEE))
    for (const client of reputers.slice(1)) {
      const liar = await getReputer(client, { source, topic, reputer: accountOf(client) })
      expect(liar?.stake ?? 0n).to.equal(0n)
    }
    expect(await refused(concludeDispute(challenger, key))).to.equal('NotChallenged')
    const share = await getJurorClaimable(challenger, { arbiter, account: accountOf(jurors[0]!) })
    expect(share).to.equal(FEE / 3n)
    const claimed = await claimJuror(challenger, { arbiter, account: accountOf(jurors[0]!) })
    expect(claimed.amount).to.equal(share)
  })

  it('let jurors go, who are asked nothing of later cases', async () => {
    const { arbiter, id, jurors } = await loadFixture(challenged)
    const [ann] = jurors as [AuspexClient]
    const juror = accountOf(ann)
    expect(await getJuror(ann, { arbiter, juror })).to.deep.include({ stake: STAKE, seat: 0n })
    expect(await getVoteSeat(ann, { arbiter, id, juror })).to.equal(0n)
    const { leavesAt } = await unregisterJuror(ann, { arbiter })
    expect(await getFreeJurorSeat(ann, { arbiter })).to.equal(0n)
    expect((await getJuror(ann, { arbiter, juror }))!.leavesAt).to.equal(leavesAt)
    expect(await refused(withdrawJuror(ann, { arbiter, juror }))).to.equal('TooEarly')
    await time.increaseTo(leavesAt)
    expect((await withdrawJuror(ann, { arbiter, juror })).amount).to.equal(STAKE)
    expect(await getJuror(ann, { arbiter, juror })).to.equal(undefined)
    expect((await claimJuror(ann, { arbiter, account: juror })).amount).to.equal(STAKE)
  })
})

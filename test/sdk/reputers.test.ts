import { expect } from 'chai'
import fc from 'fast-check'
import { bytesToHex, keccak256, toHex } from 'viem'
import type { Address, Hex } from 'viem'
import {
  AuspexError,
  claimReputer,
  commitReport,
  createAuspex,
  getFreeReputerSeat,
  getPanel,
  getReport,
  getReporter,
  getReputer,
  getReputerClaimable,
  getReputerSeat,
  getTruth,
  reportCommitmentOf,
  revealReport,
  roundStatuses,
  takeReputerSeat,
  tallyReports,
  unstakeReputer,
  withdrawReputer,
} from '../../sdk/src/index.ts'
import type { AuspexClient, Topic } from '../../sdk/src/index.ts'
import { connection, HOUR, loadFixture, ONE, time } from '../helpers/network.ts'

const topic = keccak256(toHex('what happened?'))
const round = 3n
const STAKE = 1_000n * ONE
const cadence = HOUR
const horizon = 4n * HOUR
const value = -123n * ONE
const salts = ['01', '02', '03'].map((each): Hex => `0x${each.repeat(32)}`)

/** A ReputerTruth over a topic that anyone may write, two hours before its start, and three reputers with tokens. */
async function deployed() {
  const { viem } = connection
  const publicClient = await viem.getPublicClient()
  const wallets = await viem.getWalletClients()
  const token = await viem.deployContract('TestToken', ['Test', 'TST'])
  const topics = await viem.deployContract('MockTopics')
  const { address: source } = await viem.deployContract('ReputerTruth', [
    {
      ...{ token: token.address, network: topics.address, sink: `0x${'99'.repeat(20)}` },
      ...{ commitWindow: 600, revealWindow: 600, challengeWindow: 0, unstakeDelay: 60 },
      ...{ minStake: ONE, quorumBps: 6000, outlierBps: 1000, silenceBps: 100 },
      ...{ toleranceBps: 0, tolerance: 0n },
    },
  ])
  const start = BigInt(await time.latest()) + 2n * HOUR
  await topics.write.setTopic!([topic, source, start, cadence, horizon, 4n * HOUR])
  await topics.write.setStatus!([topic, round, roundStatuses.indexOf('published')])

  const reputers: AuspexClient[] = []
  for (const walletClient of wallets.slice(0, 3)) {
    await token.write.mint!([walletClient.account.address, STAKE])
    reputers.push(await createAuspex({ network: topics.address, publicClient, walletClient }))
  }
  const target = start + round * cadence + horizon
  const state = { truth: source, start, cadence, horizon } as unknown as Topic
  return { source, token, topics, start, target, state, reputers }
}

async function seated() {
  const base = await deployed()
  const { source, reputers } = base
  for (const [seat, client] of reputers.entries())
    await takeReputerSeat(client, { source, topic, seat: BigInt(seat), amount: STAKE })
  await time.increaseTo(base.target)
  return base
}

const accountOf = (client: AuspexClient): Address => client.account!

function commitmentOf(client: AuspexClient, { source, i }: { source: Address; i: number }): Hex {
  const { chainId } = client
  const salt = salts[i]!
  return reportCommitmentOf({
    ...{ chainId, source, topic, round, reputer: accountOf(client), value, salt },
  })
}

describe('reputers', () => {
  it('seal a report as the contract hashes it', async () => {
    const { source, reputers } = await loadFixture(deployed)
    const { read } = await connection.viem.getContractAt('ReputerTruth', source)
    const bytes = (length: number) =>
      fc.uint8Array({ minLength: length, maxLength: length }).map((list) => bytesToHex(list))
    const edge = 2n ** 103n
    await fc.assert(
      fc.asyncProperty(
        bytes(32),
        fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
        bytes(20),
        fc.bigInt({ min: -edge, max: edge - 1n }),
        bytes(32),
        async (id, n, reputer, reported, salt) => {
          const { chainId } = reputers[0]!
          expect(await read.commitmentOf!([id, n, reputer, reported, salt])).to.equal(
            reportCommitmentOf({
              ...{ chainId, source, topic: id, round: n, reputer: reputer as Address },
              ...{ value: reported, salt },
            }),
          )
        },
      ),
      { numRuns: 50 },
    )
  })

  it('have no panel before the first seat is taken', async () => {
    const { source, reputers } = await loadFixture(deployed)
    const [ann] = reputers as [AuspexClient]
    expect(await getPanel(ann, { source, topic })).to.equal(undefined)
    expect(await getReputer(ann, { source, topic, reputer: accountOf(ann) })).to.equal(undefined)
    expect(await getFreeReputerSeat(ann, { source, topic })).to.equal(0n)
  })

  it('take seats, approving what is needed, from the first round that has not opened', async () => {
    const { source, start, reputers } = await loadFixture(deployed)
    const [ann, bea] = reputers as [AuspexClient, AuspexClient]
    const key = { source, topic, seat: 0n, amount: STAKE }
    expect((await takeReputerSeat(ann, key)).from).to.equal(0n)
    const panel = await getPanel(ann, { source, topic })
    expect(panel).to.include({ cadence, horizon, commitWindow: 600n, revealWindow: 600n })
    expect(panel!.firstTarget).to.equal(start + horizon)
    expect(await getReputerSeat(ann, { source, topic, seat: 0n })).to.equal(
      (await getReporter(ann, { source, topic, round, seat: 0n }))!.reporter,
    )
    expect(await getFreeReputerSeat(ann, { source, topic })).to.equal(1n)

    await time.increaseTo(start + cadence)
    const refused = await takeReputerSeat(bea, key).catch((error) => error)
    expect(refused).to.be.instanceOf(AuspexError).with.property('name', 'StakeTooLow')
    const { from } = await takeReputerSeat(bea, { ...key, seat: 1n })
    expect(from).to.equal(2n)
    expect(await getReporter(bea, { source, topic, round: 1n, seat: 1n })).to.equal(undefined)
  })

  it('commit, reveal and tally, which gives the truth', async () => {
    const { source, target, state, reputers } = await loadFixture(seated)
    const key = { source, topic, round }
    for (const [i, client] of reputers.entries())
      await commitReport(client, { ...key, commitment: commitmentOf(client, { source, i }) })
    expect(await getReport(reputers[0]!, { ...key, seat: 0n })).to.deep.equal({
      status: 'committed',
      commitment: commitmentOf(reputers[0]!, { source, i: 0 }),
    })

    await time.increaseTo(target + 600n)
    for (const [i, client] of reputers.entries())
      await revealReport(client, { ...key, value, salt: salts[i]! })
    expect(await getReport(reputers[0]!, { ...key, seat: 0n })).to.deep.equal({
      status: 'revealed',
      value,
    })
    const told = await tallyReports(reputers[0]!, key)
    expect({ status: told.status, value: told.value }).to.deep.equal({ status: 'known', value })
    expect(await getTruth(reputers[0]!, { topic, round, state })).to.deep.equal({
      status: 'known',
      value,
    })
    const again = await tallyReports(reputers[1]!, key).catch((error) => error)
    expect(again).to.be.instanceOf(AuspexError).with.property('name', 'AlreadyTallied')
  })

  it('unstake, withdraw and are paid once', async () => {
    const { source, token, reputers } = await loadFixture(seated)
    const [ann] = reputers as [AuspexClient]
    const reputer = accountOf(ann)
    const { isRefunded, leavesAt } = await unstakeReputer(ann, { source, topic })
    expect(isRefunded).to.equal(false)
    const term = await getReputer(ann, { source, topic, reputer })
    expect(term).to.deep.include({ seat: 0n, stake: STAKE, from: 0n, leavesAt })
    expect(term!.until! > round).to.equal(true)
    expect(await getReputerSeat(ann, { source, topic, seat: 0n })).to.equal(undefined)

    await time.increaseTo(leavesAt!)
    expect((await withdrawReputer(ann, { source, topic, reputer })).amount).to.equal(STAKE)
    expect(await getReputerClaimable(ann, { source, account: reputer })).to.equal(STAKE)
    expect((await claimReputer(ann, { source, account: reputer })).amount).to.equal(STAKE)
    expect(await token.read.balanceOf!([reputer])).to.equal(STAKE)
    expect(await getReputer(ann, { source, topic, reputer })).to.equal(undefined)
  })

  it('are refunded at once where no round has opened since they sat', async () => {
    const { source, reputers } = await loadFixture(deployed)
    const [ann] = reputers as [AuspexClient]
    await takeReputerSeat(ann, { source, topic, seat: 0n, amount: STAKE })
    expect(await unstakeReputer(ann, { source, topic })).to.deep.include({
      isRefunded: true,
      leavesAt: undefined,
    })
    const { amount } = await claimReputer(ann, { source, account: accountOf(ann) })
    expect(amount).to.equal(STAKE)
  })
})

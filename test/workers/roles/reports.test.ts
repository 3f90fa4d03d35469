import { expect } from 'chai'
import { encodeFunctionData } from 'viem'
import {
  activate,
  createTopic,
  deposit,
  getRound,
  getTruth,
  takeSeat,
} from '../../../sdk/src/index.ts'
import { reputerTruthAbi } from '../../../sdk/src/abis/index.ts'
import type { AuspexClient } from '../../../sdk/src/index.ts'
import * as Schedule from '../../../sdk/src/maths/schedule.ts'
import { openJournal } from '../../../workers/src/journal/openJournal.ts'
import { fromPanel, fromReports } from '../../../workers/src/reputer/truths/fromReports.ts'
import type { ReportOptions } from '../../../workers/src/reputer/reporter.ts'
import type { TruthAdapter } from '../../../workers/src/reputer/reputerTurn.ts'
import {
  connection,
  DAY,
  deployed,
  HOUR,
  loadFixture,
  ONE,
  STAKE,
  termsOf,
  time,
} from '../../helpers/network.ts'
import { reputerOf, SALT_KEY, workerOf } from './nodes.ts'

const round = 0n
const TRUTH = 103n * ONE

describe('a truth that reputers report', () => {
  it('is sealed, opened, counted and settled by nothing but ticks', async () => {
    const base = await loadFixture(reporting)
    const { topic, truth, keeper, stranger, creator, workers, goTo, params } = base
    const reputers = [keeper, stranger, creator].map((client) =>
      reputerOf({
        client,
        topic,
        feed: truth.address,
        truth: fromReports(client, {
          address: truth.address,
          topic,
          observe: async () => TRUTH,
          journal: openJournal({ file: ':memory:', now: 0n }),
          saltKey: SALT_KEY,
        }),
      }),
    )
    const tickAll = async () => {
      const steps = []
      for (const { reputer } of reputers) steps.push(...(await reputer.tick()))
      return steps.map((step) => ('act' in step ? step.act : step.status))
    }
    const nodes = workers.map((client) =>
      workerOf({ client, topic, reputers: [reputers[0]!.endpoint] }),
    )

    await goTo('openTime')
    for (const node of nodes) await node.tick()
    await tickAll()
    await goTo('revealTime')
    for (const node of nodes) await node.tick()
    await tickAll()
    await goTo('publishTime')
    await tickAll()

    await goTo('targetTime')
    expect((await tickAll()).filter((each) => each === 'report.committed')).to.have.length(3)
    expect(await tickAll()).to.not.include('report.committed')
    const target = Schedule.targetTime(params, round)
    await time.increaseTo(target + HOUR)
    expect((await tickAll()).filter((each) => each === 'report.revealed')).to.have.length(3)
    await time.increaseTo(target + 2n * HOUR)
    expect(await tickAll())
      .to.include('round.tallied')
      .and.to.include('settled')

    expect(await getTruth(keeper, { topic, round })).to.deep.equal({
      status: 'known',
      value: TRUTH,
    })
    expect((await getRound(keeper, { topic, round })).status).to.equal('settled')
  })

  it('keeps the report before it leaves, and abstains while nothing was observed', async () => {
    const base = await loadFixture(reporting)
    const { topic, truth, keeper, goTo } = base
    const journal = openJournal({ file: ':memory:', now: 0n })
    const seen: bigint[] = []
    const adapter = adapterOf(base, { journal, observe: async () => seen[0] })
    const key = { chainId: keeper.chainId, contract: truth.address, account: keeper.account! }

    await publish(base, adapter)
    await goTo('targetTime')
    expect(await adapter.attend()).to.deep.equal([])
    seen.push(TRUTH)
    expect(await adapter.attend()).to.deep.equal([{ topic, round, act: 'report.committed' }])
    expect(journal.get({ ...key, topic, round })!.value).to.equal(TRUTH)
  })

  it('is not reported where nothing was published, and silence costs nothing there', async () => {
    const base = await loadFixture(reporting)
    const journal = openJournal({ file: ':memory:', now: 0n })
    const adapter = adapterOf(base, { journal, observe: async () => TRUTH })

    await base.goTo('targetTime')
    expect(await adapter.attend()).to.deep.equal([])
    await time.increase(2n * HOUR)
    const data = encodeFunctionData({
      abi: reputerTruthAbi,
      functionName: 'tally',
      args: [base.topic, round],
    })
    const refused = await base.stranger.send({ to: base.truth.address, data }).catch((e) => e)
    expect(String(refused)).to.include('WrongStatus')
  })
})

describe('reporters alone', () => {
  it('report, and leave the rounds to a keeper, which brings their truth', async () => {
    const base = await loadFixture(reporting)
    const { topic, truth, keeper, stranger, creator, workers, goTo, params } = base
    const place = { topic, feed: truth.address }
    const reporters = [keeper, stranger, creator].map((client) =>
      reputerOf({
        ...place,
        client,
        trades: ['reporter'],
        truth: fromReports(client, {
          address: truth.address,
          topic,
          observe: async () => TRUTH,
          journal: openJournal({ file: ':memory:', now: 0n }),
          saltKey: SALT_KEY,
        }),
      }),
    )
    const panel = fromPanel(workers[0]!, { address: truth.address, topic })
    const other = reputerOf({ ...place, client: workers[0]!, trades: ['keeper'], truth: panel })
    const nodes = workers.map((client) => workerOf({ client, topic, reputers: [] }))
    const tickAll = async () => {
      const steps = []
      for (const { reputer } of reporters) steps.push(...(await reputer.tick()))
      return steps.map((step) => ('act' in step ? step.act : step.status))
    }
    const keeperDoes = async () => {
      const steps = await other.reputer.tick()
      return steps.map((step) => ('act' in step ? step.act : step.status))
    }

    for (const moment of ['openTime', 'revealTime', 'publishTime'] as const) {
      await goTo(moment)
      for (const node of nodes) await node.tick()
      expect(await tickAll()).to.deep.equal([])
      await keeperDoes()
    }
    await goTo('targetTime')
    expect(await tickAll()).to.deep.equal(Array.from({ length: 3 }, () => 'report.committed'))
    const target = Schedule.targetTime(params, round)
    await time.increaseTo(target + HOUR)
    expect(await tickAll()).to.deep.equal(Array.from({ length: 3 }, () => 'report.revealed'))
    await time.increaseTo(target + 2n * HOUR)
    expect(await tickAll()).to.deep.equal([])
    expect(await keeperDoes()).to.include('round.tallied')
    expect(await keeperDoes()).to.include('settled')
    expect((await getRound(keeper, { topic, round })).status).to.equal('settled')
  })
})

describe('a look at the reports', () => {
  it('asks the chain for nothing while no report is due', async () => {
    const { topic, truth, keeper, goTo } = await loadFixture(reporting)
    const { client, asked } = noting(keeper)
    const adapter = fromReports(client, {
      address: truth.address,
      topic,
      observe: async () => undefined,
      journal: openJournal({ file: ':memory:', now: 0n }),
      saltKey: SALT_KEY,
    })

    await adapter.attend()
    expect(asked()).to.include('panelOf')
    await goTo('publishTime')
    await adapter.attend()
    expect(asked()).to.deep.equal([])
    await goTo('targetTime')
    await adapter.attend()
    expect(asked()).to.deep.equal(['reputerOf', 'reportOf', 'roundOf'])
  })

  it('reads a topic once, however often it asks for a truth', async () => {
    const { topic, truth, keeper } = await loadFixture(reporting)
    const { client, asked } = noting(keeper)
    const adapter = fromReports(client, {
      address: truth.address,
      topic,
      observe: async () => undefined,
      journal: openJournal({ file: ':memory:', now: 0n }),
      saltKey: SALT_KEY,
    })
    const turn = { topic, round, time: 0n } as Parameters<typeof adapter.bring>[0]

    expect(await adapter.bring(turn)).to.have.property('status', 'waiting')
    expect(asked()).to.include('topicOf')
    expect(await adapter.bring(turn)).to.have.property('status', 'waiting')
    expect(asked()).to.deep.equal(['truthOf'])
  })
})

/** A client that notes what is read from contracts. */
function noting(client: AuspexClient) {
  const names: string[] = []
  const { readContract } = client.public
  const noted: typeof readContract = (call) => {
    names.push(call.functionName)
    return readContract(call)
  }
  return {
    client: { ...client, public: { ...client.public, readContract: noted } },
    /** What was read since the last time. */
    asked: () => names.splice(0),
  }
}

type Base = Awaited<ReturnType<typeof reporting>>

function adapterOf(
  { topic, truth, keeper }: Base,
  options: Pick<ReportOptions, 'journal' | 'observe'>,
): Required<TruthAdapter> {
  return fromReports(keeper, { address: truth.address, topic, saltKey: SALT_KEY, ...options })
}

/** Plays the round up to its aggregate: every worker goes to the chain itself, the keeper publishes. */
async function publish({ topic, truth, keeper, workers, goTo }: Base, adapter: TruthAdapter) {
  const { reputer } = reputerOf({ client: keeper, topic, feed: truth.address, truth: adapter })
  const nodes = workers.map((client) => workerOf({ client, topic, reputers: [] }))
  for (const moment of ['openTime', 'revealTime', 'publishTime'] as const) {
    await goTo(moment)
    for (const node of nodes) await node.tick()
    await reputer.tick()
  }
}

/** A topic whose truth three reputers report, an hour to seal and an hour to open; every worker has a seat. */
async function reporting() {
  const base = await deployed()
  const { contract, token, workers, keeper, stranger, creator } = base
  const truth = await connection.viem.deployContract('ReputerTruth', [
    {
      token: token.address,
      network: contract.address,
      sink: `0x${'99'.repeat(20)}`,
      commitWindow: Number(HOUR),
      revealWindow: Number(HOUR),
      challengeWindow: 0,
      unstakeDelay: Number(DAY),
      minStake: ONE,
      quorumBps: 6000,
      outlierBps: 1000,
      silenceBps: 100,
      toleranceBps: 100,
      tolerance: ONE,
    },
  ])
  const start = BigInt(await time.latest()) + DAY
  const params = termsOf({ truth: truth.address, start })
  const { topic } = await createTopic(creator, params)

  for (const worker of workers) await deposit(worker, { topic, amount: STAKE })
  await time.increase(params.activationDelay)
  for (const [seat, client] of workers.entries()) {
    const worker = client.account!
    await activate(client, { topic, worker })
    await takeSeat(client, { topic, worker, seat: BigInt(seat) })
  }
  for (const [seat, client] of [keeper, stranger, creator].entries()) {
    await token.write.approve!([truth.address, STAKE], { account: client.account! })
    const args = [topic, BigInt(seat), STAKE] as const
    const data = encodeFunctionData({ abi: reputerTruthAbi, functionName: 'takeSeat', args })
    await client.send({ to: truth.address, data })
  }

  const goTo = (moment: 'openTime' | 'revealTime' | 'publishTime' | 'targetTime') =>
    time.increaseTo(Schedule[moment](params, round))
  return { ...base, truth, topic, params, goTo }
}

import { getPosition } from '@auspex/sdk'
import { leapTo, until } from './anvil.ts'
import {
  cut,
  down,
  failAfterForwarding,
  flaky,
  half,
  hang,
  lagging,
  lateReceipts,
  logLimit,
  noLogs,
  noPending,
  orphanedReceipts,
  stalePending,
  wrongChain,
} from './faultProxy.ts'
import type { Fault } from './faultProxy.ts'
import { machineScenarios } from './machineScenarios.ts'
import { require } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { OWNER, reorganise, takeBack, within } from './stage.ts'
import type { Moment, Stage } from './stage.ts'

const ROUNDS = [0n, 1n]

/** Faults that are at work all the time, on the first endpoint or on all of them. */
function always(fault: () => Fault) {
  return async (stage: Stage) => {
    stage.proxies[0]!.faults.push(fault())
    for (const round of ROUNDS) await stage.play(round)
  }
}

/** A fault that begins at a moment of each round and is over at another one. */
function between(from: Moment, to: Moment, fault: () => Fault, { forMs = 0 } = {}) {
  return async (stage: Stage) => {
    const at = async (moment: Moment) => {
      for (const proxy of stage.proxies) if (moment === from) proxy.faults.push(fault())
      if (moment === from && forMs > 0) await pauseThenMend(stage, forMs)
      if (moment === to) mend(stage)
    }
    for (const round of ROUNDS) await stage.play(round, { at })
  }
}

async function pauseThenMend(stage: Stage, forMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, forMs))
  mend(stage)
}

function mend({ proxies }: Stage): void {
  for (const { faults } of proxies) faults.length = 0
}

/** Kills a node like a power cut at a moment, and starts it again. */
function killedAt(moment: Moment, role: 'worker' | 'reputer') {
  return async (stage: Stage) => {
    const node = stage.nodes.find((each) => each.role === role)!
    const at = async (reached: Moment) => {
      if (reached !== moment) return
      await node.kill('SIGKILL')
      await node.start()
    }
    for (const round of ROUNDS) await stage.play(round, { at, limitMs: 60_000 })
  }
}

/** The chain takes back what a moment was reached in, and the blocks since. */
function takenBack(moment: Moment, depth: number) {
  return async (stage: Stage) => {
    const at = async (reached: Moment) => {
      if (reached === moment) await takeBack(stage, depth)
    }
    for (const round of ROUNDS) await stage.play(round, { at })
  }
}

/** A command that moves the owner's tokens, under a fault; what left must be what was asked for, once. */
function money(run: (stage: Stage) => Promise<void>): Scenario['play'] {
  return run
}

async function stakeOf({ spectator, topic }: Stage) {
  const { privateKeyToAccount } = await import('viem/accounts')
  const { keyOf } = await import('./anvil.ts')
  const worker = privateKeyToAccount(keyOf(OWNER)).address
  return getPosition(spectator, { topic, worker })
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'rpc-down',
    says: 'all endpoints refuse connections for some seconds after the commit',
    stage: { endpoints: 2 },
    play: between('committed', 'revealed', () => cut, { forMs: 5000 }),
  },
  {
    name: 'rpc-hang',
    says: 'the first endpoint accepts and never answers, the second is healthy',
    stage: { endpoints: 2 },
    play: async (stage) => {
      stage.proxies[0]!.faults.push(hang)
      for (const round of ROUNDS) await stage.play(round)
      const node = stage.nodes.find(({ role }) => role === 'worker')!
      const began = Date.now()
      require((await node.kill('SIGTERM')) === 0, 'SIGTERM did not end the worker with 0')
      require(Date.now() - began < 10_000, `SIGTERM took ${Date.now() - began} ms`)
    },
  },
  {
    name: 'rpc-busy',
    says: 'the first endpoint answers HTTP 429 to everything',
    stage: { endpoints: 2 },
    play: always(() => () => ({ status: 429, headers: { 'retry-after': '5' } })),
  },
  {
    name: 'rpc-flaky',
    says: 'three in ten answers of the only endpoint are HTTP 500',
    play: always(() => flaky({ share: 0.3 })),
  },
  {
    name: 'rpc-wrong-chain',
    says: 'the first of two endpoints serves another chain from the commit on',
    stage: { endpoints: 2 },
    play: async (stage) => {
      const at = async (moment: Moment) => {
        if (moment === 'committed') stage.proxies[0]!.faults.push(wrongChain({ id: 1 }))
      }
      await stage.play(0n, { at })
      await stage.play(1n)
      require(stage.nodes.every((node) => node.isRunning()), 'a node ended')
    },
  },
  {
    name: 'rpc-wrong-chain-once',
    says: 'the only endpoint answers another chain id once',
    play: async (stage) => {
      const at = async (moment: Moment) => {
        const isOne = moment === 'committed' || moment === 'revealing'
        if (isOne) stage.proxies[0]!.faults.push(wrongChain({ id: 1, times: 1 }))
      }
      for (const round of ROUNDS) await stage.play(round, { at })
      require(stage.nodes.every((node) => node.isRunning()), 'a node ended')
    },
  },
  {
    name: 'rpc-lagging',
    says: 'the first of two endpoints is ten blocks behind',
    stage: { endpoints: 2 },
    play: always(() => lagging({ blocks: 10n })),
  },
  {
    name: 'pending-refused',
    says: 'the only endpoint knows no pending block',
    play: always(() => noPending),
  },
  {
    name: 'pending-old',
    says: 'the only endpoint answers what is pending out of a block of long ago',
    play: always(() => stalePending({ block: 1n })),
  },
  {
    name: 'receipts-orphaned',
    says: 'each receipt is shown first as of a block that the chain took back, and as a failure',
    play: always(() => orphanedReceipts({ times: 2 })),
  },
  {
    name: 'answers-broken',
    says: 'every tenth answer of the only endpoint breaks off in its middle',
    play: always(() => half({ every: 10 })),
  },
  {
    name: 'logs-range',
    says: 'the only endpoint gives logs of ten blocks at most',
    play: always(() => logLimit({ blocks: 10n })),
  },
  {
    name: 'logs-empty',
    says: 'the first of two endpoints answers no logs, whatever there are',
    stage: { endpoints: 2 },
    play: always(() => noLogs),
  },
  {
    name: 'logs-empty-alone',
    says: 'the only endpoint answers no logs, whatever there are',
    play: async (stage) => {
      const at = async (moment: Moment) => {
        if (moment === 'committed') stage.proxies[0]!.faults.push(noLogs)
        // What consumers of a round need after its reveals is in its logs alone.
        if (moment === 'published') mend(stage)
      }
      await stage.play(0n, { at })
      const isSaid = stage.nodes.some((node) => node.log().includes('"logs.missing"'))
      require(isSaid, 'no node says that its endpoint shows no logs')
    },
  },
  {
    name: 'send-lost-answer',
    says: 'every transaction is taken, and the answer is HTTP 500',
    play: always(() => failAfterForwarding()),
  },
  {
    name: 'receipt-late-nodes',
    says: 'each receipt is shown only when it is asked for the fourth time',
    play: always(() => lateEach({ times: 3 })),
  },
  ...(['opened', 'committed', 'revealing', 'revealed'] as const).map((moment): Scenario => ({
    name: `kill-worker-${moment}`,
    says: `a worker is killed like by a power cut: ${moment}`,
    play: killedAt(moment, 'worker'),
  })),
  ...(['committed', 'revealing', 'published'] as const).map((moment): Scenario => ({
    name: `kill-reputer-${moment}`,
    says: `a reputer is killed like by a power cut: ${moment}`,
    play: killedAt(moment, 'reputer'),
  })),
  ...(['opened', 'committed', 'revealing', 'revealed', 'published', 'settled'] as const).flatMap(
    (moment) =>
      [1, 3, 8].map((depth): Scenario => ({
        name: `reorg-${depth}-${moment}`,
        says: `the chain takes back ${depth} blocks: ${moment}`,
        play: takenBack(moment, depth),
      })),
  ),
  {
    name: 'fee-spike',
    says: 'a unit of gas costs 600 gwei after the commit',
    play: async (stage) => {
      const { chain } = stage.anvil
      const at = async (moment: Moment) => {
        if (moment !== 'committed') return
        await chain.setNextBlockBaseFeePerGas({ baseFeePerGas: 600n * 10n ** 9n })
        await chain.mine({ blocks: 1 })
      }
      for (const round of ROUNDS) await stage.play(round, { at })
    },
  },
  {
    name: 'second-instance',
    says: 'a second process is started on the same data folder',
    play: async (stage) => {
      const { runCommand } = await import('./stage.ts')
      const config = `${stage.folder}/worker-0.yaml`
      const ran = await runCommand(['worker', 'start', '--config', config])
      require(ran.code === 4, `it ended with ${ran.code}: ${ran.errors}`)
      await stage.play(0n)
    },
  },
  ...machineScenarios,
  {
    name: 'reputer-dies',
    says: 'the only reputer dies after the commit: the worker reveals alone, and publishes nothing else',
    stage: { reputers: 2 },
    play: async (stage) => {
      const [first] = stage.nodes.filter(({ role }) => role === 'reputer')
      const at = async (moment: Moment) => {
        if (moment === 'committed') await first!.kill('SIGKILL')
      }
      await stage.play(0n, { at, limitMs: 60_000 })
    },
  },
  {
    name: 'readyz-flood',
    says: '1,500 connections ask a worker for /readyz while it works',
    play: async (stage) => {
      const node = stage.nodes.find(({ role }) => role === 'worker')!
      const flood = Array.from({ length: 1500 }, () =>
        fetch(`http://127.0.0.1:${node.port}/readyz`).catch(() => undefined),
      )
      await stage.play(0n)
      await Promise.all(flood)
    },
  },
  {
    name: 'readyz-secret',
    says: 'keys in the URLs of endpoints are in no answer and no line of a log',
    play: async (stage) => {
      stage.proxies[0]!.faults.push(flaky({ share: 0.2 }))
      await stage.play(0n)
      stage.proxies[0]!.faults.push(down())
      await new Promise((resolve) => setTimeout(resolve, 3000))
      for (const { port, log, name } of stage.nodes) {
        const answers = await Promise.all(
          ['readyz?verbose', 'metrics', 'status'].map(async (path) =>
            (await fetch(`http://127.0.0.1:${port}/${path}`)).text(),
          ),
        )
        const shown = [...answers, log()].join()
        require(!shown.includes('k3y-0f-an'), `${name} shows the key of its endpoint`)
      }
      mend(stage)
    },
  },
  {
    name: 'receipt-late',
    says: 'a receipt is missing once, and stake is asked back by command: it leaves once',
    stage: { workers: 1, reputers: 0 },
    play: money(async (stage) => {
      await depositAndActivate(stage)
      stage.proxies[0]!.faults.push(lateReceipts({ times: 1 }))
      const ran = await stage.command(['stake', 'unstake', stage.topic, '100'])
      require(ran.code === 0, ran.errors)
      const { stake, leaving } = await stakeOf(stage)
      require(leaving === 100n * ONE, `${leaving} are leaving, ${stake} stay`)
    }),
  },
  {
    name: 'deposit-lost-answer',
    says: 'the answer to every transaction of a deposit is lost: it is made once',
    stage: { workers: 1, reputers: 0 },
    play: money(async (stage) => {
      stage.proxies[0]!.faults.push(failAfterForwarding(), lateReceipts({ times: 3 }))
      const ran = await stage.command(['stake', 'deposit', stage.topic, '100'])
      require(ran.code === 0, ran.errors)
      const { pending } = await stakeOf(stage)
      require(pending === 100n * ONE, `${pending} are deposited`)
    }),
  },
  {
    name: 'deposit-killed',
    says: 'a deposit is killed before it heard of its transaction, and run again: it is made once',
    stage: { workers: 1, reputers: 0 },
    play: money(async (stage) => {
      const { chain } = stage.anvil
      const deposits = async () => {
        const { pending, stake } = await stakeOf(stage)
        return pending + stake
      }
      stage.proxies[0]!.faults.push(receiptsNever)
      const killed = stage.command(['stake', 'deposit', stage.topic, '100'], {
        killAfterMs: 25_000,
      })
      await within(20_000, async () => (await deposits()) > 0n)
      await killed
      mend(stage)
      for (let i = 0; i < 3; i++) await chain.mine({ blocks: 1 })
      const ran = await stage.command(['stake', 'deposit', stage.topic, '100'])
      require(ran.code === 0, ran.errors)
      require((await deposits()) === 100n * ONE, `${await deposits()} are deposited`)
      const again = await stage.command(['stake', 'deposit', stage.topic, '100'])
      require(again.code === 0, again.errors)
      require((await deposits()) === 200n * ONE, `${await deposits()} are there after one more`)
    }),
  },
  {
    name: 'nonce-gap',
    says: 'the chain takes back a block while a transaction of a reputer is pending',
    play: async (stage) => {
      const { chain } = stage.anvil
      const at = async (moment: Moment) => {
        if (moment !== 'revealing') return
        await chain.setAutomine(false)
        await new Promise((resolve) => setTimeout(resolve, 1500))
        await reorganise(stage, 2)
        await chain.setAutomine(true)
        for (let i = 0; i < 3; i++) await chain.mine({ blocks: 1 })
      }
      await stage.play(0n, { at })
      await stage.play(1n)
    },
  },
]

const ONE = 10n ** 18n

/** No receipt at all, whatever was mined. */
const receiptsNever: Fault = ({ method }) =>
  method === 'eth_getTransactionReceipt' ? { result: null } : undefined

/** Every receipt is missing so many times. */
function lateEach({ times }: { times: number }): Fault {
  const asked = new Map<unknown, number>()
  return ({ method, params }) => {
    if (method !== 'eth_getTransactionReceipt') return undefined
    const count = (asked.get(params[0]) ?? 0) + 1
    asked.set(params[0], count)
    return count <= times ? { result: null } : undefined
  }
}

async function depositAndActivate(stage: Stage): Promise<void> {
  const deposited = await stage.command(['stake', 'deposit', stage.topic, '1000'])
  require(deposited.code === 0, deposited.errors)
  const { timestamp } = await stage.anvil.chain.getBlock()
  await leapTo(stage.anvil, timestamp + 20n)
  const activated = await stage.command(['stake', 'activate', stage.topic])
  require(activated.code === 0, activated.errors)
  await until('the stake counts', async () => (await stakeOf(stage)).stake === 1000n * ONE)
}

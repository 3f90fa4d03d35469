import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { privateKeyToAddress } from 'viem/accounts'
import { keyOf } from '../../../devnet/startChain.ts'
import type { Scene } from '../topics/openTopics.ts'
import { PURSE } from '../topics/openWorld.ts'
import type { Order, Reply, Ticked, Weight } from './messages.ts'

const PROCESS = fileURLToPath(new URL('reputerProcess.ts', import.meta.url))

/** A reputer that serves all topics of a scene, in a process of its own. */
export type Node = {
  /** Where workers hand in. */
  url: string
  tick: () => Promise<Ticked>
  weigh: () => Promise<Weight>
  /** Closes its files and ends. */
  stop: () => Promise<void>
  /** Ends it at once, as a power cut would. */
  kill: () => Promise<void>
}

/** Starts a reputer on a data folder; the same name takes up what it left there. */
export async function startNode({
  scene: { world, topics, fromBlock },
  name,
}: {
  scene: Scene
  name: string
}): Promise<Node> {
  const { chain, deployed, folder } = world
  const { network, token, truth } = deployed
  const key = keyOf(`bench scale ${name}`)
  await chain.endow(privateKeyToAddress(key), PURSE)

  const child = fork(PROCESS, {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  })
  const ended = once(child, 'exit')

  async function order<Result>(what: Order): Promise<Result> {
    child.send(what)
    const told = once(child, 'message') as Promise<[Reply]>
    const died = ended.then(([code]) => {
      throw new Error(`The reputer's process ended with ${code}`)
    })
    const [reply] = await Promise.race([told, died])
    if (!reply.ok) throw new Error(`The reputer failed: ${reply.reason}`)
    return reply.result as Result
  }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }

  const options = {
    ...{ url: chain.url, chainId: chain.id, network, token, truth, topics, fromBlock, key },
    folder: join(folder, name),
  }
  return {
    url: await order<string>({ do: 'start', options }),
    tick: () => order<Ticked>({ do: 'tick' }),
    weigh: () => order<Weight>({ do: 'weigh' }),
    stop: async () => {
      await order<undefined>({ do: 'stop' })
      await end('SIGTERM')
    },
    kill: () => end('SIGKILL'),
  }
}

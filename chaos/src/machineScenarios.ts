import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leapTo, pause } from './anvil.ts'
import { require } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import type { Moment, Node, Stage } from './stage.ts'

/** Machines that lose what they kept, and machines that share a key. */
export const machineScenarios: readonly Scenario[] = [
  {
    name: 'dir-lost',
    says: 'the data folder is deleted between commit and reveal, and the model would say something else now',
    play: async (stage) => {
      const node = stage.nodes.find(({ role }) => role === 'worker')!
      const at = async (moment: Moment) => {
        if (moment !== 'committed') return
        await node.kill('SIGKILL')
        loseFolder(stage, node)
        // What the model says with another confidence opens no commitment: it has to be read out of the chain.
        sayOtherwise(stage, node)
        await node.start()
      }
      await stage.play(0n, { at, limitMs: 60_000 })
      require(node.log().includes('"prediction.recovered"'), 'nothing was recovered')
    },
  },
  {
    name: 'dir-lost-alone',
    says: 'the same, and the only reputer dies with the folder',
    stage: { reputers: 2 },
    play: async (stage) => {
      const node = stage.nodes.find(({ role }) => role === 'worker')!
      const [reputer] = stage.nodes.filter(({ role }) => role === 'reputer')
      const { start, commitWindow, revealWindow } = stage.params
      const at = async (moment: Moment) => {
        // By then its patience with reputers is over.
        if (moment === 'revealing') {
          await stage.leapPast(start + commitWindow + (revealWindow * 3n) / 4n)
        }
        if (moment !== 'committed') return
        await Promise.all([node.kill('SIGKILL'), reputer!.kill('SIGKILL')])
        loseFolder(stage, node)
        sayOtherwise(stage, node)
        await node.start()
      }
      await stage.play(0n, { at, limitMs: 60_000 })
      require(node.log().includes('"prediction.recovered"'), 'nothing was recovered')
    },
  },
  ...(
    [
      ['one-key-two-reputers', [1]],
      ['one-key-one-reputer', [0]],
    ] as const
  ).map(([name, reputers]): Scenario => ({
    name,
    says: `a second machine starts with the key of a worker, and ${reputers[0] === 0 ? 'the same reputer' : 'another reputer'}: it stops before it signs`,
    stage: { reputers: 2 },
    play: async (stage) => {
      await stage.play(0n)
      const second = await stage.addWorker({ of: 0, name: 'second', reputers, confidence: 0.25 })
      await stage.play(1n, { limitMs: 60_000 })
      await stopsAlone(stage, second)
      await stage.play(2n)
    },
  })),
  ...(
    [
      ['one-key-started-together', [[0], [1]]],
      ['one-key-started-together-one-reputer', [[0], [0]]],
    ] as const
  ).map(([name, reputers]): Scenario => ({
    name,
    says: `two machines start with one new key in the same round, with ${name.endsWith('one-reputer') ? 'one' : 'no'} reputer in common: the younger journal stops before it signs`,
    stage: { reputers: 2 },
    play: async (stage) => {
      await stage.play(0n)
      const node = stage.nodes.find(({ role }) => role === 'worker')!
      await node.kill('SIGKILL')
      loseFolder(stage, node)
      const pair: Node[] = []
      for (const [i, own] of reputers.entries()) {
        const more = { reputers: own, confidence: 0.25 + i / 4 }
        pair.push(await stage.addWorker({ of: 0, name: `twin-${i}`, ...more }))
        // The second one's journal is younger by this; nodes read the time off the pending block.
        const { timestamp } = await stage.anvil.chain.getBlock({ blockTag: 'pending' })
        await leapTo(stage.anvil, timestamp + 5n)
      }
      const [older, younger] = pair
      const { start, cadence, commitWindow } = stage.params
      // In this round both listen: nobody speaks.
      for (let part = 0n; part < 6n; part++) {
        await stage.leapPast(start + cadence + (commitWindow * part) / 6n)
        await pause(1500)
      }
      await stopsAlone(stage, younger!)
      require(older!.isRunning(), 'the older one stopped')
      require((await stage.sealedIn(1n)) === 0, 'somebody spoke while both listened')
      await stage.play(2n, { limitMs: 60_000 })
      await stage.play(3n)
    },
  })),
]

/** The disk is gone, and with it all that the node kept. */
function loseFolder({ folder }: Stage, { name }: Node): void {
  rmSync(join(folder, name), { recursive: true, force: true })
}

/** From its next start on the node would seal something else. */
function sayOtherwise({ folder }: Stage, { name }: Node): void {
  const file = join(folder, `${name}.yaml`)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('confidence: 0.5', 'confidence: 0.125'))
}

/** A node stopped because another one has its key, and never signed anything. */
async function stopsAlone({ folder }: Stage, node: Node): Promise<void> {
  const code = await Promise.race([node.ended(), pause(60_000).then(() => 'nothing')])
  require(code === 4, `${node.name} ended with ${code}`)
  require(node.log().includes('"signer.elsewhere"'), `${node.name} does not say why it stopped`)
  const { openJournal } = await import('@auspex/workers')
  const journal = openJournal({ file: join(folder, node.name, 'journal.db'), now: 0n })
  const { length } = journal.records()
  journal.close()
  require(length === 0, `${node.name} signed ${length} times`)
}

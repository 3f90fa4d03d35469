import type { RoundKey } from '@auspex/sdk'
import { sleep } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { deliver, lostOrFailed } from './packer.ts'
import type { Reputer } from './reputer.ts'
import type { Agenda, Post, ReputerStep } from './reputerTurn.ts'

/** How long a tick waits for what it sent to be mined. */
const HOLD_MS = 3000

/**
 * One tick of the reputers of several topics that share an account: what is due in any of them goes out together. A topic
 * that cannot be looked at is left for the next time. What is not mined within `holdMs` is waited for beside the ticks that
 * follow, and comes to `onLate`: one stuck transaction holds up no other round.
 */
export async function tickTogether(options: {
  reputers: readonly Pick<Reputer, 'topic' | 'look'>[]
  post: Post
  log: Log
  holdMs?: number
  onLate?: (steps: readonly (RoundKey & ReputerStep)[]) => void
}): Promise<(RoundKey & ReputerStep)[]> {
  const { reputers, post, log, holdMs = HOLD_MS, onLate } = options
  const looks = await Promise.allSettled(reputers.map(({ look }) => look()))
  const failures = looks.filter((look) => look.status === 'rejected')
  if (failures.length > 0 && failures.length === looks.length) throw failures[0]!.reason

  const agendas: Agenda[] = []
  for (const [i, look] of looks.entries()) {
    if (look.status === 'fulfilled') agendas.push(look.value)
    else log.error({ topic: reputers[i]!.topic, reason: reasonOf(look) }, 'topic.failed')
  }
  const delivered = deliverAll(post, agendas)
  const held = new AbortController()
  let isLate = false
  const late = sleep(holdMs, held.signal).then(() => {
    // The sleep also ends when all is delivered: then nothing is held.
    if (held.signal.aborted) return []
    isLate = true
    for (const { hold } of agendas) hold()
    return []
  })
  void delivered
    .then(
      (steps) => isLate && onLate?.(steps),
      (error: Error) => isLate && log.error({ reason: error.message }, 'delivery.failed'),
    )
    .finally(() => held.abort())
  return Promise.race([delivered, late])
}

async function deliverAll(
  post: Post,
  agendas: readonly Agenda[],
): Promise<(RoundKey & ReputerStep)[]> {
  const done = await deliver(
    post,
    agendas.map(({ calls }) => calls),
  ).catch((error: unknown) => agendas.map(({ calls }) => calls.map(() => lostOrFailed(error))))
  return (await Promise.all(agendas.map(({ finish }, i) => finish(done[i]!)))).flat()
}

function reasonOf({ reason }: PromiseRejectedResult): string {
  return (reason as Error).message.split('\n')[0]!
}

import type { RoundKey } from '@auspex/sdk'
import type { Log } from '../runtime/log.ts'
import type { Reputer } from './createReputer.ts'
import { deliver } from './deliver.ts'
import type { Post } from './post.ts'
import type { Agenda, ReputerStep } from './reputerTurn.ts'

/**
 * One tick of the reputers of several topics that share an account: what is due in any of them goes out together. A topic
 * that cannot be looked at is left for the next time.
 */
export async function tickTogether({
  reputers,
  post,
  log,
}: {
  reputers: readonly Pick<Reputer, 'topic' | 'look'>[]
  post: Post
  log: Log
}): Promise<(RoundKey & ReputerStep)[]> {
  const looks = await Promise.allSettled(reputers.map(({ look }) => look()))
  const failures = looks.filter((look) => look.status === 'rejected')
  if (failures.length > 0 && failures.length === looks.length) throw failures[0]!.reason

  const agendas: Agenda[] = []
  for (const [i, look] of looks.entries()) {
    if (look.status === 'fulfilled') agendas.push(look.value)
    else log.error({ topic: reputers[i]!.topic, reason: reasonOf(look) }, 'topic.failed')
  }
  const done = await deliver(
    post,
    agendas.map(({ calls }) => calls),
  )
  return (await Promise.all(agendas.map(({ finish }, i) => finish(done[i]!)))).flat()
}

function reasonOf({ reason }: PromiseRejectedResult): string {
  return (reason as Error).message.split('\n')[0]!
}

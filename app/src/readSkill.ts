import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Source } from './source.ts'

/** How well a topic's settled rounds did. Errors are root mean squares in the topic's unit. */
export type Skill = {
  rounds: number
  rmse: number | null
  naive: number | null
  median: number | null
  mean: number | null
  /** Share of the truths that lay inside a promised interval. */
  coverage: number | null
  promised: number
}

/** Adds up the settled rounds of a topic, in the database. */
export async function readSkill({
  db,
  schema: { round },
  topic,
}: Source & { topic: string }): Promise<Skill> {
  const error = (column: unknown) =>
    sql`sqrt(avg(power((${column} - ${round.truth})::double precision / 1e18, 2)))`
  const isInside = sql`${round.truth} between ${round.lower} and ${round.upper}`
  const [found] = await db
    .select({
      rounds: sql`count(*)::int`,
      rmse: error(round.value),
      naive: error(round.reference),
      median: error(round.median),
      mean: error(round.mean),
      promised: sql`count(${round.lower})::int`,
      coverage: sql`avg(case when ${round.lower} is null then null when ${isInside} then 1.0 else 0.0 end)::double precision`,
    })
    .from(round)
    .where(and(eq(round.topic, topic as never), isNotNull(round.truth)))
  return found as Skill
}

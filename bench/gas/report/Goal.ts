/** What a contributor to an update is to cost at most, and costs. */
export type Goal = {
  /** whose cost for each signature is the limit */
  peer: string
  limit: number
  /** at so many contributors */
  at: number
  rows: readonly GoalRow[]
}

export type GoalRow = {
  name: string
  /** by number of workers */
  perContributor: Record<string, number>
  holds: boolean
}

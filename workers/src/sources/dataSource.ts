import type { History } from './history.ts'

/** Where observations come from. */
export interface DataSource {
  readonly name: string
  /** What was known at `now` (unix seconds), and not a bar more. */
  read(moment: { now: number; published?: number | undefined }): Promise<History>
}

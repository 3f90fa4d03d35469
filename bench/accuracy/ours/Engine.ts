import type { Topic } from '../panel/Panel.ts'

/** How much of the inner aggregate each source holds; the shares sum to one. */
export type Shares = { anchor: number; mean: number; workers: ReadonlyMap<string, number> }

/** Widths of an interval below and above its value, fixed point. */
export type Widths = { below: bigint; above: bigint }

/** What the network published in a round, fixed point. */
export type Published = { value: bigint; widths: Widths | undefined; shares: Shares }

/** Our rule over a whole topic, one published value a round: by the twins, or on a chain. */
export type Engine = (topic: Topic) => Promise<Published[]>

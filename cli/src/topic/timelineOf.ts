import type { TopicParams } from '@auspex/sdk'

type Terms = Pick<
  TopicParams,
  'start' | 'cadence' | 'commitWindow' | 'revealWindow' | 'horizon' | 'truthWindow'
>

/** Less time than this for a truth to be brought is a matter of luck on most chains, seconds. */
const SHORTEST_TRUTH = 60n

/** What a topic's first rounds look like, in words. */
export function timelineOf(terms: Terms): string {
  const { start, cadence, commitWindow, revealWindow, horizon, truthWindow } = terms
  const publish = start + commitWindow + revealWindow
  const target = start + horizon
  return [
    `round 0 opens ${at(start)}`,
    ...(commitWindow > 0n ? [`commits until ${at(start + commitWindow)}`] : []),
    `reveals until ${at(publish)}`,
    `its forecast is live until the target ${at(target)}`,
    `its truth must come by ${at(target + truthWindow)}`,
    `round 1 opens ${at(start + cadence)} and is published ${at(publish + cadence)}`,
  ].join('; ')
}

/** What the creator of a topic probably did not mean; its terms can never be changed. */
export function warningsOf(terms: Terms): string[] {
  const { start, cadence, commitWindow, revealWindow, horizon, truthWindow } = terms
  const target = start + horizon
  const next = start + cadence + commitWindow + revealWindow
  const gap = next - target
  const warnings: string[] = []
  if (gap > 0n) {
    warnings.push(
      `the feed has no live forecast from ${at(target)} to ${at(next)}, ${gap} s of every ${cadence} s: make horizon at least ${cadence + commitWindow + revealWindow} s to leave no gap`,
    )
  }
  if (truthWindow < SHORTEST_TRUTH) {
    warnings.push(
      `a truth has ${truthWindow} s after its target to come on chain, or its round is void: make truthWindow at least ${SHORTEST_TRUTH} s`,
    )
  }
  return warnings.length === 0 ? [] : [...warnings, `the timeline: ${timelineOf(terms)}`]
}

function at(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z')
}

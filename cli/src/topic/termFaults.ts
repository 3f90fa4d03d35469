import type { TopicParams } from '@auspex/sdk'
import type { Fault } from '../config/readConfig.ts'
import { momentOf, numberOf, shareOf, spanOf } from './units.ts'

/** `ringSize x riskBps`, and `(ringSize - 1) x poolRateBps`, may be at most this (see Terms.sol). */
const MOST_AT_RISK = 1600n
const MOST_IN_FLIGHT = 2500n
const YEAR = 365n * 86_400n
/** Values are counted in 104 bits, with a sign. */
const LARGEST = 2n ** 103n - 1n
/** Spreads without a sign; the largest half of them stands for none. */
const WIDEST = 2n ** 103n - 1n

/**
 * What the network would refuse of terms that each are possible by themselves: all of it at once, by the file's fields and in
 * its units, each with what to write instead. Follows Terms.sol.
 */
export function termFaults(params: TopicParams, now: bigint): Fault[] {
  return [...timeFaults(params, now), ...moneyFaults(params), ...valueFaults(params)]
}

function timeFaults(params: TopicParams, now: bigint): Fault[] {
  const { start, cadence, commitWindow, revealWindow, lead, horizon, ringSize } = params
  const faults: Fault[] = []
  if (start < now || start > now + YEAR) {
    faults.push({
      field: 'start',
      problem: `must be between now, ${momentOf(now)}, and a year from now`,
      write: momentOf(now + 3600n),
    })
  }
  const least = commitWindow + revealWindow + lead
  const most = ringSize * cadence
  if (horizon < least) {
    const leavesNoGap = cadence + commitWindow + revealWindow
    faults.push({
      field: 'horizon',
      problem: `must be at least commitWindow, revealWindow and lead together, ${spanOf(least)}`,
      write: spanOf(leavesNoGap >= least && leavesNoGap <= most ? leavesNoGap : least),
    })
  } else if (horizon > most) {
    const rounds = (horizon + cadence - 1n) / cadence
    faults.push(
      rounds <= 255n
        ? {
            field: 'ringSize',
            problem: `must be at least ${rounds}, so that as many rounds as a horizon of ${spanOf(horizon)} lasts may be in flight at a cadence of ${spanOf(cadence)}`,
            write: String(rounds),
          }
        : {
            field: 'cadence',
            problem: `must be at least ${spanOf((horizon + 254n) / 255n)}, as 255 rounds at most may be in flight within a horizon of ${spanOf(horizon)}`,
            write: spanOf((horizon + 254n) / 255n),
          },
    )
  }
  return faults
}

function moneyFaults(params: TopicParams): Fault[] {
  const { ringSize, riskBps, poolRateBps, minWorkers, seats, minStake, referenceRateBps } = params
  const faults: Fault[] = []
  if (ringSize * riskBps > MOST_AT_RISK) {
    const most = MOST_AT_RISK / ringSize
    faults.push({
      field: 'risk',
      problem: `must be at most ${shareOf(most)} with a ringSize of ${ringSize}, as both together may be 0.16`,
      write: shareOf(most),
    })
  }
  if ((ringSize - 1n) * poolRateBps > MOST_IN_FLIGHT) {
    const most = MOST_IN_FLIGHT / (ringSize - 1n)
    faults.push({
      field: 'poolRate',
      problem: `must be at most ${shareOf(most)} with a ringSize of ${ringSize}, as the pool may owe a quarter of itself`,
      write: shareOf(most),
    })
  }
  if (minWorkers > seats) {
    faults.push({
      field: 'minWorkers',
      problem: `must be at most as many as there are seats, ${seats}`,
      write: String(seats < 3n ? seats : 3n),
    })
  }
  if (minStake === 0n) {
    faults.push({ field: 'minStake', problem: 'must be more than nothing', write: '50' })
  }
  if (referenceRateBps === 0n) {
    faults.push({ field: 'referenceRate', problem: 'must be above 0', write: '0.1' })
  }
  return faults
}

function valueFaults(params: TopicParams): Fault[] {
  const { min, max, center, sigma, domain, domainScale } = params
  const faults: Fault[] = []
  for (const [field, value] of Object.entries({ min, max, center })) {
    if (value >= -LARGEST && value <= LARGEST) continue
    const bound = value < 0n ? -LARGEST : LARGEST
    const problem = `must be between ${whole(-LARGEST)} and ${whole(LARGEST)}`
    faults.push({ field, problem, write: whole(bound) })
  }
  if (faults.length > 0) return faults

  if (min >= max) {
    const write = numberOf(center > min ? center * 2n - min : min + 10n ** 18n)
    faults.push({ field: 'max', problem: `must be above min, ${numberOf(min)}`, write })
  } else if (center < min || center > max) {
    faults.push({
      field: 'center',
      problem: `must lie from min to max, ${numberOf(min)} to ${numberOf(max)}`,
      write: numberOf((min + max) / 2n),
    })
  }
  if (sigma <= 0n || sigma > WIDEST) {
    const write = min < max ? numberOf((max - min) / 20n || 1n) : '5'
    faults.push({ field: 'sigma', problem: 'must be above 0, and less than 10^13', write })
  }
  if (domain !== 'fixed' && domainScale === 0n) {
    const problem = `must be above 0 in a domain that is ${domain}`
    faults.push({ field: 'domainScale', problem, write: '2' })
  }
  return faults
}

function whole(value: bigint): string {
  return String(value / 10n ** 18n)
}

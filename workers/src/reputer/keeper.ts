import { due, stepping, voidedOr } from './packer.ts'
import type { Due, ReputerDeps, ReputerStep, ReputerTurn } from './reputerTurn.ts'

/*
 * The keeper: publishes what was revealed, brings the truth, settles, and makes void what no truth came for. It needs no
 * desk and no seat; what it does is paid by the keeper tip, and slashing (see slash) by a bounty.
 */

/** What a round needs from the end of its reveals on. Others may do the same: where several take turns, it waits. */
export async function keep(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  const { phase, status } = turn
  if (phase === 'reveal') return publishEarly(deps, turn)
  if (turn.time < turn.opensAt + deps.yieldFor(turn)) return { status: 'idle' }
  if (phase === 'live' && status === 'open') return publish(deps, turn)
  if (phase === 'due' && status === 'published') return bringTruth(deps, turn)
  if (status === 'resolved') return settle(deps, turn)
  if (phase === 'expired' && status === 'published') return voidRound(deps, turn)
  return { status: 'idle' }
}

/** All that was committed is revealed before the window is over. */
function publishEarly(deps: ReputerDeps, turn: ReputerTurn): ReputerStep | Due {
  if (turn.time < deps.dueSince(turn) + deps.yieldFor(turn)) return { status: 'idle' }
  return publish(deps, turn)
}

function publish(deps: ReputerDeps, turn: ReputerTurn): Due {
  return due(turn, async () => [stepping(await deps.prepare.publish(turn), voidedOr)])
}

async function bringTruth(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  const truth = await deps.bringTruth(turn)
  if (truth.status !== 'ready') return truth
  return due(turn, async () => [
    stepping(await deps.prepare.resolveAndSettle(turn, truth.proof), voidedOr),
  ])
}

function settle(deps: ReputerDeps, turn: ReputerTurn): Due {
  return due(turn, async () => [
    stepping(await deps.prepare.settle(turn), () => ({ status: 'settled' })),
  ])
}

function voidRound(deps: ReputerDeps, turn: ReputerTurn): Due {
  return due(turn, async () => [
    stepping(await deps.prepare.voidRound(turn), () => ({ status: 'voided' })),
  ])
}

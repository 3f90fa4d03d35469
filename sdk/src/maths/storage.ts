/** What numbers become when the contract keeps them: small floats (types/Topic.sol, types/Position.sol). */
import { min, packDown, packSigned, packUp, unpack, unpackSigned } from './float.ts'
import type { Expert, Learning, WorkerRecord } from './learning.ts'

// Bits of the mantissas: those of a float less eight, of a signed one less nine.
const FLOAT24 = 16n
const FLOAT32 = 24n
const FLOAT40 = 32n
const SIGNED_FLOAT32 = 23n
const SIGNED_FLOAT40 = 31n
const SIGNED_FLOAT48 = 39n
const ROUNDS_MAX = 255n

/** The last era a topic can count; it stays, without further restarts. */
export const ERA_MAX = 2047n

/** A worker's record, as its position keeps it. */
export function storedRecord({ regret, energy, count, era }: WorkerRecord): WorkerRecord {
  return {
    regret: throughSigned(regret, SIGNED_FLOAT48),
    energy: through(energy, FLOAT40),
    count,
    era,
  }
}

/** A worker's trust, as a seal and a revealed prediction carry it. */
export function storedTrust(trust: bigint): bigint {
  return through(trust, FLOAT32)
}

/** A topic's usual money. */
export function storedMoney(money: bigint): bigint {
  return through(money, FLOAT24)
}

/** The centre of a topic's next domain, which is also what its pool says. */
export function storedCenter(center: bigint): bigint {
  return throughSigned(center, SIGNED_FLOAT40)
}

/** The spread of a topic's next domain, rounded up. */
export function storedSpread(sigma: bigint): bigint {
  return unpack(packUp(sigma, FLOAT24))
}

/** What a topic has learnt, as its slots keep it. */
export function storedLearning(learning: Learning): Learning {
  return {
    peak: through(learning.peak, FLOAT24),
    anchorError: through(learning.anchorError, FLOAT24),
    feedError: through(learning.feedError, FLOAT24),
    bias: throughSigned(learning.bias, SIGNED_FLOAT32),
    widthBelow: through(learning.widthBelow, FLOAT24),
    widthAbove: through(learning.widthAbove, FLOAT24),
    rounds: min(learning.rounds, ROUNDS_MAX),
    anchor: storedHouse(learning.anchor),
    mean: storedHouse(learning.mean),
  }
}

function storedHouse({ regret, energy }: Expert): Expert {
  return {
    regret: throughSigned(regret, SIGNED_FLOAT32),
    energy: through(energy, FLOAT32),
  }
}

function through(x: bigint, mantissaBits: bigint): bigint {
  return unpack(packDown(x, mantissaBits))
}

function throughSigned(x: bigint, mantissaBits: bigint): bigint {
  return unpackSigned(packSigned(x, mantissaBits))
}

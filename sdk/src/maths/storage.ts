/** What numbers become when the contract keeps them: small floats, rounded toward zero (types/Topic.sol, Position.sol). */
import { packDown, packSigned, unpack, unpackSigned } from './float.ts'
import type { Expert, Learning } from './learning.ts'
import { min } from './numbers.ts'

const UINT32_MANTISSA = 24n
const UINT48_MANTISSA = 40n
const INT40_MANTISSA = 31n
const INT56_MANTISSA = 47n
const ROUNDS_MAX = 255n

/** A worker's record, as its position keeps it. */
export function storedExpert({ regret, energy }: Expert): Expert {
  return {
    regret: throughSigned(regret, INT56_MANTISSA),
    energy: through(energy, UINT48_MANTISSA),
  }
}

/** A worker's trust, as a seal and a revealed prediction carry it. */
export function storedTrust(trust: bigint): bigint {
  return through(trust, UINT48_MANTISSA)
}

/** What a topic has learnt, as its slots keep it. */
export function storedLearning(learning: Learning): Learning {
  return {
    peak: through(learning.peak, UINT32_MANTISSA),
    anchorError: through(learning.anchorError, UINT32_MANTISSA),
    feedError: through(learning.feedError, UINT32_MANTISSA),
    bias: throughSigned(learning.bias, INT40_MANTISSA),
    width: through(learning.width, UINT32_MANTISSA),
    rounds: min(learning.rounds, ROUNDS_MAX),
    anchor: storedHouse(learning.anchor),
    mean: storedHouse(learning.mean),
  }
}

function storedHouse({ regret, energy }: Expert): Expert {
  return {
    regret: throughSigned(regret, INT40_MANTISSA),
    energy: through(energy, UINT32_MANTISSA),
  }
}

function through(x: bigint, mantissaBits: bigint): bigint {
  return unpack(packDown(x, mantissaBits))
}

function throughSigned(x: bigint, mantissaBits: bigint): bigint {
  return unpackSigned(packSigned(x, mantissaBits))
}

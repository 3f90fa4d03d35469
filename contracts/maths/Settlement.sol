// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Float, Float40} from "./Float.sol";
import {Scoring} from "./Scoring.sol";

/// @title Settlement
/// @notice Money: what a prediction wagers, and what it gets back. Losers pay winners inside the round; the topic's pool
/// plays a part of every wager against its worker at the naive forecast, and pays a little for taking part.
/// @dev Amounts are token base units below 2^96, and so are their sums. A loss is at most U^2 < 2^60. With `exposed`, `play`
/// and `reward` each at most `wagers`, the largest product, `wager x 3 wagers x U^2`, stays below 2^254. Every division
/// rounds down: what is lost to rounding, at most a unit a worker, goes to the pool.
library Settlement {
    uint256 private constant BPS = 10_000;
    uint256 private constant LOSS_MAX = Scoring.U * Scoring.U;

    /// @dev The tip, a share of what the pool plays, is at most this; the pool keeps so much more in reserve.
    uint256 internal constant TIP_MAX_BPS = 100;

    /// @notice What a round's payouts follow from, token base units.
    /// @param wagers sum of all wagers: A0
    /// @param exposed how much of that is exposed to gain and loss, at most `wagers`
    /// @param play what the pool plays against the workers: F, at most `exposed`
    /// @param reward what the pool pays for taking part: B, at most `exposed`
    struct Pot {
        uint256 wagers;
        uint256 exposed;
        uint256 play;
        uint256 reward;
    }

    /// @notice What the pool may put into a round.
    /// @param pool what it holds, token base units
    /// @param rateBps most of that which a round may cost
    /// @param shareBps most that it plays, as a share of what is exposed
    /// @param capBps most that it pays for taking part, as a share of what is exposed
    struct PoolTerms {
        uint256 pool;
        uint256 rateBps;
        uint256 shareBps;
        uint256 capBps;
    }

    /// @notice The parts of a payout that are the same for all of a round: see `payout`.
    struct Rate {
        uint256 base;
        uint256 slope;
        uint256 scale;
    }

    /* WAGERS */

    /// @notice What a worker may risk in a round. Kept as a float, rounded down in the tenth digit.
    function budget(uint256 stake, uint256 riskBps) internal pure returns (Float40) {
        // Below 2^96 x 2^16.
        unchecked {
            return Float.down40((stake * riskBps) / BPS);
        }
    }

    /// @notice What a prediction puts at risk: its most possible loss, and its weight.
    function wager(Float40 budget_, uint256 confidenceBps) internal pure returns (uint256) {
        // Below 2^96 x 10000.
        unchecked {
            return (budget_.unpack() * confidenceBps) / BPS;
        }
    }

    /// @notice The budget a wager was a part of, to the units that the wager's rounding lost.
    /// @param confidenceBps 1 to 10000
    function budgetBehind(uint256 wager_, uint256 confidenceBps) internal pure returns (uint256) {
        // Below 2^96 x 10000.
        unchecked {
            if (confidenceBps == BPS) return wager_;
            return (wager_ * BPS) / confidenceBps;
        }
    }

    /* POOL */

    /// @notice How much of a round's wagers may move on its truth: the security factor f times them.
    /// @param security what it costs to corrupt the topic's truth, token base units
    /// @param rounds that may hang on it at once, at least 1
    function exposure(uint256 wagers, uint256 security, uint256 rounds) internal pure returns (uint256) {
        return Math.min(wagers, security / rounds);
    }

    /// @notice What the pool pays for taking part, and then what it plays: together with the tip no more than its rate of
    /// the pool.
    /// @param isFresh whether the reference is young enough to be played at
    function potOf(
        uint256 wagers,
        uint256 exposed,
        PoolTerms memory terms,
        bool isFresh
    ) internal pure returns (Pot memory pot) {
        // Amounts lie below 2^96 and rates within 10000; `reward` is at most `most`.
        unchecked {
            uint256 most = (terms.pool * terms.rateBps) / BPS;
            uint256 reward = Math.min((exposed * terms.capBps) / BPS, most);
            uint256 left = ((most - reward) * BPS) / (BPS + TIP_MAX_BPS);
            uint256 play = isFresh ? Math.min((exposed * terms.shareBps) / BPS, left) : 0;
            return Pot(wagers, exposed, play, reward);
        }
    }

    /// @notice What the keepers of a round share.
    /// @param tipBps at most TIP_MAX_BPS
    function tip(uint256 play, uint256 tipBps) internal pure returns (uint256) {
        // Below 2^96 x 2^16.
        unchecked {
            return (play * tipBps) / BPS;
        }
    }

    /* PAYOUTS */

    /// @notice Wagered loss of a round: the sum of wager x loss.
    function lambda(uint256[] memory wagers, uint256[] memory losses) internal pure returns (uint256 sum) {
        // Wagers sum to less than 2^96, each times a loss below 2^60.
        unchecked {
            for (uint256 i = 0; i < wagers.length; ++i) {
                sum += wagers[i] * losses[i];
            }
        }
    }

    /// @notice What is common to a round's payouts:
    /// `base = A0 U^2 + B U^2 + F L_h + (E - F) lambda / A0`, `slope = E + B`, `scale = A0 U^2`.
    /// @param lambda_ wagered loss of the round
    /// @param referenceLoss loss of the reference, L_h
    function rateOf(Pot memory pot, uint256 lambda_, uint256 referenceLoss) internal pure returns (Rate memory) {
        // (E - F) lambda is below 2^96 x 2^156; the rest is smaller. F is at most E, and A0 is positive.
        unchecked {
            uint256 peers = ((pot.exposed - pot.play) * lambda_) / pot.wagers;
            uint256 scale = pot.wagers * LOSS_MAX;
            uint256 base = scale + pot.reward * LOSS_MAX + pot.play * referenceLoss + peers;
            return Rate(base, pot.exposed + pot.reward, scale);
        }
    }

    /// @notice What comes back of a wager m with loss L:
    /// `m (A0 U^2 + lambda + F (A0 L_h - lambda) / A0 + B (U^2 - L) - A0 L) / (A0 U^2)` where all is exposed, rounded down
    /// once. More than the wager where the loss is below the others' and the reference's; 0 to `2 m + B m / A0`.
    function payout(Rate memory rate, uint256 wager_, uint256 loss) internal pure returns (uint256) {
        // slope x loss is at most (E + B) U^2, which base holds; the product is below 2^96 x 3 x 2^156.
        unchecked {
            return (wager_ * (rate.base - rate.slope * loss)) / rate.scale;
        }
    }

    /* RECORDS */

    /// @notice A good record, diluted by a deposit: it was earned on `stake` and must not count for `deposit` as well.
    /// @dev Exact for regrets below 2^158.
    function dilute(int256 regret, uint256 stake, uint256 deposit) internal pure returns (int256) {
        if (regret <= 0 || deposit == 0) return regret;

        return int256((uint256(regret) * stake) / (stake + deposit));
    }

    /// @notice The count of a record's rounds, thinned in the same way: otherwise its age could be bought with dust.
    function diluteCount(uint256 count, uint256 stake, uint256 deposit) internal pure returns (uint256) {
        return deposit == 0 ? count : (count * stake) / (stake + deposit);
    }
}

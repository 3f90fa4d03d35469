// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Float} from "./Float.sol";
import {Scoring} from "./Scoring.sol";

/// @title Settlement
/// @notice Money: what a prediction wagers, and what it gets back. Losers pay winners inside the round, to the last wei.
/// @dev Amounts are token base units below 2^96, and so are their sums. A loss is at most U^2 < 2^60, so the largest
/// products, `m x 2 x wagers x U^2`, stay below 2^253. Every division rounds down: what is lost to rounding stays with
/// the network, at most two units a worker.
library Settlement {
    uint256 private constant BPS = 10_000;
    uint256 private constant LOSS_MAX = Scoring.U * Scoring.U;

    /// @notice What a worker may risk in a round. Kept as a float, rounded down in the tenth digit.
    function budget(uint256 stake, uint256 riskBps) internal pure returns (uint40) {
        unchecked {
            return uint40(Float.packDown((stake * riskBps) / BPS, 32));
        }
    }

    /// @notice What a prediction puts at risk: its most possible loss, and its weight.
    function wager(uint40 budget_, uint256 confidenceBps) internal pure returns (uint256) {
        unchecked {
            return (Float.unpack(budget_) * confidenceBps) / BPS;
        }
    }

    /// @notice What the pool owes a round: a share of itself, at most a share of the round's wagers.
    function rewards(uint256 pool, uint256 rateBps, uint256 capBps, uint256 wagers) internal pure returns (uint256) {
        return Math.min((pool * rateBps) / BPS, (wagers * capBps) / BPS);
    }

    /// @notice Wagered loss of a round: the sum of wager x loss.
    function lambda(uint256[] memory wagers, uint256[] memory losses) internal pure returns (uint256 sum) {
        unchecked {
            for (uint256 i = 0; i < wagers.length; ++i) {
                sum += wagers[i] * losses[i];
            }
        }
    }

    /// @notice What comes back of a wager: more than it where the loss is below the round's mean, 0 to 2 wagers.
    function payout(uint256 wager_, uint256 loss, uint256 lambda_, uint256 wagers) internal pure returns (uint256) {
        unchecked {
            uint256 scale = wagers * LOSS_MAX;

            return (wager_ * (scale + lambda_ - wagers * loss)) / scale;
        }
    }

    /// @notice A worker's part of the round's rewards, linear in its score.
    function reward(uint256 rewards_, uint256 wager_, uint256 loss, uint256 wagers) internal pure returns (uint256) {
        unchecked {
            return (rewards_ * wager_ * (LOSS_MAX - loss)) / (wagers * LOSS_MAX);
        }
    }

    /// @notice A good record, thinned by fresh money: earned on `stake`, it must not speak for `deposit` as well.
    /// @dev Exact for regrets below 2^158.
    function dilute(int256 regret, uint256 stake, uint256 deposit) internal pure returns (int256) {
        if (regret <= 0 || deposit == 0) return regret;

        return int256((uint256(regret) * stake) / (stake + deposit));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";
import {Aggregate, Domain, Expert, Learning, Money, NONE, ONE, WARMUP} from "../types/Learning.sol";
import {DomainKind} from "../types/Topic.sol";

/// @title Scoring
/// @notice What a record is worth, and what a round's truth teaches: loss, regret, skill and the topic's own errors.
/// @dev Every function is total while values and truths lie within int104, spreads within 1 to 2^103 and an expert
/// meets at most 2^24 rounds: then no sum or product below leaves its range, which is why they are unchecked. Division
/// truncates toward zero.
library Scoring {
    error UnknownInterval(uint256 bps);

    /// @dev Full scale of a place in the domain; a loss is at most its square.
    uint256 internal constant U = 1e9;

    /// @dev Regrets are cut here, so that a square stays below 2^240 and a sum of 2^24 of them below 2^144.
    /// Values of 18 decimals reach it only where an error times a distance exceeds 6e53, that is 8e8 whole units squared.
    int256 private constant REGRET_LIMIT = int256(uint256(type(uint120).max));
    uint256 private constant ENERGY_LIMIT = 1 << 250;

    uint256 private constant GRADIENT_CLAMP = 4;
    uint256 private constant ERROR_CLAMP = 10;
    uint256 private constant ERROR_RATE = ONE / 20;
    uint256 private constant ERROR_MIN = 100;
    int256 private constant BIAS_ROUNDS = 10;
    uint256 private constant WIDTH_MIN = ONE / 5;
    uint256 private constant WIDTH_MAX = 50 * ONE;

    uint256 private constant BPS = 10_000;
    uint256 private constant SEASON_ROUNDS = 30;
    uint256 private constant QUORUM = 5;
    uint256 private constant USUAL_ROUNDS = 20;

    uint256 private constant SPREAD_MAX = 1 << 103;
    uint256 private constant RANK_BONUS_MAX = 3 * ONE;

    /* TRUST */

    /// @notice What a record is worth as a weight: positive regret, discounted by how erratic it was.
    function trust(int256 regret_, uint256 energy, uint256 peak) internal pure returns (uint256) {
        unchecked {
            if (regret_ <= 0) return 0;

            uint256 scale = Math.max(peak, 1);
            uint256 steadiness = Math.mulDiv(scale, ONE, energy + scale);

            return (uint256(regret_) * steadiness) / ONE;
        }
    }

    /// @notice Claim to a seat: stake x (1 + regret^2 / (peak + energy)), the bonus at most 3; 1e18 fixed point.
    function rank(uint256 stake, int256 regret_, uint256 energy, uint256 peak) internal pure returns (uint256) {
        return stake * (ONE + rankBonus(regret_, energy + Math.max(peak, 1)));
    }

    /// @dev At `regret >= 2 scale` the ratio exceeds the cap, and below it the quotient stays under 2^206.
    function rankBonus(int256 regret_, uint256 scale) private pure returns (uint256) {
        if (regret_ <= 0) return 0;

        uint256 positive = uint256(regret_);
        if (positive >= 2 * scale) return RANK_BONUS_MAX;

        return Math.min(RANK_BONUS_MAX, Math.mulDiv(positive * ONE, positive, scale));
    }

    /* ERA */

    /// @notice Whether a record has seen enough of its era for its money to count as known: half of the era's settled
    /// rounds, or fifteen.
    function isSeasoned(uint256 count, uint256 settled) internal pure returns (bool) {
        // Both counts have five bits.
        unchecked {
            return 2 * count >= Math.min(settled, SEASON_ROUNDS);
        }
    }

    /// @notice Whether a round starts its topic anew: as much money as half of the usual, less than a fifth of it seasoned.
    /// @param settled settled rounds of the era; an era without any has nothing to forget
    function restarts(uint256 settled, Money memory money, uint256 usual) internal pure returns (bool) {
        // Sums of money lie below 2^96.
        unchecked {
            return settled > 0 && QUORUM * money.seasoned < money.budgets && 2 * money.budgets >= usual;
        }
    }

    /// @notice Running mean of a round's budgets at a rate of one in twenty. It never restarts.
    function usualMoney(uint256 usual, uint256 budgets) internal pure returns (uint256) {
        // Sums of money lie below 2^96.
        unchecked {
            return usual == 0 ? budgets : ((USUAL_ROUNDS - 1) * usual + budgets) / USUAL_ROUNDS;
        }
    }

    /* DOMAIN */

    /// @notice The range a round is scored in. Never empty: a range that bounds or a silent reference would shrink to
    /// nothing becomes [min, max], because a domain of one point would turn every score into a coin toss.
    /// @dev Requires `min < max`.
    function domainOf(
        DomainKind kind,
        uint256 scaleBps,
        int256 center,
        uint256 sigma,
        int256 min,
        int256 max
    ) internal pure returns (int256 low, uint256 width) {
        unchecked {
            if (kind == DomainKind.Fixed) return (min, uint256(max - min));

            uint256 unit = kind == DomainKind.Adaptive ? sigma : SignedMath.abs(center);
            int256 half = int256((unit * scaleBps) / 10_000);
            low = clamp(center - half, min, max);
            width = uint256(clamp(center + half, min, max) - low);
            if (width == 0) return (min, uint256(max - min));
        }
    }

    /// @notice The reference after a truth: a running mean of truths.
    /// @param rateBps how fast it follows; at 10000 it is the truth itself
    function followed(int256 center, int256 truth, uint256 rateBps) internal pure returns (int256) {
        // Values lie within int104 and the rate is at most 10000: every product stays below 2^118.
        unchecked {
            return (int256(BPS - rateBps) * center + int256(rateBps) * truth) / int256(BPS);
        }
    }

    /// @notice Rolling root mean square of `truth - reference` at a rate of 3 %, moving by at most 10 % a round.
    /// @dev One wei more upwards, so that a spread below ten can still grow.
    function spread(uint256 sigma, int256 center, int256 truth) internal pure returns (uint256) {
        unchecked {
            uint256 distance = SignedMath.abs(truth - center);
            uint256 rolling = FixedPointMathLib.sqrt((97 * sigma * sigma + 3 * distance * distance) / 100);
            uint256 bounded = Math.max(Math.min(rolling, sigma + sigma / 10 + 1), sigma - sigma / 10);

            return Math.max(Math.min(bounded, SPREAD_MAX), 1);
        }
    }

    /* LOSS */

    /// @notice Where a value lies in the domain, 0 to U.
    function place(int256 value, int256 low, uint256 width) internal pure returns (uint256) {
        if (value <= low) return 0;

        // Two values lie less than 2^105 apart.
        unchecked {
            return Math.min((uint256(value - low) * U) / width, U);
        }
    }

    /// @notice Quadratic loss of a place, 0 to U^2.
    function loss(uint256 predicted, uint256 actual) internal pure returns (uint256) {
        unchecked {
            uint256 distance = predicted > actual ? predicted - actual : actual - predicted;

            return distance * distance;
        }
    }

    /// @notice Loss of a value in the domain of its round, 0 to U^2.
    function loss(int256 value, Domain memory domain) internal pure returns (uint256) {
        return loss(place(value, domain.low, domain.width), domain.actual);
    }

    /* SKILL */

    /// @notice Error of the inner aggregate, common to all regrets of a round.
    function gradient(int256 inner, int256 truth, Learning memory learning) internal pure returns (int256) {
        unchecked {
            if (!isTelling(learning.feedError, learning.rounds)) return inner - truth;

            return clampTo(inner - truth, GRADIENT_CLAMP * learning.feedError);
        }
    }

    /// @notice Whether a rolling error may bound what comes next: not before the warm-up, and not while it is nothing,
    /// which would forbid it ever to be anything else. A topic may well begin with a spell of perfect rounds.
    function isTelling(uint256 rollingError, uint256 rounds) internal pure returns (bool) {
        return rounds >= WARMUP && rollingError >= ERROR_MIN;
    }

    /// @notice How much better the round would have gone with a little more of this value.
    function regret(int256 gradient_, int256 inner, int256 value) internal pure returns (int256) {
        // Errors and distances stay below 2^105.
        unchecked {
            int256 exact = (2 * gradient_ * (inner - value)) / int256(ONE);

            return clamp(exact, -REGRET_LIMIT, REGRET_LIMIT);
        }
    }

    /// @notice The same, times the confidence it was said with: who risks little learns little.
    function regret(
        int256 gradient_,
        int256 inner,
        int256 value,
        uint256 confidenceBps
    ) internal pure returns (int256 part) {
        part = regret(gradient_, inner, value);
        // Below 2^120 x 10000.
        unchecked {
            if (confidenceBps != BPS) part = (part * int256(confidenceBps)) / int256(BPS);
        }
    }

    /// @notice Adds a round's regret to an expert's record.
    function learn(Expert memory expert, int256 regret_) internal pure {
        (expert.regret, expert.energy) = learnt(expert.regret, expert.energy, regret_);
    }

    /// @notice A record and a round's regret added to it.
    function learnt(int256 record, uint256 energy, int256 regret_) internal pure returns (int256, uint256) {
        // A round adds less than 2^120 and 2^240; there are fewer than 2^24 rounds.
        unchecked {
            return (record + regret_, Math.min(energy + uint256(regret_ * regret_), ENERGY_LIMIT));
        }
    }

    /* TOPIC */

    /// @notice What a topic learns from a truth, apart from its workers: their regrets raise the peak separately.
    /// @dev The order matters: the gradient is clamped by the error before this round, the bias by the error after it.
    function learn(
        Learning memory learning,
        Aggregate memory aggregate,
        int256 truth,
        uint256 intervalBps
    ) internal pure {
        learnHouse(learning, aggregate, gradient(aggregate.inner, truth, learning));
        learnWidths(learning, aggregate, truth, intervalBps);
        learnErrors(learning, aggregate, truth);
        learning.rounds += 1;
        learnBias(learning, truth - aggregate.mean);
    }

    function learnHouse(Learning memory learning, Aggregate memory aggregate, int256 gradient_) private pure {
        unchecked {
            int256 ofAnchor = regret(gradient_, aggregate.inner, aggregate.anchor);
            int256 ofMean = regret(gradient_, aggregate.inner, aggregate.debiased);

            learn(learning.anchor, ofAnchor);
            learn(learning.mean, ofMean);
            learning.peak = Math.max(learning.peak, Math.max(uint256(ofAnchor * ofAnchor), uint256(ofMean * ofMean)));
        }
    }

    /// @dev Each side keeps a promise of its own, p = 1/2 + level / 2: a miss widens it by exp(0.05 p), a hit narrows it by
    /// exp(-0.05 (1 - p)), so that it stands still at a share p of hits.
    function learnWidths(
        Learning memory learning,
        Aggregate memory aggregate,
        int256 truth,
        uint256 intervalBps
    ) private pure {
        if (aggregate.below == NONE) return;

        // Values lie within int104 and widths below 2^104.
        unchecked {
            int256 above = truth - aggregate.value;
            learning.widthBelow = stepped(learning.widthBelow, -above > int256(aggregate.below), intervalBps);
            learning.widthAbove = stepped(learning.widthAbove, above > int256(aggregate.above), intervalBps);
        }
    }

    function stepped(uint256 width, bool isMissed, uint256 intervalBps) private pure returns (uint256) {
        uint256 step = isMissed ? missStep(intervalBps) : hitStep(intervalBps);

        // A width is at most 50e18 and a step below 2e18.
        unchecked {
            return Math.max(Math.min((width * step) / ONE, WIDTH_MAX), WIDTH_MIN);
        }
    }

    function learnErrors(Learning memory learning, Aggregate memory aggregate, int256 truth) private pure {
        uint256 rounds = learning.rounds;

        learning.feedError = rolled(learning.feedError, SignedMath.abs(aggregate.inner - truth), rounds);
        learning.anchorError = rolled(learning.anchorError, SignedMath.abs(truth - aggregate.anchor), rounds);
    }

    function rolled(uint256 mean, uint256 latest, uint256 rounds) private pure returns (uint256) {
        unchecked {
            uint256 rate = Math.max(ERROR_RATE, ONE / (rounds + 1));
            uint256 step = isTelling(mean, rounds) ? Math.min(latest, ERROR_CLAMP * mean) : latest;

            return ((ONE - rate) * mean + rate * step) / ONE;
        }
    }

    function learnBias(Learning memory learning, int256 latest) private pure {
        unchecked {
            int256 step = learning.rounds > WARMUP ? clampTo(latest, GRADIENT_CLAMP * learning.feedError) : latest;

            learning.bias = ((BIAS_ROUNDS - 1) * learning.bias + step) / BIAS_ROUNDS;
        }
    }

    /* INTERVAL */

    /// @notice Whether a topic may promise intervals of this level.
    function isInterval(uint256 bps) internal pure returns (bool) {
        return bps == 8000 || bps == 9000 || bps == 9500;
    }

    /// @notice First width of each side in units of the rolling error: what the level takes if errors were normal.
    function startingWidth(uint256 intervalBps) internal pure returns (uint256) {
        if (intervalBps == 8000) return 1_606_186_694_795_859_710;
        if (intervalBps == 9000) return 2_062_000_000_000_000_000;
        if (intervalBps == 9500) return 2_456_450_570_453_268_545;
        revert UnknownInterval(intervalBps);
    }

    function missStep(uint256 intervalBps) private pure returns (uint256) {
        if (intervalBps == 8000) return 1_046_027_859_908_716_942;
        if (intervalBps == 9000) return 1_048_646_201_121_285_205;
        return 1_049_957_828_468_994_324;
    }

    function hitStep(uint256 intervalBps) private pure returns (uint256) {
        if (intervalBps == 8000) return 995_012_479_192_682_313;
        if (intervalBps == 9000) return 997_503_122_397_460_124;
        return 998_750_780_924_580_866;
    }

    /* NUMBERS */

    function clampTo(int256 x, uint256 bound) private pure returns (int256) {
        return clamp(x, -int256(bound), int256(bound));
    }

    function clamp(int256 x, int256 low, int256 high) private pure returns (int256) {
        return SignedMath.max(low, SignedMath.min(high, x));
    }
}

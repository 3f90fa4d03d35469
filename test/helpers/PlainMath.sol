// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Float} from "../../contracts/libraries/Float.sol";
import {Prediction} from "../../contracts/types/Prediction.sol";
import {Outcome} from "../../contracts/types/Round.sol";
import {DomainKind, Topic, TopicParams} from "../../contracts/types/Topic.sol";
import {Medians} from "./Medians.sol";

/// @title A round's numbers again, each straight from its formula, without a thought for gas.
library PlainMath {
    int256 private constant ONE = 1e18;
    int256 private constant U = 1e9;
    int256 private constant NONE = int256(uint256(type(uint104).max));

    struct Plain {
        int256 anchor;
        int256 radius;
        int256 mean;
        int256 debiased;
        int256 inner;
        int256 value;
        int256 lowest;
        int256 highest;
    }

    /* AGGREGATE */

    /// @param state the topic as it stood when the round was published
    /// @param peak the topic's peak as the round froze it
    function aggregateOf(
        Prediction[] memory predictions,
        Topic memory state,
        uint256 peak
    ) internal pure returns (Plain memory plain) {
        (int256[] memory values, uint256[] memory wagers) = Medians.split(predictions);
        (, plain.anchor) = Medians.medianOf(values, wagers);
        (, int256 mad) = Medians.medianOf(Medians.distancesOf(values, plain.anchor), wagers);
        plain.radius = radiusOf(mad, predictions.length, state);

        int256 total = 0;
        for (uint256 i = 0; i < values.length; i++) {
            values[i] = within(values[i], plain.anchor - plain.radius, plain.anchor + plain.radius);
            plain.mean += values[i] * int256(wagers[i]);
            total += int256(wagers[i]);
        }
        plain.mean /= total;
        plain.debiased = within(plain.mean + Float.unpackSigned(state.bias), type(int104).min, type(int104).max);
        bound(plain, values);
        combine(plain, values, weightsOf(predictions, total), houseWeightsOf(state, peak));
    }

    function radiusOf(int256 mad, uint256 count, Topic memory state) private pure returns (int256 radius) {
        radius = count < 3 ? NONE : least(3 * mad, NONE);
        int256 usual = int256(Float.unpack(state.anchorError));
        if (state.rounds < 5 || usual < 100) return radius;
        return least(most(least(radius, 8 * usual), (5 * usual) / 2), NONE);
    }

    function weightsOf(Prediction[] memory predictions, int256 total) private pure returns (int256[] memory weights) {
        weights = new int256[](predictions.length);
        for (uint256 i = 0; i < predictions.length; i++) {
            int256 prior = (int256(uint256(predictions[i].wager())) * ONE) / total;
            weights[i] = (prior * int256(Float.unpack(predictions[i].trust()))) / ONE;
        }
    }

    function houseWeightsOf(Topic memory state, uint256 peak) private pure returns (int256[2] memory weights) {
        weights[0] = trustOf(Float.unpackSigned(state.anchorRegret), Float.unpack(state.anchorEnergy), peak) / 5;
        weights[1] = trustOf(Float.unpackSigned(state.meanRegret), Float.unpack(state.meanEnergy), peak) / 5;
    }

    function trustOf(int256 regret, uint256 energy, uint256 peak) internal pure returns (int256) {
        if (regret <= 0) return 0;
        if (peak == 0) peak = 1;
        return (regret * int256(Math.mulDiv(peak, uint256(ONE), energy + peak))) / ONE;
    }

    function combine(
        Plain memory plain,
        int256[] memory values,
        int256[] memory shares,
        int256[2] memory house
    ) private pure {
        int256 mass = house[0] + house[1];
        for (uint256 i = 0; i < shares.length; i++) mass += shares[i];
        if (mass == 0) house[0] = mass = ONE;

        house[0] = (house[0] * ONE) / mass;
        house[1] = (house[1] * ONE) / mass;
        int256 total = house[0] + house[1];
        int256 sum = house[0] * plain.anchor + house[1] * plain.debiased;
        for (uint256 i = 0; i < shares.length; i++) {
            shares[i] = (shares[i] * ONE) / mass;
            total += shares[i];
            sum += shares[i] * values[i];
        }
        plain.inner = sum / total;
        for (uint256 i = 0; i < shares.length; i++) {
            int256 excess = most(shares[i] - total / 3, 0);
            sum += excess * (plain.mean - values[i]);
        }
        plain.value = sum / total;
    }

    function bound(Plain memory plain, int256[] memory values) private pure {
        plain.lowest = least(plain.anchor, plain.debiased);
        plain.highest = most(plain.anchor, plain.debiased);
        for (uint256 i = 0; i < values.length; i++) {
            plain.lowest = least(plain.lowest, values[i]);
            plain.highest = most(plain.highest, values[i]);
        }
    }

    /* MONEY */

    struct Money {
        uint256[] payouts;
        uint256[] rewards;
        uint256 paid;
        uint256 rewarded;
        uint256 unspent;
        uint256 lambda;
        uint256 lambdaOfSums;
    }

    /// @param fund what the round's workers may share: what the pool set aside less the tip
    function moneyOf(
        TopicParams memory terms,
        Outcome memory outcome,
        int256 truth,
        uint256 fund,
        Prediction[] memory predictions
    ) internal pure returns (Money memory money) {
        (int256 low, int256 width) = domainOf(terms, outcome.center, int256(uint256(outcome.sigma)));
        int256 actual = place(truth, low, width);
        uint256 count = predictions.length;
        uint256[] memory losses = new uint256[](count);
        int256[3] memory sums;
        for (uint256 i = 0; i < count; i++) {
            int256 wager = int256(uint256(predictions[i].wager()));
            int256 at = place(predictions[i].value(), low, width);
            losses[i] = uint256((at - actual) ** 2);
            money.lambda += uint256(wager) * losses[i];
            sums[0] += wager;
            sums[1] += wager * at;
            sums[2] += wager * at * at;
        }
        money.lambdaOfSums = uint256(sums[2] - 2 * actual * sums[1] + actual * actual * sums[0]);
        share(money, losses, uint256(sums[0]), fund, predictions);
    }

    function share(
        Money memory money,
        uint256[] memory losses,
        uint256 wagers,
        uint256 fund,
        Prediction[] memory predictions
    ) private pure {
        uint256 full = uint256(U * U);
        uint256 earned = 0;
        money.payouts = new uint256[](losses.length);
        money.rewards = new uint256[](losses.length);
        for (uint256 i = 0; i < losses.length; i++) {
            uint256 wager = predictions[i].wager();
            money.payouts[i] = (wager * (wagers * full + money.lambda - wagers * losses[i])) / (wagers * full);
            money.rewards[i] = (fund * wager * (full - losses[i])) / (wagers * full);
            money.paid += money.payouts[i];
            money.rewarded += money.rewards[i];
            earned += wager * (full - losses[i]);
        }
        money.unspent = fund - (fund * earned) / (wagers * full);
    }

    function domainOf(
        TopicParams memory terms,
        int256 center,
        int256 sigma
    ) private pure returns (int256 low, int256 width) {
        int256 unit = terms.domain == DomainKind.Adaptive ? sigma : most(center, -center);
        int256 half = (unit * int256(uint256(terms.domainScale))) / 10_000;
        low = within(center - half, terms.min, terms.max);
        int256 high = within(center + half, terms.min, terms.max);
        if (terms.domain == DomainKind.Fixed || low == high) (low, high) = (terms.min, terms.max);
        width = high - low;
    }

    function place(int256 value, int256 low, int256 width) private pure returns (int256) {
        return ((within(value, low, low + width) - low) * U) / width;
    }

    /* NUMBERS */

    function within(int256 x, int256 low, int256 high) private pure returns (int256) {
        return most(low, least(high, x));
    }

    function least(int256 a, int256 b) private pure returns (int256) {
        return a < b ? a : b;
    }

    function most(int256 a, int256 b) private pure returns (int256) {
        return a > b ? a : b;
    }
}

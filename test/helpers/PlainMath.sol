// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Hints} from "../../contracts/types/Learning.sol";
import {Prediction} from "../../contracts/types/Prediction.sol";
import {DomainKind, Topic, TopicParams} from "../../contracts/types/Topic.sol";
import {Medians} from "./Medians.sol";
import {Told} from "./Told.sol";

/// @title A round's numbers again, each straight from its formula, without a thought for gas.
library PlainMath {
    int256 private constant ONE = 1e18;
    int256 private constant U = 1e9;
    int256 private constant NONE = int256(uint256(type(uint104).max));

    /* PUBLISH */

    /// @notice What a publication finds.
    /// @param state the topic as it stood just before
    /// @param peak the topic's peak as the round froze it
    /// @param center of the round's domain
    /// @param sigma of the round's domain
    struct Setting {
        TopicParams terms;
        Topic state;
        uint256 peak;
        int256 center;
        int256 sigma;
    }

    /// @notice What a topic has learnt, after a restart where the round's money makes one.
    struct Known {
        uint256 era;
        uint256 rounds;
        uint256 budgets;
        uint256 seasoned;
        bool isNew;
        int256 anchorError;
        int256 feedError;
        int256 bias;
        int256 widthBelow;
        int256 widthAbove;
        int256[2] house;
    }

    struct Plain {
        uint256 era;
        uint256 budgets;
        int256 anchor;
        int256 low;
        int256 high;
        int256 mean;
        int256 debiased;
        int256 inner;
        int256 value;
        int256 below;
        int256 above;
        int256 lowest;
        int256 highest;
    }

    function aggregateOf(
        Prediction[] memory predictions,
        Setting memory setting
    ) internal pure returns (Plain memory plain) {
        Known memory known = knownOf(predictions, setting);
        (int256[] memory values, uint256[] memory wagers) = Medians.split(predictions);
        clampAll(values, rangeOf(setting, known, values.length));
        (, plain.anchor) = Medians.medianOf(values, wagers);
        narrow(plain, values, wagers, setting, known);

        int256 total = 0;
        for (uint256 i = 0; i < values.length; i++) {
            values[i] = within(values[i], plain.low, plain.high);
            plain.mean += values[i] * int256(wagers[i]);
            total += int256(wagers[i]);
        }
        plain.mean /= total;
        plain.debiased = within(plain.mean + known.bias, plain.low, plain.high);
        bound(plain, values);
        combine(plain, values, wagers, weightsOf(predictions, total, known), known.house);
        (plain.below, plain.above) = (NONE, NONE);
        if (known.rounds >= 5) {
            plain.below = least((known.widthBelow * known.feedError) / ONE, NONE - 1);
            plain.above = least((known.widthAbove * known.feedError) / ONE, NONE - 1);
        }
        (plain.era, plain.budgets) = (known.era, known.budgets);
    }

    /// @notice The hints a publication needs: medians of what its values are clamped to.
    function hintsOf(
        Prediction[] memory predictions,
        Setting memory setting
    ) internal pure returns (Hints memory hints) {
        if (predictions.length == 0) return hints;

        (int256[] memory values, uint256[] memory wagers) = Medians.split(predictions);
        clampAll(values, rangeOf(setting, knownOf(predictions, setting), values.length));
        int256 anchor;
        (hints.anchor, anchor) = Medians.medianOf(values, wagers);
        (int256 mad, ) = Medians.medianOf(Medians.distancesOf(values, anchor), wagers);
        hints.mad = uint256(mad);
    }

    function knownOf(
        Prediction[] memory predictions,
        Setting memory setting
    ) internal pure returns (Known memory known) {
        Topic memory state = setting.state;
        known.era = state.tenure.era();
        for (uint256 i = 0; i < predictions.length; i++) {
            uint256 budget = (uint256(predictions[i].wager()) * 10_000) / confidenceOf(predictions[i]);
            known.budgets += budget;
            if (isOf(predictions[i], known.era) && isSeasoned(predictions[i])) known.seasoned += budget;
        }
        bool isKnown = 5 * known.seasoned >= known.budgets;
        bool isLittle = 2 * known.budgets < state.usual.unpack();
        known.isNew = state.tenure.count() > 0 && !isKnown && !isLittle && known.era < 2047;
        if (known.isNew) {
            known.era++;
            return known;
        }
        known.rounds = state.rounds;
        known.anchorError = int256(state.anchorError.unpack());
        known.feedError = int256(state.feedError.unpack());
        known.bias = state.bias.unpack();
        known.widthBelow = int256(state.widthBelow.unpack());
        known.widthAbove = int256(state.widthAbove.unpack());
        known.house[0] = trustOf(state.anchorRegret.unpack(), state.anchorEnergy.unpack(), setting.peak) / 5;
        known.house[1] = trustOf(state.meanRegret.unpack(), state.meanEnergy.unpack(), setting.peak) / 5;
    }

    /// @dev Fields of a prediction's last 24 bits: confidence 14, seasoned 1, era 9.
    function confidenceOf(Prediction prediction) internal pure returns (uint256) {
        return (Prediction.unwrap(prediction) / 2 ** 10) % 2 ** 14;
    }

    function isSeasoned(Prediction prediction) internal pure returns (bool) {
        return (Prediction.unwrap(prediction) / 2 ** 9) % 2 == 1;
    }

    function isOf(Prediction prediction, uint256 era) internal pure returns (bool) {
        return Prediction.unwrap(prediction) % 2 ** 9 == era % 2 ** 9;
    }

    function rangeOf(
        Setting memory setting,
        Known memory known,
        uint256 count
    ) private pure returns (int256[2] memory range) {
        (int256 low, int256 width) = domainOf(setting.terms, setting.center, setting.sigma);
        int256 high = low + width;
        int256 reach = 8 * known.anchorError;
        if (known.rounds >= 5) {
            int256 middle = (low + high) / 2;
            (low, high) = (least(low, middle - reach), most(high, middle + reach));
            if (count >= 3) (low, high) = (setting.terms.min, setting.terms.max);
        }
        range[0] = most(low, setting.terms.min);
        range[1] = least(high, setting.terms.max);
    }

    function clampAll(int256[] memory values, int256[2] memory range) private pure {
        for (uint256 i = 0; i < values.length; i++) values[i] = within(values[i], range[0], range[1]);
    }

    function narrow(
        Plain memory plain,
        int256[] memory values,
        uint256[] memory wagers,
        Setting memory setting,
        Known memory known
    ) private pure {
        (, int256 mad) = Medians.medianOf(Medians.distancesOf(values, plain.anchor), wagers);
        int256 radius = values.length < 3 ? NONE : least(3 * mad, NONE);
        int256 usual = known.anchorError;
        if (known.rounds >= 5 && usual >= 100) {
            radius = least(most(least(radius, 8 * usual), (5 * usual) / 2), NONE);
        }
        int256[2] memory range = rangeOf(setting, known, values.length);
        plain.low = most(range[0], plain.anchor - radius);
        plain.high = least(range[1], plain.anchor + radius);
    }

    function weightsOf(
        Prediction[] memory predictions,
        int256 total,
        Known memory known
    ) private pure returns (int256[] memory weights) {
        weights = new int256[](predictions.length);
        for (uint256 i = 0; i < predictions.length; i++) {
            int256 prior = (int256(uint256(predictions[i].wager())) * ONE) / total;
            bool counts = !known.isNew && isOf(predictions[i], known.era);
            if (counts) weights[i] = (prior * int256(predictions[i].trust().unpack())) / ONE;
        }
    }

    function trustOf(int256 regret, uint256 energy, uint256 peak) internal pure returns (int256) {
        if (regret <= 0) return 0;
        if (peak == 0) peak = 1;
        return (regret * int256(Math.mulDiv(peak, uint256(ONE), energy + peak))) / ONE;
    }

    function combine(
        Plain memory plain,
        int256[] memory values,
        uint256[] memory wagers,
        int256[] memory shares,
        int256[2] memory house
    ) private pure {
        int256 mass = house[0] + house[1];
        int256 money = 0;
        for (uint256 i = 0; i < shares.length; i++) mass += shares[i];
        for (uint256 i = 0; i < wagers.length; i++) money += int256(wagers[i]);
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
            int256 cap = least(total / 3, (6 * int256(wagers[i]) * total) / money);
            sum += most(shares[i] - cap, 0) * (plain.mean - values[i]);
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
        uint256 paid;
        uint256 lambda;
        uint256 lambdaOfSums;
        uint256 referenceLoss;
    }

    /// @notice What a round pays its workers, from its places alone.
    function moneyOf(
        Told memory outcome,
        int256 truth,
        Prediction[] memory predictions
    ) internal pure returns (Money memory money) {
        (int256 low, int256 width) = (outcome.domainLow, outcome.domainHigh - outcome.domainLow);
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
        money.referenceLoss = uint256((place(outcome.naive, low, width) - actual) ** 2);
        money.payouts = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            money.payouts[i] = payoutOf(outcome, money, predictions[i].wager(), losses[i]);
            money.paid += money.payouts[i];
        }
    }

    /// @dev m (A0 U^2 + f lambda + F (A0 L_h - lambda) / A0 + B (U^2 - L) - f A0 L) / (A0 U^2), where f A0 is what is exposed.
    function payoutOf(
        Told memory outcome,
        Money memory money,
        uint256 wager,
        uint256 loss
    ) internal pure returns (uint256) {
        (int256 a0, int256 f) = (int256(outcome.wagers), int256(outcome.play));
        (int256 exposed, int256 b) = (int256(outcome.exposed), int256(outcome.reward));
        (int256 lambda, int256 own) = (int256(money.lambda), int256(loss));
        int256 full = U * U;
        int256 played = f * (a0 * int256(money.referenceLoss) - lambda);
        int256 common = floored(exposed * lambda + played, a0);
        int256 all = a0 * full + common + b * (full - own) - exposed * own;
        return uint256(floored(int256(wager) * all, a0 * full));
    }

    function domainOf(
        TopicParams memory terms,
        int256 center,
        int256 sigma
    ) internal pure returns (int256 low, int256 width) {
        int256 unit = terms.domain == DomainKind.Adaptive ? sigma : most(center, -center);
        int256 half = (unit * int256(uint256(terms.domainScale))) / 10_000;
        low = within(center - half, terms.min, terms.max);
        int256 high = within(center + half, terms.min, terms.max);
        if (terms.domain == DomainKind.Fixed || low == high) (low, high) = (terms.min, terms.max);
        width = high - low;
    }

    function place(int256 value, int256 low, int256 width) internal pure returns (int256) {
        return ((within(value, low, low + width) - low) * U) / width;
    }

    /* NUMBERS */

    function floored(int256 x, int256 positive) internal pure returns (int256) {
        int256 quotient = x / positive;
        return quotient * positive > x ? quotient - 1 : quotient;
    }

    function within(int256 x, int256 low, int256 high) internal pure returns (int256) {
        return most(low, least(high, x));
    }

    function least(int256 a, int256 b) internal pure returns (int256) {
        return a < b ? a : b;
    }

    function most(int256 a, int256 b) internal pure returns (int256) {
        return a > b ? a : b;
    }
}

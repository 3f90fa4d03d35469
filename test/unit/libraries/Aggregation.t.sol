// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Aggregation} from "../../../contracts/libraries/Aggregation.sol";
import {Aggregate, Hints, Learning, NONE, Submissions} from "../../../contracts/types/Learning.sol";
import {Draws} from "../../harness/Draws.sol";

contract AggregationTest {
    using Draws for Draws.Draw;

    /* MEDIAN */

    function testFuzz_TheMedianIsThatOfTheSortedList(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(12);
        (int256 lower, int256 expected) = sortedMedian(drawn.values, drawn.wagers);
        (bool verified, int256 median) = Aggregation.verifiedMedian(drawn.values, drawn.wagers, lower);

        require(verified, "refused");
        require(median == expected, "another median");
    }

    function testFuzz_NoOtherHintPasses(uint256 seed, int256 hint) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(12);
        (int256 lower, ) = sortedMedian(drawn.values, drawn.wagers);
        for (uint256 i = 0; i <= drawn.values.length; i++) {
            if (hint != lower) {
                (bool verified, ) = Aggregation.verifiedMedian(drawn.values, drawn.wagers, hint);
                require(!verified, "passed");
            }
            if (i < drawn.values.length) hint = drawn.values[i] + int256(from.below(3)) - 1;
        }
    }

    function testFuzz_WrongHintsAreRefusedByName(uint256 seed) public view {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(12);
        Learning memory learning = from.learning();
        Hints memory hints = hintsOf(drawn);

        refused(drawn, Hints(hints.anchor + 1, hints.mad), learning, Aggregation.WrongMedian.selector);
        refused(drawn, Hints(hints.anchor, hints.mad + 1), learning, Aggregation.WrongDeviation.selector);
        refused(drawn, Hints(hints.anchor, type(uint256).max), learning, Aggregation.WrongDeviation.selector);
        drawn.trusts = new uint256[](drawn.values.length + 1);
        refused(drawn, hints, learning, Aggregation.UnequalLists.selector);
    }

    /* AGGREGATE */

    // Invariant 9
    function testFuzz_LiesWithinWhatWasSaid(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(24);
        Aggregate memory result = Aggregation.aggregate(drawn, hintsOf(drawn), from.learning());
        (int256 low, int256 high) = rangeOf(drawn.values);
        require(low <= result.anchor && result.anchor <= high, "anchor");
        require(low <= result.mean && result.mean <= high, "mean");

        // The second house expert speaks too, and it may stand outside.
        low = result.debiased < low ? result.debiased : low;
        high = result.debiased > high ? result.debiased : high;
        require(low <= result.inner && result.inner <= high, "inner");
        require(low <= result.value && result.value <= high, "value");
        require(type(int104).min <= low && high <= type(int104).max, "no longer a value");
    }

    // Invariant 6
    function testFuzz_OrderDoesNotMatter(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(24);
        Learning memory learning = from.learning();
        Hints memory hints = hintsOf(drawn);
        bytes32 before = keccak256(abi.encode(Aggregation.aggregate(drawn, hints, learning)));
        shuffle(drawn, from);

        require(keccak256(abi.encode(Aggregation.aggregate(drawn, hints, learning))) == before, "another aggregate");
    }

    // Invariant 10
    function testFuzz_AMinorityOfWagersMovesItByTheClipRadiusAtMost(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(23);
        Learning memory learning = from.learning();
        learning.bias = 0;
        (int256 low, int256 high) = makeHonestMajority(drawn, from);
        Aggregate memory result = Aggregation.aggregate(drawn, hintsOf(drawn), learning);

        require(low <= result.anchor && result.anchor <= high, "anchor outside of what the honest said");
        require(distance(result.value, result.anchor) <= result.radius, "beyond the clip radius");
        require(distance(result.inner, result.anchor) <= result.radius, "inner beyond the clip radius");
    }

    function testFuzz_WhereNobodyIsTrustedTheAnchorSpeaks(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(24);
        drawn.trusts = new uint256[](drawn.values.length);
        Learning memory learning = from.learning();
        if (learning.anchor.regret > 0) learning.anchor.regret *= -1;
        if (learning.mean.regret > 0) learning.mean.regret *= -1;
        Aggregate memory result = Aggregation.aggregate(drawn, hintsOf(drawn), learning);

        require(result.value == result.anchor && result.inner == result.anchor, "somebody else spoke");
    }

    // Invariant 8
    function testFuzz_SplittingAWorkerMovesTheInnerAggregateByRoundingOnly(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        (uint256 wager, uint256 trust) = (2 + from.below(1e27), 1e18 + from.below(1e27));
        Submissions memory united = Submissions(new int256[](3), new uint256[](3), new uint256[](3));
        for (uint256 i = 0; i < 3; i++) {
            united.values[i] = int256(from.below(2e20)) - 1e20;
            united.wagers[i] = wager;
            united.trusts[i] = trust;
        }
        Submissions memory split = halvedFirst(united);
        Learning memory learning;
        int256 one = Aggregation.aggregate(united, hintsOf(united), learning).inner;
        int256 two = Aggregation.aggregate(split, hintsOf(split), learning).inner;

        // Shares are exact to a few 1e-18, and values to 1e20 apart.
        require(distance(one, two) <= 2_000, "moved");
    }

    function testFuzz_NoWorkerHoldsMoreThanAThird(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = Submissions(new int256[](3), new uint256[](3), new uint256[](3));
        drawn.values[1] = int256(from.below(1e24));
        drawn.values[2] = int256(from.below(1e24));
        for (uint256 i = 0; i < 3; i++) {
            drawn.wagers[i] = 1e18;
        }
        drawn.trusts[0] = 1e18;
        Learning memory learning;
        Aggregate memory result = Aggregation.aggregate(drawn, hintsOf(drawn), learning);

        require(result.inner == clippedZero(result), "inner is what the only trusted one says");
        require(distance(result.value * 3, result.inner + 2 * result.mean) <= 3 + 1e24 / 1e17, "not a third");
    }

    function clippedZero(Aggregate memory result) private pure returns (int256) {
        return Aggregation.winsorise(0, result.anchor, result.radius);
    }

    /* BOUNDS */

    // Invariant 20
    function testFuzz_HoldsForAnyNumberOfWorkers(uint256 seed, uint256 count) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        count = count % 2 == 0 ? 1 : 256;
        Submissions memory drawn = Submissions(new int256[](count), new uint256[](count), new uint256[](count));
        for (uint256 i = 0; i < count; i++) {
            drawn.values[i] = i % 2 == 0 ? type(int104).max : type(int104).min;
            drawn.wagers[i] = Draws.SUPPLY / count;
            drawn.trusts[i] = from.below(4) == 0 ? 0 : (1 << 150) - 1;
        }
        Aggregate memory result = Aggregation.aggregate(drawn, hintsOf(drawn), from.learning());

        require(type(int104).min <= result.value && result.value <= type(int104).max, "value");
        require(result.half <= NONE && result.radius <= NONE, "half width or radius");
    }

    function testFuzz_PromisesNothingBeforeTheWarmUp(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(6);
        Learning memory learning = from.learning();
        uint256 half = Aggregation.aggregate(drawn, hintsOf(drawn), learning).half;
        uint256 promised = (learning.width * learning.feedError) / 1e18;
        if (promised >= NONE) promised = NONE - 1;

        require(half == (learning.rounds < 5 ? NONE : promised), "another half width");
    }

    function testFuzz_TheClipRadiusFollowsMadAndUsualError(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(6);
        Learning memory learning = from.learning();
        Aggregate memory result = Aggregation.aggregate(drawn, hintsOf(drawn), learning);
        bool warm = learning.rounds >= 5 && learning.anchorError >= 100;
        bool crowd = drawn.values.length >= 3;
        uint256 free = 3 * madOf(drawn, result.anchor);
        (uint256 least, uint256 most) = ((5 * learning.anchorError) / 2, 8 * learning.anchorError);

        if (!warm) require(result.radius == (crowd && free < NONE ? free : NONE), "cold");
        if (warm && !crowd) require(result.radius == (most < NONE ? most : NONE), "warm, too few");
        if (warm && crowd) {
            require(result.radius >= (least < NONE ? least : NONE) && result.radius <= most, "warm, out of bounds");
            require(free < least || free > most || result.radius == (free < NONE ? free : NONE), "warm");
        }
    }

    function testFuzz_WinsorisingPullsToTheNearerEnd(uint256 seed, uint104 radius) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        (int256 value, int256 anchor) = (from.value(), from.value());
        int256 pulled = Aggregation.winsorise(value, anchor, radius);

        require(distance(pulled, anchor) <= radius, "outside");
        require(distance(value, anchor) > radius || pulled == value, "moved without need");
        require(distance(value, anchor) <= radius || distance(pulled, anchor) == radius, "pulled too far");
        require((value >= anchor) == (pulled >= anchor) || radius == 0, "to the wrong side");
    }

    /* SECOND, DUMBER WAYS */

    function aggregateOf(
        Submissions memory drawn,
        Hints memory hints,
        Learning memory learning
    ) external pure returns (Aggregate memory) {
        return Aggregation.aggregate(drawn, hints, learning);
    }

    function refused(
        Submissions memory drawn,
        Hints memory hints,
        Learning memory learning,
        bytes4 selector
    ) private view {
        try this.aggregateOf(drawn, hints, learning) {
            revert("passed");
        } catch (bytes memory reason) {
            require(bytes4(reason) == selector, "refused for another reason");
        }
    }

    function hintsOf(Submissions memory drawn) private pure returns (Hints memory hints) {
        int256 anchor;
        (hints.anchor, anchor) = sortedMedian(drawn.values, drawn.wagers);
        (int256 mad, ) = sortedMedian(distancesTo(drawn, anchor), drawn.wagers);
        hints.mad = uint256(mad);
    }

    function madOf(Submissions memory drawn, int256 anchor) private pure returns (uint256) {
        (, int256 mad) = sortedMedian(distancesTo(drawn, anchor), drawn.wagers);
        return uint256(mad);
    }

    function distancesTo(Submissions memory drawn, int256 anchor) private pure returns (int256[] memory distances) {
        distances = new int256[](drawn.values.length);
        for (uint256 i = 0; i < distances.length; i++) {
            distances[i] = int256(distance(drawn.values[i], anchor));
        }
    }

    /// @dev Sorts, then walks until half of the weight has passed.
    function sortedMedian(
        int256[] memory values,
        uint256[] memory weights
    ) private pure returns (int256 lower, int256 median) {
        (int256[] memory xs, uint256[] memory ws) = sorted(values, weights);
        uint256 total = 0;
        for (uint256 i = 0; i < ws.length; i++) {
            total += ws[i];
        }
        uint256 seen = 0;
        bool found = false;
        for (uint256 i = 0; i < xs.length; i++) {
            seen += ws[i];
            if (!found && 2 * seen >= total) (lower, found) = (xs[i], true);
            if (2 * seen > total) return (lower, (lower + xs[i]) / 2);
        }
        return (lower, lower);
    }

    function sorted(
        int256[] memory values,
        uint256[] memory weights
    ) private pure returns (int256[] memory xs, uint256[] memory ws) {
        (xs, ws) = (new int256[](values.length), new uint256[](values.length));
        for (uint256 i = 0; i < values.length; i++) {
            uint256 place = i;
            for (; place > 0 && xs[place - 1] > values[i]; place--) {
                (xs[place], ws[place]) = (xs[place - 1], ws[place - 1]);
            }
            (xs[place], ws[place]) = (values[i], weights[i]);
        }
    }

    function shuffle(Submissions memory drawn, Draws.Draw memory from) private pure {
        for (uint256 i = drawn.values.length - 1; i > 0; i--) {
            uint256 j = from.below(i + 1);
            (drawn.values[i], drawn.values[j]) = (drawn.values[j], drawn.values[i]);
            (drawn.wagers[i], drawn.wagers[j]) = (drawn.wagers[j], drawn.wagers[i]);
            (drawn.trusts[i], drawn.trusts[j]) = (drawn.trusts[j], drawn.trusts[i]);
        }
    }

    /// @dev Every other worker is honest, says something near one value, and together they wager one unit more.
    function makeHonestMajority(
        Submissions memory drawn,
        Draws.Draw memory from
    ) private pure returns (int256 low, int256 high) {
        low = int256(from.below(1e24)) - 5e23;
        high = low + int256(from.below(1e22));
        uint256 majority = 1;
        for (uint256 i = 0; i < drawn.wagers.length; i++) {
            drawn.wagers[i] >>= 1;
            if (i % 2 == 1) majority += drawn.wagers[i];
            if (i % 2 == 0) drawn.values[i] = low + int256(from.below(uint256(high - low) + 1));
        }
        for (uint256 i = 2; i < drawn.wagers.length; i += 2) {
            drawn.wagers[i] = majority / drawn.wagers.length;
            majority -= drawn.wagers[i];
        }
        drawn.wagers[0] = majority;
    }

    function halvedFirst(Submissions memory united) private pure returns (Submissions memory split) {
        uint256 count = united.values.length + 1;
        split = Submissions(new int256[](count), new uint256[](count), new uint256[](count));
        for (uint256 i = 0; i < count; i++) {
            uint256 source = i < count - 1 ? i : 0;
            split.values[i] = united.values[source];
            split.wagers[i] = united.wagers[source];
            split.trusts[i] = united.trusts[source];
        }
        split.wagers[0] = united.wagers[0] / 2;
        split.wagers[count - 1] = united.wagers[0] - split.wagers[0];
    }

    function rangeOf(int256[] memory values) private pure returns (int256 low, int256 high) {
        (low, high) = (values[0], values[0]);
        for (uint256 i = 1; i < values.length; i++) {
            if (values[i] < low) low = values[i];
            if (values[i] > high) high = values[i];
        }
    }

    function distance(int256 a, int256 b) private pure returns (uint256) {
        return uint256(a > b ? a - b : b - a);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Aggregation} from "../../../contracts/maths/Aggregation.sol";
import {Aggregate, Hints, Learning, NONE, Range, Submissions} from "../../../contracts/types/Learning.sol";
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

    /// @dev Four units of trust over a third of the money are one of weight, and all there is.
    function test_TheSmallestWeightSpeaksWhereThereIsNoOther() public pure {
        Submissions memory said = Submissions(new int256[](3), new uint256[](3), new uint256[](3));
        (said.values[0], said.values[1], said.values[2]) = (1e18, 2e18, 9e18);
        (said.wagers[0], said.wagers[1], said.wagers[2]) = (10, 10, 10);
        said.trusts[2] = 4;
        Learning memory learning;
        Aggregate memory result = Aggregation.aggregate(said, Hints(2e18, 1e18), learning, Draws.everything());

        require(result.inner == 5e18, "not what it says, three deviations from the middle");
    }

    /// @dev Half of the weight lies up to 1: the next value with weight joins it, not the one without.
    function test_AValueWithoutWeightIsNobodysMedian() public pure {
        (int256[] memory values, uint256[] memory weights) = (new int256[](3), new uint256[](3));
        (values[0], values[1], values[2]) = (1, 2, 5);
        (weights[0], weights[1], weights[2]) = (4, 0, 4);
        (bool verified, int256 median) = Aggregation.verifiedMedian(values, weights, 1);

        require(verified && median == 3, "another median");
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
        Aggregate memory result = aggregated(drawn, from.learning());
        (int256 low, int256 high) = rangeOf(drawn.values);
        require(low <= result.anchor && result.anchor <= high, "anchor");
        require(low <= result.mean && result.mean <= high, "mean");

        // The second house expert speaks too, and its bias may take it outside of what was said.
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
        bytes32 before = keccak256(abi.encode(aggregated(drawn, learning)));
        shuffle(drawn, from);

        require(keccak256(abi.encode(aggregated(drawn, learning))) == before, "another aggregate");
    }

    // Invariant 10
    function testFuzz_AMinorityOfWagersMovesItByTheClipRadiusAtMost(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(23);
        Learning memory learning = from.learning();
        learning.bias = 0;
        (int256 low, int256 high) = makeHonestMajority(drawn, from);
        Aggregate memory result = aggregated(drawn, learning);

        require(low <= result.anchor && result.anchor <= high, "anchor outside of what the honest said");
        uint256 radius = radiusOf(drawn, result.anchor, learning);
        require(distance(result.value, result.anchor) <= radius, "beyond the clip radius");
        require(distance(result.inner, result.anchor) <= radius, "inner beyond the clip radius");
    }

    function testFuzz_WhereNobodyIsTrustedTheAnchorSpeaks(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(24);
        drawn.trusts = new uint256[](drawn.values.length);
        Learning memory learning = from.learning();
        if (learning.anchor.regret > 0) learning.anchor.regret *= -1;
        if (learning.mean.regret > 0) learning.mean.regret *= -1;
        Aggregate memory result = aggregated(drawn, learning);

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
        int256 one = aggregated(united, learning).inner;
        int256 two = aggregated(split, learning).inner;

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
        Aggregate memory result = aggregated(drawn, learning);

        require(result.inner == clippedZero(result), "inner is what the only trusted one says");
        require(distance(result.value * 3, result.inner + 2 * result.mean) <= 3 + 1e24 / 1e17, "not a third");
    }

    function clippedZero(Aggregate memory result) private pure returns (int256) {
        return Aggregation.clamp(0, result.low, result.high);
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
        Aggregate memory result = aggregated(drawn, from.learning());

        require(type(int104).min <= result.value && result.value <= type(int104).max, "value");
        require(result.below <= NONE && result.above <= NONE, "a width");
        require(type(int104).min <= result.low && result.high <= type(int104).max, "an end");
    }

    function testFuzz_PromisesNothingBeforeTheWarmUp(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(6);
        Learning memory learning = from.learning();
        Aggregate memory result = aggregated(drawn, learning);

        require(result.below == promised(learning.widthBelow, learning), "another width below");
        require(result.above == promised(learning.widthAbove, learning), "another width above");
    }

    function promised(uint256 width, Learning memory learning) private pure returns (uint256) {
        if (learning.rounds < 5) return NONE;
        uint256 exact = (width * learning.feedError) / 1e18;
        return exact >= NONE ? NONE - 1 : exact;
    }

    function testFuzz_TheClipRadiusFollowsMadAndUsualError(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(6);
        Learning memory learning = from.learning();
        if (learning.rounds > 5) learning.rounds = 4 + from.below(2);
        // At the very border of what tells, too.
        if (from.below(2) == 0) learning.anchorError = 99 + from.below(2);
        Aggregate memory result = aggregated(drawn, learning);
        int256 radius = int256(radiusOf(drawn, result.anchor, learning));

        require(result.low == most(type(int104).min, result.anchor - radius), "another lower end");
        require(result.high == least(type(int104).max, result.anchor + radius), "another upper end");
    }

    function radiusOf(
        Submissions memory drawn,
        int256 anchor,
        Learning memory learning
    ) private pure returns (uint256 radius) {
        bool isWarm = learning.rounds >= 5 && learning.anchorError >= 100;
        radius = drawn.values.length < 3 ? NONE : 3 * madOf(drawn, anchor);
        if (isWarm && radius > 8 * learning.anchorError) radius = 8 * learning.anchorError;
        if (isWarm && radius < (5 * learning.anchorError) / 2) radius = (5 * learning.anchorError) / 2;
        if (radius > NONE) radius = NONE;
    }

    /* RANGE */

    function testFuzz_ValuesAreClampedBeforeAnythingElse(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = from.submissions(8);
        Learning memory learning = from.learning();
        Range memory range = from.range();
        for (uint256 i = 0; i < drawn.values.length; i++) {
            drawn.values[i] = most(range.low, least(range.high, drawn.values[i]));
        }
        Submissions memory given = abi.decode(abi.encode(drawn), (Submissions));
        // Whatever lies outside, by however much.
        for (uint256 i = 0; i < given.values.length; i++) {
            if (given.values[i] == range.low) given.values[i] -= int256(from.below(1e30));
            if (given.values[i] == range.high) given.values[i] += int256(from.below(1e30));
        }
        Hints memory hints = hintsOf(drawn);
        bytes memory inside = abi.encode(Aggregation.aggregate(drawn, hints, learning, range));
        Aggregate memory result = Aggregation.aggregate(given, hints, learning, range);

        require(keccak256(abi.encode(result)) == keccak256(inside), "a value outside spoke");
        require(range.low <= result.low && result.high <= range.high, "ends outside");
        require(range.low <= result.debiased && result.debiased <= range.high, "a house expert outside");
        require(range.low <= result.value && result.value <= range.high, "published outside");
    }

    function testFuzz_ColdTopicsKeepToTheDomainWarmOnesToTheRange(uint256 seed, uint256 count) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Range memory bounds = from.range();
        Range memory domain = within(from.range(), bounds);
        Learning memory learning = from.learning();
        learning.rounds = 3 + from.below(4);
        count = 1 + (count % 4);
        Range memory range = Aggregation.rangeOf(bounds, domain, count, learning);
        bool isWarm = learning.rounds >= 5;

        if (!isWarm) require(range.low == domain.low && range.high == domain.high, "cold");
        if (isWarm && count >= 3) require(range.low == bounds.low && range.high == bounds.high, "warm");
        if (!isWarm || count >= 3) return;

        int256 middle = (domain.low + domain.high) / 2;
        int256 reach = 8 * int256(learning.anchorError);
        require(range.low == most(bounds.low, least(domain.low, middle - reach)), "two, warm, low");
        require(range.high == least(bounds.high, most(domain.high, middle + reach)), "two, warm, high");
    }

    function within(Range memory range, Range memory bounds) private pure returns (Range memory) {
        return Range(most(bounds.low, least(bounds.high, range.low)), most(bounds.low, least(bounds.high, range.high)));
    }

    function testFuzz_ClampingPullsToTheNearerEnd(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        int256 value = from.value();
        Range memory range = from.range();
        int256 pulled = Aggregation.clamp(value, range.low, range.high);

        require(range.low <= pulled && pulled <= range.high, "outside");
        require(value < range.low || value > range.high || pulled == value, "moved without need");
        require(value >= range.low || pulled == range.low, "not to the lower end");
        require(value <= range.high || pulled == range.high, "not to the upper end");
    }

    /* CAP */

    /// @dev One trusted worker of three with a share of the money: its share is a third, or six times its part of the money.
    function testFuzz_AShareIsAtMostSixTimesItsMoney(uint256 seed, uint256 part) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Submissions memory drawn = Submissions(new int256[](3), new uint256[](3), new uint256[](3));
        part = 1 + (part % 1_000);
        (drawn.wagers[0], drawn.wagers[1], drawn.wagers[2]) = (part, 10_000 - part / 2, 10_000 - (part - part / 2));
        (drawn.values[1], drawn.values[2]) = (1e24, 1e24 + int256(from.below(1e20)));
        drawn.values[0] = int256(1e24) - int256(from.below(1e20));
        drawn.trusts[0] = 1e18;
        Learning memory learning;
        Aggregate memory result = aggregated(drawn, learning);

        uint256 share = (6 * part * 1e18) / 20_000;
        uint256 third = uint256(1e18) / 3;
        if (share > third) share = third;
        int256 own = Aggregation.clamp(drawn.values[0], result.low, result.high);
        int256 expected = (int256(share) * own + int256(1e18 - share) * result.mean) / 1e18;
        require(result.inner == own, "inner is what the only trusted one says");
        require(distance(result.value, expected) <= 1e7, "another share");
    }

    /* SECOND, DUMBER WAYS */

    function aggregateOf(
        Submissions memory drawn,
        Hints memory hints,
        Learning memory learning
    ) external pure returns (Aggregate memory) {
        return Aggregation.aggregate(drawn, hints, learning, Draws.everything());
    }

    /// @dev Of a copy, because values are clamped on the way.
    function aggregated(Submissions memory drawn, Learning memory learning) private pure returns (Aggregate memory) {
        Submissions memory copy = abi.decode(abi.encode(drawn), (Submissions));
        return Aggregation.aggregate(copy, hintsOf(drawn), learning, Draws.everything());
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

    function least(int256 a, int256 b) private pure returns (int256) {
        return a < b ? a : b;
    }

    function most(int256 a, int256 b) private pure returns (int256) {
        return a > b ? a : b;
    }

    function distance(int256 a, int256 b) private pure returns (uint256) {
        return uint256(a > b ? a - b : b - a);
    }
}

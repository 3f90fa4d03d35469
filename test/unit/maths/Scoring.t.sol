// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Scoring} from "../../../contracts/maths/Scoring.sol";
import {Aggregate, Domain, Expert, Learning, Money, NONE, ONE} from "../../../contracts/types/Learning.sol";
import {DomainKind} from "../../../contracts/types/Topic.sol";
import {Draws} from "../../harness/Draws.sol";

contract ScoringTest {
    using Draws for Draws.Draw;

    /* TRUST */

    function testFuzz_OnlyAPositiveRecordIsTrusted(int256 regret, uint256 energy, uint256 peak) public pure {
        (regret, energy, peak) = (regret >> 112, energy >> 6, peak >> 16);
        uint256 trust = Scoring.trust(regret, energy, peak);

        require(regret > 0 || trust == 0, "trusted without a record");
        require(trust <= (regret > 0 ? uint256(regret) : 0), "more than its record");
    }

    function testFuzz_TrustIsTheRecordTimesItsSteadiness(uint96 regret, uint96 energy, uint96 peak) public pure {
        uint256 trust = Scoring.trust(int256(uint256(regret)), energy, peak);
        uint256 scale = peak == 0 ? 1 : peak;
        uint256 exact = (uint256(regret) * scale) / (uint256(energy) + scale);

        require(trust <= exact && exact - trust <= 1 + uint256(regret) / ONE, "another trust");
    }

    function testFuzz_AnErraticRecordIsTrustedLess(uint96 regret, uint96 energy, uint96 more, uint96 peak) public pure {
        uint256 steady = Scoring.trust(int256(uint256(regret)), energy, peak);

        require(Scoring.trust(int256(uint256(regret)), uint256(energy) + more, peak) <= steady, "more");
    }

    // Invariant 11
    function testFuzz_ANewcomerRanksByItsStakeAlone(uint96 stake, uint256 peak) public pure {
        require(Scoring.trust(0, 0, peak >> 16) == 0, "trusted");
        require(Scoring.rank(stake, 0, 0, peak >> 16) == stake * ONE, "rank");
    }

    function testFuzz_ARecordIsWorthAtMostThreeMoreStakes(
        uint96 stake,
        int256 regret,
        uint256 energy,
        uint256 peak
    ) public pure {
        (regret, energy, peak) = (regret >> 112, energy >> 6, peak >> 16);
        uint256 rank = Scoring.rank(stake, regret, energy, peak);

        require(rank >= stake * ONE && rank <= 4 * ONE * stake, "out of bounds");
        require(regret > 0 || rank == stake * ONE, "a bad record counts");
    }

    function testFuzz_TheBonusIsRegretSquaredOverEnergy(uint80 regret, uint160 energy, uint96 peak) public pure {
        uint256 scale = uint256(energy) + (peak == 0 ? 1 : peak);
        // 80 + 80 + 60 bits: the plain formula still fits.
        uint256 bonus = (uint256(regret) * regret * ONE) / scale;
        if (bonus > 3 * ONE) bonus = 3 * ONE;

        require(Scoring.rank(7, int256(uint256(regret)), energy, peak) == 7 * (ONE + bonus), "another bonus");
    }

    function test_TheSmallestRecordCounts() public pure {
        require(Scoring.trust(1, 0, 1) == 1, "trust");
        require(Scoring.rank(7, 1, 0, 1) == 7 * 2 * ONE, "rank");
    }

    /* DOMAIN */

    function testFuzz_ADomainLiesInItsBoundsAndIsNeverEmpty(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        (int256 min, int256 max) = bounds(from);
        DomainKind kind = DomainKind(from.below(3));
        uint256 sigma = 1 + (from.next() >> (153 + from.below(103)));
        (int256 low, uint256 width) = Scoring.domainOf(kind, from.below(65_536), from.value(), sigma, min, max);

        require(width > 0, "empty");
        require(min <= low && low + int256(width) <= max, "outside");
        require(kind != DomainKind.Fixed || (low == min && low + int256(width) == max), "not the fixed one");
    }

    function testFuzz_ADomainReachesAsFarToBothSides(int64 center, uint64 sigma, uint16 scale) public pure {
        int256 reach = int256((uint256(sigma) * scale) / 10_000);
        (int256 min, int256 max) = (type(int104).min, type(int104).max);
        (int256 low, uint256 width) = Scoring.domainOf(DomainKind.Adaptive, scale, center, sigma, min, max);
        if (reach > 0) require(low == center - reach && int256(width) == 2 * reach, "adaptive");

        reach = int256((uint256(center < 0 ? -int256(center) : int256(center)) * scale) / 10_000);
        (low, width) = Scoring.domainOf(DomainKind.Relative, scale, center, sigma, min, max);
        if (reach > 0) require(low == center - reach && int256(width) == 2 * reach, "relative");
        if (reach == 0) require(low == min && int256(width) == max - min, "nothing became everything");
    }

    function test_ASpreadMovesByATenthAndStopsAtItsMost() public pure {
        require(Scoring.spread(1_000, 0, 1e18) == 1_101, "a tenth and one up");
        require(Scoring.spread(10, 0, 0) == 9 && Scoring.spread(2, 0, 0) == 2, "a tenth down, in whole units");
        require(Scoring.spread(1 << 103, type(int104).min, type(int104).max) == 1 << 103, "the most");
        require(Scoring.spread(1, 0, 0) == 1 && Scoring.spread(0, 0, 0) == 1, "the least");
    }

    function testFuzz_TheSpreadMovesByATenthAtMost(uint256 sigma, uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        sigma = 1 + (sigma % (1 << 103)) / (1 << from.below(103));
        uint256 next = Scoring.spread(sigma, from.value(), from.value());

        require(next >= 1 && next <= 1 << 103, "out of bounds");
        require(next <= sigma + sigma / 10 + 1, "up");
        require(next >= sigma - sigma / 10, "down");
    }

    function testFuzz_TheSpreadIsARollingRootMeanSquare(uint64 sigma, int64 center, int64 truth) public pure {
        uint256 miss = truth > center ? uint256(int256(truth) - center) : uint256(int256(center) - truth);
        uint256 square = 97 * uint256(sigma) * sigma + 3 * miss * miss;
        uint256 next = Scoring.spread(sigma, center, truth);
        uint256 start = sigma;

        bool free = next > 1 && next < start + start / 10 + 1 && next > start - start / 10;
        require(!free || (next * next * 100 <= square && (next + 1) * (next + 1) * 100 > square), "another root");
        require(free || next * next * 100 <= square || next <= 1 || next == start - start / 10, "held without need");
    }

    function test_ASilentSpreadFindsItsWayBack() public pure {
        uint256 sigma = 1;
        for (uint256 i = 0; i < 500; i++) {
            sigma = Scoring.spread(sigma, 0, 1e18);
        }
        require(sigma > 9e17 && sigma <= 1e18, "lost");
    }

    /* LOSS */

    function testFuzz_PlacesKeepTheOrderWithinTheirScale(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        (int256 low, int256 high) = bounds(from);
        uint256 width = uint256(high - low);
        (int256 one, int256 other) = (from.value(), from.value());
        if (one > other) (one, other) = (other, one);

        require(Scoring.place(one, low, width) <= Scoring.place(other, low, width), "order");
        require(Scoring.place(other, low, width) <= Scoring.U, "scale");
        require(Scoring.place(low, low, width) == 0 && Scoring.place(high, low, width) == Scoring.U, "ends");
    }

    function testFuzz_TheLossIsTheSquaredDistance(uint256 one, uint256 other) public pure {
        (one, other) = (one % (Scoring.U + 1), other % (Scoring.U + 1));
        int256 apart = int256(one) - int256(other);

        require(Scoring.loss(one, other) == uint256(apart * apart), "another loss");
        require(Scoring.loss(one, other) <= Scoring.U * Scoring.U, "too much");
    }

    function testFuzz_AValueLosesByItsPlaceInTheDomain(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        (int256 low, int256 high) = bounds(from);
        (int256 value, int256 truth) = (from.value(), from.value());
        uint256 width = uint256(high - low);
        Domain memory domain = Domain(low, width, Scoring.place(truth, low, width));
        uint256 expected = Scoring.loss(Scoring.place(value, low, width), Scoring.place(truth, low, width));

        require(Scoring.loss(value, domain) == expected, "another loss");
    }

    function testFuzz_TheExpectationIsTheBestReport(uint256 one, uint256 other, uint256 report) public pure {
        (one, other, report) = (one % (Scoring.U + 1), other % (Scoring.U + 1), report % (Scoring.U + 1));
        uint256 honest = (one + other) / 2;
        uint256 expected = Scoring.loss(honest, one) + Scoring.loss(honest, other);

        require(Scoring.loss(report, one) + Scoring.loss(report, other) >= expected, "lying pays");
    }

    /* SKILL */

    function testFuzz_TheGradientIsTheErrorWithinFourUsualOnes(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Learning memory learning = from.learning();
        (int256 inner, int256 truth) = (from.value(), from.value());
        int256 bound = int256(4 * learning.feedError);
        int256 expected = inner - truth;
        if (learning.rounds >= 5 && learning.feedError >= 100) {
            if (expected > bound) expected = bound;
            if (expected < -bound) expected = -bound;
        }

        require(Scoring.gradient(inner, truth, learning) == expected, "another gradient");
    }

    function testFuzz_RegretIsPositiveOnTheSideOfTheTruth(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        (int256 inner, int256 value) = (from.value(), from.value());
        int256 gradient = inner - from.value();
        int256 regret = Scoring.regret(gradient, inner, value);

        require(regret <= 0 || (gradient > 0) == (value < inner), "praised for the wrong side");
        require(regret >= 0 || (gradient > 0) == (value > inner), "blamed for the right side");
        require(-regret == Scoring.regret(-gradient, inner, value), "not symmetric");
    }

    function testFuzz_RegretIsExactUntilItsLimit(int72 gradient, int72 inner, int72 value) public pure {
        int256 exact = 2 * int256(gradient) * (int256(inner) - value);

        require(Scoring.regret(gradient, inner, value) == exact / 1e18, "another regret");
    }

    function testFuzz_ARecordIsTheSumOfItsRounds(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Expert memory expert;
        int256 sum = 0;
        uint256 squares = 0;
        for (uint256 i = 0; i < 8; i++) {
            int256 regret = int256(from.next()) >> (136 + from.below(100));
            sum += regret;
            squares += uint256(regret * regret);
            Scoring.learn(expert, regret);
        }

        require(expert.regret == sum && expert.energy == squares, "another sum");
    }

    // Invariant 20
    function test_ARecordSurvivesALifetimeOfTheLargestRegrets() public pure {
        int256 most = Scoring.regret(type(int104).max, type(int104).max, type(int104).min);
        require(most == int256(uint256(type(uint120).max)), "the limit");

        Expert memory expert = Expert(most * (1 << 24), (1 << 250) - 1);
        Scoring.learn(expert, most);
        require(expert.energy == 1 << 250, "energy is full");
        uint256 peak = uint256(most * most);
        require(Scoring.trust(expert.regret, expert.energy, peak) > 0, "trust");
        require(Scoring.rank(type(uint96).max, expert.regret, 0, 0) == uint256(type(uint96).max) * 4 * ONE, "rank");
    }

    /* TOPIC */

    function testFuzz_ATopicLearnsWhateverHappens(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Learning memory learning = from.learning();
        Learning memory before = copy(learning);
        Aggregate memory aggregate = said(from, learning);
        int256 truth = from.value();
        Scoring.learn(learning, aggregate, truth, 9000);

        require(learning.rounds == before.rounds + 1, "rounds");
        require(learning.peak >= before.peak, "the peak fell");
        require(learning.anchor.energy >= before.anchor.energy, "energy fell");
        int256 above = truth - aggregate.value;
        stepped(before.widthBelow, learning.widthBelow, -above, aggregate.below);
        stepped(before.widthAbove, learning.widthAbove, above, aggregate.above);
    }

    /// @dev Of an interval of 90 %, each side is to hold 95 %: up by exp(0.0475) where it did not, down by exp(-0.0025).
    function stepped(uint256 before, uint256 width, int256 beyond, uint256 promised) private pure {
        require(width >= ONE / 5 && width <= 50 * ONE, "width out of bounds");
        if (promised == NONE) return require(width == before, "a promise was never made");
        uint256 step = beyond > int256(promised) ? 1_048_646_201_121_285_205 : 997_503_122_397_460_124;
        uint256 expected = (before * step) / ONE;
        if (expected > 50 * ONE) expected = 50 * ONE;
        if (expected < ONE / 5) expected = ONE / 5;
        require(width == expected, "another step");
    }

    /// @dev The end of an interval still belongs to it, on either side.
    function test_AnIntervalHoldsItsEnds() public pure {
        Learning memory learning;
        learning.rounds = 7;
        Aggregate memory aggregate;
        (aggregate.value, aggregate.below, aggregate.above) = (5e18, 2e18, 1e18);
        for (int256 beyond = 0; beyond < 2; beyond++) {
            learning.widthBelow = learning.widthAbove = ONE;
            Scoring.learn(learning, aggregate, 3e18 - beyond, 9000);
            require((learning.widthBelow > ONE) == (beyond > 0), "below");
            require(learning.widthAbove < ONE, "a miss below widens nothing above");
            learning.widthBelow = learning.widthAbove = ONE;
            Scoring.learn(learning, aggregate, 6e18 + beyond, 9000);
            require((learning.widthAbove > ONE) == (beyond > 0), "above");
            require(learning.widthBelow < ONE, "a miss above widens nothing below");
        }
    }

    function test_AWidthStopsAtAFifthAndAtFifty() public pure {
        Learning memory learning;
        learning.rounds = 7;
        Aggregate memory aggregate;
        (aggregate.value, aggregate.below, aggregate.above) = (5e18, 2e18, 1e18);
        (learning.widthBelow, learning.widthAbove) = (ONE / 5, ONE / 5 + 1);
        Scoring.learn(learning, aggregate, 5e18, 9000);
        require(learning.widthBelow == ONE / 5 && learning.widthAbove == ONE / 5, "the least");
        learning.widthBelow = learning.widthAbove = 50 * ONE;
        Scoring.learn(learning, aggregate, 2e18, 9000);
        require(learning.widthBelow == 50 * ONE && learning.widthAbove < 50 * ONE, "the most");
    }

    function test_AnErrorTellsFromAHundredUnitsOnAfterFiveRounds() public pure {
        require(!Scoring.isTelling(99, 5) && Scoring.isTelling(100, 5), "at its least");
        require(!Scoring.isTelling(100, 4) && Scoring.isTelling(100, 6), "at the warm-up");
    }

    /// @dev Small regrets after a large one: what was once the largest stays so.
    function testFuzz_ThePeakNeverFalls(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Learning memory learning = from.learning();
        learning.peak = 1 + (from.next() >> 16);
        uint256 before = learning.peak;
        Aggregate memory aggregate;
        (aggregate.below, aggregate.above, aggregate.anchor) = (NONE, NONE, 1e18);
        Scoring.learn(learning, aggregate, 1, 9000);
        uint256 latest = 2;
        require(learning.peak == (before > latest * latest ? before : latest * latest), "another peak");
    }

    /// @dev Twice the error times the distance, squared: of the anchor, and of the debiased mean.
    function test_ThePeakIsTheLargestRegretOfTheHouse() public pure {
        Learning memory learning;
        Aggregate memory aggregate;
        (aggregate.below, aggregate.above, aggregate.anchor) = (NONE, NONE, 1e18);
        Scoring.learn(learning, aggregate, 1, 9000);
        require(learning.peak == 4, "not the anchor's");
        (aggregate.anchor, aggregate.debiased) = (0, -3e18);
        Scoring.learn(learning, aggregate, 1, 9000);
        require(learning.peak == 36, "not the mean's");
    }

    /* ERA */

    function testFuzz_ARecordIsSeasonedAfterHalfOfTheRoundsOrFifteen(uint256 count, uint256 settled) public pure {
        (count, settled) = (count % 32, settled % 32);
        bool expected = count >= 15 || count * 2 >= settled;
        require(Scoring.isSeasoned(count, settled) == expected, "another season");
    }

    function test_FifteenRoundsAreEnoughOfAnyEra() public pure {
        require(Scoring.isSeasoned(15, 31) && !Scoring.isSeasoned(14, 31), "of more than thirty");
        require(Scoring.isSeasoned(15, 30) && !Scoring.isSeasoned(14, 30), "of thirty");
        require(Scoring.isSeasoned(14, 28) && !Scoring.isSeasoned(14, 29), "of fewer");
    }

    function testFuzz_ATopicRestartsForAsMuchMoneyAsUsualOfWhichLittleIsSeasoned(
        uint96 budgets,
        uint96 seasoned,
        uint96 usual,
        uint256 settled
    ) public pure {
        settled %= 3;
        if (seasoned > budgets) (budgets, seasoned) = (seasoned, budgets);
        Money memory money = Money(budgets, budgets, seasoned);
        bool isLittle = uint256(seasoned) * 10_000 < uint256(budgets) * 2_000;
        bool isMuch = uint256(budgets) >= (uint256(usual) + 1) / 2;
        require(Scoring.restarts(settled, money, usual) == (settled > 0 && isLittle && isMuch), "another restart");
    }

    function test_AFifthIsEnoughAndHalfOfTheUsualMoneyIsMuch() public pure {
        require(!Scoring.restarts(1, Money(0, 500, 100), 1000), "a fifth is seasoned");
        require(Scoring.restarts(1, Money(0, 500, 99), 1000), "less than a fifth");
        require(!Scoring.restarts(1, Money(0, 499, 0), 1000), "less than half of the usual money");
        require(!Scoring.restarts(0, Money(0, 500, 0), 1000), "an era without settled rounds");
    }

    function testFuzz_TheUsualMoneyFollowsAtATwentieth(uint96 usual, uint96 budgets) public pure {
        uint256 next = Scoring.usualMoney(usual, budgets);
        if (usual == 0) return require(next == budgets, "the first");
        require(next * 20 <= uint256(usual) * 19 + budgets, "above");
        require((next + 1) * 20 > uint256(usual) * 19 + budgets, "below");
    }

    function testFuzz_TheReferenceFollowsTruthsAtItsRate(int64 center, int64 truth, uint256 rate) public pure {
        rate = 1 + (rate % 10_000);
        int256 next = Scoring.followed(center, truth, rate);
        int256 exact = int256(center) * 10_000 + int256(rate) * (int256(truth) - center);
        require(distance(next * 10_000, exact) < 10_000, "another mean");
        require(rate < 10_000 || next == truth, "not the last truth");
    }

    /// @dev Who risks little learns little.
    function testFuzz_RegretIsScaledByConfidence(int72 gradient, int72 inner, int72 value, uint256 bps) public pure {
        bps = 1 + (bps % 10_000);
        int256 whole = Scoring.regret(gradient, inner, value);
        int256 part = Scoring.regret(gradient, inner, value, bps);
        require(distance(part * 10_000, whole * int256(bps)) < 10_000, "another part");
        require(part == 0 || (part > 0) == (whole > 0), "another sign");
        require(Scoring.regret(gradient, inner, value, 10_000) == whole, "full confidence is all of it");
    }

    function testFuzz_FirstErrorsAreAveragedEvenly(uint64[5] memory errors) public pure {
        Learning memory learning;
        learning.widthBelow = learning.widthAbove = Scoring.startingWidth(9000);
        uint256 sum = 0;
        for (uint256 i = 0; i < 5; i++) {
            Aggregate memory aggregate;
            aggregate.below = aggregate.above = NONE;
            Scoring.learn(learning, aggregate, int256(uint256(errors[i])), 9000);
            sum += errors[i];
        }

        require(distance(int256(learning.feedError * 5), int256(sum)) <= 5 * 30, "feed");
        require(learning.anchorError == learning.feedError, "anchor");
    }

    function testFuzz_OneRoundMovesAnErrorByTenTimesItselfAtMost(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Learning memory learning = from.learning();
        learning.rounds = 20 + from.below(200);
        learning.feedError = 100 + from.below(1e30);
        uint256 before = learning.feedError;
        Aggregate memory aggregate = said(from, learning);
        int256 truth = from.value();
        uint256 miss = distance(aggregate.inner, truth);
        Scoring.learn(learning, aggregate, truth, 9000);

        uint256 step = miss > 10 * before ? 10 * before : miss;
        require(learning.feedError == (95 * before + 5 * step) / 100, "another error");
    }

    function testFuzz_TheBiasFollowsTheMeanWithinFourUsualErrors(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Learning memory learning = from.learning();
        int256 bias = learning.bias;
        Aggregate memory aggregate = said(from, learning);
        int256 truth = from.value();
        Scoring.learn(learning, aggregate, truth, 9000);

        // Rounds and usual error are those after this round.
        int256 bound = learning.rounds > 5 ? int256(4 * learning.feedError) : type(int256).max / 2;
        int256 step = truth - aggregate.mean;
        if (step > bound) step = bound;
        if (step < -bound) step = -bound;
        require(learning.bias == (9 * bias + step) / 10, "another bias");
    }

    function test_APerfectStartDoesNotSilenceATopic() public pure {
        Learning memory learning;
        learning.widthBelow = learning.widthAbove = Scoring.startingWidth(9000);
        Aggregate memory aggregate;
        aggregate.below = aggregate.above = NONE;
        for (uint256 i = 0; i < 8; i++) {
            Scoring.learn(learning, aggregate, 0, 9000);
        }
        require(learning.feedError == 0, "no error yet");

        require(Scoring.gradient(0, 1e18, learning) == -1e18, "the first error is seen");
        Scoring.learn(learning, aggregate, 1e18, 9000);
        require(learning.feedError > 1e16 && learning.anchorError > 1e16, "and remembered");
    }

    /* INTERVAL */

    // Invariant 24, on the mildest of series; the real ones are replayed elsewhere.
    /// hardhat-config: fuzz.runs = 96
    function testFuzz_TheIntervalHoldsTheTruthAsOftenAsPromised(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        uint256[3] memory levels = [uint256(8000), 9000, 9500];
        uint256 level = levels[from.below(3)];
        Learning memory learning;
        learning.widthBelow = learning.widthAbove = Scoring.startingWidth(level);
        uint256[3] memory counts;
        // Skewed, so that a symmetric interval would keep neither side's promise.
        for (uint256 i = 0; i < 2_400; i++) {
            // Counted once the widths have found their place.
            if (i == 400) delete counts;
            Aggregate memory aggregate;
            aggregate.below = aggregate.above = NONE;
            if (learning.rounds >= 5) {
                aggregate.below = (learning.widthBelow * learning.feedError) / ONE;
                aggregate.above = (learning.widthAbove * learning.feedError) / ONE;
                counts[0]++;
            }
            int256 truth = int256(from.below(3e18)) - int256(1e18);
            if (learning.rounds >= 5 && -truth > int256(aggregate.below)) counts[1]++;
            if (learning.rounds >= 5 && truth > int256(aggregate.above)) counts[2]++;
            Scoring.learn(learning, aggregate, truth, level);
        }

        // Half of what is not promised to each side.
        for (uint256 side = 1; side < 3; side++) {
            uint256 missed = (counts[side] * 10_000) / counts[0];
            require(distance(int256(missed), int256(10_000 - level) / 2) <= 100, "another share of misses");
        }
    }

    function testFuzz_OnlyThreeLevelsCanBePromised(uint256 bps) public view {
        bps %= 10_001;
        bool known = bps == 8000 || bps == 9000 || bps == 9500;

        require(Scoring.isInterval(bps) == known, "another level");
        try this.startingWidth(bps) returns (uint256 width) {
            require(known && width > ONE, "a width for no level");
        } catch (bytes memory reason) {
            require(!known && bytes4(reason) == Scoring.UnknownInterval.selector, "refused for another reason");
        }
    }

    function test_AHigherLevelStartsWider() public pure {
        require(Scoring.startingWidth(8000) < Scoring.startingWidth(9000), "80");
        require(Scoring.startingWidth(9000) < Scoring.startingWidth(9500), "95");
    }

    function startingWidth(uint256 bps) external pure returns (uint256) {
        return Scoring.startingWidth(bps);
    }

    /* DRAWING */

    function bounds(Draws.Draw memory from) private pure returns (int256 low, int256 high) {
        (low, high) = (from.value(), from.value());
        if (low > high) (low, high) = (high, low);
        if (low == high) (low, high) = (type(int104).min, type(int104).max);
    }

    function said(Draws.Draw memory from, Learning memory learning) private pure returns (Aggregate memory aggregate) {
        aggregate.value = from.value();
        aggregate.inner = from.value();
        aggregate.anchor = from.value();
        aggregate.mean = from.value();
        aggregate.debiased = from.value();
        aggregate.below = promisedOf(learning.widthBelow, learning);
        aggregate.above = promisedOf(learning.widthAbove, learning);
    }

    function promisedOf(uint256 width, Learning memory learning) private pure returns (uint256 promised) {
        promised = learning.rounds < 5 ? NONE : (width * learning.feedError) / ONE;
        if (promised > NONE) promised = NONE - 1;
    }

    function copy(Learning memory learning) private pure returns (Learning memory) {
        return abi.decode(abi.encode(learning), (Learning));
    }

    function distance(int256 a, int256 b) private pure returns (uint256) {
        return uint256(a > b ? a - b : b - a);
    }
}

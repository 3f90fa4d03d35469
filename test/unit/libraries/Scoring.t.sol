// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Scoring} from "../../../contracts/libraries/Scoring.sol";
import {Aggregate, Domain, Expert, Learning, NONE, ONE} from "../../../contracts/types/Learning.sol";
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
        require(learning.width >= ONE / 5 && learning.width <= 50 * ONE, "width out of bounds");
        require(learning.anchor.energy >= before.anchor.energy, "energy fell");
        bool missed = distance(truth, aggregate.value) > aggregate.half;
        if (aggregate.half == NONE) require(learning.width == before.width, "a promise was never made");
        if (aggregate.half < NONE && missed) require(learning.width >= before.width, "narrower after a miss");
        if (aggregate.half < NONE && !missed) require(learning.width <= before.width, "wider after a hit");
    }

    function testFuzz_FirstErrorsAreAveragedEvenly(uint64[5] memory errors) public pure {
        Learning memory learning;
        learning.width = Scoring.startingWidth(9000);
        uint256 sum = 0;
        for (uint256 i = 0; i < 5; i++) {
            Aggregate memory aggregate;
            aggregate.half = NONE;
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
        learning.width = Scoring.startingWidth(9000);
        Aggregate memory aggregate;
        aggregate.half = NONE;
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
    function testFuzz_TheIntervalHoldsTheTruthAsOftenAsPromised(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        uint256[3] memory levels = [uint256(8000), 9000, 9500];
        uint256 level = levels[from.below(3)];
        Learning memory learning;
        learning.width = Scoring.startingWidth(level);
        uint256 hits = 0;
        uint256 promises = 0;
        for (uint256 i = 0; i < 1_000; i++) {
            Aggregate memory aggregate;
            aggregate.half = learning.rounds < 5 ? NONE : (learning.width * learning.feedError) / ONE;
            int256 truth = int256(from.below(2e18)) - int256(1e18);
            if (aggregate.half < NONE) promises++;
            if (aggregate.half < NONE && distance(truth, 0) <= aggregate.half) hits++;
            Scoring.learn(learning, aggregate, truth, level);
        }

        require(distance(int256((hits * 10_000) / promises), int256(level)) <= 150, "another coverage");
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
        aggregate.half = learning.rounds < 5 ? NONE : (learning.width * learning.feedError) / ONE;
        if (aggregate.half > NONE) aggregate.half = NONE - 1;
    }

    function copy(Learning memory learning) private pure returns (Learning memory) {
        return abi.decode(abi.encode(learning), (Learning));
    }

    function distance(int256 a, int256 b) private pure returns (uint256) {
        return uint256(a > b ? a - b : b - a);
    }
}

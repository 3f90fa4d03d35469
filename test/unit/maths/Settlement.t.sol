// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float40} from "../../../contracts/maths/Float.sol";
import {Scoring} from "../../../contracts/maths/Scoring.sol";
import {Settlement} from "../../../contracts/maths/Settlement.sol";
import {Draws} from "../../harness/Draws.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {PlainSeals} from "../../helpers/PlainSeals.sol";
import {Told} from "../../helpers/Told.sol";

contract SettlementTest {
    using Draws for Draws.Draw;

    uint256 private constant LOSS_MAX = Scoring.U ** 2;

    /// @dev A round's money. Losses are those of real places, their ends among them; what the pool plays and pays may be as
    /// much as the wagers.
    struct Money {
        uint256[] wagers;
        uint256[] losses;
        Settlement.Pot pot;
        uint256 lambda;
        uint256 referenceLoss;
    }

    /* CONSERVATION */

    // Invariant 2: what the workers get is what they wagered, and no more than the pool put in besides.
    function testFuzz_ThePoolPaysAtMostWhatItPutIn(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        uint256 out = 0;
        for (uint256 i = 0; i < money.wagers.length; i++) out += payoutOf(money, i);

        require(out <= money.pot.wagers + money.pot.play + money.pot.reward, "out of nothing");
    }

    // Invariant 2: rounding costs the workers at most a unit each, and never the pool.
    function testFuzz_RoundingTakesAtMostAUnitAWorker(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        uint256 out = 0;
        for (uint256 i = 0; i < money.wagers.length; i++) out += payoutOf(money, i);
        // Of the sum over all workers the peers' part cancels out: the pool's are what is left, both in U^2.
        int256 a0 = int256(money.pot.wagers);
        int256 played =
            int256(money.pot.play) * int256(money.referenceLoss) -
                PlainMath.floored(int256(money.pot.play * money.lambda) - 1, a0) -
                1;
        int256 paid =
            int256(money.pot.reward * LOSS_MAX) -
                PlainMath.floored(int256(money.pot.reward * money.lambda) - 1, a0) -
                1;
        int256 exact = PlainMath.floored(played + paid, int256(LOSS_MAX)) + a0;

        require(int256(out) <= exact + 1, "rounding paid somebody");
        require(exact - int256(out) <= int256(money.wagers.length) + 2, "more than rounding was kept");
    }

    function testFuzz_WithoutAPoolLosersPayWinnersToTheLastUnit(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        (money.pot.play, money.pot.reward) = (0, 0);
        uint256 out = 0;
        for (uint256 i = 0; i < money.wagers.length; i++) out += payoutOf(money, i);

        require(out <= money.pot.wagers, "out of nothing");
        require(money.pot.wagers - out <= money.wagers.length + 1, "lost more than rounding");
    }

    /* BOUNDS */

    // Invariant 3
    function testFuzz_APayoutIsAtMostTwiceTheWagerAndItsPartOfTheReward(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        for (uint256 i = 0; i < money.wagers.length; i++) {
            uint256 wager = money.wagers[i];
            uint256 most = 2 * wager + (money.pot.reward * wager) / money.pot.wagers;
            require(payoutOf(money, i) <= most, "more than that");
        }
    }

    // Invariant 3, with a security factor: what is not exposed cannot be lost.
    function testFuzz_ALossIsAtMostWhatIsExposed(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        for (uint256 i = 0; i < money.wagers.length; i++) {
            uint256 safe = money.wagers[i] - ceiled(money.wagers[i] * money.pot.exposed, money.pot.wagers);
            require(payoutOf(money, i) >= safe, "lost what was not exposed");
        }
    }

    /// @dev With nothing exposed nothing moves.
    function testFuzz_NothingMovesWhereNothingIsSecured(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        (money.pot.exposed, money.pot.play, money.pot.reward) = (0, 0, 0);
        for (uint256 i = 0; i < money.wagers.length; i++) require(payoutOf(money, i) == money.wagers[i], "moved");
    }

    /* FORMULA */

    function testFuzz_PayoutsAreThoseOfTheFormula(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        Told memory told;
        (told.wagers, told.exposed) = (money.pot.wagers, money.pot.exposed);
        (told.play, told.reward) = (money.pot.play, money.pot.reward);
        PlainMath.Money memory plain;
        (plain.lambda, plain.referenceLoss) = (money.lambda, money.referenceLoss);
        for (uint256 i = 0; i < money.wagers.length; i++) {
            uint256 expected = PlainMath.payoutOf(told, plain, money.wagers[i], money.losses[i]);
            require(payoutOf(money, i) == expected, "another payout");
        }
    }

    function testFuzz_ASmallerLossPaysMore(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        uint256 wager = money.wagers[0];
        Settlement.Rate memory rate = rateOf(money);
        for (uint256 i = 1; i < money.losses.length; i++) {
            uint256 one = Settlement.payout(rate, wager, money.losses[i - 1]);
            uint256 other = Settlement.payout(rate, wager, money.losses[i]);
            require(money.losses[i - 1] > money.losses[i] || one >= other, "a smaller loss paid less");
            require(money.losses[i - 1] < money.losses[i] || one <= other, "a larger loss paid more");
        }
    }

    function testFuzz_EqualLossesGiveEveryWagerBack(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        for (uint256 i = 0; i < money.losses.length; i++) money.losses[i] = money.losses[0];
        (money.referenceLoss, money.pot.reward) = (money.losses[0], 0);
        money = summed(money);
        for (uint256 i = 0; i < money.losses.length; i++) {
            uint256 back = payoutOf(money, i);
            require(money.wagers[i] - 1 <= back && back <= money.wagers[i], "moved");
        }
    }

    /// @dev A copy of the reference is paid nothing by the pool's play, whatever the truth is, and loses nothing to it.
    function testFuzz_ThePoolPaysACopyOfTheReferenceNothing(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        money.losses[0] = money.referenceLoss;
        money = summed(money);
        (money.pot.reward, money.pot.exposed) = (0, money.pot.wagers);
        // All of every wager is played against the pool: nothing is left between the workers.
        money.pot.play = money.pot.exposed;
        uint256 back = payoutOf(money, 0);
        require(money.wagers[0] - 1 <= back && back <= money.wagers[0], "paid for the naive forecast");
    }

    function testFuzz_WhoBeatsTheReferenceIsPaidByThePool(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        (money.pot.reward, money.pot.exposed) = (0, money.pot.wagers);
        money.pot.play = money.pot.exposed;
        for (uint256 i = 0; i < money.losses.length; i++) {
            bool isBetter = money.losses[i] < money.referenceLoss;
            require(isBetter || payoutOf(money, i) <= money.wagers[i], "paid for less");
            require(!isBetter || payoutOf(money, i) + 1 >= money.wagers[i], "charged for more");
        }
    }

    /* TRUTHFULNESS */

    /// @dev Beliefs over a grid of truths; among all reports of a finer grid none is worth more than the expectation, though
    /// a report moves the round's wagered loss as well. Payouts before rounding, times A0 U^2 and the beliefs' weights.
    function testFuzz_TheBestReportIsTheExpectation(uint256 seed) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        Money memory money = draw(from.next(), 5);
        uint256[5] memory weights;
        uint256 expectation = 0;
        uint256 total = 0;
        for (uint256 i = 0; i < 5; i++) {
            weights[i] = from.below(3) == 0 ? 0 : 1 + from.below(8);
            total += weights[i];
            expectation += weights[i] * i;
        }
        if (total == 0) return;

        uint256[] memory others = new uint256[](money.wagers.length);
        for (uint256 i = 1; i < others.length; i++) others[i] = from.below(Scoring.U + 1);
        uint256 reference_ = from.below(Scoring.U + 1);
        int256 honest = valueOf(money, weights, others, reference_, (expectation * (Scoring.U / 4)) / total);
        for (uint256 report = 0; report <= 40; report++) {
            int256 worth = valueOf(money, weights, others, reference_, report * (Scoring.U / 40));
            // The honest report is rounded to a billionth of the domain.
            require(worth <= honest + int256(3 * money.pot.wagers * total), "lying pays");
        }
    }

    function valueOf(
        Money memory money,
        uint256[5] memory weights,
        uint256[] memory others,
        uint256 reference_,
        uint256 report
    ) private pure returns (int256 sum) {
        for (uint256 i = 0; i < 5; i++) {
            uint256 truth = i * (Scoring.U / 4);
            for (uint256 j = 0; j < others.length; j++) {
                money.losses[j] = Scoring.loss(j == 0 ? report : others[j], truth);
            }
            money.referenceLoss = Scoring.loss(reference_, truth);
            Settlement.Rate memory rate = rateOf(summed(money));
            sum += int256(weights[i] * (rate.base - rate.slope * money.losses[0]));
        }
    }

    /* SPLITTING */

    // Invariant 8
    function testFuzz_SplittingAWorkerGainsNothing(uint256 seed, uint256 part) public pure {
        Money memory money = draw(seed, 24);
        uint256 whole = money.wagers[0];
        part %= whole + 1;
        Settlement.Rate memory rate = rateOf(money);
        uint256 loss = money.losses[0];
        uint256 split = Settlement.payout(rate, part, loss) + Settlement.payout(rate, whole - part, loss);
        uint256 united = Settlement.payout(rate, whole, loss);

        require(split <= united, "gained");
        require(united - split <= 1, "lost more than rounding");
    }

    // Invariant 20
    function test_HoldsAtTheWholeSupply() public pure {
        uint256 supply = Draws.SUPPLY;
        Settlement.Pot memory pot = Settlement.Pot(supply, supply, supply, supply);
        Settlement.Rate memory best = Settlement.rateOf(pot, 0, LOSS_MAX);
        Settlement.Rate memory worst = Settlement.rateOf(pot, supply * LOSS_MAX, 0);

        require(Settlement.payout(best, supply, 0) == 3 * supply, "alone and right, beside a pool that was wrong");
        require(Settlement.payout(worst, supply, LOSS_MAX) == 0, "alone and wrong, beside a pool that was right");
        pot.play = pot.reward = 0;
        uint256 lambda = (supply - 1) * LOSS_MAX;
        require(Settlement.payout(Settlement.rateOf(pot, lambda, 0), 1, 0) == 1, "dust against all, rounded down");
        uint256 allIn = Settlement.wager(Settlement.budget(supply, 10_000), 10_000);
        require(allIn == supply - (supply >> 32), "all in, but for what a budget does not tell apart");
        Settlement.PoolTerms memory terms = Settlement.PoolTerms(supply, 10_000, 10_000, 10_000);
        require(Settlement.potOf(supply, supply, terms, true).reward == supply, "all of the pool");
    }

    /* WAGERS */

    function testFuzz_ABudgetIsAPartOfTheStakeRoundedDown(uint96 stake, uint256 riskBps) public pure {
        riskBps %= 10_001;
        uint256 exact = (uint256(stake) * riskBps) / 10_000;
        Float40 packed = Settlement.budget(stake, riskBps);
        uint256 budget = packed.unpack();

        require(Float40.unwrap(packed) == PlainSeals.budgetOf(stake, riskBps), "another float");
        require(budget <= exact, "rounded up");
        require(exact - budget <= exact >> 31, "more than its last digit was lost");
        require(exact >= 2 ** 32 || budget == exact, "a small one is kept exactly");
    }

    function testFuzz_ALargerStakeHasNoSmallerBudget(uint96 stake, uint96 more, uint256 riskBps) public pure {
        riskBps %= 10_001;
        uint256 budget = Settlement.budget(stake, riskBps).unpack();
        require(Settlement.budget(uint256(stake) + more, riskBps).unpack() >= budget, "smaller");
    }

    function testFuzz_AWagerIsWithinTheBudget(uint96 stake, uint256 riskBps, uint256 confidenceBps) public pure {
        (riskBps, confidenceBps) = (riskBps % 10_001, confidenceBps % 10_001);
        Float40 packed = Settlement.budget(stake, riskBps);
        uint256 budget = packed.unpack();
        uint256 wager = Settlement.wager(packed, confidenceBps);

        require(wager <= budget && budget <= stake, "more than there is");
        require(wager * 10_000 <= budget * confidenceBps, "rounded up");
        require((wager + 1) * 10_000 > budget * confidenceBps, "a unit too low");
        require(wager == PlainSeals.wagerOf(budget, confidenceBps), "another wager");
    }

    function testFuzz_TheBudgetIsFoundAgainBehindItsWager(uint96 stake, uint256 confidenceBps) public pure {
        confidenceBps = 1 + (confidenceBps % 10_000);
        Float40 packed = Settlement.budget(stake, 10_000);
        uint256 found = Settlement.budgetBehind(Settlement.wager(packed, confidenceBps), confidenceBps);

        require(found <= packed.unpack(), "more than it was");
        require(packed.unpack() - found <= 10_000 / confidenceBps + 1, "more than the wager's rounding was lost");
    }

    /* POOL */

    // Invariant 15
    function testFuzz_ThePoolKeepsItsRateAndBothShares(
        uint96 pool,
        uint96 wagers,
        uint96 security,
        uint256 seed
    ) public pure {
        Draws.Draw memory from = Draws.Draw(seed);
        (uint256 rate, uint256 share, uint256 cap) = (from.below(10_001), from.below(10_001), from.below(10_001));
        uint256 exposed = Settlement.exposure(wagers, security, 1 + from.below(255));
        Settlement.PoolTerms memory terms = Settlement.PoolTerms(pool, rate, share, cap);
        Settlement.Pot memory pot = Settlement.potOf(wagers, exposed, terms, true);
        uint256 tip = Settlement.tip(pot.play, Settlement.TIP_MAX_BPS);

        require(pot.wagers == wagers && pot.exposed == exposed, "another round");
        require((pot.play + pot.reward + tip) * 10_000 <= uint256(pool) * rate, "above the rate");
        require(pot.reward * 10_000 <= exposed * cap, "above the cap");
        require(pot.play * 10_000 <= exposed * share, "above the share");
        bool binds = (pot.reward + 1) * 10_000 > exposed * cap || (pot.reward + 1) * 10_000 > uint256(pool) * rate;
        require(binds, "paid less than both allow");
        uint256 reserved = ((pot.play + 2) * 10_100) / 10_000 + pot.reward + 1;
        bool plays = (pot.play + 1) * 10_000 > exposed * share || reserved * 10_000 > uint256(pool) * rate;
        require(plays, "played less than both allow");
        require(Settlement.potOf(wagers, exposed, terms, false).play == 0, "played at a stale reference");
        require(Settlement.potOf(wagers, exposed, terms, false).reward == pot.reward, "paid otherwise for it");
    }

    function testFuzz_NoMoreIsExposedThanWhatCorruptionCosts(
        uint96 wagers,
        uint256 security,
        uint8 rounds
    ) public pure {
        if (rounds == 0) rounds = 1;
        uint256 exposed = Settlement.exposure(wagers, security, rounds);

        require(exposed <= wagers && exposed * rounds <= security, "too much");
        require(exposed == wagers || (exposed + 1) > security / rounds, "less than could be");
    }

    function testFuzz_ATipIsAShareOfWhatIsPlayed(uint96 play, uint256 tipBps) public pure {
        tipBps %= Settlement.TIP_MAX_BPS + 1;
        uint256 tip = Settlement.tip(play, tipBps);
        require(tip * 10_000 <= uint256(play) * tipBps && (tip + 1) * 10_000 > uint256(play) * tipBps, "another tip");
    }

    /* RECORDS */

    // Invariant 11
    function testFuzz_ADepositNeverRaisesARecord(int256 regret, uint96 stake, uint96 deposit) public pure {
        regret >>= 98;
        int256 diluted = Settlement.dilute(regret, stake, deposit);

        require(diluted <= regret, "raised");
        require(regret > 0 || diluted == regret, "a bad record improved or worsened");
        require(regret <= 0 || diluted >= 0, "turned");
        if (regret <= 0 || deposit == 0) return;

        (uint256 own, uint256 all) = (uint256(regret) * stake, uint256(stake) + deposit);
        require(uint256(diluted) * all <= own && (uint256(diluted) + 1) * all > own, "another share");
    }

    // Invariant 11: a record's age cannot be bought with dust.
    function testFuzz_ADepositThinsTheCountOfRounds(uint256 count, uint96 stake, uint96 deposit) public pure {
        count %= 32;
        uint256 thinned = Settlement.diluteCount(count, stake, deposit);
        uint256 all = uint256(stake) + deposit;

        require(thinned <= count, "raised");
        if (deposit == 0) return require(thinned == count, "thinned by nothing");
        require(thinned * all <= count * stake && (thinned + 1) * all > count * stake, "another share");
    }

    /* DRAWING */

    function draw(uint256 seed, uint256 most) private pure returns (Money memory money) {
        Draws.Draw memory from = Draws.Draw(seed);
        uint256 count = 1 + from.below(most);
        uint256 scale = from.below(2) == 0 ? 4 : Draws.SUPPLY / count;
        uint256 actual = place(from);
        money.wagers = new uint256[](count);
        money.losses = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            money.wagers[i] = 1 + from.below(scale);
            money.losses[i] = Scoring.loss(place(from), actual);
        }
        money.referenceLoss = Scoring.loss(place(from), actual);
        money = summed(money);
        money.pot.exposed = from.below(2) == 0 ? money.pot.wagers : from.below(money.pot.wagers + 1);
        money.pot.play = part(from, money.pot.exposed);
        money.pot.reward = part(from, money.pot.exposed);
    }

    function part(Draws.Draw memory from, uint256 whole) private pure returns (uint256) {
        uint256 kind = from.below(4);
        if (kind == 0) return 0;
        if (kind == 1) return whole;
        return from.below(whole + 1);
    }

    function place(Draws.Draw memory from) private pure returns (uint256) {
        uint256 kind = from.below(4);
        if (kind == 0) return 0;
        if (kind == 1) return Scoring.U;
        return from.below(Scoring.U + 1);
    }

    function summed(Money memory money) private pure returns (Money memory) {
        money.pot.wagers = 0;
        for (uint256 i = 0; i < money.wagers.length; i++) money.pot.wagers += money.wagers[i];
        money.lambda = Settlement.lambda(money.wagers, money.losses);
        return money;
    }

    function rateOf(Money memory money) private pure returns (Settlement.Rate memory) {
        return Settlement.rateOf(money.pot, money.lambda, money.referenceLoss);
    }

    function payoutOf(Money memory money, uint256 i) private pure returns (uint256) {
        return Settlement.payout(rateOf(money), money.wagers[i], money.losses[i]);
    }

    function ceiled(uint256 x, uint256 positive) private pure returns (uint256) {
        return (x + positive - 1) / positive;
    }
}

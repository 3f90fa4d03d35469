// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float} from "../../../contracts/libraries/Float.sol";
import {Scoring} from "../../../contracts/libraries/Scoring.sol";
import {Settlement} from "../../../contracts/libraries/Settlement.sol";
import {Draws} from "../../harness/Draws.sol";
import {PlainSeals} from "../../helpers/PlainSeals.sol";

contract SettlementTest {
    using Draws for Draws.Draw;

    uint256 private constant LOSS_MAX = Scoring.U ** 2;

    /// @dev A round's money. Losses are those of real places, its ends among them.
    struct Money {
        uint256[] wagers;
        uint256[] losses;
        uint256 total;
        uint256 lambda;
        uint256 rewards;
    }

    // Invariant 2
    function testFuzz_TokensAreConservedUpToTwoUnitsAWorker(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        uint256 out = 0;
        for (uint256 i = 0; i < money.wagers.length; i++) {
            out += payoutOf(money, i) + rewardOf(money, i);
        }
        uint256 rewarded = rewardsSpent(money);

        require(out <= money.total + money.rewards, "out of nothing");
        uint256 dust = money.total + rewarded - out;
        require(dust <= 2 * money.wagers.length + 1, "dust");
    }

    // Invariant 3
    function testFuzz_APayoutIsAtMostTwiceTheWager(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        for (uint256 i = 0; i < money.wagers.length; i++) {
            require(payoutOf(money, i) <= 2 * money.wagers[i], "more than double");
            require(rewardOf(money, i) <= money.rewards, "more than all rewards");
        }
    }

    function testFuzz_ASmallerLossPaysMore(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        money.wagers[0] = money.wagers[money.wagers.length - 1];
        money = summed(money);
        uint256 last = money.wagers.length - 1;
        (uint256 better, uint256 worse) = money.losses[0] <= money.losses[last] ? (0, last) : (last, uint256(0));

        require(payoutOf(money, better) >= payoutOf(money, worse), "payout");
        require(rewardOf(money, better) >= rewardOf(money, worse), "reward");
    }

    function testFuzz_EqualLossesGiveEveryWagerBack(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        for (uint256 i = 0; i < money.losses.length; i++) {
            money.losses[i] = money.losses[0];
        }
        money = summed(money);
        for (uint256 i = 0; i < money.losses.length; i++) {
            require(payoutOf(money, i) == money.wagers[i], "moved");
        }
    }

    function testFuzz_PayoutsAreWhatTheAveragesSay(uint256 seed) public pure {
        Money memory money = draw(seed, 24);
        for (uint256 i = 0; i < money.wagers.length; i++) {
            // m (1 + (mean loss - own loss) / U^2), the mean rounded down: at most one unit of m / U^2 less.
            uint256 meanLoss = money.lambda / money.total;
            uint256 least = (money.wagers[i] * (LOSS_MAX + meanLoss - money.losses[i])) / LOSS_MAX;
            uint256 most = (money.wagers[i] * (LOSS_MAX + meanLoss + 1 - money.losses[i])) / LOSS_MAX;
            require(least <= payoutOf(money, i) && payoutOf(money, i) <= most, "another payout");
        }
    }

    // Invariant 8
    function testFuzz_SplittingAWorkerGainsNothing(uint256 seed, uint256 part) public pure {
        Money memory money = draw(seed, 24);
        uint256 whole = money.wagers[0];
        part %= whole + 1;
        uint256 loss = money.losses[0];
        uint256 split =
            Settlement.payout(part, loss, money.lambda, money.total) +
                Settlement.payout(whole - part, loss, money.lambda, money.total) +
                Settlement.reward(money.rewards, part, loss, money.total) +
                Settlement.reward(money.rewards, whole - part, loss, money.total);
        uint256 united = payoutOf(money, 0) + rewardOf(money, 0);

        require(split <= united, "gained");
        require(united - split <= 4, "lost more than rounding");
    }

    // Invariant 20
    function test_HoldsAtTheWholeSupply() public pure {
        uint256 supply = Draws.SUPPLY;
        uint256 lambda = (supply - 1) * LOSS_MAX;

        require(Settlement.payout(supply, 0, 0, supply) == supply, "alone and right");
        require(Settlement.payout(supply, LOSS_MAX, supply * LOSS_MAX, supply) == supply, "alone and wrong");
        require(Settlement.payout(1, 0, lambda, supply) == 1, "dust against all, rounded down");
        require(Settlement.reward(supply, supply, 0, supply) == supply, "all rewards");
        uint256 allIn = Settlement.wager(Settlement.budget(supply, 10_000), 10_000);
        require(allIn == supply - (supply >> 32), "all in, but for what a budget does not tell apart");
        require(Settlement.rewards(supply, 10_000, 10_000, supply) == supply, "all of the pool");
    }

    function testFuzz_ABudgetIsAPartOfTheStakeRoundedDown(uint96 stake, uint256 riskBps) public pure {
        riskBps %= 10_001;
        uint256 exact = (uint256(stake) * riskBps) / 10_000;
        uint40 packed = Settlement.budget(stake, riskBps);
        uint256 budget = Float.unpack(packed);

        require(packed == PlainSeals.budgetOf(stake, riskBps), "another float");
        require(budget <= exact, "rounded up");
        require(exact - budget <= exact >> 31, "more than its last digit was lost");
        require(exact >= 2 ** 32 || budget == exact, "a small one is kept exactly");
    }

    function testFuzz_ALargerStakeHasNoSmallerBudget(uint96 stake, uint96 more, uint256 riskBps) public pure {
        riskBps %= 10_001;
        uint256 budget = Float.unpack(Settlement.budget(stake, riskBps));
        require(Float.unpack(Settlement.budget(uint256(stake) + more, riskBps)) >= budget, "smaller");
    }

    function testFuzz_AWagerIsWithinTheBudget(uint96 stake, uint256 riskBps, uint256 confidenceBps) public pure {
        (riskBps, confidenceBps) = (riskBps % 10_001, confidenceBps % 10_001);
        uint40 packed = Settlement.budget(stake, riskBps);
        uint256 budget = Float.unpack(packed);
        uint256 wager = Settlement.wager(packed, confidenceBps);

        require(wager <= budget && budget <= stake, "more than there is");
        require(wager * 10_000 <= budget * confidenceBps, "rounded up");
        require((wager + 1) * 10_000 > budget * confidenceBps, "a unit too low");
        require(wager == PlainSeals.wagerOf(packed, confidenceBps), "another wager");
    }

    // Invariant 15
    function testFuzz_RewardsKeepBothCaps(uint96 pool, uint96 wagers, uint256 rateBps, uint256 capBps) public pure {
        (rateBps, capBps) = (rateBps % 10_001, capBps % 10_001);
        uint256 rewards = Settlement.rewards(pool, rateBps, capBps, wagers);

        require(rewards * 10_000 <= uint256(pool) * rateBps, "rate");
        require(rewards * 10_000 <= uint256(wagers) * capBps, "cap");
        bool binds =
            (rewards + 1) * 10_000 > uint256(pool) * rateBps || (rewards + 1) * 10_000 > uint256(wagers) * capBps;
        require(binds, "less than either allows");
    }

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
        money.rewards = from.below(3) == 0 ? 0 : from.next() >> (160 + from.below(96));
        return summed(money);
    }

    function place(Draws.Draw memory from) private pure returns (uint256) {
        uint256 kind = from.below(4);
        if (kind == 0) return 0;
        if (kind == 1) return Scoring.U;
        return from.below(Scoring.U + 1);
    }

    function summed(Money memory money) private pure returns (Money memory) {
        money.total = 0;
        for (uint256 i = 0; i < money.wagers.length; i++) {
            money.total += money.wagers[i];
        }
        money.lambda = Settlement.lambda(money.wagers, money.losses);
        return money;
    }

    /// @dev What linear scores leave of the rewards goes back to the pool; this is the part that was earned, exactly.
    function rewardsSpent(Money memory money) private pure returns (uint256) {
        return (money.rewards * (money.total * LOSS_MAX - money.lambda)) / (money.total * LOSS_MAX);
    }

    function payoutOf(Money memory money, uint256 i) private pure returns (uint256) {
        return Settlement.payout(money.wagers[i], money.losses[i], money.lambda, money.total);
    }

    function rewardOf(Money memory money, uint256 i) private pure returns (uint256) {
        return Settlement.reward(money.rewards, money.wagers[i], money.losses[i], money.total);
    }
}

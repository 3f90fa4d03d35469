// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {Kept} from "../../helpers/NetworkDriver.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {vm} from "../../helpers/Vm.sol";
import {Reached} from "./Play.sol";
import {ResolvePlay} from "./ResolvePlay.sol";

/// @title Settle: every unit is followed from the wagers to where it went.
abstract contract SettlePlay is ResolvePlay {
    function settleWatched(uint256 round) internal {
        Kept memory kept = keptOf[round];
        note(13, roundOf(round).digest == resolvedDigestOf[round], "a truth changed before it was settled");
        uint256[] memory before = holdingsOf(kept.revealed.workers);
        uint256 pool = poolNow();
        uint256 tips = network.claimableOf(KEEPER);
        note(15, kept.outcome.rewards <= pool, "the pool has not what it owes");
        note(4, settles(round, kept), "a round does not settle for want of stake");
        uint256 left = poolNow() + kept.outcome.rewards;
        note(2, left >= pool, "settling cost the pool more than it owed");
        watchSettlement(kept, before, left - pool, network.claimableOf(KEEPER) - tips);

        reach(Reached.Settled);
        for (uint256 i = 0; i < before.length; i++) settledOf[kept.revealed.workers[i]]++;
        for (uint256 older = unfinished; older < round; older++) if (canMoveMoney(older)) reach(Reached.Overtaken);
        while (unfinished < nextRound && !canMoveMoney(unfinished)) unfinished++;
        (bool isTwice, ) = address(network).call(
            abi.encodeCall(ITopicRounds.settle, (topic, round, kept.outcome, kept.resolution, kept.revealed))
        );
        note(5, !isTwice, "a round was settled twice");
    }

    function settles(uint256 round, Kept memory kept) private returns (bool isSettled) {
        vm.prank(KEEPER);
        (isSettled, ) = address(network).call(
            abi.encodeCall(ITopicRounds.settle, (topic, round, kept.outcome, kept.resolution, kept.revealed))
        );
    }

    function watchSettlement(Kept memory kept, uint256[] memory before, uint256 dust, uint256 tip) private {
        uint256 wagers = kept.outcome.wagers;
        uint256 rewards = kept.outcome.rewards;
        note(2, tip == (rewards * TIP_BPS) / 10_000, "another tip");
        PlainMath.Money memory money = PlainMath.moneyOf(
            terms(),
            kept.outcome,
            kept.resolution.truth,
            rewards - tip,
            kept.revealed.predictions
        );
        note(9, money.lambda == money.lambdaOfSums, "the sums give another loss");
        note(2, wagers + rewards == money.paid + money.rewarded + tip + dust, "not conserved");
        int256 rounding = int256(dust) - int256(money.unspent);
        note(2, 0 <= rounding && rounding <= int256(2 * before.length + 1), "too much or too little was left over");

        uint256[] memory now_ = holdingsOf(kept.revealed.workers);
        for (uint256 i = 0; i < before.length; i++) {
            uint256 wager = kept.revealed.predictions[i].wager();
            uint256 gain = money.payouts[i] + money.rewards[i];
            note(2, now_[i] + wager == before[i] + gain, "a worker was paid something else");
            note(3, money.payouts[i] <= 2 * wager, "a payout above two wagers");
            note(3, now_[i] <= before[i] + wager + money.rewards[i], "paid more than two wagers and its reward");
            note(3, now_[i] + wager >= before[i], "a loss above the wager");
        }
    }

    function holdingsOf(address[] memory workers) private view returns (uint256[] memory holdings) {
        holdings = new uint256[](workers.length);
        for (uint256 i = 0; i < workers.length; i++) {
            Position memory position = network.positionOf(topic, workers[i]);
            holdings[i] = uint256(position.stake) + position.leaving;
        }
    }
}

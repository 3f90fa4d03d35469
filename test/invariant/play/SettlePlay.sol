// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {Kept} from "../../helpers/NetworkDriver.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {Told, told} from "../../helpers/Told.sol";
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
        Told memory outcome = told(kept.outcome);
        uint256 most = mostOf(outcome);
        note(15, most <= pool, "the pool has not what it owes");
        uint256 era = network.topicOf(topic).tenure.era();
        note(4, settles(round, kept), "a round does not settle for want of stake");
        note(2, poolNow() + most >= pool, "settling cost the pool more than it owed");
        watchSettlement(kept, before, int256(poolNow()) - int256(pool), network.claimableOf(KEEPER) - tips);
        if (outcome.era != era) reach(Reached.Outdated);

        reach(Reached.Settled);
        for (uint256 i = 0; i < before.length; i++) settledOf[kept.revealed.workers[i]]++;
        for (uint256 older = unfinished; older < round; older++) if (canMoveMoney(older)) reach(Reached.Overtaken);
        while (unfinished < nextRound && !canMoveMoney(unfinished)) unfinished++;
        bytes32 settled_ = keccak256(abi.encode(stakesDigest(), skillsDigest(), poolNow()));
        (bool isTwice, ) = address(network).call(
            abi.encodeCall(ITopicRounds.settle, (topic, round, kept.outcome, kept.resolution, kept.revealed))
        );
        note(5, isTwice, "a second settlement is refused");
        bytes32 afterwards = keccak256(abi.encode(stakesDigest(), skillsDigest(), poolNow()));
        note(5, afterwards == settled_, "a round was settled twice");
    }

    function settles(uint256 round, Kept memory kept) private returns (bool isSettled) {
        vm.prank(KEEPER);
        (isSettled, ) = address(network).call(
            abi.encodeCall(ITopicRounds.settle, (topic, round, kept.outcome, kept.resolution, kept.revealed))
        );
    }

    function watchSettlement(Kept memory kept, uint256[] memory before, int256 gained, uint256 tip) private {
        Told memory outcome = told(kept.outcome);
        note(2, tip == (outcome.play * TIP_BPS) / 10_000, "another tip");
        PlainMath.Money memory money = PlainMath.moneyOf(outcome, kept.resolution.truth, kept.revealed.predictions);
        note(9, money.lambda == money.lambdaOfSums, "the sums give another loss");
        note(2, gained == int256(outcome.wagers) - int256(money.paid + tip), "not conserved");
        note(2, money.paid <= outcome.wagers + outcome.play + outcome.reward, "paid out of nothing");
        watchRounding(outcome, money, before.length);

        uint256[] memory now_ = holdingsOf(kept.revealed.workers);
        for (uint256 i = 0; i < before.length; i++) {
            uint256 wager = kept.revealed.predictions[i].wager();
            uint256 most = 2 * wager + (outcome.reward * wager) / outcome.wagers;
            note(2, now_[i] + wager == before[i] + money.payouts[i], "a worker was paid something else");
            note(3, money.payouts[i] <= most, "a payout above two wagers and its part of the reward");
            note(3, now_[i] + wager >= before[i], "a loss above the wager");
        }
    }

    /// @dev What the formula promises to all together, times A0 U^2: `(A0 + B) A0 U^2 + F A0 L_h - (F + B) lambda`.
    function watchRounding(Told memory outcome, PlainMath.Money memory money, uint256 count) private {
        uint256 scale = outcome.wagers * 1e18;
        uint256 promised =
            (outcome.wagers + outcome.reward) * scale + outcome.play * outcome.wagers * money.referenceLoss;
        promised -= (outcome.play + outcome.reward) * money.lambda;
        note(2, money.paid * scale <= promised, "rounding favours a worker");
        note(2, promised < (money.paid + count + 1) * scale, "rounding costs more than a unit a worker and one");
    }

    function holdingsOf(address[] memory workers) private view returns (uint256[] memory holdings) {
        holdings = new uint256[](workers.length);
        for (uint256 i = 0; i < workers.length; i++) {
            Position memory position = network.positionOf(topic, workers[i]);
            holdings[i] = uint256(position.stake) + position.leaving;
        }
    }
}

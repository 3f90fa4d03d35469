// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {Seal, SignedCommitment} from "../../contracts/types/Seal.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {PlainMath} from "../helpers/PlainMath.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Unstakes right after a bad prediction. Pass mark: it pays the loss first, and settling never fails for it.
contract RunnerTest is Stages {
    uint256 private constant RUNNER = 0;

    /// @dev The delay is over at once, so that only the open rounds hold it; no rewards sweeten the loss.
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.unstakeDelay, params.poolRateBps, params.minStake) = (0, 0, 100);
        params.truthWindow = 1_000;
    }

    function setUp() public {
        staked();
    }

    /// @dev The runner is as wrong as can be, the others are right.
    function badly() private pure returns (Said[] memory said) {
        said = new Said[](3);
        said[0] = say(RUNNER, 115e18, 10_000);
        said[1] = say(1, 86e18, 10_000);
        said[2] = say(2, 86e18, 10_000);
    }

    function withdraw() private {
        by(workerAt(RUNNER));
        network.withdraw(topic, workerAt(RUNNER));
    }

    function refuseWithdrawal() private {
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        withdraw();
    }

    function test_PaysTheWholeLossBeforeItIsOut() public {
        warpTo(openTime(ROUND));
        commit(ROUND, BATCHER, badly());
        unstake(RUNNER, STAKE);
        refuseWithdrawal();
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, badly(), ALL);
        refuseWithdrawal();
        warpTo(publishTime(ROUND));
        publish(ROUND);
        refuseWithdrawal();
        warpTo(targetTime(ROUND));
        resolve(ROUND, 86e18);
        refuseWithdrawal();
        settle(ROUND);

        withdraw();
        PlainMath.Money memory money = PlainMath.moneyOf(toldOf(ROUND), 86e18, keptOf[ROUND].revealed.predictions);
        require(money.payouts[0] < 200, "not a bad prediction");
        uint256 out = token.balanceOf(workerAt(RUNNER)) + positionOf(RUNNER).stake;
        require(out == STAKE - 400 + money.payouts[0], "did not pay its loss");
    }

    /// @dev A round is open by the clock, whoever committed to it: what is asked back then is held until its target time.
    function test_CannotWagerWhatLeavesBeforeItCommitted() public {
        warpTo(openTime(ROUND));
        uint96 rest = 2_500;
        unstake(RUNNER, STAKE - rest);
        refuseWithdrawal();

        commit(ROUND, BATCHER, badly());
        unstake(RUNNER, rest);
        refuseWithdrawal();
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, badly(), ALL);
        require(keptOf[ROUND].revealed.predictions[RUNNER].wager() == 100, "wagered what it does not have");
        refuseWithdrawal();
        warpTo(publishTime(ROUND));
        publish(ROUND);
        finish(ROUND, 86e18);
        require(positionOf(RUNNER).leaving < STAKE, "did not pay its loss");
        withdraw();
    }

    /// @dev What it asked back before it spoke no longer stands behind it, though it has not left yet.
    function test_CannotWagerWhatItAskedBackBeforeItCommitted() public {
        warpTo(openTime(ROUND));
        commitOwn(ROUND, badly()[1]);
        unstake(RUNNER, 7_500);
        commit(ROUND, BATCHER, badly());
        require(uint40(Seal.unwrap(sealsIn[ROUND][BATCHER][0]) >> 48) == 100 << 8, "wagers what it asked back");
    }

    /// @dev It neither wins nor loses by a prediction that nobody opens, but it is held as long as it might.
    function test_IsHeldByWhatItNeverReveals() public {
        warpTo(openTime(ROUND));
        commit(ROUND, BATCHER, badly());
        unstake(RUNNER, STAKE);
        refuseWithdrawal();
        warpTo(publishTime(ROUND) - 1);
        refuseWithdrawal();
        warpTo(publishTime(ROUND));
        publish(ROUND);
        refuseWithdrawal();
        warpTo(targetTime(ROUND));
        withdraw();
        require(token.balanceOf(workerAt(RUNNER)) == STAKE, "paid for a void round");
    }

    /// @dev Leaves only little behind, lets old and large wagers eat it up, and takes the rest away while a younger, small
    /// wager is still at stake. Settling that one must not fail.
    function test_CannotLeaveAYoungerWagerWithNothingBehindIt() public {
        for (uint256 round = 0; round < 3; round++) predict(round, badly());
        uint96 rest = 110;
        unstake(RUNNER, STAKE - rest);
        // Round 3 is open by the clock; what is asked back then still pays for it. Round 4 is not.
        warpTo(openTime(3));
        finish(0, 100e18);
        refuseCommitment(4);
        predict(4, without(badly(), RUNNER));
        for (uint256 round = 1; round < 3; round++) {
            warpTo(targetTime(round));
            resolve(round, 86e18);
            settle(round);
        }
        withdraw();

        finish(4, 86e18);
        require(roundOf(4).status == RoundStatus.Settled, "the round is stuck");
    }

    function refuseCommitment(uint256 round) private {
        warpTo(openTime(round));
        SignedCommitment[] memory own = only(unsigned(commitmentOf(round, badly()[RUNNER])));
        refuse(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        by(workerAt(RUNNER));
        network.commit(topic, round, own);
    }
}

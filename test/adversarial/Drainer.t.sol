// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {SignedCommitment} from "../../contracts/types/Seal.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Wagers, and gets rid of its stake before that wager is settled: loses it to accomplices round after round while
/// an older truth is late, or has itself slashed. Pass mark: what is left always covers the wager, so no round is stuck.
contract DrainerTest is Stages {
    uint256 private constant DRAINER = 2;
    uint256 private constant LATE = 10;

    /// @dev A short ring at the highest risk, and truths that may come two hundred rounds late; no rewards sweeten a loss.
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.ringSize, params.riskBps) = (2, 800);
        (params.horizon, params.truthWindow) = (90, 20_000);
        (params.poolRateBps, params.minStake) = (0, 1);
    }

    function setUp() public {
        staked();
        predict(LATE, badly());
    }

    /// @dev The drainer loses all it wagers, where the truth is what its accomplices say.
    function badly() private pure returns (Said[] memory said) {
        said = new Said[](3);
        said[0] = say(0, 85e18, 10_000);
        said[1] = say(1, 85e18, 10_000);
        said[2] = say(DRAINER, 115e18, 10_000);
    }

    function finishLate() private {
        finish(LATE, 85e18);
        require(roundOf(LATE).status == RoundStatus.Settled, "the round is stuck");
        require(positionOf(DRAINER).stake < STAKE - 500, "did not pay");
    }

    /* BY LOSING */

    function test_CannotLoseInMoreYoungerRoundsThanTheRingHolds() public {
        predict(LATE + 1, badly());
        finish(LATE + 1, 85e18);
        refuseToOpen(LATE + 2);
        refuseToOpen(LATE + 3);
        refuseToOpen(LATE + 100);
        finishLate();
    }

    /// @dev Rounds left out hide nothing: who opens the next one looks at the whole ring.
    function test_CannotLeaveRoundsOutToPassTheLateOne() public {
        refuseToOpen(LATE + 3);
        refuseToOpen(LATE + 5);
        finishLate();
        predict(LATE + 7, badly());
    }

    /// @dev The place of the round is free, and that of the round before it is the late one's.
    function test_CannotPassALateRoundInTheOtherPlace() public {
        predict(LATE + 1, badly());
        finishLate();
        refuseToOpen(LATE + 4, LATE + 1);
        finish(LATE + 1, 85e18);
        predict(LATE + 5, badly());
    }

    function test_StopsNobodyOnceTheLateRoundIsVoid() public {
        refuseToOpen(LATE + 3);
        warpTo(deadline(LATE));
        voidRound(LATE);
        predict((time - terms().start) / terms().cadence + 1, badly());
    }

    function refuseToOpen(uint256 round) private {
        refuseToOpen(round, LATE);
    }

    function refuseToOpen(uint256 round, uint256 late) private {
        warpTo(openTime(round));
        SignedCommitment[] memory commitments = commitmentsOf(round, BATCHER, badly());
        refuse(abi.encodeWithSelector(ITopicRounds.RingFull.selector, round, late));
        by(BATCHER);
        network.commit(topic, round, commitments);
    }

    /* BY BEING SLASHED */

    function test_CannotBeSlashedInRoundsThatNeverOpened() public {
        for (uint256 round = 0; round < LATE; round++) {
            bytes memory call = slashing(round);
            refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.None, RoundStatus.Open));
            slash(call);
        }
        finishLate();
    }

    function test_CoversItsWagersWhereItIsSlashedInAllRoundsOfTheRing() public {
        predict(LATE + 1, badly());
        warpTo(targetTime(LATE + 1));
        slash(slashing(LATE));
        slash(slashing(LATE + 1));
        finish(LATE + 1, 85e18);
        finishLate();
    }

    /// @dev Its wager stands since it committed: what it loses before it reveals makes it no smaller.
    function test_CoversWhatItCommittedWhateverItLosesBeforeItReveals() public {
        warpTo(openTime(LATE + 1));
        commit(LATE + 1, BATCHER, badly());
        slash(slashing(LATE));
        finishLate();
        uint256 left = positionOf(DRAINER).stake;
        unstake(DRAINER, uint96(left));

        warpTo(revealTime(LATE + 1));
        reveal(LATE + 1, FIRST, badly(), ALL);
        require(keptOf[LATE + 1].revealed.predictions[2].wager() == 800, "wagers less than it committed");
        publish(LATE + 1);
        warpTo(targetTime(LATE + 1));
        slash(slashing(LATE + 1));
        finish(LATE + 1, 85e18);
        require(roundOf(LATE + 1).status == RoundStatus.Settled, "the round is stuck");
        require(positionOf(DRAINER).leaving + 800 < left, "did not pay");
    }

    function slash(bytes memory call) private {
        by(STRANGER);
        (bool isDone, ) = address(network).call(call);
        require(isDone, "refused");
    }

    function slashing(uint256 round) private view returns (bytes memory) {
        SignedCommitment memory one = signedBy(DRAINER, round, bytes20(uint160(1)));
        SignedCommitment memory other = signedBy(DRAINER, round, bytes20(uint160(2)));
        return abi.encodeCall(ITopicDesk.slashEquivocation, (topic, round, workerAt(DRAINER), one, other));
    }
}

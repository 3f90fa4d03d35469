// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {MockAggregator} from "../../contracts/mocks/MockAggregator.sol";
import {FeedTruth} from "../../contracts/truth/FeedTruth.sol";
import {TopicId} from "../../contracts/types/Topic.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice A feed's operators put a new aggregator behind its proxy around a round's target time. Pass mark: the round has
/// one answer, the same before and after, and `proofOf` finds the proof of it.
contract FeedUpgradeTest {
    uint256 private constant HEARTBEAT = 3600;
    uint256 private constant T = 2_000_000_000;
    int256 private constant OLD = 7e18;

    MockAggregator private feed;
    FeedTruth private truth;

    /// @dev The old phase's last answer comes ten seconds before the target.
    function setUp() public {
        feed = new MockAggregator(18, "upgraded");
        feed.push(1e18, uint64(T - 20_000));
        feed.push(int192(OLD), uint64(T - 10));
        truth = new FeedTruth(feed, HEARTBEAT);
        vm.warp(T + 20);
    }

    /* THE OLD PHASE WAS FRESH */

    /// @dev The new aggregator ran for hours before it was put in place.
    function test_ANewPhaseThatBeganBeforeTheTargetLeavesTheOldAnswer() public {
        is_(TruthStatus.Unknown, 0);
        upgrade([T - 20_000, T - 100, T + 5]);
        is_(TruthStatus.Known, OLD);
    }

    function test_ANewPhaseThatBeganAfterTheTargetLeavesTheOldAnswer() public {
        upgrade([T + 5, T + 6, T + 7]);
        is_(TruthStatus.Known, OLD);
    }

    function test_SeveralNewPhasesLeaveTheOldAnswer() public {
        upgrade([T - 20_000, T - 100, T - 50]);
        is_(TruthStatus.Known, OLD);
        upgrade([T - 9, T - 5, T - 1]);
        is_(TruthStatus.Known, OLD);
        upgrade([T - 5, T, T + 5]);
        is_(TruthStatus.Known, OLD);
        upgrade([T - 3, T + 1, T + 2]);
        is_(TruthStatus.Known, OLD);
    }

    function test_EmptyPhasesLeaveTheOldAnswer() public {
        feed.startPhase();
        is_(TruthStatus.Known, OLD);
        feed.startPhase();
        upgrade([T - 20_000, T - 100, T + 5]);
        is_(TruthStatus.Known, OLD);
        feed.startPhase();
        feed.push(9e18, uint64(T + 30));
        is_(TruthStatus.Known, OLD);
    }

    function test_AnAnswerKnownBeforeTheUpgradeIsTheSameAfterIt() public {
        feed.push(8e18, uint64(T + 3));
        is_(TruthStatus.Known, OLD);
        bytes memory proof = truth.proofOf(T);
        upgrade([T - 20_000, T - 1, T + 5]);
        is_(TruthStatus.Known, OLD);
        (TruthStatus status, int256 value) = truth.truthOf(TopicId.wrap(0), 0, T, proof);
        require(status == TruthStatus.Known && value == OLD, "the proof from before proves something else");
    }

    /// @dev The old aggregator is still written to after it was replaced.
    function test_TheReplacedAggregatorGoingOnChangesNothing() public {
        upgrade([T - 20_000, T - 100, T + 5]);
        is_(TruthStatus.Known, OLD);
        feed.set((uint80(1) << 64) + 3, 8e18, uint64(T + 6));
        is_(TruthStatus.Known, OLD);
    }

    /* THE OLD PHASE WAS SILENT */

    function test_ANewPhaseAnswersWhereTheOldOneHadEnded() public {
        endOldPhaseAt(T - 10_000);
        upgrade([T - 20_000, T - 100, T + 5]);
        is_(TruthStatus.Known, 200e18);
        upgrade([T - 30, T - 20, T + 6]);
        is_(TruthStatus.Known, 200e18);
    }

    function test_ThePhaseAfterEmptyAndEndedOnesAnswers() public {
        endOldPhaseAt(T - 10_000);
        upgrade([T - 9_000, T - 8_000, T - 7_000]);
        feed.startPhase();
        upgrade([T - 40_000, T - 50, T + 5]);
        is_(TruthStatus.Known, 400e18);
    }

    function test_WithoutAFreshAnswerTheRoundIsVoidAndStaysSo() public {
        endOldPhaseAt(T - 10_000);
        upgrade([T + 5, T + 6, T + 7]);
        is_(TruthStatus.Void, 0);
        upgrade([T - 50, T - 10, T + 8]);
        is_(TruthStatus.Void, 0);
    }

    /// @dev An outage, an answer after it, and then the upgrade that the outage led to.
    function test_ARoundThatWasVoidBeforeTheUpgradeIsVoidAfterIt() public {
        endOldPhaseAt(T - 10_000);
        feed.push(8e18, uint64(T + 3));
        is_(TruthStatus.Void, 0);
        upgrade([T - 20_000, T - 100, T + 5]);
        is_(TruthStatus.Void, 0);
    }

    /* SCENE */

    function endOldPhaseAt(uint256 time) private {
        feed.set((uint80(1) << 64) + 2, int192(OLD), uint64(time));
    }

    /// @dev Answers are a hundred times the phase's number, and one more for each.
    function upgrade(uint256[3] memory times) private {
        feed.startPhase();
        uint256 phase = feed.latestRound() >> 64;
        for (uint256 i = 0; i < times.length; ++i) {
            feed.push(int192(int256(phase * 100e18 + (i == 1 ? 0 : i + 1))), uint64(times[i]));
        }
    }

    /// @dev What the found proof gives. No other proof gives another answer: every list of phases and numbers is tried.
    function is_(TruthStatus required, int256 value) private view {
        (TruthStatus status, int256 found) = truth.truthOf(TopicId.wrap(0), 0, T, truth.proofOf(T));
        require(status == required && found == value, "another answer");

        uint256 newest = feed.latestRound() >> 64;
        for (uint256 phase = 1; phase <= newest && phase <= 4; ++phase) {
            for (uint256 pick = 0; pick < 5 ** phase; ++pick) tryProof(phase, pick, required, value);
        }
    }

    function tryProof(uint256 phase, uint256 pick, TruthStatus required, int256 value) private view {
        bytes memory proof;
        for (uint256 back = 0; back < phase; ++back) {
            proof = bytes.concat(proof, abi.encode(((phase - back) << 64) + (pick % 5)));
            pick /= 5;
        }
        (TruthStatus status, int256 found) = truth.truthOf(TopicId.wrap(0), 0, T, proof);
        require(status == TruthStatus.Unknown || (status == required && found == value), "a second answer");
    }
}

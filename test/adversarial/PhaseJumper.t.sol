// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {MockAggregator} from "../../contracts/mocks/MockAggregator.sol";
import {FeedTruth} from "../../contracts/truth/FeedTruth.sol";
import {TopicId} from "../../contracts/types/Topic.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Proves a round by the history that another phase of the feed brings along, leaves a phase out, or names them in
/// another order. Pass mark: the first phase that was fresh at the target time answers, and no other proof is Known.
contract PhaseJumperTest {
    uint256 private constant HEARTBEAT = 100;
    uint256 private constant TARGET = 10_000;
    int256 private constant TRUE_VALUE = 3e18;

    MockAggregator private feed;
    FeedTruth private truth;

    /// @dev Phase 1 is fresh at the target time; phases 2 and 3 have answers nearer to it, which they brought along.
    function setUp() public {
        vm.warp(TARGET + 1);
        feed = new MockAggregator(18, "ETH");
        feed.push(2e18, uint64(TARGET - 200));
        feed.push(int192(TRUE_VALUE), uint64(TARGET - 50));
        truth = new FeedTruth(feed, HEARTBEAT);
        for (uint256 phase = 2; phase <= 3; ++phase) {
            feed.startPhase();
            feed.push(int192(int256(phase) * 10e18), uint64(TARGET - 30 + phase));
            feed.push(int192(int256(phase) * 11e18), uint64(TARGET + 30 + phase));
        }
        vm.warp(TARGET + 1_000);
    }

    function test_ThePhaseOfTheTimeAnswers() public view {
        (TruthStatus status, int256 value) = ask(truth.proofOf(TARGET));
        require(status == TruthStatus.Known && value == TRUE_VALUE, "another phase answers");
    }

    /// @dev Every list of up to three rounds of any phases.
    function test_NoListOfRoundsProvesAnotherValue() public view {
        uint256[10] memory ids;
        for (uint256 i = 0; i < 9; ++i) ids[i] = (((i / 3) + 1) << 64) | (i % 3);
        ids[9] = 4 << 64;
        uint256 known = 0;
        for (uint256 i = 0; i < 10; ++i) {
            known += tryProof(abi.encode(ids[i]));
            for (uint256 j = 0; j < 10; ++j) {
                known += tryProof(abi.encode(ids[i], ids[j]));
                for (uint256 k = 0; k < 10; ++k) known += tryProof(abi.encode(ids[i], ids[j], ids[k]));
            }
        }
        require(known > 0, "nothing proves the true value");
    }

    function tryProof(bytes memory proof) private view returns (uint256) {
        (TruthStatus status, int256 value) = ask(proof);
        require(status == TruthStatus.Known || status == TruthStatus.Unknown, "void where an answer can be proven");
        require(status == TruthStatus.Unknown || value == TRUE_VALUE, "another phase's value");
        return status == TruthStatus.Known ? 1 : 0;
    }

    function ask(bytes memory proof) private view returns (TruthStatus, int256) {
        return truth.truthOf(TopicId.wrap(0), 0, TARGET, proof);
    }
}

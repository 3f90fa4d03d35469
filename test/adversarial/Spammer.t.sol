// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {Hints} from "../../contracts/types/Learning.sol";
import {Batch, Prediction} from "../../contracts/types/Prediction.sol";
import {Opening, Seal, SignedCommitment} from "../../contracts/types/Seal.sol";
import {Medians} from "../helpers/Medians.sol";
import {Kept} from "../helpers/NetworkDriver.sol";
import {PlainBatches} from "../helpers/PlainBatches.sol";
import {Stages} from "../helpers/Stages.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Sends 10,000 commitments and 10,000 one-unit deposits. Pass mark: honest calls cost the same within 1 %.
contract SpammerTest is Stages {
    uint256 private constant SPAM = 10_000;
    uint256 private constant HONEST_CALLS = 7;

    function setUp() public {
        staked();
        warpTo(openTime(ROUND));
    }

    /// hardhat-config: isolate = true
    function test_MakesNoHonestCallDearer() public {
        uint256 start = vm.snapshotState();
        uint256[HONEST_CALLS] memory quiet = playMeasured();
        vm.revertToState(start);
        this.spam();
        uint256[HONEST_CALLS] memory noisy = playMeasured();

        for (uint256 i = 0; i < HONEST_CALLS; i++) {
            require(quiet[i] > 20_000, "nothing was measured");
            require(noisy[i] * 100 <= quiet[i] * 101, "an honest call became dearer");
        }
    }

    /// @dev Called from outside, so that its memory does not make the calls after it dearer.
    function spam() external {
        bytes memory junk = abi.encodeCall(ITopicRounds.commit, (topic, ROUND, only(unsigned(bytes20(uint160(1))))));
        for (uint256 i = 0; i < SPAM; i++) {
            by(address(uint160(0x5BA40000 + i)));
            (bool isTaken, ) = address(network).call(junk);
            require(!isTaken, "junk was taken in");
        }
        deposit(4, 1_000);
        mint(workerAt(4), SPAM);
        for (uint256 i = 0; i < SPAM; i++) {
            by(workerAt(4));
            network.deposit(topic, 1);
        }
        require(positionOf(4).pending == 1_000 + SPAM, "the spam did not arrive");
    }

    /// @return gas of deposit, commit, unfold, reveal, publish, resolve and settle
    function playMeasured() private returns (uint256[HONEST_CALLS] memory gas) {
        mint(workerAt(3), STAKE);
        gas[0] = measured(workerAt(3), abi.encodeCall(ITopicDesk.deposit, (topic, STAKE)));
        SignedCommitment[] memory commitments = commitmentsOf(ROUND, BATCHER, everybody());
        gas[1] = measured(BATCHER, abi.encodeCall(ITopicRounds.commit, (topic, ROUND, commitments)));

        warpTo(revealTime(ROUND));
        (Opening[] memory openings, Seal[] memory rest) = laidOut(ROUND, FIRST, everybody(), 7);
        gas[2] = measured(KEEPER, unfolding());
        gas[3] = measured(KEEPER, abi.encodeCall(ITopicDesk.reveal, (topic, ROUND, FIRST, openings, 7, rest)));
        warpTo(publishTime(ROUND));
        gas[4] = measured(KEEPER, publication());
        warpTo(targetTime(ROUND));
        (gas[5], gas[6]) = measuredEnd();
    }

    function unfolding() private view returns (bytes memory) {
        (int104 center, uint104 sigma) = (keptOf[ROUND].center, keptOf[ROUND].sigma);
        return abi.encodeCall(ITopicDesk.unfold, (topic, ROUND, center, sigma, sealsIn[ROUND][FIRST]));
    }

    function publication() private view returns (bytes memory) {
        Kept memory kept = keptOf[ROUND];
        Prediction[] memory predictions = kept.revealed.predictions;
        Batch[] memory batches = PlainBatches.batchesOf(kept.revealed);
        Hints memory hints = Medians.hintsOf(predictions);
        return
            abi.encodeCall(ITopicRounds.publish, (topic, ROUND, kept.center, kept.sigma, predictions, batches, hints));
    }

    function measuredEnd() private returns (uint256 resolving, uint256 settling) {
        truth.set(TruthStatus.Known, TRUTH);
        resolving = measured(KEEPER, abi.encodeCall(ITopicRounds.resolve, (topic, ROUND, keptOf[ROUND].outcome, "")));
        Kept memory kept = keptOf[ROUND];
        settling = measured(
            KEEPER,
            abi.encodeCall(ITopicRounds.settle, (topic, ROUND, kept.outcome, kept.resolution, kept.revealed))
        );
    }

    /// @dev Each call is a transaction of its own here, so every slot is cold.
    function measured(address sender, bytes memory call) private returns (uint256 gas) {
        vm.recordLogs();
        by(sender);
        uint256 before = gasleft();
        (bool isDone, ) = address(network).call(call);
        gas = before - gasleft();
        require(isDone, "refused");
        absorb();
    }
}

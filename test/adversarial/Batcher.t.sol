// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Outcome} from "../../contracts/types/Outcome.sol";
import {Opening, Seal, SignedCommitment} from "../../contracts/types/Seal.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Drops a worker, reorders, adds after the window. Pass mark: the worker reveals alone, order changes nothing,
/// nothing slips in.
contract BatcherTest is Stages {
    function setUp() public {
        committed();
        warpTo(revealTime(ROUND));
        unfold(ROUND);
    }

    function test_CannotKeepOutAWorkerWhoseCommitmentItTook() public {
        reveal(ROUND, FIRST, everybody(), 5);
        // The worker needs nothing but the list, which everybody has.
        (Opening[] memory openings, Seal[] memory rest) = laidOut(ROUND, FIRST, everybody(), 2);
        by(workerAt(1));
        vm.recordLogs();
        network.reveal(topic, ROUND, FIRST, openings, 2, rest);
        absorb();
        require(
            keptOf[ROUND].revealed.workers.length == 3 && keptOf[ROUND].revealed.workers[2] == workerAt(1),
            "kept out"
        );
    }

    function test_CannotKeepOutAWorkerWhoseCommitmentItDropped() public {
        warpTo(openTime(1));
        Said[] memory others = new Said[](2);
        (others[0], others[1]) = (everybody()[0], everybody()[2]);
        commit(1, BATCHER, others);
        commitOwn(1, everybody()[1]);
        warpTo(revealTime(1));
        reveal(1, FIRST, others, ALL);
        revealOwn(1, everybody()[1]);
        require(keptOf[1].revealed.workers.length == 3, "kept out");
    }

    function test_ChangesNothingByOrder() public {
        uint256 start = vm.snapshotState();
        reveal(ROUND, FIRST, everybody(), ALL);
        bytes32 inOrder = resultOf();
        vm.revertToState(start);
        reveal(ROUND, FIRST, everybody(), 4);
        reveal(ROUND, FIRST, everybody(), 2);
        reveal(ROUND, FIRST, everybody(), 1);
        require(resultOf() == inOrder, "order changed something");
    }

    function resultOf() private returns (bytes32) {
        warpTo(publishTime(ROUND));
        publish(ROUND);
        finish(ROUND, TRUTH);
        Outcome memory outcome = keptOf[ROUND].outcome;
        outcome.batches %= 2 ** 96;
        return keccak256(abi.encode(outcome, positionOf(0), positionOf(1), positionOf(2), network.topicOf(topic)));
    }

    function test_CannotAddAfterTheWindow() public {
        (Opening[] memory three, Seal[] memory rest) = laidOut(ROUND, FIRST, everybody(), 7);
        Opening[] memory four = new Opening[](4);
        for (uint256 i = 0; i < 3; i++) four[i] = three[i];
        four[3] = openingOf(sealsIn[ROUND][FIRST][0], say(3, 120e18, 10_000));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, ROUND));
        network.reveal(topic, ROUND, FIRST, four, 15, rest);
    }

    function test_CannotSwapAPredictionForAnother() public {
        Said[] memory said = everybody();
        said[1].value = 150e18;
        (Opening[] memory openings, Seal[] memory rest) = laidOut(ROUND, FIRST, said, 7);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, ROUND));
        network.reveal(topic, ROUND, FIRST, openings, 7, rest);
    }

    /// @dev Nor does what it makes up bind the worker: its own is taken in after it.
    function test_CannotSignInAWorkersName() public {
        warpTo(openTime(1));
        SignedCommitment[] memory list = commitmentsOf(1, BATCHER, everybody());
        list[1] = signedBy(4, 1, commitmentFor(1, say(1, 150e18, 10_000), workerAt(1)));
        commit(1, BATCHER, list);
        require(sealsIn[1][FIRST].length == 2, "signed in its name");
        commitOwn(1, everybody()[1]);
        warpTo(revealTime(1));
        revealOwn(1, everybody()[1]);
        require(keptOf[1].revealed.predictions[0].value() == everybody()[1].value, "kept out");
    }
}

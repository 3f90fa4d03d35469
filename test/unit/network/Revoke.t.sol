// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Opening} from "../../../contracts/types/Prediction.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {Stages} from "../../helpers/Stages.sol";

contract RevokeTest is Stages {
    function setUp() public {
        committed();
    }

    function revoke(uint256 number) private {
        by(workerAt(number));
        network.revoke(topic, workerAt(number));
    }

    function test_RefusesAllButTheOwner() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NotOwner.selector, STRANGER, workerAt(0)));
        by(STRANGER);
        network.revoke(topic, workerAt(0));
    }

    function test_StopsTheSignerAtOnceInOpenRoundsToo() public {
        revoke(1);
        warpTo(revealTime(ROUND));
        reveal(ROUND, BATCHER, everybody(), ALL);
        require(keptOf[ROUND].revealed.workers.length == 2, "a revoked signer was heard");
        require(keptOf[ROUND].revealed.workers[1] == workerAt(2), "the wrong one was passed over");
    }

    function test_OfTheOnlyOneLeavesNothingToReveal() public {
        revoke(0);
        Said[] memory said = everybody();
        warpTo(revealTime(ROUND));
        (Opening[] memory openings, bytes20[] memory rest) = laidOut(ROUND, BATCHER, said, 1);
        refuse(abi.encodeWithSelector(ITopicRounds.NothingRevealed.selector));
        network.reveal(topic, ROUND, BATCHER, openings, 1, rest);
    }

    function test_Tells() public {
        tells();
        emit ITopicDesk.SignerRevoked(topic, workerAt(0));
        revoke(0);
    }

    function test_LeavesMoneyAndSeat() public {
        revoke(0);
        require(positionOf(0).stake == STAKE && network.seatOf(topic, 0) == workerAt(0), "money or seat moved");
    }
}

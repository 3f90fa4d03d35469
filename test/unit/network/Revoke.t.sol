// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {SignedCommitment} from "../../../contracts/types/Seal.sol";
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
        warpTo(openTime(1));
        revoke(1);
        commit(1, BATCHER, everybody());
        require(sealsIn[1][FIRST].length == 2 && ~roundOf(1).closed == 5, "a revoked signer was taken in");
    }

    function test_OfTheOnlyOneLeavesNothingToCommit() public {
        warpTo(openTime(1));
        revoke(0);
        SignedCommitment[] memory own = only(unsigned(commitmentOf(1, everybody()[0])));
        refuse(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        by(workerAt(0));
        network.commit(topic, 1, own);
    }

    function test_LeavesWhatItCommittedBefore() public {
        revoke(1);
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), ALL);
        require(keptOf[ROUND].revealed.workers[1] == workerAt(1), "what it committed is lost");
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

    /// @dev A quarter of its stake was asked back before round 1 opened, and stood behind nothing there: half of 4 % of the rest
    /// is 150.
    function test_DoesNotMakeASlashDearer() public {
        unstake(0, STAKE / 4);
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(revealTime(1));
        reveal(1, FIRST, everybody(), 6);
        revoke(0);
        warpTo(publishTime(1));
        publish(1);
        slashSilent(1, 0);
        require(positionOf(0).stake == (STAKE * 3) / 4 - 150 && positionOf(0).leaving == STAKE / 4, "another slash");
    }
}

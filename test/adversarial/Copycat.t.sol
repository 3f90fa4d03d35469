// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Backer, Opening, Seal, SignedCommitment} from "../../contracts/types/Seal.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Copies the commitment of a better worker, in a list of its own or signed in another's, and tries to reveal it.
/// Pass mark: it cannot, in either name, pays for it, and keeps nobody out.
contract CopycatTest is Stages {
    uint256 private constant COPYCAT = 1;
    Said private honest;

    function setUp() public {
        staked();
        honest = say(0, 99e18, 10_000);
        warpTo(openTime(ROUND));
    }

    function copyInItsOwnList() private returns (address committer) {
        committer = workerAt(COPYCAT);
        commitOwn(ROUND, honest);
        commit(ROUND, committer, only(unsigned(commitmentOf(ROUND, honest))));
        warpTo(revealTime(ROUND));
    }

    function copySigned() private returns (address committer) {
        committer = STRANGER;
        commitOwn(ROUND, honest);
        commit(ROUND, committer, only(signedBy(COPYCAT, ROUND, commitmentOf(ROUND, honest))));
        warpTo(revealTime(ROUND));
    }

    /// @dev What it copied opens to neither name, whatever it says of the backer.
    function refuseCopied(address committer) private {
        revealOwn(ROUND, honest);
        Seal copied = sealsIn[ROUND][committer][0];
        refuseBacker(committer, backerOf(copied, workerAt(COPYCAT)));
        refuseBacker(committer, backerOf(copied, workerAt(0)));
        refuseBacker(committer, backerOf(sealsIn[ROUND][FIRST][0], workerAt(0)));
        refuseBacker(committer, backerOf(sealsIn[ROUND][FIRST][0], workerAt(COPYCAT)));
        require(roundOf(ROUND).count == 1 && keptOf[ROUND].revealed.workers[0] == workerAt(0), "revealed");
    }

    function refuseBacker(address committer, Backer backer) private {
        Opening[] memory openings = new Opening[](1);
        openings[0] = Opening(backer, statementOf(honest));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, committer, ROUND));
        network.reveal(topic, ROUND, committer, openings, 1, none());
    }

    function test_CannotOpenWhatItCopied() public {
        refuseCopied(copyInItsOwnList());
    }

    function test_CannotOpenWhatItCopiedAndSigned() public {
        refuseCopied(copySigned());
    }

    function test_PaysForWhatItCannotOpen() public {
        warpTo(openTime(1));
        Said memory third = say(2, 100e18, 10_000);
        commitOwn(1, honest);
        commitOwn(1, third);
        commit(1, workerAt(COPYCAT), only(unsigned(commitmentOf(1, honest))));
        warpTo(revealTime(1));
        revealOwn(1, honest);
        revealOwn(1, third);
        warpTo(publishTime(1));
        publish(1);
        slashSilent(1, COPYCAT);
        require(positionOf(COPYCAT).stake == STAKE - 200, "got away");
    }

    /// @dev It brings the other's own signature before the other does. That is the other's commitment all the same.
    function test_CannotKeepTheOtherOutByComingFirst() public {
        SignedCommitment[] memory taken = only(signed(ROUND, honest));
        commit(ROUND, workerAt(COPYCAT), taken);
        refuse(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        by(BATCHER);
        network.commit(topic, ROUND, taken);

        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, only(honest), ALL);
        require(keptOf[ROUND].revealed.workers[0] == workerAt(0), "kept out");
    }
}

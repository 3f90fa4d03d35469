// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Opening} from "../../contracts/types/Prediction.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Copies the commitment of a better worker, and tries to reveal it as its own. Pass mark: it cannot.
contract CopycatTest is Stages {
    uint256 private constant COPYCAT = 1;
    Said private honest;
    Opening[] private openings;

    function setUp() public {
        staked();
        honest = say(0, 99e18, 10_000);
        warpTo(openTime(ROUND));
        bytes20[] memory copied = sealsOf(ROUND, only(honest));
        commitOwn(ROUND, honest);
        by(workerAt(COPYCAT));
        network.commit(topic, ROUND, copied);
        warpTo(revealTime(ROUND));
    }

    function revealCopied(Opening memory opening, bytes memory error) private {
        openings.push(opening);
        refuse(error);
        network.reveal(topic, ROUND, workerAt(COPYCAT), openings, 1, none());
    }

    function test_CannotRevealTheCopiedOpeningUnderItsOwnName() public {
        revealOwn(ROUND, honest);
        Opening memory opening = openingOf(honest);
        opening.worker = workerAt(COPYCAT);
        revealCopied(opening, abi.encodeWithSelector(ITopicRounds.WrongList.selector, workerAt(COPYCAT), ROUND));
    }

    function test_CannotSpeakForTheOtherWithoutItsSignature() public {
        bytes memory error = abi.encodeWithSelector(ITopicRounds.BadSignature.selector, workerAt(0));
        revealCopied(openingOf(honest), error);
    }

    function test_CannotSignForTheOther() public {
        Opening memory opening = openingOf(honest);
        Said memory own = Said(COPYCAT, honest.value, honest.confidence, honest.salt);
        Opening memory signed = signedOpeningOf(ROUND, own);
        (opening.r, opening.vs) = (signed.r, signed.vs);
        bytes memory error = abi.encodeWithSelector(ITopicRounds.BadSignature.selector, workerAt(0));
        revealCopied(opening, error);
    }

    function test_LeavesTheOtherHeardOnce() public {
        revealOwn(ROUND, honest);
        require(
            keptOf[ROUND].revealed.workers.length == 1 && keptOf[ROUND].revealed.workers[0] == workerAt(0),
            "not heard"
        );
        // With the other's own signature it only repeats what was heard already.
        openings.push(signedOpeningOf(ROUND, honest));
        refuse(abi.encodeWithSelector(ITopicRounds.NothingRevealed.selector));
        network.reveal(topic, ROUND, workerAt(COPYCAT), openings, 1, none());
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Phase} from "../../contracts/types/Round.sol";
import {Opening, Seal} from "../../contracts/types/Seal.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Reveals after the window, at its edge, with a clock that is 15 seconds slow. Pass mark: refused outside, heard
/// at most once inside.
contract LateRevealerTest is Stages {
    Opening[] private openings;
    Seal[] private rest;

    function setUp() public {
        committed();
        (Opening[] memory laid, ) = laidOut(ROUND, FIRST, everybody(), 7);
        for (uint256 i = 0; i < 3; i++) openings.push(laid[i]);
    }

    function test_IsRefusedFromTheFirstSecondAfterTheWindow() public {
        warpTo(publishTime(ROUND));
        refuseIn(Phase.Live);
        warpTo(publishTime(ROUND) + 15);
        refuseIn(Phase.Live);
        warpTo(targetTime(ROUND));
        refuseIn(Phase.Due);
        warpTo(deadline(ROUND));
        refuseIn(Phase.Expired);
    }

    function refuseIn(Phase actual) private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, actual, Phase.Reveal));
        network.reveal(topic, ROUND, FIRST, openings, 7, rest);
    }

    function test_IsHeardInTheLastSecondAndOnlyOnce() public {
        warpTo(publishTime(ROUND) - 15);
        reveal(ROUND, FIRST, everybody(), ALL);
        warpTo(publishTime(ROUND) - 1);
        refuse(abi.encodeWithSelector(ITopicRounds.NothingRevealed.selector));
        network.reveal(topic, ROUND, FIRST, openings, 7, rest);
        require(roundOf(ROUND).count == 3, "heard twice");
    }

    function test_CannotPutItsRecordBesideThePublishedOnes() public {
        reveal2();
        warpTo(publishTime(ROUND));
        publish(ROUND);
        refuseIn(Phase.Live);
        require(network.read(topic).contributors == 2, "slipped in");
    }

    function reveal2() private {
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), 3);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Phase} from "../../contracts/types/Round.sol";
import {Opening, Seal, SignedCommitment} from "../../contracts/types/Seal.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Reveals before the window, at its edge, with a clock that is 15 seconds fast. Pass mark: refused outside, heard
/// at most once inside; what it shows early binds it.
contract EarlyRevealerTest is Stages {
    Opening[] private openings;
    Seal[] private rest;

    function setUp() public {
        committed();
        (Opening[] memory laid, ) = laidOut(ROUND, FIRST, everybody(), 7);
        for (uint256 i = 0; i < 3; i++) openings.push(laid[i]);
    }

    function test_IsRefusedUntilTheLastSecondBeforeTheWindow() public {
        refuseEarly();
        warpTo(revealTime(ROUND) - 15);
        refuseEarly();
        warpTo(revealTime(ROUND) - 1);
        refuseEarly();
    }

    function refuseEarly() private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Commit, Phase.Reveal));
        network.reveal(topic, ROUND, FIRST, openings, 7, rest);
    }

    function test_IsHeardInTheFirstSecondAndOnlyOnce() public {
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), ALL);
        warpTo(revealTime(ROUND) + 15);
        refuse(abi.encodeWithSelector(ITopicRounds.NothingRevealed.selector));
        network.reveal(topic, ROUND, FIRST, openings, 7, rest);
        require(roundOf(ROUND).count == 3, "heard twice");
    }

    function test_CannotReplaceWhatItCommitted() public {
        SignedCommitment[] memory other = only(signed(ROUND, say(0, 120e18, 10_000)));
        refuse(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        by(BATCHER);
        network.commit(topic, ROUND, other);
        refuse(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        by(STRANGER);
        network.commit(topic, ROUND, other);
    }

    function test_CannotCommitOnceOthersReveal() public {
        SignedCommitment[] memory other = only(signed(ROUND, say(0, 120e18, 10_000)));
        warpTo(revealTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Reveal, Phase.Commit));
        network.commit(topic, ROUND, other);
    }
}

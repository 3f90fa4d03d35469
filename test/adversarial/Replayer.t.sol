// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Consent, SignedCommitment, SignedOpening} from "../../contracts/types/Seal.sol";
import {TopicId, TopicParams} from "../../contracts/types/Topic.sol";
import {SettableTruth} from "../helpers/SettableTruth.sol";
import {Stages} from "../helpers/Stages.sol";
import {vm} from "../helpers/Vm.sol";

interface ChainVm {
    function chainId(uint256 id) external;
}

/// @notice Takes a signature that a worker gave and presents it elsewhere. Pass mark, invariant 18: it counts on one chain, in
/// one network, topic and round, and for what it was given; everywhere else it is as if nobody had signed.
contract ReplayerTest is Stages {
    uint256 private constant WORKER = 1;

    SettableTruth private first;
    bool private isSignedOnly;

    /// @dev With the same truth source two networks give a topic of these terms the same id.
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        if (address(first) != address(0)) params.truth = address(first);
        if (isSignedOnly) (params.commitWindow, params.horizon) = (0, 220);
    }

    function setUp() public {
        staked();
        first = truth;
        warpTo(openTime(ROUND));
    }

    function test_CountsWhereItWasGivenFor() public {
        present(ROUND, signed(ROUND, everybody()[WORKER]), true);
    }

    function test_NotOnAnotherChain() public {
        SignedCommitment memory own = signed(ROUND, everybody()[WORKER]);
        uint256 chain = block.chainid;
        ChainVm(address(vm)).chainId(chain + 1);
        present(ROUND, own, false);
        ChainVm(address(vm)).chainId(chain);
        present(ROUND, own, true);
    }

    function test_NotInAnotherNetwork() public {
        SignedCommitment memory own = signed(1, everybody()[WORKER]);
        TopicId before = topic;
        deployNetwork(token);
        topic = network.createTopic(terms());
        require(TopicId.unwrap(topic) == TopicId.unwrap(before), "another topic: nothing is tested");
        seatLate();
        present(1, own, false);
        present(1, signed(1, everybody()[WORKER]), true);
    }

    function test_NotInAnotherTopic() public {
        SignedCommitment memory own = signed(1, everybody()[WORKER]);
        TopicParams memory params = terms();
        params.description = "What will it be, elsewhere?";
        TopicId here = topic;
        topic = network.createTopic(params);
        seatLate();
        present(1, own, false);
        topic = here;
        present(1, own, true);
    }

    function test_NotInAnotherRound() public {
        SignedCommitment memory own = signed(ROUND, everybody()[WORKER]);
        warpTo(openTime(1));
        present(1, own, false);
        present(1, signed(1, everybody()[WORKER]), true);
    }

    /// @dev One signature is asked for in both modes, and a topic has one of them: what seals nothing takes no seal.
    function test_NotInTheOtherMode() public {
        SignedOpening[] memory sealedOnes = only(signedOpeningOf(ROUND, everybody()[WORKER]));
        vm.expectRevert(abi.encodeWithSelector(ITopicRounds.SealedTopic.selector, topic));
        network.revealSigned(topic, ROUND, sealedOnes);

        isSignedOnly = true;
        topic = network.createTopic(terms());
        seatLate();
        SignedCommitment memory own = signed(1, everybody()[WORKER]);
        by(BATCHER);
        (bool isTaken, ) = address(network).call(abi.encodeCall(ITopicRounds.commit, (topic, 1, only(own))));
        require(!isTaken, "a topic that seals nothing took a seal");
        revealSigned(1, STRANGER, only(signedOpeningOf(1, everybody()[WORKER])));
        require(keptOf[1].revealed.workers[0] == workerAt(WORKER), "not where it was given for");
    }

    /// @dev What a worker signed for its prediction makes nobody the owner of its position, and the other way round.
    function test_NotAsAConsentNorTheOtherWayRound() public {
        SignedCommitment memory own = signed(ROUND, everybody()[WORKER]);
        mint(STRANGER, STAKE);
        Consent memory forged = Consent({deadline: time + 1 days, r: own.r, vs: own.vs});
        by(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(ITopicDesk.NoConsent.selector, workerAt(3), STRANGER));
        network.depositFor(topic, workerAt(3), STAKE, forged);

        Consent memory consent = consentOf(WORKER, STRANGER);
        (own.r, own.vs) = (consent.r, consent.vs);
        present(ROUND, own, false);
    }

    /// @dev Workers 0 to 2 in a topic whose round 0 may have passed by.
    function seatLate() private {
        for (uint256 i = 0; i < 3; ++i) deposit(i, STAKE);
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < 3; ++i) seatWorker(i, uint8(i));
        warpTo(openTime(1));
    }

    function present(uint256 round, SignedCommitment memory own, bool counts) private {
        uint256 start = vm.snapshotState();
        if (!counts) vm.expectRevert(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        by(BATCHER);
        network.commit(topic, round, only(own));
        vm.revertToState(start);
    }
}

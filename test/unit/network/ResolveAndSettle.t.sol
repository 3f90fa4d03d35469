// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {Revealed} from "../../../contracts/types/Prediction.sol";
import {Outcome, Pair} from "../../../contracts/types/Outcome.sol";
import {Phase, Resolution, RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {PlainBatches} from "../../helpers/PlainBatches.sol";
import {Stages} from "../../helpers/Stages.sol";
import {vm} from "../../helpers/Vm.sol";

contract ResolveAndSettleTest is Stages {
    Outcome private outcome;
    Revealed private given;

    function setUp() public {
        published();
        outcome = keptOf[ROUND].outcome;
        given = keptOf[ROUND].revealed;
        warpTo(targetTime(ROUND));
        truth.set(TruthStatus.Known, TRUTH);
    }

    function resolveAndSettle() private {
        by(KEEPER);
        network.resolveAndSettle(topic, ROUND, outcome, "", given);
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.resolveAndSettle(TopicId.wrap(bytes32(uint256(7))), ROUND, outcome, "", given);
    }

    function test_RefusesARoundThatIsNotPublished() public {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.None, RoundStatus.Published));
        network.resolveAndSettle(topic, 1, outcome, "", given);
    }

    /// @dev Whatever it is given then.
    function test_DoesNothingASecondTime() public {
        resolveAndSettle();
        bytes32 before = keccak256(abi.encode(positionOf(0), positionOf(2), network.topicOf(topic)));
        resolveAndSettle();
        outcome.publisher++;
        resolveAndSettle();
        bytes32 afterwards = keccak256(abi.encode(positionOf(0), positionOf(2), network.topicOf(topic)));
        require(before == afterwards, "settled again");
    }

    /// @dev As it would have gone in two calls, whatever the truth source says by now.
    function test_SettlesWhatIsResolved() public {
        uint256 start = vm.snapshotState();
        resolve(ROUND);
        settle(ROUND);
        bytes32 apart = keccak256(abi.encode(positionOf(0), positionOf(2), network.topicOf(topic)));
        vm.revertToState(start);

        resolve(ROUND);
        truth.set(TruthStatus.Known, 7e18);
        by(KEEPER);
        network.resolveAndSettle(topic, ROUND, outcome, "", given);
        bytes32 together = keccak256(abi.encode(positionOf(0), positionOf(2), network.topicOf(topic)));
        require(roundOf(ROUND).status == RoundStatus.Settled && together == apart, "another settlement");
    }

    function test_SettlesWhatIsResolvedInAnyPlaceOfTheRing() public {
        resolve(ROUND);
        settle(ROUND);
        predict(3, everybody());
        warpTo(targetTime(3));
        resolve(3, TRUTH);
        network.resolveAndSettle(topic, 3, keptOf[3].outcome, "", keptOf[3].revealed);
        require(roundOf(3).status == RoundStatus.Settled, "not settled");
    }

    function test_RefusesAnotherOutcomeOfWhatIsResolved() public {
        resolve(ROUND);
        outcome.publisher++;
        vm.expectRevert();
        network.resolveAndSettle(topic, ROUND, outcome, "", given);
    }

    function test_RefusesBeforeTheTargetTime() public {
        predict(3, everybody());
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Live, Phase.Due));
        network.resolveAndSettle(topic, 3, outcome, "", given);
    }

    function test_RefusesAtTheDeadline() public {
        warpTo(deadline(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Expired, Phase.Due));
        resolveAndSettle();
    }

    function test_RefusesAnotherOutcome() public {
        outcome.values = Pair.wrap(Pair.unwrap(outcome.values) + 1);
        bytes20 actual = bytes20(keccak256(abi.encode(outcome)));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongOutcome.selector, actual, roundOf(ROUND).digest));
        resolveAndSettle();
    }

    function test_RefusesAnUnknownOrDisputedTruth() public {
        truth.set(TruthStatus.Unknown, TRUTH);
        refuse(abi.encodeWithSelector(ITopicRounds.TruthUnknown.selector, TruthStatus.Unknown));
        resolveAndSettle();
        truth.set(TruthStatus.Disputed, TRUTH);
        refuse(abi.encodeWithSelector(ITopicRounds.TruthUnknown.selector, TruthStatus.Disputed));
        resolveAndSettle();
    }

    /// @dev What the truth has taught the topic by then is undone with the rest.
    function test_RefusesOtherRecordsAndLearnsNothing() public {
        bytes32 before = keccak256(abi.encode(network.topicOf(topic), roundOf(ROUND)));
        given.workers[0] = STRANGER;
        bytes20 actual = PlainBatches.digestOf(given);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongBatches.selector, actual, toldOf(ROUND).batches));
        resolveAndSettle();
        require(keccak256(abi.encode(network.topicOf(topic), roundOf(ROUND))) == before, "something was learnt");
    }

    /* A KNOWN TRUTH */

    function test_EndsAsTheTwoVerbsOneAfterTheOtherDo() public {
        uint256 start = vm.snapshotState();
        resolve(ROUND);
        settle(ROUND);
        bytes32 oneAfterTheOther = stateDigest();
        vm.revertToState(start);
        resolveAndSettle();
        require(stateDigest() == oneAfterTheOther, "another end");
        require(roundOf(ROUND).status == RoundStatus.Settled, "not settled");
    }

    /// @dev Of the round only its status is of any use once it is settled; its digest stays at the outcome here.
    function stateDigest() private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    positionOf(0),
                    positionOf(1),
                    positionOf(2),
                    network.topicOf(topic),
                    network.read(topic),
                    network.claimableOf(KEEPER),
                    roundOf(ROUND).status
                )
            );
    }

    function test_TellsTheTruthAndTheSettlement() public {
        uint256 start = vm.snapshotState();
        resolve(ROUND);
        Resolution memory resolution = keptOf[ROUND].resolution;
        vm.revertToState(start);
        tells();
        emit ITopicRounds.RoundResolved(topic, ROUND, resolution);
        resolveAndSettle();
    }

    /* NO TRUTH, FOR GOOD */

    function test_VoidsTheRoundAndLeavesThePoolAsItIs() public {
        truth.set(TruthStatus.Void, 0);
        bytes32 before = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2)));
        tells();
        emit ITopicRounds.RoundVoided(topic, ROUND);
        resolveAndSettle();
        require(roundOf(ROUND).status == RoundStatus.Void && network.topicOf(topic).pool == POOL, "not void");
        require(keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2))) == before, "stake or skill moved");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Float32, Float40} from "../../../contracts/maths/Float.sol";
import {Prediction, Revealed, packPrediction} from "../../../contracts/types/Prediction.sol";
import {Phase, Round, RoundStatus} from "../../../contracts/types/Round.sol";
import {Backer, Opening, SignedCommitment, SignedOpening, packBacker} from "../../../contracts/types/Seal.sol";
import {Topic, TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {Stages} from "../../helpers/Stages.sol";

/// @notice Where nothing is sealed, a worker's signature is all that speaks for it.
contract RevealSignedTest is Stages {
    SignedOpening[] private openings;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.commitWindow, params.horizon) = (0, 210);
    }

    function setUp() public {
        staked();
        warpTo(openTime(ROUND));
        lay(ROUND, everybody());
    }

    function lay(uint256 round, Said[] memory said) private {
        SignedOpening[] memory laid = signedOpeningsOf(round, said);
        delete openings;
        for (uint256 i = 0; i < laid.length; i++) openings.push(laid[i]);
    }

    function revealBy(address sender) private {
        revealSigned(ROUND, sender, openings);
    }

    function publishAndFinish(uint256 round) private {
        warpTo(publishTime(round));
        publish(round);
        finish(round, TRUTH);
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.revealSigned(TopicId.wrap(bytes32(uint256(7))), ROUND, openings);
    }

    function test_RefusesATopicThatSeals() public {
        TopicParams memory params = terms();
        params.commitWindow = 1;
        TopicId other = network.createTopic(params);
        refuse(abi.encodeWithSelector(ITopicRounds.SealedTopic.selector, other));
        network.revealSigned(other, type(uint256).max, openings);
    }

    function test_RefusesARoundBeyondTheLast() public {
        uint256 last = type(uint24).max - 1;
        refuse(abi.encodeWithSelector(ITopicRounds.RoundOutOfBounds.selector, last + 1, last));
        network.revealSigned(topic, last + 1, openings);
    }

    function test_RefusesOutsideTheWindow() public {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Pending, Phase.Reveal));
        network.revealSigned(topic, 1, openings);
        warpTo(publishTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Live, Phase.Reveal));
        network.revealSigned(topic, ROUND, openings);
    }

    function test_RefusesWhileThePlaceInTheRingIsUnsettled() public {
        revealBy(STRANGER);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        warpTo(openTime(4));
        lay(4, everybody());
        refuse(abi.encodeWithSelector(ITopicRounds.RingFull.selector, 4, ROUND));
        network.revealSigned(topic, 4, openings);

        finish(ROUND, TRUTH);
        revealSigned(4, STRANGER, openings);
        require(roundOf(4).count == 3, "the place is still taken");
    }

    /// @dev Whoever calls needs no signature of its own, and has nobody else's by that.
    function test_RefusesAStrangerInTheWorkersNameWithoutItsSignature() public {
        (openings[0].r, openings[0].vs) = (0, 0);
        refuseSignature(workerAt(0));
    }

    // Invariant 18
    function test_RefusesTheSignatureOfAnother() public {
        (openings[0].r, openings[0].vs) = (openings[1].r, openings[1].vs);
        refuseSignature(workerAt(0));
    }

    function test_RefusesTheSignatureOfAnotherRound() public {
        SignedCommitment memory other = signedBy(0, 1, commitmentOf(ROUND, everybody()[0]));
        (openings[0].r, openings[0].vs) = (other.r, other.vs);
        refuseSignature(workerAt(0));
    }

    function test_RefusesWhatWasNotSigned() public {
        Said memory other = everybody()[1];
        other.value += 1;
        openings[1].statement = statementOf(other);
        refuseSignature(workerAt(1));
    }

    function test_RefusesAFailedRecoveryForAddressZero() public {
        openings[0].worker = address(0);
        (openings[0].r, openings[0].vs) = (0, 0);
        refuseSignature(address(0));
    }

    function refuseSignature(address worker) private {
        refuse(abi.encodeWithSelector(ITopicRounds.BadSignature.selector, worker));
        by(STRANGER);
        network.revealSigned(topic, ROUND, openings);
    }

    function test_RefusesNoConfidenceAndTooMuch() public {
        refuseConfidence(0);
        refuseConfidence(10_001);
    }

    function refuseConfidence(uint16 confidence) private {
        Said[] memory said = everybody();
        said[1].confidence = confidence;
        lay(ROUND, said);
        refuse(abi.encodeWithSelector(ITopicRounds.ConfidenceOutOfBounds.selector, confidence));
        network.revealSigned(topic, ROUND, openings);
    }

    function test_RefusesASecondTime() public {
        revealBy(STRANGER);
        refuseNothing(STRANGER);
    }

    function test_RefusesAnEmptyListAndOpensNoRound() public {
        delete openings;
        refuseNothing(STRANGER);
        require(roundOf(ROUND).status == RoundStatus.None, "open");
    }

    function test_RefusesWhereNobodyHasASeat() public {
        lay(ROUND, only(say(3, 100e18, 10_000)));
        refuseNothing(workerAt(3));
    }

    function refuseNothing(address sender) private {
        refuse(abi.encodeWithSelector(ITopicRounds.NothingRevealed.selector));
        by(sender);
        network.revealSigned(topic, ROUND, openings);
    }

    function test_TakesNoCommitment() public {
        SignedCommitment[] memory commitments = commitmentsOf(ROUND, BATCHER, everybody());
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Reveal, Phase.Commit));
        by(BATCHER);
        network.commit(topic, ROUND, commitments);
    }

    function test_OpensNoSeal() public {
        revealSigned(ROUND, STRANGER, only(openings[0]));
        Opening[] memory sealed_ = new Opening[](1);
        refuse(abi.encodeWithSelector(ITopicRounds.ConfidenceOutOfBounds.selector, 0));
        network.reveal(topic, ROUND, FIRST, sealed_, 1, none());
        sealed_[0].statement = statementOf(everybody()[1]);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, ROUND));
        network.reveal(topic, ROUND, FIRST, sealed_, 1, none());
    }

    /* THE FIRST */

    function test_OpensTheRoundAndFreezesItsDomain() public {
        Topic memory kept = network.topicOf(topic);
        int104 center = int104(kept.center.unpack());
        uint104 sigma = uint104(kept.sigma.unpack());
        tells();
        emit ITopicRounds.RoundOpened(topic, ROUND, center, sigma);
        network.revealSigned(topic, ROUND, openings);
    }

    /// @dev Between the two an older round is settled, which moves what a round freezes.
    function test_DoesNotOpenTheRoundAgain() public {
        revealBy(STRANGER);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        warpTo(openTime(2));
        revealSigned(2, STRANGER, only(signedOpeningOf(2, everybody()[0])));
        Topic memory before = network.topicOf(topic);
        finish(ROUND, 90e18);
        require(network.topicOf(topic).peak.unpack() != before.peak.unpack(), "no change");

        revealSigned(2, STRANGER, only(signedOpeningOf(2, everybody()[1])));
        require(
            roundOf(2).count == 2 && roundOf(2).closed == 3 && roundOf(2).peak.unpack() == before.peak.unpack(),
            "opened again"
        );
        warpTo(publishTime(2));
        publish(2);
        (int256 low, int256 width) = PlainMath.domainOf(terms(), before.center.unpack(), int256(before.sigma.unpack()));
        require(toldOf(2).domainLow == low && toldOf(2).domainHigh == low + width, "another domain");
    }

    /* EFFECT */

    function test_HearsWhoeverSigned() public {
        Prediction[] memory predictions = new Prediction[](3);
        address[] memory workers = new address[](3);
        uint96[3] memory wagers = [uint96(400), 200, 400];
        // Neither trusted nor, before the first truth, unseasoned.
        Backer newcomer = packBacker(address(0), 0, Float40.wrap(0), Float32.wrap(0), true, 0);
        for (uint256 i = 0; i < 3; i++) {
            predictions[i] = packPrediction(statementOf(everybody()[i]), wagers[i], newcomer);
            workers[i] = workerAt(i);
        }
        tells();
        emit ITopicRounds.PredictionsRevealed(topic, ROUND, STRANGER, predictions, workers);
        by(STRANGER);
        network.revealSigned(topic, ROUND, openings);
        Round memory round = roundOf(ROUND);
        require(round.status == RoundStatus.Open && round.count == 3 && round.closed == 7, "not open");
    }

    function test_WeighsByStakeAndRecordAtTheReveal() public {
        revealBy(STRANGER);
        publishAndFinish(ROUND);
        warpTo(openTime(3));
        uint256 stake = positionOf(0).stake;
        revealSigned(3, STRANGER, only(signedOpeningOf(3, everybody()[0])));
        Prediction said = keptOf[3].revealed.predictions[0];
        require(said.wager() == (stake * 400) / 10_000, "another wager");
        int256 plain = PlainMath.trustOf(
            positionOf(0).regret.unpack(),
            positionOf(0).energy.unpack(),
            roundOf(3).peak.unpack()
        );
        uint256 told = said.trust().unpack();
        require(plain > 0 && told <= uint256(plain) && uint256(plain) - told <= uint256(plain) >> 23, "another trust");
    }

    function test_NeedsNoSignatureOfWhoeverCallsForItself() public {
        (openings[0].r, openings[0].vs) = (0, 0);
        revealBy(workerAt(0));
        require(roundOf(ROUND).count == 3, "not heard");
    }

    function test_PassesOverWhoHasNoSeatAndWhoWasHeard() public {
        revealSigned(ROUND, STRANGER, only(openings[1]));
        by(workerAt(2));
        network.revoke(topic, workerAt(2));
        openings.push(signedOpeningOf(ROUND, say(0, 120e18, 10_000)));
        openings.push(signedOpeningOf(ROUND, say(3, 120e18, 10_000)));
        revealBy(STRANGER);
        Revealed memory revealed = keptOf[ROUND].revealed;
        require(revealed.workers.length == 2 && revealed.workers[1] == workerAt(0), "not passed over");
        require(revealed.predictions[1].value() == everybody()[0].value, "its second was heard");
    }

    /// @dev It has had its say: a second prediction is passed over, and nothing of it is recorded.
    function test_HearsWhatWagersNothingAndRecordsItNot() public {
        revealSigned(ROUND, STRANGER, only(signedOpeningOf(ROUND, say(0, 100e18, 1))));
        require(roundOf(ROUND).closed == 1 && roundOf(ROUND).count == 0, "not heard, or recorded");
        revealBy(STRANGER);
        require(roundOf(ROUND).closed == 7 && roundOf(ROUND).count == 2, "heard twice");
        publishAndFinish(ROUND);
        require(roundOf(ROUND).status == RoundStatus.Settled, "an empty batch holds it up");
    }

    /* WHAT FOLLOWS */

    /// @dev Until the end of the window another may speak: a seat that says nothing is not known before.
    function test_CannotBePublishedEarly() public {
        revealBy(STRANGER);
        publish(ROUND, abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Reveal, Phase.Live));
    }

    function test_SlashesNobodyForSilence() public {
        openings.pop();
        revealBy(STRANGER);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        refuse(abi.encodeWithSelector(ITopicDesk.NotWithheld.selector, workerAt(2), ROUND));
        slashSilent(ROUND, 2);
        refuse(abi.encodeWithSelector(ITopicDesk.NotWithheld.selector, workerAt(1), ROUND));
        slashSilent(ROUND, 1);
    }
}

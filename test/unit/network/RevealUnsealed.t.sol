// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Opening, Prediction, packPrediction} from "../../../contracts/types/Prediction.sol";
import {Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicParams} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

/// @notice Where nothing is sealed, a worker's signature is all that speaks for it.
contract RevealUnsealedTest is Stages {
    Opening[] private openings;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.commitWindow = 0;
    }

    function setUp() public {
        staked();
        warpTo(openTime(ROUND));
        (Opening[] memory laid, ) = laidOut(ROUND, BATCHER, everybody(), 7);
        for (uint256 i = 0; i < 3; i++) openings.push(laid[i]);
    }

    function revealBy(address sender, address committer) private {
        by(sender);
        network.reveal(topic, ROUND, committer, openings, 7, none());
    }

    /* REFUSALS */

    function test_RefusesACommitment() public {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Reveal, Phase.Commit));
        network.commit(topic, ROUND, new bytes20[](1));
    }

    function test_RefusesAMaskThatDoesNotFitTheOpenings() public {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, STRANGER, ROUND));
        by(STRANGER);
        network.reveal(topic, ROUND, BATCHER, openings, 3, none());
    }

    /// @dev Where nothing is sealed whoever calls is the committer, whatever it says.
    function test_RefusesAStrangerInTheWorkersNameWithoutItsSignature() public {
        (openings[0].r, openings[0].vs) = (0, 0);
        refuse(abi.encodeWithSelector(ITopicRounds.BadSignature.selector, workerAt(0)));
        revealBy(STRANGER, workerAt(0));
    }

    function test_RefusesASecondTime() public {
        revealBy(STRANGER, BATCHER);
        refuse(abi.encodeWithSelector(ITopicRounds.NothingRevealed.selector));
        revealBy(STRANGER, BATCHER);
    }

    /* EFFECT */

    function test_HearsWhoeverSigned() public {
        Prediction[] memory predictions = new Prediction[](3);
        address[] memory workers = new address[](3);
        uint96[3] memory wagers = [uint96(400), 200, 400];
        for (uint256 i = 0; i < 3; i++) {
            predictions[i] = packPrediction(everybody()[i].value, wagers[i], 0);
            workers[i] = workerAt(i);
        }
        tells();
        emit ITopicRounds.PredictionsRevealed(topic, ROUND, STRANGER, predictions, workers);
        revealBy(STRANGER, BATCHER);
        require(roundOf(ROUND).status == RoundStatus.Open && roundOf(ROUND).count == 3, "not open");
    }

    function test_NeedsNoSignatureOfWhoeverCallsForItself() public {
        (openings[0].r, openings[0].vs) = (0, 0);
        revealBy(workerAt(0), BATCHER);
        require(roundOf(ROUND).count == 3, "not heard");
    }
}

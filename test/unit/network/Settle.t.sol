// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Float} from "../../../contracts/maths/Float.sol";
import {Prediction, Revealed} from "../../../contracts/types/Prediction.sol";
import {Outcome} from "../../../contracts/types/Outcome.sol";
import {Resolution, RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {PlainBatches} from "../../helpers/PlainBatches.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {Stages} from "../../helpers/Stages.sol";
import {vm} from "../../helpers/Vm.sol";

contract SettleTest is Stages {
    Outcome private outcome;
    Resolution private resolution;
    Revealed private given;

    /// @dev Workers 0 and 1 are revealed by one call, worker 2 by another.
    function setUp() public {
        committed();
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), 3);
        reveal(ROUND, FIRST, everybody(), 4);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        warpTo(targetTime(ROUND));
        resolve(ROUND, TRUTH);

        outcome = keptOf[ROUND].outcome;
        resolution = keptOf[ROUND].resolution;
        given = keptOf[ROUND].revealed;
    }

    function settleGiven() private {
        by(KEEPER);
        network.settle(topic, ROUND, outcome, resolution, given);
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.settle(TopicId.wrap(bytes32(uint256(7))), ROUND, outcome, resolution, given);
    }

    function test_RefusesARoundThatIsNotResolved() public {
        predict(3, everybody());
        bytes memory error = abi.encodeWithSelector(
            ITopicRounds.WrongStatus.selector,
            RoundStatus.Published,
            RoundStatus.Resolved
        );
        refuse(error);
        network.settle(topic, 3, outcome, resolution, given);
    }

    /// @dev Whatever it is given then.
    function test_DoesNothingASecondTime() public {
        settleGiven();
        bytes32 before = keccak256(abi.encode(positionOf(0), positionOf(2), network.topicOf(topic)));
        settleGiven();
        outcome.publisher++;
        settleGiven();
        bytes32 afterwards = keccak256(abi.encode(positionOf(0), positionOf(2), network.topicOf(topic)));
        require(before == afterwards, "settled again");
    }

    function test_RefusesAnotherOutcomeAndAnotherTruth() public {
        outcome.publisher ^= 1 << 96;
        refuseOutcome();
        outcome.publisher ^= 1 << 96;
        resolution.truth++;
        refuseOutcome();
        resolution.truth--;
        resolution.gradient++;
        refuseOutcome();
    }

    function refuseOutcome() private {
        bytes20 actual = bytes20(keccak256(abi.encode(bytes20(keccak256(abi.encode(outcome))), resolution)));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongOutcome.selector, actual, roundOf(ROUND).digest));
        settleGiven();
    }

    function test_RefusesOtherPredictions() public {
        given.predictions[0] = Prediction.wrap(Prediction.unwrap(given.predictions[0]) + (1 << 56));
        refuseRecords();
        (given.predictions[0], given.predictions[2]) = (given.predictions[2], given.predictions[0]);
        refuseRecords();
    }

    function test_RefusesOtherWorkers() public {
        given.workers[1] = STRANGER;
        refuseRecords();
        given.workers[1] = workerAt(2);
        given.workers[2] = workerAt(1);
        refuseRecords();
    }

    function test_RefusesAnotherBorderBetweenBatches() public {
        (given.counts[0], given.counts[1]) = (1, 2);
        refuseRecords();
        (given.counts[0], given.counts[1]) = (3, 0);
        refuseRecords();
        given.counts.pop();
        refuseRecords();
    }

    function test_RefusesAnEmptyBatchBesideThem() public {
        given.counts.push(0);
        refuseRecords();
    }

    function refuseRecords() private {
        bytes20 actual = PlainBatches.digestOf(given);
        refuseDigest(actual);
    }

    function refuseDigest(bytes20 actual) private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongBatches.selector, actual, toldOf(ROUND).batches));
        settleGiven();
    }

    /// @dev Zero stands for batches that are not all of the predictions and all of the workers.
    function test_RefusesBatchesThatHoldLessThanAll() public {
        given.counts[1] = 0;
        refuseDigest(0);
        given.counts.pop();
        refuseDigest(0);
        given.counts[0] = 0;
        refuseDigest(0);
    }

    function test_RefusesMoreWorkersThanPredictions() public {
        given.workers.push(STRANGER);
        refuseDigest(0);
    }

    function test_RefusesMorePredictionsThanWorkers() public {
        given.predictions.push(given.predictions[0]);
        refuseDigest(0);
    }

    function test_RefusesBatchesThatHoldMoreThanAll() public {
        given.counts[1] = 2;
        refuseAnyhow();
        given.counts[1] = type(uint256).max;
        refuseAnyhow();
        given.counts[1] = 1;
        given.workers.pop();
        refuseAnyhow();
        given.predictions.pop();
        refuseAnyhow();
    }

    function refuseAnyhow() private {
        vm.expectRevert();
        settleGiven();
    }

    /// @dev The workers' addresses are not looked at before they are paid, so what they hash to must be all of each word.
    function test_RefusesAddressesWithUncleanBits() public {
        bytes memory encoded = abi.encodeCall(network.settle, (topic, ROUND, outcome, resolution, given));
        bytes32 worker = bytes32(uint256(uint160(workerAt(0))));
        bytes32 unclean = worker | bytes32(uint256(1) << 160);
        replace(encoded, worker, unclean);

        bytes20 actual = 0;
        bytes32 ofTwo = keccak256(abi.encode(given.predictions[0], given.predictions[1]));
        actual = bytes20(keccak256(abi.encode(actual, ofTwo, keccak256(abi.encode(unclean, workerAt(1))))));
        bytes32 ofThird = keccak256(abi.encode(given.predictions[2]));
        actual = bytes20(keccak256(abi.encode(actual, ofThird, keccak256(abi.encode(workerAt(2))))));

        (bool isDone, bytes memory error) = address(network).call(encoded);
        bytes memory expected = abi.encodeWithSelector(
            ITopicRounds.WrongBatches.selector,
            actual,
            toldOf(ROUND).batches
        );
        require(!isDone && keccak256(error) == keccak256(expected), "not refused, or otherwise");
    }

    /// @dev The word must be there once and no more.
    function replace(bytes memory encoded, bytes32 word, bytes32 by_) private pure {
        uint256 count = 0;
        for (uint256 i = 36; i <= encoded.length; i += 32) {
            bytes32 at;
            assembly ("memory-safe") {
                at := mload(add(encoded, i))
            }
            if (at != word) continue;
            count++;
            assembly ("memory-safe") {
                mstore(add(encoded, i), by_)
            }
        }
        require(count == 1, "not there once");
    }

    /* EFFECT */

    function test_PaysTheAccurateFromTheInaccurate() public {
        PlainMath.Money memory money = PlainMath.moneyOf(toldOf(ROUND), resolution.truth, given.predictions);
        settleGiven();
        for (uint256 i = 0; i < 3; i++) {
            uint256 expected = STAKE - given.predictions[i].wager() + money.payouts[i];
            require(positionOf(i).stake == expected, "another stake");
        }
        require(money.payouts[0] > 400 && money.payouts[2] < 400, "the farthest did not pay the nearest");
    }

    function test_TakesWhatIsPaidOutOfThePoolAndNoMore() public {
        require(network.topicOf(topic).pool == POOL, "something left it before");
        PlainMath.Money memory money = PlainMath.moneyOf(toldOf(ROUND), resolution.truth, given.predictions);
        settleGiven();
        require(network.topicOf(topic).pool == POOL + 1000 - money.paid, "another pool");
        require(money.paid > 1000 && money.paid <= 1005, "more than the reward, or nothing of it");
    }

    function test_LeavesWhatIsLeftOverInThePool() public {
        uint256 stakes = 0;
        settleGiven();
        for (uint256 i = 0; i < 3; i++) stakes += positionOf(i).stake;
        uint256 tips = network.claimableOf(KEEPER);
        require(stakes + tips + network.topicOf(topic).pool == 3 * uint256(STAKE) + POOL, "not conserved");
    }

    function test_SharesTheTipBetweenPublisherAndSettler() public {
        settleGiven();
        predict(3, everybody());
        warpTo(targetTime(3));
        resolve(3, TRUTH);
        by(STRANGER);
        network.settle(topic, 3, keptOf[3].outcome, keptOf[3].resolution, keptOf[3].revealed);
        uint256 tip = (toldOf(3).play * terms().tipBps) / 10_000;
        require(tip == 4 || tip == 5, "another tip");
        require(network.claimableOf(KEEPER) == tip / 2, "another share of the publisher");
        require(network.claimableOf(STRANGER) == tip - tip / 2, "another share of the settler");
    }

    /// @dev Of a single unit nothing is left for the publisher.
    function test_PaysATipOfOneUnit() public {
        settleGiven();
        Said[] memory timid = everybody();
        for (uint256 i = 0; i < 3; i++) timid[i].confidence = 3_000;
        predict(3, timid);
        warpTo(targetTime(3));
        resolve(3, TRUTH);
        by(STRANGER);
        network.settle(topic, 3, keptOf[3].outcome, keptOf[3].resolution, keptOf[3].revealed);
        require((toldOf(3).play * terms().tipBps) / 10_000 == 1, "another tip");
        require(network.claimableOf(STRANGER) == 1 && network.claimableOf(KEEPER) == 0, "not paid");
    }

    /// @dev Nothing that a worker teaches lowers the peak: the second round's regrets are far smaller.
    function test_KeepsThePeakOfLargerRegrets() public {
        settleGiven();
        uint256 peak = network.topicOf(topic).peak.unpack();
        Said[] memory close = everybody();
        for (uint256 i = 0; i < 3; i++) close[i].value = int104(TRUTH + int256(i) * 1e15);
        predict(3, close);
        finish(3, TRUTH);
        require(network.topicOf(topic).peak.unpack() == peak && peak > 0, "the peak fell");
    }

    function test_CountsTheRound() public {
        require(network.topicOf(topic).tenure.count() == 0, "counted as it was resolved");
        settleGiven();
        require(network.topicOf(topic).tenure.count() == 1 && positionOf(1).tenure.count() == 1, "not counted");
    }

    function test_TipsNobodyWhereThePoolDidNotPlay() public {
        settleGiven();
        require(network.claimableOf(KEEPER) == 0, "tipped");
    }

    function test_MovesSkillByTheLinearisedLoss() public {
        settleGiven();
        int256[3] memory expected = [int256(12e18), 0, -16e18];
        for (uint256 i = 0; i < 3; i++) {
            int256 regret = positionOf(i).regret.unpack();
            int256 apart = regret - expected[i];
            require((apart < 0 ? -apart : apart) <= 1e9, "another regret");
        }
    }

    function test_RaisesThePeak() public {
        settleGiven();
        uint256 peak = network.topicOf(topic).peak.unpack();
        require(peak <= 256e36 && peak > 255.9e36, "another peak");
    }

    function test_Tells() public {
        PlainMath.Money memory money = PlainMath.moneyOf(toldOf(ROUND), resolution.truth, given.predictions);
        tells();
        emit ITopicRounds.RoundSettled(topic, ROUND, KEEPER, 0, 1000 - int256(money.paid));
        settleGiven();
        require(roundOf(ROUND).status == RoundStatus.Settled, "another status");
    }

    function test_LeavesTheFeedAndStrangersAlone() public {
        deposit(3, STAKE);
        bytes32 before = keccak256(abi.encode(network.read(topic), positionOf(3)));
        settleGiven();
        require(keccak256(abi.encode(network.read(topic), positionOf(3))) == before, "something else moved");
    }
}

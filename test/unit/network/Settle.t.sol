// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Commitments} from "../../../contracts/libraries/Commitments.sol";
import {Float} from "../../../contracts/libraries/Float.sol";
import {Record} from "../../../contracts/types/Prediction.sol";
import {Outcome, Resolution, RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {Stages} from "../../helpers/Stages.sol";

contract SettleTest is Stages {
    Outcome private outcome;
    Resolution private resolution;
    Record[] private records;

    function setUp() public {
        resolved();
        outcome = keptOf[ROUND].outcome;
        resolution = keptOf[ROUND].resolution;
        records = keptOf[ROUND].records;
    }

    function settleGiven() private {
        by(KEEPER);
        network.settle(topic, ROUND, outcome, resolution, records);
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.settle(TopicId.wrap(bytes32(uint256(7))), ROUND, outcome, resolution, records);
    }

    function test_RefusesARoundThatIsNotResolved() public {
        predict(3, everybody());
        bytes memory error = abi.encodeWithSelector(
            ITopicRounds.WrongStatus.selector,
            RoundStatus.Published,
            RoundStatus.Resolved
        );
        refuse(error);
        network.settle(topic, 3, outcome, resolution, records);
    }

    function test_RefusesASecondTime() public {
        settleGiven();
        bytes memory error = abi.encodeWithSelector(
            ITopicRounds.WrongStatus.selector,
            RoundStatus.Settled,
            RoundStatus.Resolved
        );
        refuse(error);
        settleGiven();
    }

    function test_RefusesAnotherOutcomeAndAnotherTruth() public {
        outcome.publisher = STRANGER;
        refuseOutcome();
        outcome.publisher = KEEPER;
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

    function test_RefusesOtherRecords() public {
        records.pop();
        bytes20 actual = Commitments.firstDigest(outcome.center, outcome.sigma);
        for (uint256 i = 0; i < records.length; i++) {
            actual = Commitments.chain(actual, records[i].prediction, records[i].worker);
        }
        refuse(abi.encodeWithSelector(ITopicRounds.WrongRecords.selector, actual, outcome.records));
        settleGiven();
    }

    /* EFFECT */

    function test_PaysTheAccurateFromTheInaccurate() public {
        uint256 tip = outcome.rewards / 10;
        PlainMath.Money memory money = PlainMath.moneyOf(
            terms(),
            outcome,
            resolution.truth,
            outcome.rewards - tip,
            records
        );
        settleGiven();
        for (uint256 i = 0; i < 3; i++) {
            uint256 wager = records[i].prediction.wager();
            uint256 expected = STAKE - wager + money.payouts[i] + money.rewards[i];
            require(positionOf(i).stake == expected, "another stake");
        }
        require(money.payouts[0] > 400 && money.payouts[2] < 400, "the farthest did not pay the nearest");
    }

    function test_GivesWhatIsLeftOverBackToThePool() public {
        uint256 stakes = 0;
        settleGiven();
        for (uint256 i = 0; i < 3; i++) stakes += positionOf(i).stake;
        uint256 tips = network.claimableOf(KEEPER);
        require(stakes + tips + network.topicOf(topic).pool == 3 * uint256(STAKE) + POOL, "not conserved");
    }

    function test_SharesTheTipBetweenPublisherAndSettler() public {
        by(STRANGER);
        network.settle(topic, ROUND, outcome, resolution, records);
        require(outcome.rewards == 500, "another reward");
        require(network.claimableOf(KEEPER) == 25 && network.claimableOf(STRANGER) == 25, "another tip");
    }

    function test_MovesSkillByTheLinearisedLoss() public {
        settleGiven();
        int256[3] memory expected = [int256(12e18), 0, -16e18];
        for (uint256 i = 0; i < 3; i++) {
            int256 regret = Float.unpackSigned(positionOf(i).regret);
            int256 apart = regret - expected[i];
            require((apart < 0 ? -apart : apart) <= 1e6, "another regret");
        }
    }

    function test_RaisesThePeak() public {
        settleGiven();
        uint256 peak = Float.unpack(network.topicOf(topic).peak);
        require(peak <= 256e36 && peak > 255.9e36, "another peak");
    }

    function test_Tells() public {
        PlainMath.Money memory money = PlainMath.moneyOf(terms(), outcome, resolution.truth, 450, records);
        uint256 dust = 1000 + 450 - money.paid - money.rewarded;
        tells();
        emit ITopicRounds.RoundSettled(topic, ROUND, KEEPER, 50, dust);
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

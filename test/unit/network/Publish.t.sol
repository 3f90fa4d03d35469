// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Aggregation} from "../../../contracts/libraries/Aggregation.sol";
import {Commitments} from "../../../contracts/libraries/Commitments.sol";
import {FeedStatus, Forecast} from "../../../contracts/types/Feed.sol";
import {Hints} from "../../../contracts/types/Learning.sol";
import {Record} from "../../../contracts/types/Prediction.sol";
import {Outcome, Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {Medians} from "../../helpers/Medians.sol";
import {Stages} from "../../helpers/Stages.sol";

contract PublishTest is Stages {
    Record[] private records;
    int104 private center;
    uint104 private sigma;

    function setUp() public {
        revealed();
        warpTo(publishTime(ROUND));
        records = keptOf[ROUND].records;
        (center, sigma) = (keptOf[ROUND].center, keptOf[ROUND].sigma);
    }

    function hints() private view returns (Hints memory) {
        return Medians.hintsOf(records);
    }

    function publishGiven(Hints memory given) private {
        network.publish(topic, ROUND, center, sigma, records, given);
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        Hints memory given = hints();
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.publish(TopicId.wrap(bytes32(uint256(7))), ROUND, center, sigma, records, given);
    }

    function test_RefusesARoundThatIsNotOpen() public {
        Hints memory given = hints();
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.None, RoundStatus.Open));
        network.publish(topic, 1, center, sigma, records, given);

        publish(ROUND);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.Published, RoundStatus.Open));
        publishGiven(given);
    }

    function test_RefusesAtTheTargetTime() public {
        Hints memory given = hints();
        warpTo(targetTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Due, Phase.Live));
        publishGiven(given);
    }

    function test_RefusesWhileRevealsAreTaken() public {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(revealTime(1));
        reveal(1, BATCHER, everybody(), ALL);
        Hints memory given = hints();
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Reveal, Phase.Live));
        network.publish(topic, 1, center, sigma, records, given);
    }

    function test_RefusesRecordsOutOfOrderLeftOutOrChanged() public {
        Hints memory given = hints();
        bytes20 required = roundOf(ROUND).digest;
        (Record memory first, Record memory second) = (records[0], records[1]);
        (records[0], records[1]) = (second, first);
        refuseRecords(required, given);

        (records[0], records[1]) = (first, second);
        center++;
        refuseRecords(required, given);
        center--;
        records.pop();
        refuseRecords(required, given);
    }

    function refuseRecords(bytes20 required, Hints memory given) private {
        bytes20 actual = Commitments.firstDigest(center, sigma);
        for (uint256 i = 0; i < records.length; i++) {
            actual = Commitments.chain(actual, records[i].prediction, records[i].worker);
        }
        refuse(abi.encodeWithSelector(ITopicRounds.WrongRecords.selector, actual, required));
        publishGiven(given);
    }

    function test_RefusesWrongMedians() public {
        Hints memory given = hints();
        given.anchor += 1;
        refuse(abi.encodeWithSelector(Aggregation.WrongMedian.selector, given.anchor));
        publishGiven(given);

        given.anchor -= 1;
        given.mad += 1;
        refuse(abi.encodeWithSelector(Aggregation.WrongDeviation.selector, given.mad));
        publishGiven(given);
    }

    /* A HEALTHY ROUND */

    function test_PutsTheAggregateOnTheFeed() public {
        publish(ROUND);
        Forecast memory forecast = network.read(topic);
        require(forecast.value == 102e18, "newcomers only: the anchor speaks");
        require(forecast.lower == type(int104).min && forecast.upper == type(int104).max, "promised too early");
        require(forecast.targetTime == targetTime(ROUND) && forecast.publishedAt == time, "other times");
        require(forecast.round == ROUND && forecast.contributors == 3 && forecast.wagers == 1000, "other backing");
        require(forecast.status == FeedStatus.Live && network.publishedOf(topic) == 1, "not live");
    }

    function test_SetsRewardsAside() public {
        publish(ROUND);
        // A tenth of the pool is far above half of the wagers, which is the cap.
        require(keptOf[ROUND].outcome.rewards == 500, "other rewards");
        require(network.topicOf(topic).pool == POOL - 500, "another pool");
    }

    function test_Tells() public {
        publish(ROUND);
        Outcome memory outcome = keptOf[ROUND].outcome;
        require(outcome.publisher == KEEPER && outcome.wagers == 1000, "told something else");
        require(outcome.anchor == 102e18 && outcome.inner == 102e18, "told another anchor");
        require(roundOf(ROUND).digest == bytes20(keccak256(abi.encode(outcome))), "kept another outcome");
        require(roundOf(ROUND).status == RoundStatus.Published, "another status");
    }

    function test_MovesNoStakeAndNoSkill() public {
        bytes32 before = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2)));
        publish(ROUND);
        require(before == keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2))), "something moved");
    }

    /* AN UNHEALTHY ROUND */

    function test_OfOneWorkerIsVoidAndThin() public {
        publish(ROUND);
        playAlone(1);
        Forecast memory forecast = network.read(topic);
        require(roundOf(1).status == RoundStatus.Void, "not void");
        require(forecast.status == FeedStatus.Thin && forecast.round == ROUND, "the feed moved or is not thin");
        require(network.publishedOf(topic) == 1, "counted");
        require(network.topicOf(topic).pool == POOL - 500, "cost the pool");
    }

    function test_WithNoRecordsIsVoid() public {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(publishTime(1));
        publish(1);
        require(roundOf(1).status == RoundStatus.Void, "not void");
    }

    function test_OfAnOlderRoundLeavesAYoungerValueLive() public {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        predict(2, everybody());
        require(network.read(topic).status == FeedStatus.Live, "not live");
        publish(1);
        require(roundOf(1).status == RoundStatus.Void, "not void");
        require(network.read(topic).status == FeedStatus.Live, "an older void round thins a younger value");
    }

    function test_LatePublicationOfAnOlderRoundChangesNothingOnTheFeed() public {
        predict(1, everybody());
        bytes32 before = keccak256(abi.encode(network.read(topic)));
        publish(ROUND);
        require(roundOf(ROUND).status == RoundStatus.Published, "not published");
        require(keccak256(abi.encode(network.read(topic))) == before, "the feed went back");
        require(network.publishedOf(topic) == 1, "counted what never reached the feed");
    }

    function playAlone(uint256 round) private {
        Said memory said = say(0, 100e18, 10_000);
        warpTo(openTime(round));
        commitOwn(round, said);
        warpTo(revealTime(round));
        revealOwn(round, said);
        warpTo(publishTime(round));
        publish(round);
    }
}

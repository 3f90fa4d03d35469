// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Multicallable} from "solady/src/utils/Multicallable.sol";
import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Aggregation} from "../../../contracts/maths/Aggregation.sol";
import {FeedStatus, Forecast} from "../../../contracts/types/Feed.sol";
import {Hints} from "../../../contracts/types/Learning.sol";
import {Batch, Prediction} from "../../../contracts/types/Prediction.sol";
import {Outcome} from "../../../contracts/types/Outcome.sol";
import {Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {Opening, Seal} from "../../../contracts/types/Seal.sol";
import {TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {Medians} from "../../helpers/Medians.sol";
import {PlainBatches} from "../../helpers/PlainBatches.sol";
import {Stages} from "../../helpers/Stages.sol";
import {Told} from "../../helpers/Told.sol";
import {vm} from "../../helpers/Vm.sol";

contract PublishTest is Stages {
    Prediction[] private predictions;
    Batch[] private batches;
    int104 private center;
    uint104 private sigma;
    Hints private hints;

    /// @dev Workers 0 and 1 are revealed by one call, worker 2 by another.
    function setUp() public {
        committed();
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), 3);
        reveal(ROUND, FIRST, everybody(), 4);
        warpTo(publishTime(ROUND));

        predictions = keptOf[ROUND].revealed.predictions;
        lay(PlainBatches.batchesOf(keptOf[ROUND].revealed));
        (center, sigma) = (keptOf[ROUND].center, keptOf[ROUND].sigma);
        hints = Medians.hintsOf(predictions);
    }

    function lay(Batch[] memory given) private {
        delete batches;
        for (uint256 i = 0; i < given.length; i++) batches.push(given[i]);
    }

    function publishGiven() private {
        network.publish(topic, ROUND, center, sigma, predictions, batches, hints);
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.publish(TopicId.wrap(bytes32(uint256(7))), ROUND, center, sigma, predictions, batches, hints);
    }

    function test_RefusesARoundThatIsNotOpen() public {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.None, RoundStatus.Open));
        network.publish(topic, 1, center, sigma, predictions, batches, hints);
    }

    /// @dev Whatever it is given then.
    function test_DoesNothingASecondTime() public {
        publish(ROUND);
        bytes32 before = keccak256(abi.encode(roundOf(ROUND), network.read(topic)));
        publishGiven();
        center++;
        publishGiven();
        require(keccak256(abi.encode(roundOf(ROUND), network.read(topic))) == before, "published again");
    }

    function test_RefusesARoundThatNobodyCommittedTo() public {
        warpTo(publishTime(1));
        publish(1, abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.None, RoundStatus.Open));
    }

    function test_RefusesAtTheTargetTime() public {
        warpTo(targetTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Due, Phase.Live));
        publishGiven();
    }

    function test_RefusesWhileCommitmentsAreTaken() public {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        refusePhase(1, Phase.Commit);
    }

    /// @dev One of a list, and one that has a list of its own.
    function test_RefusesWhileAnyRevealIsAwaited() public {
        warpTo(openTime(1));
        Said[] memory listed = new Said[](2);
        (listed[0], listed[1]) = (everybody()[0], everybody()[1]);
        commit(1, BATCHER, listed);
        commitOwn(1, everybody()[2]);
        warpTo(revealTime(1));
        refusePhase(1, Phase.Reveal);
        reveal(1, FIRST, listed, 1);
        revealOwn(1, everybody()[2]);
        refusePhase(1, Phase.Reveal);
        warpTo(publishTime(1) - 1);
        refusePhase(1, Phase.Reveal);
        reveal(1, FIRST, listed, 2);
        publish(1);
    }

    function refusePhase(uint256 round, Phase phase) private {
        unfold(round);
        publish(round, abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, phase, Phase.Live));
    }

    function test_RefusesPredictionsOutOfOrderOrChanged() public {
        (Prediction first, Prediction second) = (predictions[0], predictions[1]);
        (predictions[0], predictions[1]) = (second, first);
        refuseRecords();
        (predictions[0], predictions[1]) = (first, Prediction.wrap(Prediction.unwrap(second) + 1));
        refuseRecords();
    }

    function test_RefusesAnotherDomain() public {
        center++;
        refuseRecords();
        center--;
        sigma++;
        refuseRecords();
    }

    function test_RefusesAnotherBorderBetweenBatches() public {
        (batches[0].count, batches[1].count) = (1, 2);
        refuseRecords();
        (batches[0].count, batches[1].count) = (3, 0);
        refuseRecords();
    }

    function test_RefusesBatchesInAnotherOrder() public {
        (Batch memory first, Batch memory second) = (batches[0], batches[1]);
        (batches[0], batches[1]) = (second, first);
        refuseRecords();
        // Nor with the predictions in the same order.
        predictions = [predictions[2], predictions[0], predictions[1]];
        refuseRecords();
    }

    function test_RefusesWorkersOfAnotherBatch() public {
        (batches[0].workers, batches[1].workers) = (batches[1].workers, batches[0].workers);
        refuseRecords();
    }

    function test_RefusesAllAsOneBatch() public {
        Batch[] memory one = new Batch[](1);
        one[0] = Batch(3, PlainBatches.hashOf(keptOf[ROUND].revealed.workers));
        lay(one);
        refuseRecords();
    }

    function test_RefusesAnEmptyBatchBesideThem() public {
        batches.push(Batch(0, PlainBatches.hashOf(new address[](0))));
        refuseRecords();
    }

    function refuseRecords() private {
        bytes20 actual = PlainBatches.digestOf(center, sigma, predictions, batches);
        refuseDigest(actual);
    }

    function refuseDigest(bytes20 actual) private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongBatches.selector, actual, roundOf(ROUND).digest));
        publishGiven();
    }

    /// @dev Zero stands for batches that are not all of the predictions.
    function test_RefusesBatchesThatHoldLessThanAllPredictions() public {
        batches[1].count = 0;
        refuseDigest(0);
        batches.pop();
        refuseDigest(0);
        batches.pop();
        refuseDigest(0);
    }

    function test_RefusesBatchesThatHoldMoreThanAllPredictions() public {
        predictions.pop();
        refuseAnyhow();
        predictions = keptOf[ROUND].revealed.predictions;
        batches[1].count = 2;
        refuseAnyhow();
        batches[1].count = type(uint256).max;
        refuseAnyhow();
    }

    function refuseAnyhow() private {
        vm.expectRevert();
        publishGiven();
    }

    function test_RefusesWrongMedians() public {
        hints.anchor += 1;
        refuse(abi.encodeWithSelector(Aggregation.WrongMedian.selector, hints.anchor));
        publishGiven();

        hints.anchor -= 1;
        hints.mad += 1;
        refuse(abi.encodeWithSelector(Aggregation.WrongDeviation.selector, hints.mad));
        publishGiven();
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

    function test_OwesRewardsThatStayInThePool() public {
        publish(ROUND);
        // A twelfth of the pool is far above half a hundredth of the wagers, which is the cap. Before the first truth the pool
        // does not play.
        require(toldOf(ROUND).reward == 5 && toldOf(ROUND).play == 0, "other rewards");
        require(network.topicOf(topic).pool == POOL, "another pool");
    }

    /* WHAT THE POOL PLAYS */

    /// @dev The target time of the youngest resolved round may lie two cadences before the opening, and no second more.
    function test_PlaysWhereTheReferenceIsFresh() public {
        publish(ROUND);
        finish(ROUND, TRUTH);
        require(targetTime(ROUND) + 2 * clock.cadence - openTime(4) == 50, "not between two rounds");
        predict(4, everybody());
        require(toldOf(4).play > 490 && toldOf(4).play <= 500, "half of the wagers is played");
        predict(5, everybody());
        require(toldOf(5).play == 0, "played at an old reference");
    }

    /// @dev Whatever comes in afterwards.
    function test_LooksAtTheYoungestTruth() public {
        publish(ROUND);
        predict(1, everybody());
        predict(2, everybody());
        finish(ROUND, TRUTH);
        finish(2, TRUTH);
        finish(1, TRUTH);
        require(network.topicOf(topic).resolvedUntil == 3, "an older truth is taken for the youngest");
        require(targetTime(1) + 2 * clock.cadence < openTime(6), "fresh by the older one as well");
        predict(6, everybody());
        require(toldOf(6).play > 0, "not fresh");
    }

    /// @dev What came in between the opening and the publication the pool knows.
    function test_PlaysAtTheReferenceAsItStandsNow() public {
        publish(ROUND);
        warpTo(openTime(2));
        commit(2, BATCHER, everybody());
        warpTo(targetTime(ROUND));
        int256 before = network.topicOf(topic).center.unpack();
        finish(ROUND, TRUTH + 10e18);
        int256 center_ = network.topicOf(topic).center.unpack();
        require(center_ > before, "the reference did not move");
        reveal(2, FIRST, everybody(), ALL);
        publish(2);
        require(toldOf(2).naive == center_, "played at another reference");
        require(keptOf[2].center == before, "another domain");
    }

    function test_Tells() public {
        publish(ROUND);
        Told memory outcome = toldOf(ROUND);
        require(outcome.publisher == KEEPER && outcome.wagers == 1000, "told something else");
        require(outcome.anchor == 102e18 && outcome.inner == 102e18, "told another anchor");
        require(roundOf(ROUND).digest == bytes20(keccak256(abi.encode(keptOf[ROUND].outcome))), "kept another outcome");
        require(roundOf(ROUND).status == RoundStatus.Published, "another status");
    }

    function test_MovesNoStakeAndNoSkill() public {
        bytes32 before = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2)));
        publish(ROUND);
        require(before == keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2))), "something moved");
    }

    /* ALL THAT WAS COMMITTED IS REVEALED */

    function heardIn1() private {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(revealTime(1) + 7);
        reveal(1, FIRST, everybody(), ALL);
    }

    function test_WaitsForNoWindowOnceAllIsRevealed() public {
        heardIn1();
        publish(1);
        Forecast memory forecast = network.read(topic);
        require(forecast.round == 1 && forecast.publishedAt == revealTime(1) + 7, "not early");
        require(forecast.targetTime == targetTime(1) && forecast.status == FeedStatus.Live, "another target");
        require(roundOf(1).status == RoundStatus.Published, "not published");
        finish(1, TRUTH);
        require(roundOf(1).status == RoundStatus.Settled, "cannot be settled");
    }

    function test_TakesNoSecondPublicationInTheSameWindow() public {
        heardIn1();
        publish(1);
        uint256 publishedAt = network.read(topic).publishedAt;
        warpTo(time + 1);
        publish(1);
        require(network.read(topic).publishedAt == publishedAt, "published again");
    }

    /// @dev Who reveals last knows what its reveal records, and can publish it in the same breath.
    function test_MayBeToldTogetherWithTheLastReveal() public {
        uint256 start = vm.snapshotState();
        heardIn1();
        Prediction[] memory said = keptOf[1].revealed.predictions;
        Batch[] memory told = PlainBatches.batchesOf(keptOf[1].revealed);
        Hints memory medians = Medians.hintsOf(said);
        (int104 from, uint104 spread) = (keptOf[1].center, keptOf[1].sigma);
        vm.revertToState(start);

        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(revealTime(1));
        (Opening[] memory openings, Seal[] memory rest) = laidOut(1, FIRST, everybody(), 7);
        bytes[] memory calls = new bytes[](3);
        calls[0] = abi.encodeCall(ITopicDesk.unfold, (topic, 1, from, spread, sealsIn[1][FIRST]));
        calls[1] = abi.encodeCall(ITopicDesk.reveal, (topic, 1, FIRST, openings, 7, rest));
        calls[2] = abi.encodeCall(ITopicRounds.publish, (topic, 1, from, spread, said, told, medians));
        Multicallable(address(network)).multicall(calls);
        require(network.read(topic).publishedAt == revealTime(1), "not at once");
    }

    /* A ROUND NOBODY REVEALED */

    function silentIn1() private {
        publish(ROUND);
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
    }

    function test_ThatNobodyRevealedLeavesTheFeedAsItIsUntilItIsPublished() public {
        publish(ROUND);
        bytes32 before = keccak256(abi.encode(network.read(topic)));
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(publishTime(1));
        require(keccak256(abi.encode(network.read(topic))) == before, "the feed moved");
    }

    function test_ThatNobodyRevealedIsVoidAndThin() public {
        silentIn1();
        refusePhase(1, Phase.Commit);
        warpTo(publishTime(1) - 1);
        refusePhase(1, Phase.Reveal);
        warpTo(publishTime(1));
        Hints memory nothing;
        (int104 from, uint104 spread) = (keptOf[1].center, keptOf[1].sigma);
        tells();
        emit ITopicRounds.RoundVoided(topic, 1);
        network.publish(topic, 1, from, spread, new Prediction[](0), new Batch[](0), nothing);

        Forecast memory forecast = network.read(topic);
        require(roundOf(1).status == RoundStatus.Void, "not void");
        require(forecast.status == FeedStatus.Thin && forecast.round == ROUND, "the feed moved or is not thin");
        require(network.publishedOf(topic) == 1 && network.topicOf(topic).pool == POOL, "counted, or cost the pool");
    }

    /// @dev Its first list lies within its digest, and nobody can give that back but by unfolding it.
    function test_ThatNobodyRevealedIsRefusedWhileItIsFolded() public {
        silentIn1();
        warpTo(publishTime(1));
        Hints memory nothing;
        (int104 from, uint104 spread) = (keptOf[1].center, keptOf[1].sigma);
        bytes20 first = PlainBatches.digestOf(from, spread, new Prediction[](0), new Batch[](0));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongBatches.selector, first, roundOf(1).digest));
        network.publish(topic, 1, from, spread, new Prediction[](0), new Batch[](0), nothing);

        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(ITopicDesk.unfold, (topic, 1, from, spread, sealsIn[1][FIRST]));
        calls[1] = abi.encodeCall(
            ITopicRounds.publish,
            (topic, 1, from, spread, new Prediction[](0), new Batch[](0), nothing)
        );
        Multicallable(address(network)).multicall(calls);
        require(roundOf(1).status == RoundStatus.Void, "not void");
        refuse(abi.encodeWithSelector(ITopicDesk.Outage.selector, 0, 3));
        slashSilent(1, 0);
    }

    function test_ThatNobodyRevealedTakesNoPredictions() public {
        silentIn1();
        warpTo(publishTime(1));
        unfold(1);
        (int104 from, uint104 spread) = (keptOf[1].center, keptOf[1].sigma);
        bytes20 actual = PlainBatches.digestOf(from, spread, predictions, batches);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongBatches.selector, actual, roundOf(1).digest));
        network.publish(topic, 1, from, spread, predictions, batches, hints);
    }

    /* AN UNHEALTHY ROUND */

    function test_OfOneWorkerIsVoidAndThin() public {
        publish(ROUND);
        playAlone(1);
        Forecast memory forecast = network.read(topic);
        require(roundOf(1).status == RoundStatus.Void, "not void");
        require(forecast.status == FeedStatus.Thin && forecast.round == ROUND, "the feed moved or is not thin");
        require(network.publishedOf(topic) == 1, "counted");
        require(network.topicOf(topic).pool == POOL, "cost the pool");
    }

    function test_OfAnOlderRoundLeavesAYoungerValueLive() public {
        revealAlone(1);
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

    /* HOW MANY */

    function requirePublished(uint256 count, uint256 round) private view {
        require(network.publishedOf(topic) == count && network.read(topic).round == round, "another count");
    }

    function test_CountsWhatReachedTheFeed() public {
        require(network.publishedOf(topic) == 0, "counted before");
        publish(ROUND);
        requirePublished(1, ROUND);
        predict(1, everybody());
        requirePublished(2, 1);
        require(network.topicOf(topic).missed == 0, "missed one");
    }

    function test_CountsNoneOfTheRoundsThatNobodyPlayed() public {
        publish(ROUND);
        predict(3, everybody());
        requirePublished(2, 3);
        require(network.topicOf(topic).missed == 2, "another number missed");
    }

    /// @dev Nothing was on the feed before it, so that all before it were missed.
    function test_CountsFromTheFirstThatReachedTheFeed() public {
        predict(3, everybody());
        requirePublished(1, 3);
        require(network.topicOf(topic).missed == 3, "another number missed");
    }

    function test_CountsNoVoidRoundBetween() public {
        publish(ROUND);
        playAlone(1);
        requirePublished(1, ROUND);
        predict(2, everybody());
        requirePublished(2, 2);
    }

    /// @dev Its turn on the feed is over: it stays among those that never reached it.
    function test_CountsNoRoundThatWasPublishedLate() public {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(revealTime(1));
        reveal(1, FIRST, everybody(), ALL);
        predict(2, everybody());
        requirePublished(1, 2);
        publish(1);
        require(roundOf(1).status == RoundStatus.Published, "not published");
        requirePublished(1, 2);
        predict(3, everybody());
        requirePublished(2, 3);
        require(network.topicOf(topic).missed == 2, "another number missed");
    }

    function test_CountsAVoidOutcomeAllTheSame() public {
        publish(ROUND);
        warpTo(deadline(ROUND));
        voidRound(ROUND);
        requirePublished(1, ROUND);
    }

    function playAlone(uint256 round) private {
        revealAlone(round);
        warpTo(publishTime(round));
        publish(round);
    }

    function revealAlone(uint256 round) private {
        Said memory said = say(0, 100e18, 10_000);
        warpTo(openTime(round));
        commitOwn(round, said);
        warpTo(revealTime(round));
        revealOwn(round, said);
    }
}

/// @notice A topic whose truth source says what corrupting it costs.
contract PublishLimitedTest is Stages {
    /// @dev Four rounds may hang on it at once, each with 1,000 at stake.
    function security() internal pure override returns (uint256) {
        return 2_000;
    }

    function test_ExposesWhatCorruptionCosts() public {
        published();
        require(network.topicOf(topic).isLimited, "not limited");
        require(toldOf(ROUND).wagers == 1_000 && toldOf(ROUND).exposed == 500, "another exposure");
        finish(ROUND, 85e18);
        // Worker 2 is 21 of 30 off; all its wager would be 196 if all of it were exposed.
        require(positionOf(2).stake >= STAKE - 200 && positionOf(2).stake < STAKE, "lost what was not exposed");
    }

    /// @dev Frozen as the round is published: what the source says later changes nothing.
    function test_AsksOncePerPublication() public {
        published();
        truth.setSecurity(0);
        Told memory before = toldOf(ROUND);
        finish(ROUND, TRUTH);
        require(before.exposed == 500, "another exposure");
        predict(3, everybody());
        require(toldOf(3).exposed == 0 && toldOf(3).play == 0 && toldOf(3).reward == 0, "exposed to a free lie");
        uint96[3] memory stakes = [positionOf(0).stake, positionOf(1).stake, positionOf(2).stake];
        finish(3, 85e18);
        for (uint256 i = 0; i < 3; i++) require(positionOf(i).stake == stakes[i], "something moved");
    }

    function test_ExposesEverythingWhereItCostsMore() public {
        staked();
        truth.setSecurity(4_000);
        predict(ROUND, everybody());
        require(toldOf(ROUND).exposed == 1_000, "less is exposed");
    }
}

/// @notice A source that does not limit is not asked again: it has said so for good.
contract PublishUnlimitedTest is Stages {
    function test_ExposesEverythingWhateverTheSourceSaysLater() public {
        staked();
        truth.setSecurity(0);
        predict(ROUND, everybody());
        require(!network.topicOf(topic).isLimited && toldOf(ROUND).exposed == 1_000, "less is exposed");
    }
}

/// @notice Enough workers and exactly the least wagers are enough.
contract PublishLeastTest is Stages {
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.minWager, params.minWorkers) = (1_000, 3);
    }

    function test_TakesARoundAtItsLeast() public {
        published();
        require(roundOf(ROUND).status == RoundStatus.Published && toldOf(ROUND).wagers == 1_000, "void");
    }

    function test_VoidsARoundAUnitBelow() public {
        staked();
        Said[] memory less = everybody();
        less[0].confidence = 9_999;
        predict(ROUND, less);
        require(roundOf(ROUND).status == RoundStatus.Void, "published");
    }
}

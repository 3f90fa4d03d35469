// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Batch, Prediction} from "../../../contracts/types/Prediction.sol";
import {Hints} from "../../../contracts/types/Learning.sol";
import {Listing, Outcome, RoundStatus} from "../../../contracts/types/Round.sol";
import {Opening} from "../../../contracts/types/Seal.sol";
import {Topic} from "../../../contracts/types/Topic.sol";
import {Medians} from "../../helpers/Medians.sol";
import {Kept, Said} from "../../helpers/NetworkDriver.sol";
import {PlainBatches} from "../../helpers/PlainBatches.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {Reached} from "./Play.sol";
import {RevealPlay} from "./RevealPlay.sol";

/// @title Publish: mostly with the reveals, else as soon as nothing is awaited any more, and held against a plain recomputation.
abstract contract PublishPlay is RevealPlay {
    /// @notice How things stood before a round was published.
    struct Scene {
        Topic topic;
        uint256 published;
        uint256 peak;
        bytes32 skills;
        bool isLate;
    }

    /* AT ONCE */

    /// @dev What is sole mostly is opened and published by one call; what is not must be refused.
    function publishAtOnce(uint256 round, uint256 seed) internal {
        if (roundOf(round).listing != Listing.Sole) return refuseAtOnce(round);
        if ((seed >> 6) % 4 == 0) return;

        Said[] memory list = takenIn[round][FIRST];
        if ((seed >> 7) % 4 == 0) refusePart(round);
        Scene memory before = sceneAt(round);
        revealAndPublish(round, list);
        reach(Reached.AtOnce);
        for (uint256 i = 0; i < list.length; i++) hear(round, list[i].worker);
        watchPublished(round, before);
        note(5, roundOf(round).listing == Listing.Heard, "a sole list was opened, and is kept as if it were not");
        if ((seed >> 9) % 4 > 0) return;
        note(13, answerAtOnce(round, 0) == ITopicRounds.WrongStatus.selector, "opened and published twice");
    }

    function refuseAtOnce(uint256 round) private {
        note(13, answerAtOnce(round, 0) == ITopicRounds.NotSole.selector, "opened at once though it was not sole");
        reach(Reached.NotSole);
    }

    function refusePart(uint256 round) private {
        note(
            5,
            answerAtOnce(round, 1) == ITopicRounds.WrongList.selector,
            "some of a list were published as all of it"
        );
    }

    /// @param missing how many of the list are left out, at its end
    /// @return error zero where it was taken
    function answerAtOnce(uint256 round, uint256 missing) private returns (bytes4 error) {
        Said[] memory list = takenIn[round][FIRST];
        Kept storage kept = keptOf[round];
        (Opening[] memory openings, ) = laidOut(round, FIRST, list, ALL);
        assembly ("memory-safe") {
            mstore(openings, sub(mload(openings), missing))
        }
        Hints memory hints = Medians.hintsOf(recordsOf(openings));
        (bool isTaken, bytes memory answer) = address(network).call(
            abi.encodeCall(ITopicRounds.revealAndPublish, (topic, round, kept.center, kept.sigma, openings, hints))
        );
        return isTaken ? bytes4(0) : bytes4(answer);
    }

    /* STEP BY STEP */

    /// @dev Where nothing is awaited any more it may be told at once, elsewhere it must be refused.
    function publishEarly(uint256 round, uint256 seed) internal {
        if (statusOf(round) != RoundStatus.Open) return;
        if (roundOf(round).closed == ALL) {
            if (seed % 2 > 0) return;
            reach(Reached.Early);
            return publishWatched(round);
        }
        if (seed % 4 > 0) return;
        bool isRefused = answer(round) == ITopicRounds.WrongPhase.selector;
        note(13, isRefused, "published while reveals were awaited");
    }

    /// @return error zero where it was published
    function answer(uint256 round) private returns (bytes4 error) {
        Kept memory kept = keptOf[round];
        Prediction[] memory said = kept.revealed.predictions;
        Batch[] memory told = PlainBatches.batchesOf(kept.revealed);
        (bool isPublished, bytes memory data) = address(network).call(
            abi.encodeCall(
                ITopicRounds.publish,
                (topic, round, kept.center, kept.sigma, said, told, Medians.hintsOf(said))
            )
        );
        return isPublished ? bytes4(0) : bytes4(data);
    }

    /// @dev What nobody revealed has to be unfolded all the same.
    function publishWatched(uint256 round) internal {
        if (isStillFolded(round)) {
            bool isRefused = answer(round) == ITopicRounds.WrongBatches.selector;
            note(13, isRefused, "published while its first list was folded");
            unfoldWatched(round);
            reach(Reached.Unfolded);
        }
        if (keptOf[round].revealed.counts.length == 0) reach(Reached.SilentlyPublished);
        Scene memory before = sceneAt(round);
        publish(round);
        watchPublished(round, before);
    }

    /* WHAT MUST COME OF IT */

    function sceneAt(uint256 round) private view returns (Scene memory before) {
        before.topic = network.topicOf(topic);
        before.published = network.publishedOf(topic);
        before.peak = roundPeak(round);
        before.skills = skillsDigest();
        before.isLate = before.published > 0 && round < network.read(topic).round;
    }

    function watchPublished(uint256 round, Scene memory before) private {
        watchFeed();
        uint256 published = network.publishedOf(topic);
        note(12, skillsDigest() == before.skills, "skill moved before a truth was known");
        if (statusOf(round) == RoundStatus.Void) {
            reach(Reached.Unhealthy);
            note(14, poolNow() == before.topic.pool, "an unhealthy round cost the pool");
            note(21, published == before.published, "a void round was counted as published");
            return;
        }
        Outcome memory outcome = keptOf[round].outcome;
        watchRewards(outcome, before.topic.pool);
        note(21, published == before.published + (before.isLate ? 0 : 1), "the count of published rounds has a gap");
        if (before.isLate) reach(Reached.Late);
        watchAggregate(outcome, PlainMath.aggregateOf(keptOf[round].revealed.predictions, before.topic, before.peak));
    }

    function watchRewards(Outcome memory outcome, uint256 pool) private {
        uint256 cap = (uint256(outcome.wagers) * CAP_BPS) / 10_000;
        uint256 rate = (pool * RATE_BPS) / 10_000;
        note(15, outcome.rewards <= cap, "above the cap");
        note(15, outcome.rewards <= rate, "above the rate");
        note(15, poolNow() == pool, "publishing moved the pool");
        note(15, owed() <= pool, "the pool owes more than it holds");
        reach(outcome.rewards == cap ? Reached.AtTheCap : Reached.AtTheRate);
    }

    /// @dev Read before the round is published, as the contract does.
    function roundPeak(uint256 round) private view returns (uint256) {
        uint32 peak = roundOf(round).peak;
        return uint256(peak >> 8) << (peak & 0xff);
    }

    function watchAggregate(Outcome memory outcome, PlainMath.Plain memory plain) private {
        note(9, outcome.anchor == plain.anchor, "another anchor");
        note(9, int256(uint256(outcome.radius)) == plain.radius, "another radius");
        note(9, outcome.mean == plain.mean, "another mean");
        note(9, outcome.inner == plain.inner, "another inner aggregate");
        note(9, outcome.value == plain.value, "another aggregate");
        note(9, plain.lowest <= outcome.value && outcome.value <= plain.highest, "the aggregate is out of bounds");
    }
}

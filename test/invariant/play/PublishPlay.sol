// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Batch, Prediction} from "../../../contracts/types/Prediction.sol";
import {Hints} from "../../../contracts/types/Learning.sol";
import {Listing, RoundStatus} from "../../../contracts/types/Round.sol";
import {Opening} from "../../../contracts/types/Seal.sol";
import {Topic} from "../../../contracts/types/Topic.sol";
import {Kept, Said} from "../../helpers/NetworkDriver.sol";
import {PlainBatches} from "../../helpers/PlainBatches.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {Told} from "../../helpers/Told.sol";
import {Reached} from "./Play.sol";
import {RevealPlay} from "./RevealPlay.sol";

/// @title Publish: mostly with the reveals, else as soon as nothing is awaited any more, and held against a plain recomputation.
abstract contract PublishPlay is RevealPlay {
    /// @notice How things stood before a round was published.
    struct Scene {
        PlainMath.Setting setting;
        uint256 published;
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
        note(5, roundOf(round).listing == Listing.Revealed, "a sole list was opened, and is kept as if it were not");
        if ((seed >> 9) % 4 > 0) return;
        bytes32 done = keccak256(abi.encode(roundOf(round), network.read(topic)));
        note(13, answerAtOnce(round, 0) == bytes4(0), "a second publication is refused");
        note(13, keccak256(abi.encode(roundOf(round), network.read(topic))) == done, "opened and published twice");
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
        Hints memory hints = hintsIn(round, recordsOf(openings));
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
                (topic, round, kept.center, kept.sigma, said, told, hintsIn(round, said))
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
        before.setting = settingOf(round);
        before.published = network.publishedOf(topic);
        before.skills = skillsDigest();
        before.isLate = before.published > 0 && round < network.read(topic).round;
    }

    function watchPublished(uint256 round, Scene memory before) private {
        sawEnd(round, statusOf(round) == RoundStatus.Void);
        watchFeed();
        uint256 published = network.publishedOf(topic);
        if (statusOf(round) == RoundStatus.Void) {
            reach(Reached.Unhealthy);
            note(12, skillsDigest() == before.skills, "an unhealthy round taught something");
            note(14, poolNow() == before.setting.state.pool, "an unhealthy round cost the pool");
            note(21, published == before.published, "a void round was counted as published");
            return;
        }
        Told memory outcome = toldOf(round);
        watchPot(round, outcome, before.setting.state);
        note(21, published == before.published + (before.isLate ? 0 : 1), "the count of published rounds has a gap");
        if (before.isLate) reach(Reached.Late);
        PlainMath.Plain memory plain = PlainMath.aggregateOf(keptOf[round].revealed.predictions, before.setting);
        watchAggregate(outcome, plain);
        bool isNew = plain.era > before.setting.state.tenure.era();
        note(12, isNew || skillsDigest() == before.skills, "skill moved before a truth was known");
        if (isNew) watchRestart(before.setting.state);
    }

    /// @dev A restart forgets what the rule has learnt, and nothing else.
    function watchRestart(Topic memory before) private {
        reach(Reached.Restarted);
        Topic memory now_ = network.topicOf(topic);
        note(12, now_.tenure.era() == before.tenure.era() + 1 && now_.tenure.count() == 0, "not the next era");
        note(12, now_.rounds == 0 && now_.feedError.unpack() == 0 && now_.peak.unpack() == 0, "not forgotten");
        note(12, now_.anchorError.unpack() == 0 && now_.bias.unpack() == 0, "not forgotten");
        note(12, now_.anchorRegret.unpack() == 0 && now_.meanRegret.unpack() == 0, "a house record stayed");
        note(12, now_.center.unpack() == before.center.unpack(), "the reference restarted");
        note(12, now_.sigma.unpack() == before.sigma.unpack(), "sigma restarted");
        note(12, now_.usual.unpack() == before.usual.unpack() && now_.pool == before.pool, "money restarted");
    }

    function watchPot(uint256 round, Told memory outcome, Topic memory before) private {
        uint256 rate = (uint256(before.pool) * RATE_BPS) / 10_000;
        uint256 tip = (outcome.play * TIP_BPS) / 10_000;
        note(15, outcome.exposed == outcome.wagers, "less is exposed though nothing limits it");
        note(15, outcome.reward <= (outcome.exposed * CAP_BPS) / 10_000, "paid above the cap");
        note(15, outcome.play <= (outcome.exposed * SHARE_BPS) / 10_000, "played above the share");
        note(15, outcome.reward + outcome.play + tip <= rate, "above the rate");
        bool isFresh =
            before.resolvedUntil > 0 && openTime(round) <= targetTime(before.resolvedUntil - 1) + 2 * clock.cadence;
        note(15, isFresh || outcome.play == 0, "played at a stale reference");
        note(15, outcome.naive == before.center.unpack(), "played at another reference");
        note(15, poolNow() == before.pool, "publishing moved the pool");
        note(15, owed() <= before.pool, "the pool owes more than it holds");
        bool isAtCap = outcome.reward == (outcome.exposed * CAP_BPS) / 10_000;
        reach(isAtCap ? Reached.AtTheCap : Reached.AtTheRate);
        if (outcome.play > 0) reach(Reached.Played);
    }

    function watchAggregate(Told memory outcome, PlainMath.Plain memory plain) private {
        note(9, outcome.anchor == plain.anchor, "another anchor");
        note(9, outcome.low == plain.low && outcome.high == plain.high, "clamped elsewhere");
        note(9, outcome.below == plain.below && outcome.above == plain.above, "another interval");
        note(9, outcome.era == plain.era && outcome.budgets == plain.budgets, "another era or other budgets");
        note(9, outcome.mean == plain.mean, "another mean");
        note(9, outcome.inner == plain.inner, "another inner aggregate");
        note(9, outcome.value == plain.value, "another aggregate");
        note(9, plain.lowest <= outcome.value && outcome.value <= plain.highest, "the aggregate is out of bounds");
    }
}

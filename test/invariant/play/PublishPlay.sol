// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Batch, Prediction} from "../../../contracts/types/Prediction.sol";
import {Outcome, Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {Topic} from "../../../contracts/types/Topic.sol";
import {Medians} from "../../helpers/Medians.sol";
import {Kept} from "../../helpers/NetworkDriver.sol";
import {PlainBatches} from "../../helpers/PlainBatches.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {Reached} from "./Play.sol";
import {RevealPlay} from "./RevealPlay.sol";

/// @title Publish: as soon as nothing is awaited any more, and held against a plain recomputation.
abstract contract PublishPlay is RevealPlay {
    /// @dev Where nothing is awaited any more it may be told at once, elsewhere it must be refused.
    function publishEarly(uint256 round, uint256 seed) internal {
        if (statusOf(round) != RoundStatus.Open || phaseOf(round) != Phase.Reveal) return;
        if (roundOf(round).closed == ALL) {
            if (seed % 2 > 0) return;
            reach(Reached.Early);
            return publishWatched(round);
        }
        if (seed % 4 > 0) return;
        Kept memory kept = keptOf[round];
        Prediction[] memory said = kept.revealed.predictions;
        Batch[] memory told = PlainBatches.batchesOf(kept.revealed);
        (bool isEarly, bytes memory error) = address(network).call(
            abi.encodeCall(
                ITopicRounds.publish,
                (topic, round, kept.center, kept.sigma, said, told, Medians.hintsOf(said))
            )
        );
        bool isRefused = !isEarly && bytes4(error) == ITopicRounds.WrongPhase.selector;
        note(13, isRefused, "published while reveals were awaited");
    }

    function publishWatched(uint256 round) internal {
        Topic memory before = network.topicOf(topic);
        bool isLate = before.published > 0 && round < network.read(topic).round;
        bytes32 skills = skillsDigest();
        uint256 peak = roundPeak(round);
        publish(round);
        watchFeed();

        Topic memory now_ = network.topicOf(topic);
        if (statusOf(round) == RoundStatus.Void) {
            reach(Reached.Unhealthy);
            note(12, skillsDigest() == skills, "skill moved when an unhealthy round became void");
            note(14, now_.pool == before.pool, "an unhealthy round cost the pool");
            note(21, now_.published == before.published, "a void round was counted as published");
            return;
        }
        Outcome memory outcome = keptOf[round].outcome;
        note(15, outcome.rewards <= (uint256(outcome.wagers) * terms().rewardCapBps) / 10_000, "above the cap");
        note(15, outcome.rewards <= (uint256(before.pool) * terms().rewardRateBps) / 10_000, "above the rate");
        note(15, now_.pool == before.pool - outcome.rewards, "the pool set aside something else");
        note(21, now_.published == before.published + (isLate ? 0 : 1), "the count of published rounds has a gap");
        if (isLate) reach(Reached.Late);
        note(12, skillsDigest() == skills, "skill moved before a truth was known");
        watchAggregate(outcome, PlainMath.aggregateOf(keptOf[round].revealed.predictions, before, peak));
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

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Aggregation} from "../maths/Aggregation.sol";
import {Float, Float40, SignedFloat48} from "../maths/Float.sol";
import {Scoring} from "../maths/Scoring.sol";
import {Settlement} from "../maths/Settlement.sol";
import {Batches, Lists} from "../memory/Lists.sol";
import {Resolving} from "./Resolving.sol";
import {Ring, TopicState} from "../storage/State.sol";
import {Domain} from "../types/Learning.sol";
import {Network} from "../types/Network.sol";
import {givenDigestOf, Outcome} from "../types/Outcome.sol";
import {packTenure, Position, Standing, Tenure} from "../types/Position.sol";
import {Prediction, predictionAt, Revealed, workerAt} from "../types/Prediction.sol";
import {Resolution, Round, RoundStatus} from "../types/Round.sol";
import {Topic, TopicId} from "../types/Topic.sol";

/// @title Settle: stake moves from the inaccurate to the accurate, and every record is updated. Documented in ITopicRounds.
abstract contract Settling is ITopicRounds, Resolving {
    using Ring for Network;
    using TopicState for Topic;

    /// @inheritdoc ITopicRounds
    function settle(
        TopicId id,
        uint256 number,
        Outcome calldata outcome,
        Resolution calldata resolution,
        Revealed calldata revealed
    ) external {
        (Round storage round, bool isDone) = network.roundFor(id, number, RoundStatus.Resolved, RoundStatus.Settled);
        if (isDone) return;

        settleResolved(id, round, number, outcome, resolution, revealed);
    }

    function settleResolved(
        TopicId id,
        Round storage round,
        uint256 number,
        Outcome calldata outcome,
        Resolution memory resolution,
        Revealed calldata revealed
    ) private {
        bytes20 digest = resolvedDigest(givenDigestOf(outcome), resolution);
        require(digest == round.digest, WrongOutcome(digest, round.digest));

        close(id, round, number, outcome, resolution, revealed);
    }

    /// @inheritdoc ITopicRounds
    function resolveAndSettle(
        TopicId id,
        uint256 number,
        Outcome calldata outcome,
        bytes calldata proof,
        Revealed calldata revealed
    ) external {
        (Round storage round, bool isDone) = network.roundFor(id, number, RoundStatus.Published, RoundStatus.Resolved);
        if (isDone && round.status != RoundStatus.Resolved) return;
        if (isDone) {
            Resolution memory known = network.resolutionAt[id][number % network.topicOf[id].ringSize];
            return settleResolved(id, round, number, outcome, known, revealed);
        }

        (bool isKnown, Resolution memory resolution) = learn(id, round, number, outcome, proof);
        if (!isKnown) return;

        close(id, round, number, outcome, resolution, revealed);
    }

    function close(
        TopicId id,
        Round storage round,
        uint256 number,
        Outcome calldata outcome,
        Resolution memory resolution,
        Revealed calldata revealed
    ) private {
        bytes20 digest = Batches.digestOf(revealed);
        require(digest == outcome.batchesOf(), WrongBatches(digest, outcome.batchesOf()));

        Topic storage topic = network.topicOf[id];
        Settlement.Pot memory pot = potOf(outcome);
        Domain memory domain = domainOf(outcome, resolution.truth);
        (uint256[] memory losses, uint256 lambda) = lossesOf(revealed.predictions, domain);
        uint256 referenceLoss = Scoring.loss(outcome.middles.second(), domain);
        Settlement.Rate memory rate = Settlement.rateOf(pot, lambda, referenceLoss);
        Lesson memory lesson = lessonOf(topic, outcome, resolution.gradient);

        uint256 tip = Settlement.tip(pot.play, topic.tipBps);
        (uint256 paid, uint256 peak) = pay(network.positionOf[id], revealed, losses, rate, lesson);

        // The pool pays what the wagers do not cover, and keeps what they leave, rounding included. It holds what
        // every round in flight may cost (docs/decisions/0009), and all that is held fits 96 bits.
        uint256 pool = uint256(topic.pool) + pot.wagers - paid - tip;
        lesson.isTaught ? topic.learnWorkers(uint96(pool), peak) : topic.keep(uint96(pool));
        round.status = RoundStatus.Settled;
        tipKeepers(outcome.publishedBy(), tip);

        // Each is below three times what is held.
        unchecked {
            emit RoundSettled(id, number, msg.sender, tip, int256(pot.wagers) - int256(paid + tip));
        }
    }

    function tipKeepers(address publisher, uint256 tip) private {
        if (tip == 0) return;
        network.claimableOf[publisher] += tip / 2;
        network.claimableOf[msg.sender] += tip - tip / 2;
    }

    /// @dev Amounts are positive.
    function potOf(Outcome calldata outcome) private pure returns (Settlement.Pot memory pot) {
        (pot.wagers, pot.exposed) = (uint256(outcome.stakes.first()), uint256(outcome.stakes.second()));
        (pot.play, pot.reward) = (uint256(outcome.pool.first()), uint256(outcome.pool.second()));
    }

    function domainOf(Outcome calldata outcome, int256 truth) private pure returns (Domain memory domain) {
        (int256 low, int256 high) = outcome.domain.split();
        domain.low = low;
        domain.width = uint256(high - low); // never empty
        domain.actual = Scoring.place(truth, domain.low, domain.width);
    }

    /// @dev What each prediction lost, and the wagered loss of the round.
    function lossesOf(
        Prediction[] calldata predictions,
        Domain memory domain
    ) private pure returns (uint256[] memory losses, uint256 lambda) {
        losses = new uint256[](predictions.length);
        // Wagers sum to less than 2^96, each times a loss below 2^60.
        unchecked {
            for (uint256 i = 0; i < losses.length; ++i) {
                Prediction prediction = predictionAt(predictions, i);
                uint256 loss = Scoring.loss(prediction.value(), domain);
                Lists.set(losses, i, loss);
                lambda += prediction.wager() * loss;
            }
        }
    }

    /// @notice What a settled round teaches its workers' records.
    /// @param isTaught whether it is still of the topic's era: a round of an older one pays as usual and teaches nothing
    /// @param era the topic's
    /// @param gradient error of the inner aggregate, see Resolution
    /// @param inner the aggregate that regrets are measured against
    /// @param low lower end that values were clamped to
    /// @param high upper end
    struct Lesson {
        bool isTaught;
        uint256 era;
        int256 gradient;
        int256 inner;
        int256 low;
        int256 high;
    }

    function lessonOf(
        Topic storage topic,
        Outcome calldata outcome,
        int256 gradient
    ) private view returns (Lesson memory lesson) {
        lesson.era = topic.tenure.era();
        lesson.isTaught = outcome.eraOf() == lesson.era;
        lesson.gradient = gradient;
        lesson.inner = outcome.values.second();
        (lesson.low, lesson.high) = outcome.clip.split();
    }

    /// @dev Regret is measured on the clamped value, as the aggregate took it.
    function pay(
        mapping(address => Position) storage positions,
        Revealed calldata revealed,
        uint256[] memory losses,
        Settlement.Rate memory rate,
        Lesson memory lesson
    ) private returns (uint256 paid, uint256 peak) {
        (Prediction[] calldata predictions, address[] calldata workers) = (revealed.predictions, revealed.workers);
        // Payouts sum to at most three times what is held; a regret's square stays below 2^240.
        unchecked {
            for (uint256 i = 0; i < losses.length; ++i) {
                Prediction prediction = predictionAt(predictions, i);
                uint256 wager = prediction.wager();
                uint256 gain = Settlement.payout(rate, wager, Lists.at(losses, i));
                int256 heard = Aggregation.clamp(prediction.value(), lesson.low, lesson.high);
                int256 regret = Scoring.regret(lesson.gradient, lesson.inner, heard, prediction.confidenceOf());

                move(positions[workerAt(workers, i)], wager, gain, lesson, regret);
                paid += gain;
                peak = Math.max(peak, uint256(regret * regret));
            }
        }
    }

    /// @dev Stake and record share a slot, which is read and written once. Where stake was asked back meanwhile and what
    /// is left does not cover the loss, the leaving part pays.
    function move(Position storage position, uint256 wager, uint256 gain, Lesson memory lesson, int256 regret) private {
        Standing standing = position.standing();
        uint256 stake = standing.stake() + gain;
        if (stake < wager) {
            position.leaving -= uint96(wager - stake); // a wager has 96 bits
            stake = wager;
        }
        uint96 left = uint96(stake - wager); // all that is held fits 96 bits
        if (!lesson.isTaught) return position.store(standing.paid(left));

        position.store(learnt(standing, left, lesson.era, regret));
    }

    /// @dev The record with the round's regret; one of another era begins anew.
    function learnt(Standing standing, uint96 left, uint256 era, int256 latest) private pure returns (Standing) {
        Tenure tenure = standing.tenure();
        bool isOfEra = tenure.era() == era;
        (SignedFloat48 regretBefore, Float40 energyBefore) = (standing.regret(), standing.energy());
        (int256 regret, uint256 energy) = isOfEra
            ? (regretBefore.unpack(), energyBefore.unpack())
            : (int256(0), uint256(0));
        tenure = isOfEra ? tenure.counted() : packTenure(era, 1);
        (regret, energy) = Scoring.learnt(regret, energy, latest);
        return standing.moved(left, Float.signed48(regret, regretBefore), Float.down40(energy, energyBefore), tenure);
    }
}

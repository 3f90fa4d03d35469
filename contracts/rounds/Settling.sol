// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Resolving} from "./Resolving.sol";
import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Aggregation} from "../libraries/Aggregation.sol";
import {Batches} from "../libraries/Batches.sol";
import {Commitments} from "../libraries/Commitments.sol";
import {Float} from "../libraries/Float.sol";
import {Lists} from "../libraries/Lists.sol";
import {Ring} from "../libraries/Ring.sol";
import {Scoring} from "../libraries/Scoring.sol";
import {Settlement} from "../libraries/Settlement.sol";
import {Domain} from "../types/Learning.sol";
import {Network} from "../types/Network.sol";
import {Position, Standing} from "../types/Position.sol";
import {Prediction, Revealed, predictionAt, workerAt} from "../types/Prediction.sol";
import {Outcome, Resolution, Round, RoundStatus} from "../types/Round.sol";
import {Topic, TopicId} from "../types/Topic.sol";

/// @title Settle: stake moves from the inaccurate to the accurate, and everybody's record grows. Told in ITopicRounds.
abstract contract Settling is ITopicRounds, Resolving {
    using Ring for Network;

    uint256 private constant BPS = 10_000;

    /// @inheritdoc ITopicRounds
    function settle(
        TopicId id,
        uint256 number,
        Outcome calldata outcome,
        Resolution calldata resolution,
        Revealed calldata revealed
    ) external {
        Round storage round = network.roundIn(id, number, RoundStatus.Resolved);
        bytes20 digest = digestOf(givenDigestOf(outcome), resolution);
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
        Round storage round = network.roundIn(id, number, RoundStatus.Published);

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
        Topic storage topic = network.topicOf[id];
        bytes20 digest = Batches.digestOf(Commitments.firstDigest(outcome.center, outcome.sigma), revealed);
        require(digest == outcome.batches, WrongBatches(digest, outcome.batches));

        Domain memory domain = domainOf(topic, outcome, resolution.truth);
        (uint256[] memory losses, uint256 lambda) = lossesOf(revealed.predictions, domain);
        uint256 tip = (uint256(outcome.rewards) * topic.tipBps) / BPS;
        uint256 rewards = outcome.rewards - tip;
        (uint256 paid, uint256 peak) = pay(id, outcome, resolution.gradient, revealed, losses, lambda, rewards);

        // Rounding is always down; what it leaves over stays with the topic.
        uint256 dust = outcome.wagers + rewards - paid;
        topic.pool = uint96(topic.pool - outcome.rewards + dust);
        topic.peak = uint32(Float.packDown(Math.max(peak, Float.unpack(topic.peak)), 24));
        round.status = RoundStatus.Settled;
        tipKeepers(outcome.publisher, tip);

        emit RoundSettled(id, number, msg.sender, tip, dust);
    }

    function tipKeepers(address publisher, uint256 tip) private {
        if (tip == 0) return;
        network.claimableOf[publisher] += tip / 2;
        network.claimableOf[msg.sender] += tip - tip / 2;
    }

    function domainOf(
        Topic storage topic,
        Outcome calldata outcome,
        int256 truth
    ) private view returns (Domain memory domain) {
        (domain.low, domain.width) = Scoring.domainOf(
            topic.domain,
            topic.domainScale,
            outcome.center,
            outcome.sigma,
            topic.min,
            topic.max
        );
        domain.actual = Scoring.place(truth, domain.low, domain.width);
    }

    /// @dev What each prediction lost, and the wagered loss of the round.
    function lossesOf(
        Prediction[] calldata predictions,
        Domain memory domain
    ) private pure returns (uint256[] memory losses, uint256 lambda) {
        losses = new uint256[](predictions.length);
        unchecked {
            for (uint256 i = 0; i < losses.length; ++i) {
                Prediction prediction = predictionAt(predictions, i);
                uint256 loss = Scoring.loss(prediction.value(), domain);
                Lists.set(losses, i, loss);
                lambda += prediction.wager() * loss;
            }
        }
    }

    /// @dev Regret is measured on the winsorised value: what the aggregate heard, not what was shouted.
    function pay(
        TopicId id,
        Outcome calldata outcome,
        int256 gradient,
        Revealed calldata revealed,
        uint256[] memory losses,
        uint256 lambda,
        uint256 rewards
    ) private returns (uint256 paid, uint256 peak) {
        mapping(address => Position) storage positions = network.positionOf[id];
        (int256 inner, int256 anchor, uint256 radius) = (outcome.inner, outcome.anchor, outcome.radius);
        (Prediction[] calldata predictions, address[] calldata workers) = (revealed.predictions, revealed.workers);
        uint256 wagers = outcome.wagers;
        unchecked {
            for (uint256 i = 0; i < losses.length; ++i) {
                Prediction prediction = predictionAt(predictions, i);
                uint256 wager = prediction.wager();
                uint256 loss = losses[i];
                uint256 gain =
                    Settlement.payout(wager, loss, lambda, wagers) + Settlement.reward(rewards, wager, loss, wagers);
                int256 heard = Aggregation.winsorise(prediction.value(), anchor, radius);
                int256 regret = Scoring.regret(gradient, inner, heard);

                move(positions[workerAt(workers, i)], wager, gain, regret);
                paid += gain;
                peak = Math.max(peak, uint256(regret * regret));
            }
        }
    }

    /// @dev Stake and record share a slot, which is read and written once. Where stake was asked back meanwhile and what
    /// is left does not cover the loss, the leaving part pays.
    function move(Position storage position, uint256 wager, uint256 gain, int256 regret) private {
        Standing standing = position.standing();
        uint256 stake = standing.stake() + gain;
        if (stake < wager) {
            position.leaving -= uint96(wager - stake);
            stake = wager;
        }

        (int256 newRegret, uint256 newEnergy) = Scoring.learnt(
            Float.unpackSigned(standing.regret()),
            Float.unpack(standing.energy()),
            regret
        );
        unchecked {
            position.store(
                standing.moved(
                    uint96(stake - wager),
                    int56(Float.packSigned(newRegret, 47)),
                    uint48(Float.packDown(newEnergy, 40))
                )
            );
        }
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Commitments} from "../maths/Commitments.sol";
import {Batches, Lists} from "../memory/Lists.sol";
import {Committing} from "./Committing.sol";
import {Ring} from "../storage/State.sol";
import {Network} from "../types/Network.sol";
import {Position, Standing} from "../types/Position.sol";
import {packPrediction, Prediction, Statement} from "../types/Prediction.sol";
import {Phase, Round} from "../types/Round.sol";
import {Backer, SignedOpening, signedOpeningAt} from "../types/Seal.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";

/// @title Reveal where nothing is sealed: predictions are taken as they are signed. Documented in ITopicRounds.
abstract contract RevealingSigned is ITopicRounds, Committing {
    using Ring for Network;
    using Ring for Times;

    /// @inheritdoc ITopicRounds
    function revealSigned(TopicId id, uint256 number, SignedOpening[] calldata openings) external {
        Topic storage topic = network.existing(id);
        Times memory times = topic.times();

        require(times.commitWindow == 0, SealedTopic(id));
        times.requirePhase(number, Phase.Reveal);
        (Round storage round, uint256 before) = openRound(id, topic, number);
        (uint256 closed, Prediction[] memory predictions, address[] memory workers) = takeIn(
            id,
            spokenIn(topic, round),
            number,
            before,
            openings
        );
        require(closed != before, NothingRevealed());

        record(id, round, number, msg.sender, closed, predictions, workers);
    }

    /// @dev Whoever cannot take part or already did is passed over, as when commitments are taken.
    function takeIn(
        TopicId id,
        Spoken memory spoken,
        uint256 number,
        uint256 before,
        SignedOpening[] calldata openings
    ) private view returns (uint256 closed, Prediction[] memory predictions, address[] memory workers) {
        mapping(address => Position) storage positions = network.positionOf[id];
        bytes32 domain = domainSeparator();
        bytes32 roundHash = Commitments.roundHash(domain, id, number);
        Commitments.Signing memory signing = Commitments.signingOf(domain, id, number);
        uint256 count = 0;

        closed = before;
        (predictions, workers) = Batches.create(openings.length);
        unchecked {
            for (uint256 i = 0; i < openings.length; ++i) {
                SignedOpening calldata opening = signedOpeningAt(openings, i);
                (address worker, Statement statement) = (opening.worker, opening.statement);
                bytes20 commitment = Commitments.commitmentOf(roundHash, worker, statement);
                bool isOwn = worker == msg.sender;
                require(
                    isOwn || Commitments.isSigned(signing, commitment, worker, opening.r, opening.vs),
                    BadSignature(worker)
                );

                Standing standing = positions[worker].standing();
                uint256 bit = 1 << standing.seat();
                Backer backer = backerOf(worker, standing, spoken);
                uint256 wager = wagerOf(backer, statement);
                if (!standing.isSeatedIn(number) || closed & bit != 0) continue;

                closed |= bit;
                if (wager == 0) continue;
                Lists.set(predictions, count, packPrediction(statement, wager, backer));
                Lists.set(workers, count++, worker);
            }
        }
        Batches.close(predictions, workers, count);
    }
}

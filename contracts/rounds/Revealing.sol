// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {LibBit} from "solady/src/utils/LibBit.sol";

import {Committing} from "./Committing.sol";
import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Batches} from "../libraries/Batches.sol";
import {Commitments} from "../libraries/Commitments.sol";
import {Float} from "../libraries/Float.sol";
import {Lists} from "../libraries/Lists.sol";
import {Ring} from "../libraries/Ring.sol";
import {Seals} from "../libraries/Seals.sol";
import {Settlement} from "../libraries/Settlement.sol";
import {Network} from "../types/Network.sol";
import {Position, Standing} from "../types/Position.sol";
import {Prediction, Statement, packPrediction} from "../types/Prediction.sol";
import {Listing, Phase, Round, RoundStatus, SealList} from "../types/Round.sol";
import {Backer, Opening, Seal, SignedOpening, openingAt, signedOpeningAt} from "../types/Seal.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";

/// @title Reveal: seals are opened, or where nothing is sealed predictions are taken. Told in ITopicRounds.
abstract contract Revealing is ITopicRounds, Committing {
    using Ring for Network;
    using Ring for Times;

    uint256 private constant BPS = 10_000;

    /// @inheritdoc ITopicRounds
    function unfold(TopicId id, uint256 number, int104 center, uint104 sigma, bytes29 seals) external {
        Round storage round = network.roundIn(id, number, RoundStatus.Open);
        if (round.listing == Listing.Apart) return;
        bytes20 first = requireFirst(round, number, center, sigma, seals);

        SealList storage list = network.listOf[id][number % network.topicOf[id].ringSize][address(0)];
        (list.hash, list.round) = (seals, uint24(number));
        round.digest = first;
        round.listing = Listing.Apart;
    }

    /// @dev Whether the first list, which the round still holds, is this one.
    function requireFirst(
        Round storage round,
        uint256 number,
        int104 center,
        uint104 sigma,
        bytes29 seals
    ) internal view returns (bytes20 first) {
        first = Commitments.firstDigest(center, sigma);
        require(round.digest == Commitments.fold(first, seals), WrongList(address(0), number));
    }

    /// @inheritdoc ITopicRounds
    function reveal(
        TopicId id,
        uint256 number,
        address committer,
        Opening[] calldata openings,
        uint256 opened,
        Seal[] calldata rest
    ) external {
        Topic storage topic = network.existing(id);
        SealList storage list = network.listOf[id][number % topic.ringSize][committer];

        topic.times().requirePhase(number, Phase.Reveal);
        Round storage round = network.roundIn(id, number, RoundStatus.Open);
        require(round.listing == Listing.Apart, FoldedList(number));
        require(isSpread(opened, openings.length, rest.length), WrongList(committer, number));
        uint256 before = round.closed;
        (bytes29 hash, uint256 closed, Prediction[] memory predictions, address[] memory workers) = unseal(
            Commitments.roundHash(_domainSeparatorV4(), id, number),
            before,
            openings,
            opened,
            rest
        );
        require(list.round == number && list.hash == hash, WrongList(committer, number));
        require(closed != before, NothingRevealed());

        record(id, round, number, committer, closed, predictions, workers);
    }

    /// @dev Opened and unopened seals, laid back in their places, give the list that was committed. Who was heard before is
    /// passed over. Counts stay far below any overflow.
    function unseal(
        bytes32 roundHash,
        uint256 closed,
        Opening[] calldata openings,
        uint256 opened,
        Seal[] calldata rest
    ) internal pure returns (bytes29, uint256, Prediction[] memory predictions, address[] memory workers) {
        uint256 places = openings.length + rest.length;
        Seal[] memory seals = Seals.create(places);
        uint256 next = 0;
        uint256 count = 0;

        (predictions, workers) = Batches.create(openings.length);
        unchecked {
            for (uint256 i = 0; i < places; ++i) {
                if ((opened >> i) & 1 == 0) {
                    Lists.set(seals, i, rest[i - next]);
                    continue;
                }
                Opening calldata opening = openingAt(openings, next++);
                (Backer backer, Statement statement) = (opening.backer, opening.statement);
                address worker = backer.worker();
                bytes20 commitment = Commitments.commitmentOf(roundHash, worker, statement);
                Lists.set(seals, i, Commitments.sealOf(commitment, backer));
                uint256 bit = 1 << backer.seat();
                uint256 wager = wagerOf(backer, statement);
                if (closed & bit != 0) continue;

                closed |= bit;
                if (wager == 0) continue;
                Lists.set(predictions, count, packPrediction(statement.stated(), uint96(wager), backer.trust()));
                Lists.set(workers, count++, worker);
            }
        }
        Batches.close(predictions, workers, count);
        return (Seals.hashOf(seals), closed, predictions, workers);
    }

    /// @dev Whether as many of the list's places are marked as opened as there are openings.
    function isSpread(uint256 opened, uint256 openings, uint256 rest) private pure returns (bool) {
        uint256 places = openings + rest;
        return 0 < places && opened >> (places - 1) <= 1 && LibBit.popCount(opened) == openings;
    }

    function wagerOf(Backer backer, Statement statement) private pure returns (uint256) {
        uint256 confidence = statement.confidence();
        require(0 < confidence && confidence <= BPS, ConfidenceOutOfBounds(confidence));
        return Settlement.wager(backer.budget(), confidence);
    }

    /// @inheritdoc ITopicRounds
    function revealSigned(TopicId id, uint256 number, SignedOpening[] calldata openings) external {
        Topic storage topic = network.existing(id);
        Times memory times = topic.times();

        require(times.commitWindow == 0, SealedTopic(id));
        times.requirePhase(number, Phase.Reveal);
        (Round storage round, uint256 before) = open(id, topic, number);
        (uint256 closed, Prediction[] memory predictions, address[] memory workers) = hear(
            id,
            topic.riskBps,
            round,
            number,
            before,
            openings
        );
        require(closed != before, NothingRevealed());

        record(id, round, number, msg.sender, closed, predictions, workers);
    }

    /// @dev Whoever cannot take part or already did is passed over, as when commitments are taken.
    function hear(
        TopicId id,
        uint256 riskBps,
        Round storage round,
        uint256 number,
        uint256 before,
        SignedOpening[] calldata openings
    ) private view returns (uint256 closed, Prediction[] memory predictions, address[] memory workers) {
        mapping(address => Position) storage positions = network.positionOf[id];
        uint256 peak = Float.unpack(round.peak);
        bytes32 domain = _domainSeparatorV4();
        bytes32 roundHash = Commitments.roundHash(domain, id, number);
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
                    isOwn || Commitments.isSigned(domain, id, number, commitment, worker, opening.r, opening.vs),
                    BadSignature(worker)
                );

                Standing standing = positions[worker].standing();
                uint256 bit = 1 << standing.seat();
                Backer backer = backerOf(worker, standing, riskBps, peak);
                uint256 wager = wagerOf(backer, statement);
                if (!standing.isSeatedIn(number) || closed & bit != 0) continue;

                closed |= bit;
                if (wager == 0) continue;
                Lists.set(predictions, count, packPrediction(statement.stated(), uint96(wager), backer.trust()));
                Lists.set(workers, count++, worker);
            }
        }
        Batches.close(predictions, workers, count);
    }

    function record(
        TopicId id,
        Round storage round,
        uint256 number,
        address committer,
        uint256 closed,
        Prediction[] memory predictions,
        address[] memory workers
    ) private {
        round.closed = closed;
        round.digest = Batches.chain(round.digest, predictions, workers);
        round.count += uint16(predictions.length);

        Batches.tell(predictions, workers, id, number, committer);
    }
}

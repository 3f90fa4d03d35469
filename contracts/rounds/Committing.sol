// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Commitments} from "../maths/Commitments.sol";
import {Float40} from "../maths/Float.sol";
import {Lists, Seals} from "../memory/Lists.sol";
import {RoundBase} from "./RoundBase.sol";
import {Ring} from "../storage/State.sol";
import {Network} from "../types/Network.sol";
import {Position, Standing} from "../types/Position.sol";
import {ALL_CLOSED, Listing, Phase, Round, SealList} from "../types/Round.sol";
import {Backer, commitmentAt, Seal, SignedCommitment} from "../types/Seal.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";

/// @title Commit: predictions are sealed, and bind their workers. Documented in ITopicRounds.
abstract contract Committing is ITopicRounds, RoundBase {
    using Ring for Network;
    using Ring for Times;

    /// @inheritdoc ITopicRounds
    function commit(TopicId id, uint256 number, SignedCommitment[] calldata commitments) external {
        Topic storage topic = network.existing(id);

        topic.times().requirePhase(number, Phase.Commit);
        (Round storage round, uint256 before) = openRound(id, topic, number);
        bool isFirst = before == ALL_CLOSED;
        address committer = isFirst ? address(0) : msg.sender;
        SealList storage list = network.listOf[id][number % topic.ringSize][committer];
        require(isFirst || list.round != number || list.hash == 0, AlreadyCommitted(committer, number));
        (uint256 closed, Seal[] memory seals) = take(id, topic, round, number, before, commitments);
        require(seals.length > 0, NothingCommitted());

        round.closed = closed;
        isFirst ? fold(round, seals) : keep(id, round, list, number, seals);

        Seals.emitCommitted(seals, id, number, committer);
    }

    function fold(Round storage round, Seal[] memory seals) private {
        round.digest = Commitments.fold(round.digest, Seals.hashOf(seals));
        round.listing = Listing.Sole;
    }

    function keep(TopicId id, Round storage round, SealList storage list, uint256 number, Seal[] memory seals) private {
        (list.hash, list.round) = (Seals.hashOf(seals), uint24(number));
        if (round.listing == Listing.Sole) round.listing = Listing.First;
        addCommitted(id, number, seals);
    }

    /// @dev Takes in each commitment that a seated worker made for itself or signed, and that is its first. Commitments of
    /// others, or without a valid signature, are skipped, so that nobody can spoil a list from outside.
    function take(
        TopicId id,
        Topic storage topic,
        Round storage round,
        uint256 number,
        uint256 before,
        SignedCommitment[] calldata commitments
    ) private view returns (uint256 closed, Seal[] memory seals) {
        mapping(address => Position) storage positions = network.positionOf[id];
        Spoken memory spoken = spokenIn(topic, round);
        Commitments.Signing memory signing = Commitments.signingOf(domainSeparator(), id, number);
        uint256 count = 0;

        closed = before;
        seals = Seals.create(commitments.length);
        unchecked {
            for (uint256 i = 0; i < commitments.length; ++i) {
                SignedCommitment calldata signed = commitmentAt(commitments, i);
                bytes20 commitment = signed.commitment;
                address worker =
                    signed.vs == 0 ? msg.sender : Commitments.signerOf(signing, commitment, signed.r, signed.vs);
                Standing standing = positions[worker].standing();
                uint256 bit = 1 << standing.seat();
                Backer backer = backerOf(worker, standing, spoken);
                if (!standing.isSeatedIn(number) || closed & bit == 0 || Float40.unwrap(backer.budget()) == 0) continue;

                closed ^= bit;
                Lists.set(seals, count++, Commitments.sealOf(commitment, backer));
            }
        }
        Seals.close(seals, count);
    }
}

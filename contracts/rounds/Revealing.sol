// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {LibBit} from "solady/src/utils/LibBit.sol";

import {DeskBase} from "../desk/DeskBase.sol";
import {ITopicDesk} from "../interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Commitments} from "../maths/Commitments.sol";
import {Seals} from "../memory/Lists.sol";
import {Ring} from "../storage/State.sol";
import {Network} from "../types/Network.sol";
import {Prediction} from "../types/Prediction.sol";
import {Listing, Phase, Round, RoundStatus, SealList} from "../types/Round.sol";
import {Backer, Opening, Seal} from "../types/Seal.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";

/// @title Reveal in parts: lists are opened one by one or bit by bit.
/// @notice Part of the desk, because as a rule a round's only list is opened as a whole (Publishing.revealAndPublish).
/// Documented in ITopicDesk.
abstract contract Revealing is ITopicDesk, DeskBase {
    using Ring for Network;
    using Ring for Times;

    /// @inheritdoc ITopicDesk
    function unfold(
        TopicId id,
        uint256 number,
        int104 center,
        uint104 sigma,
        Seal[] calldata seals
    ) external delegated {
        Round storage round = network.roundIn(id, number, RoundStatus.Open);
        if (round.listing == Listing.Apart) return;
        Seal[] memory listed = seals;
        bytes29 hash = Seals.hashOf(listed);
        bytes20 first = requireFirst(round, number, center, sigma, hash);

        SealList storage list = network.listOf[id][number % network.topicOf[id].ringSize][address(0)];
        (list.hash, list.round) = (hash, uint24(number));
        round.digest = first;
        round.listing = Listing.Apart;
        addCommitted(id, number, listed);
    }

    /// @inheritdoc ITopicDesk
    function reveal(
        TopicId id,
        uint256 number,
        address committer,
        Opening[] calldata openings,
        uint256 opened,
        Seal[] calldata rest
    ) external delegated {
        Topic storage topic = network.existing(id);
        SealList storage list = network.listOf[id][number % topic.ringSize][committer];

        topic.times().requirePhase(number, Phase.Reveal);
        Round storage round = network.roundIn(id, number, RoundStatus.Open);
        require(round.listing == Listing.Apart, ITopicRounds.FoldedList(number));
        require(isSpread(opened, openings.length, rest.length), ITopicRounds.WrongList(committer, number));
        uint256 before = round.closed;
        (bytes29 hash, uint256 closed, Prediction[] memory predictions, address[] memory workers) = unseal(
            Commitments.roundHash(domainSeparator(), id, number),
            before,
            openings,
            opened,
            rest
        );
        require(list.round == number && list.hash == hash, ITopicRounds.WrongList(committer, number));
        require(closed != before, ITopicRounds.NothingRevealed());

        addRevealed(id, number, before, openings);
        record(id, round, number, committer, closed, predictions, workers);
    }

    /// @dev A seat occurs once in a list, so each budget is added once.
    function addRevealed(TopicId id, uint256 number, uint256 before, Opening[] calldata openings) private {
        uint256 sum = 0;
        for (uint256 i = 0; i < openings.length; ++i) {
            Backer backer = openings[i].backer;
            if (before & (1 << backer.seat()) == 0) sum += backer.budget().unpack();
        }
        backingOf(id, number).revealed += uint96(sum);
    }

    /// @dev Whether as many of the list's places are marked as opened as there are openings.
    function isSpread(uint256 opened, uint256 openings, uint256 rest) private pure returns (bool) {
        uint256 places = openings + rest;
        return 0 < places && opened >> (places - 1) <= 1 && LibBit.popCount(opened) == openings;
    }
}

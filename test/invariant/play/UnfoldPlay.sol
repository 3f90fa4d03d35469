// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Listing, Round} from "../../../contracts/types/Round.sol";
import {Opening, Seal} from "../../../contracts/types/Seal.sol";
import {Kept, Said} from "../../helpers/NetworkDriver.sol";
import {Reached} from "./Play.sol";
import {CommitPlay} from "./CommitPlay.sol";

/// @title Unfold: the first list gets a place of its own, by whoever likes, whenever it likes.
abstract contract UnfoldPlay is CommitPlay {
    function isStillFolded(uint256 round) internal view returns (bool) {
        Listing listing = roundOf(round).listing;
        return listing == Listing.Sole || listing == Listing.First;
    }

    /// @dev Anyone may, as often as it likes, until the round is published.
    function unfoldWatched(uint256 round) internal {
        bool isNews = isStillFolded(round);
        Round memory before = roundOf(round);
        bytes20 digest = before.digest;
        if (isNews) {
            refuseOther(round);
            digest = bytes20(keccak256(abi.encode(keptOf[round].center, keptOf[round].sigma)));
        }
        unfold(round);
        isUnfolded[round] = true;
        (before.digest, before.listing) = (digest, Listing.Apart);
        note(13, isSame(before, roundOf(round)), "unfolding changed more than where a list is kept");
        network.unfold(topic, round, keptOf[round].center, keptOf[round].sigma, sealsIn[round][FIRST]);
        note(13, isSame(before, roundOf(round)), "unfolding twice changed something");
    }

    function refuseOther(uint256 round) private {
        Seal[] memory seals = sealsIn[round][FIRST];
        seals[0] = Seal.wrap(Seal.unwrap(seals[0]) ^ 1);
        Kept storage kept = keptOf[round];
        (bool isTaken, ) = address(network).call(
            abi.encodeCall(ITopicDesk.unfold, (topic, round, kept.center, kept.sigma, seals))
        );
        note(5, !isTaken, "another list was unfolded");
    }

    function isSame(Round memory one, Round memory other) private pure returns (bool) {
        return keccak256(abi.encode(one)) == keccak256(abi.encode(other));
    }

    /// @dev While the first list is folded no list is opened.
    function refuseFolded(uint256 round) internal {
        for (uint256 i = 0; i < COMMITTERS + 1; i++) {
            address committer = i == COMMITTERS ? FIRST : committerAt(i);
            Said[] memory list = takenIn[round][committer];
            if (list.length == 0) continue;
            (Opening[] memory openings, ) = laidOut(round, committer, list, ALL);
            (bool isOpened, bytes memory error) = address(network).call(
                abi.encodeCall(
                    ITopicDesk.reveal,
                    (topic, round, committer, openings, ALL >> (256 - list.length), none())
                )
            );
            bool isRefused = !isOpened && bytes4(error) == ITopicRounds.FoldedList.selector;
            note(13, isRefused, "a list was opened while the first is folded");
            reach(Reached.Folded);
        }
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FeedStatus, Forecast} from "../../../contracts/types/Feed.sol";
import {RoundStatus} from "../../../contracts/types/Round.sol";
import {Play, Reached} from "./Play.sol";

/// @title What is watched after every call: statuses and the feed only move forward.
abstract contract WatchedPlay is Play {
    mapping(uint256 round => RoundStatus) private seenOf;
    uint256 private seenPublished;
    uint256 private seenFeedRound;
    uint256 private publishedUntil; // the youngest round that was published, plus one
    uint256 private voidUntil; // the youngest that became void when it was published, plus one

    modifier watched() {
        if (isOver) return;
        _;
        watchStatuses();
        watchFeed();
    }

    function watchStatuses() private {
        uint256 ring = RING;
        uint256 first = nextRound > ring ? nextRound - ring : 0;
        for (uint256 round = first; round < nextRound; round++) {
            RoundStatus status = statusOf(round);
            RoundStatus seen = seenOf[round];
            // A place that a younger round took tells nothing of this one any more.
            if (status == RoundStatus.None) continue;
            bool isFinal = seen == RoundStatus.Settled || seen == RoundStatus.Void;
            note(13, status >= seen && (!isFinal || status == seen), "a status moved back");
            seenOf[round] = status;
        }
    }

    function watchFeed() internal {
        (bool isRead, ) = address(network).staticcall(abi.encodeWithSignature("read(bytes32)", topic));
        note(21, isRead, "reading reverted");
        Forecast memory forecast = network.read(topic);
        uint256 published = network.publishedOf(topic);
        note(21, published == seenPublished || published == seenPublished + 1, "published rounds have a gap");
        note(21, forecast.round >= seenFeedRound, "the feed went back to an older round");
        note(21, forecast.publishedAt <= time, "published in the future");
        note(21, forecast.lower <= forecast.value && forecast.value <= forecast.upper, "outside its interval");
        if (forecast.status == FeedStatus.Live || forecast.status == FeedStatus.Thin) {
            note(
                29,
                (forecast.status == FeedStatus.Thin) == (voidUntil > publishedUntil),
                "thin, or not, without a reason"
            );
        }
        (seenPublished, seenFeedRound) = (published, forecast.round);
    }

    /// @dev How a publication ended, in whatever order rounds are published.
    function sawEnd(uint256 round, bool isVoid) internal {
        if (isVoid && round >= voidUntil) voidUntil = round + 1;
        if (!isVoid && round >= publishedUntil) publishedUntil = round + 1;
        if (!isVoid && voidUntil > round + 1) reach(Reached.StaysThin);
    }
}

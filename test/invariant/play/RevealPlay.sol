// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {Float32} from "../../../contracts/maths/Float.sol";
import {Prediction, Revealed} from "../../../contracts/types/Prediction.sol";
import {Listing, Round} from "../../../contracts/types/Round.sol";
import {Opening, Seal} from "../../../contracts/types/Seal.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {Committed, Reached} from "./Play.sol";
import {UnfoldPlay} from "./UnfoldPlay.sol";

/// @title Reveal: list by list, in any order, in parts, and not all of it.
abstract contract RevealPlay is UnfoldPlay {
    /// @dev Rarely nobody takes the trouble.
    function revealAll(uint256 round, uint256 seed) internal {
        if (isStillFolded(round)) {
            if ((seed >> 16) % 16 == 0) return;
            refuseFolded(round);
            unfoldWatched(round);
            reach(Reached.Unfolded);
        }
        bool isFirstOpened = false;
        uint256 others = 0;
        for (uint256 i = 0; i < COMMITTERS + 1; i++) {
            uint256 route = ((seed >> 20) + i) % (COMMITTERS + 1);
            address committer = route == COMMITTERS ? FIRST : committerAt(route);
            Said[] memory list = takenIn[round][committer];
            if (list.length == 0) continue;
            bool isOpened = revealList(round, committer, list, uint256(keccak256(abi.encode(seed, i))));
            if (!isOpened) continue;
            isFirstOpened = isFirstOpened || committer == FIRST;
            if (committer == FIRST) reach(Reached.FirstOpened);
            if (committer == FIRST && others > 0) reach(Reached.FirstAfter);
            if (committer != FIRST && others++ == 0 && isFirstOpened) reach(Reached.FirstBefore);
        }
    }

    /// @dev Some are not opened, or not by all; the first of a list may come after the rest.
    function revealList(
        uint256 round,
        address committer,
        Said[] memory list,
        uint256 draw
    ) private returns (bool isOpened) {
        if (draw % 10 == 0) return false;
        if (list.length > 1) reach(Reached.Listed);
        if (list.length == 1) reach(Reached.Alone);
        uint256 later = draw % 3 == 0 && list.length > 1 ? 1 : 0;
        revealMasked(round, committer, list, ALL - later);
        if (later == 0 || draw % 2 > 0) return true;
        revealMasked(round, committer, list, later);
        if (committer == FIRST) reach(Reached.FirstInParts);
        return true;
    }

    function revealMasked(uint256 round, address committer, Said[] memory list, uint256 opened) private {
        reveal(round, committer, list, opened);
        for (uint256 i = 0; i < list.length; i++) {
            if ((opened >> i) & 1 == 1) hear(round, list[i].worker);
        }
        opened &= ALL >> (256 - list.length);
        (Opening[] memory openings, Seal[] memory rest) = laidOut(round, committer, list, opened);
        (bool isTwice, ) = address(network).call(
            abi.encodeCall(ITopicDesk.reveal, (topic, round, committer, openings, opened, rest))
        );
        note(5, !isTwice, "a worker revealed twice");
    }

    function hear(uint256 round, uint256 number) internal {
        Committed storage committed = committedIn[round][number];
        Position memory position = positionOf(number);
        committed.isHeard = true;
        if (position.until != ALWAYS) reach(Reached.Left);
        if (committed.stake != position.stake) reach(Reached.StakeMoved);
    }

    function watchRevealed(uint256 round) internal {
        Revealed memory revealed = keptOf[round].revealed;
        Round memory kept = roundOf(round);
        uint256 awaited = 0;
        uint256 count = 0;
        for (uint256 i = 0; i < SIGNERS; i++) {
            Committed memory committed = committedIn[round][i];
            if (committed.isIn && !committed.isHeard) awaited |= 1 << committed.seat;
            if (!committed.isHeard || committed.wager == 0) continue;
            count++;
            note(
                5,
                timesIn(revealed, workerAt(i), committed) == 1,
                "heard otherwise than it was committed, or not once"
            );
        }
        // What is heard at once is heard whole, and leaves the bits as they were.
        uint256 open = kept.listing == Listing.Revealed ? 0 : ~kept.closed;
        note(5, open == awaited, "bits and seats differ");
        note(5, kept.count == count && revealed.workers.length == count, "another was heard");
        if (count == 0) reach(Reached.Unheard);
    }

    function timesIn(
        Revealed memory revealed,
        address worker,
        Committed memory committed
    ) private pure returns (uint256 times) {
        for (uint256 i = 0; i < revealed.workers.length; i++) {
            Prediction said = revealed.predictions[i];
            bool isSame = said.wager() == committed.wager && Float32.unwrap(said.trust()) == committed.trust;
            if (revealed.workers[i] == worker && isSame) times++;
        }
    }
}

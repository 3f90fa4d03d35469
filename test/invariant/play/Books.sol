// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Position} from "../../../contracts/types/Position.sol";
import {RoundStatus} from "../../../contracts/types/Round.sol";
import {Committed, Play} from "./Play.sol";

/// @title What the invariants ask between calls.
abstract contract Books is Play {
    /* MONEY */

    function held() external view returns (uint256) {
        return token.balanceOf(address(network));
    }

    function accountedFor() external view returns (uint256 sum) {
        for (uint256 i = 0; i < SIGNERS; i++) {
            Position memory position = positionOf(i);
            sum += uint256(position.stake) + position.leaving + position.pending;
        }
        sum += network.topicOf(topic).pool + network.claimableOf(KEEPER) + network.claimableOf(address(this));
        sum += network.claimableOf(BATCHER) + network.claimableOf(network.sink());
    }

    /* WAGERS */

    /// @return worst the least that any worker has left over its pending wagers, negative where they exceed it: all of
    /// them over all it has in the network, those made since it last asked stake back over what stays
    function slack() external view returns (int256 worst) {
        worst = type(int256).max;
        for (uint256 i = 0; i < SIGNERS; i++) {
            Position memory position = positionOf(i);
            (int256 pending, int256 later) = pendingWagersOf(i, position);
            int256 stays = int256(uint256(position.stake));
            int256 leaves = int256(uint256(position.leaving));
            worst = least(worst, stays + leaves - pending);
            worst = least(worst, stays - later);
        }
    }

    function least(int256 a, int256 b) private pure returns (int256) {
        return a < b ? a : b;
    }

    /// @dev What was committed counts as long as the round is open: it may yet be revealed.
    /// @return pending all of them
    /// @return later those made since stake was last asked back
    function pendingWagersOf(
        uint256 number,
        Position memory position
    ) private view returns (int256 pending, int256 later) {
        uint256 since = position.leaving > 0 ? uint256(position.exitRound) + 1 : 0;
        for (uint256 round = unfinished; round < nextRound; round++) {
            Committed storage committed = committedIn[round][number];
            if (!committed.isIn || !canMoveMoney(round)) continue;
            if (!committed.isHeard && statusOf(round) != RoundStatus.Open) continue;
            int256 wager = int256(uint256(committed.wager));
            pending += wager;
            if (round >= since) later += wager;
        }
    }

    /* SEATS */

    /// @return isSound whether each seat taken is held by one worker that knows it, and none lies beyond the last
    function areSeatsSound() external view returns (bool isSound) {
        isSound = true;
        for (uint256 seat = 0; seat < SEATS + 2; seat++) {
            address worker = network.seatOf(topic, uint8(seat));
            if (worker == address(0)) continue;
            if (seat >= SEATS || network.positionOf(topic, worker).seat != seat) isSound = false;
            for (uint256 other = 0; other < seat; other++) {
                if (network.seatOf(topic, uint8(other)) == worker) isSound = false;
            }
        }
    }
}

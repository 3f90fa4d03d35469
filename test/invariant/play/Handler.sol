// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {Reached} from "./Play.sol";
import {Books} from "./Books.sol";
import {SettlePlay} from "./SettlePlay.sol";

/// @title Plays one topic as its whole crowd would, at random but mostly in ways that go through.
/// @notice What may happen to a round, a stage a file, comes together to whole rounds here; several are in flight.
contract Handler is SettlePlay, Books {
    /* ROUNDS */

    /// @notice The next round, from the first commitment to the feed, with other things happening in between. Some stop
    /// half-way, some are left out, some are published before their window is over.
    function predict(uint256 seed) public watched {
        seed = mixed(seed);
        uint256 round = roundToCome();
        warpTo(openTime(round) + (seed % clock.commitWindow));

        (Said[] memory said, uint256[] memory routes) = drawPredictions(seed);
        if (said.length == 0 || !mayOpen(round, said, seed)) return;
        if (!commitAll(round, said, routes, seed)) return;
        meanwhile(seed >> 8);
        meanwhile(seed >> 12);

        warpTo(revealTime(round) + (seed % clock.revealWindow));
        meanwhile(seed >> 16);
        if (statusOf(round) == RoundStatus.Open && phaseOf(round) == Phase.Reveal) hearAll(round, seed);
        if (statusOf(round) == RoundStatus.Open && seed % 3 > 0) {
            warpTo(publishTime(round) + (seed % 20));
            publishWatched(round);
        }
        if ((seed >> 5) % 2 == 0) publishLeft(seed);
    }

    function hearAll(uint256 round, uint256 seed) private {
        publishAtOnce(round, seed);
        if (statusOf(round) == RoundStatus.Open) revealAll(round, seed);
        watchRevealed(round);
        publishEarly(round, seed);
    }

    /// @dev Nothing here moves time: what is due is settled, some leave, some come.
    function meanwhile(uint256 seed) internal override {
        uint256 choice = seed % 8;
        if (choice == 0) unstakeSome(seed);
        if (choice == 1) changeSigner(seed);
        if (choice == 2) takeSeats(seed);
        if (choice == 3) stakeMore(seed);
        if (choice == 4) slashSome(seed);
        if (choice == 5) settleDue(seed);
        if (choice == 6) publishLeft(seed);
        if (choice == 7) grief(seed);
    }

    /// @dev Who unfolds what nobody asked it to costs who reveals some gas, and nothing else.
    function grief(uint256 seed) private {
        (uint256 round, bool isFound) = oneIn(RoundStatus.Open, seed);
        if (!isFound) return;
        if (isStillFolded(round)) reach(Reached.Griefed);
        unfoldWatched(round);
    }

    function settleDue(uint256 seed) private {
        (uint256 round, bool isFound) = dueOne(seed);
        if (isFound) bring(round, seed);
    }

    /// @dev One that was left half-way, by now perhaps after a younger one.
    function publishLeft(uint256 seed) private {
        (uint256 round, bool isFound) = oneIn(RoundStatus.Open, seed);
        if (isFound && phaseOf(round) == Phase.Live) publishWatched(round);
    }

    function predictAgain(uint256 seed) external {
        predict(~seed);
    }

    /// @notice One that is due; rarely any, for time to be moved there: rounds shall be in flight, and some overtaken.
    function resolveOne(uint256 seed) public watched {
        seed = mixed(seed);
        if (seed % 4 == 1) publishLeft(seed);
        (uint256 round, bool isFound) = seed % 8 == 0 ? oneIn(RoundStatus.Published, seed) : dueOne(seed);
        if (!isFound) return;
        if (phaseOf(round) == Phase.Expired) return expire(round);
        resolveWatched(round, seed);
    }

    function settleOne(uint256 seed) public watched {
        seed = mixed(seed);
        (uint256 round, bool isFound) = oneIn(RoundStatus.Resolved, seed);
        if (!isFound) return resolveOne(seed);
        settleWatched(round);
    }

    /// @notice All that can be settled but perhaps the youngest, in any order.
    function settleMany(uint256 seed) external {
        for (uint256 i = 0; i < RING - (seed % 2); i++) settleOne(seed / 2 + i);
    }

    /// @notice Waits, now and then until several truths are due at once, or for so long that they come too late.
    function pause(uint256 seed) external watched {
        seed = mixed(seed);
        if (seed % 16 == 0) return warpTo(time + clock.horizon + clock.truthWindow);
        warpTo(time + (seed % 4 == 1 ? clock.horizon : (seed >> 8) % 40));
    }

    /* WHICH ROUND */

    function roundToCome() private view returns (uint256 round) {
        round = time < clock.start ? 0 : (time - clock.start) / clock.cadence;
        if (time >= revealTime(round)) round++;
        if (round < nextRound) round = nextRound;
    }

    /// @dev One whose truth is due.
    function dueOne(uint256 seed) private view returns (uint256 round, bool isFound) {
        for (uint256 i = 0; i < RING; i++) {
            (round, isFound) = oneIn(RoundStatus.Published, seed + (i << 8));
            if (isFound && targetTime(round) <= time) return (round, true);
        }
        return (0, false);
    }

    /// @dev Begins anywhere, so that younger rounds overtake older ones.
    function oneIn(RoundStatus status, uint256 seed) private view returns (uint256, bool) {
        uint256 ring = RING;
        uint256 first = nextRound > ring ? nextRound - ring : 0;
        for (uint256 i = 0; i < ring; i++) {
            uint256 round = first + (((seed >> 8) + i) % ring);
            if (round < nextRound && statusOf(round) == status) return (round, true);
        }
        return (0, false);
    }

    /* ROOM IN THE RING */

    /// @dev Sees that the ring is refused while a round a ring or more older is in it, and mostly clears it of them then,
    /// the youngest first.
    function mayOpen(uint256 round, Said[] memory said, uint256 seed) private returns (bool) {
        uint256 ring = RING;
        for (uint256 next = round; next > unfinished; next--) {
            uint256 older = next - 1;
            if (older + ring > round || !canMoveMoney(older)) continue;
            refuseReuse(round, older, said);
            if (seed % 8 == 0) return false;
            bring(older, seed);
        }
        return true;
    }

    function bring(uint256 round, uint256 seed) private {
        if (statusOf(round) == RoundStatus.Published && phaseOf(round) == Phase.Expired) return expire(round);
        if (statusOf(round) == RoundStatus.Published) resolveWatched(round, seed);
        if (statusOf(round) == RoundStatus.Resolved) settleWatched(round);
    }

    function refuseReuse(uint256 round, uint256 older, Said[] memory said) private {
        bytes4 error = refusal(round, BATCHER, commitmentsOf(round, BATCHER, said));
        note(
            13,
            error == ITopicRounds.RingFull.selector,
            "a place in the ring was reused while its round could move money"
        );
        note(13, roundOf(older).number == older, "a round lost its place in the ring");
        reach(Reached.RingFull);
    }
}

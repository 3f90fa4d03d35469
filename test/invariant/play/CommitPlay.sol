// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Float, Float24, Float32} from "../../../contracts/maths/Float.sol";
import {Position, Tenure} from "../../../contracts/types/Position.sol";
import {Listing, Round, RoundStatus} from "../../../contracts/types/Round.sol";
import {Seal, SignedCommitment} from "../../../contracts/types/Seal.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {PlainSeals} from "../../helpers/PlainSeals.sol";
import {vm} from "../../helpers/Vm.sol";
import {Committed, Reached} from "./Play.sol";
import {SlashPlay} from "./SlashPlay.sol";

/// @title Commit: each through whom it likes, some twice, some without a seat, some without a signature.
abstract contract CommitPlay is SlashPlay {
    address private constant FRIEND = address(0xF12);
    uint256 internal constant COMMITTERS = SIGNERS + 2; // the batcher, a friend, and each for itself or another

    mapping(uint256 round => mapping(address committer => Said[])) internal takenIn; // as told: the first is nobody's
    mapping(uint256 round => bool) internal isUnfolded;

    /* DRAW */

    /// @return said at most two predictions of each signer
    /// @return routes through whom each goes in
    function drawPredictions(uint256 seed) internal view returns (Said[] memory said, uint256[] memory routes) {
        (said, routes) = (new Said[](2 * SIGNERS), new uint256[](2 * SIGNERS));
        uint256 count = 0;
        bool isTogether = (seed >> 12) % 4 > 0;
        for (uint256 i = 0; i < SIGNERS; i++) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            bool isSeated = positionOf(i).until == ALWAYS;
            // Who has no seat tries it rarely; who has one is rarely absent.
            if (isSeated ? draw % 16 == 0 : draw % 16 > 0) continue;
            for (uint256 j = 0; j < ((draw >> 8) % 6 == 0 ? 2 : 1); j++) {
                draw = uint256(keccak256(abi.encode(draw)));
                routes[count] = isTogether ? 0 : drawRoute(draw >> 64, i);
                said[count++] = say(i, drawValue(draw), drawConfidence(draw >> 16));
            }
        }
        assembly ("memory-safe") {
            mstore(said, count)
            mstore(routes, count)
        }
    }

    /// @dev Anything, now and then one basis point, as who tosses coins until its record is lucky.
    function drawConfidence(uint256 draw) private pure returns (uint16) {
        return (draw >> 32) % 16 == 0 ? 1 : uint16(1 + (draw % 10_000));
    }

    /// @dev A third each by the batcher, by a friend and by itself, now and then by another worker.
    function drawRoute(uint256 draw, uint256 number) private pure returns (uint256) {
        if (draw % 3 < 2) return draw % 3;
        return 2 + ((draw >> 8) % 8 == 0 ? (draw >> 16) % SIGNERS : number);
    }

    function committerAt(uint256 route) internal view returns (address) {
        if (route == 0) return BATCHER;
        return route == 1 ? FRIEND : workerAt(route - 2);
    }

    /// @dev Around the centre, now and then far outside every domain.
    function drawValue(uint256 draw) private pure returns (int256) {
        if (draw % 64 < 2) return draw % 64 == 0 ? type(int104).max : type(int104).min;
        if (draw % 3 == 0) return draw % 2 == 0 ? int256(80e18) : int256(120e18);
        return 85e18 + int256((draw >> 32) % 30e18);
    }

    /* COMMIT */

    /// @dev What else happens while a round is open.
    function meanwhile(uint256 seed) internal virtual;

    /// @dev List by list, in any order, what is due being settled in between.
    /// @return isOpen whether anything was taken in
    function commitAll(
        uint256 round,
        Said[] memory said,
        uint256[] memory routes,
        uint256 seed
    ) internal returns (bool isOpen) {
        for (uint256 i = 0; i < COMMITTERS; i++) {
            uint256 route = ((seed >> 24) + i) % COMMITTERS;
            Said[] memory list = routed(said, routes, route);
            if (list.length == 0) continue;
            commitList(round, committerAt(route), list, seed >> (16 + i));
            if ((seed >> (32 + i)) % 8 == 0) meanwhile(seed >> (40 + i));
        }
        isOpen = statusOf(round) == RoundStatus.Open;
        if (isOpen) rememberSeats(round);
    }

    /// @dev The first list is nobody's: who committed it may commit another.
    function commitList(uint256 round, address committer, Said[] memory list, uint256 draw) private {
        if (statusOf(round) != RoundStatus.None || list.length == 1 || draw % 8 > 0) {
            return commitWatched(round, committer, list);
        }
        Said[] memory rest = new Said[](list.length - 1);
        for (uint256 i = 0; i < rest.length; i++) rest[i] = list[i + 1];
        commitWatched(round, committer, only(list[0]));
        commitWatched(round, committer, rest);
        if (takenIn[round][FIRST].length > 0 && takenIn[round][committer].length > 0) reach(Reached.Split);
    }

    function routed(
        Said[] memory said,
        uint256[] memory routes,
        uint256 route
    ) private pure returns (Said[] memory list) {
        list = new Said[](said.length);
        uint256 count = 0;
        for (uint256 i = 0; i < said.length; i++) if (routes[i] == route) list[count++] = said[i];
        assembly ("memory-safe") {
            mstore(list, count)
        }
    }

    function commitWatched(uint256 round, address committer, Said[] memory list) private {
        SignedCommitment[] memory commitments = commitmentsOf(round, committer, list);
        for (uint256 i = 0; i < list.length; i++) {
            // Not its signature.
            if (isJunk(list[i], committer)) commitments[i].r ^= bytes32(uint256(1));
        }
        (RoundStatus before, Float24 peak) = (statusOf(round), roundOf(round).peak);
        bool isFirst = before == RoundStatus.None;
        if (isFirst) peak = network.topicOf(topic).peak;
        Seal[] memory expected = takenOf(round, isFirst ? FIRST : committer, committer, list, peak);
        if (expected.length == 0) {
            bytes4 error = refusal(round, committer, commitments);
            note(5, error == ITopicRounds.NothingCommitted.selector, "what counts for nothing was taken in");
            note(13, statusOf(round) == before, "a refused list opened its round");
            return;
        }
        commit(round, committer, commitments);
        nextRound = round + 1;
        watchCommitted(round, isFirst ? FIRST : committer, expected, peak);
        bytes4 again = refusal(round, committer, commitments);
        bytes4 known = ITopicRounds.AlreadyCommitted.selector;
        note(5, again == (isFirst ? ITopicRounds.NothingCommitted.selector : known), "a list was committed twice");
    }

    function watchCommitted(uint256 round, address toldOf, Seal[] memory expected, Float24 peak) private {
        Said[] memory taken = takenIn[round][toldOf];
        Seal[] memory told = sealsIn[round][toldOf];
        note(5, told.length == expected.length, "more or fewer seals were taken in");
        for (uint256 i = 0; i < told.length; i++) {
            bool isNew = settledOf[workerAt(taken[i].worker)] == 0;
            note(11, !isNew || uint48(Seal.unwrap(told[i])) >> 16 == 0, "a newcomer's seal had weight");
            note(5, Seal.unwrap(told[i]) == Seal.unwrap(expected[i]), "other seals were taken in");
        }
        note(
            13,
            statusOf(round) == RoundStatus.Open && roundOf(round).peak.unpack() == peak.unpack(),
            "not opened once, by the first"
        );
        watchListing(round);
    }

    /* HOW LISTS ARE KEPT */

    /// @dev The first lies in the round's digest until it is unfolded.
    function watchListing(uint256 round) internal {
        Round memory kept = roundOf(round);
        Listing listing = isUnfolded[round] ? Listing.Apart : Listing.Sole;
        for (uint256 i = 0; listing == Listing.Sole && i < COMMITTERS; i++) {
            if (takenIn[round][committerAt(i)].length > 0) listing = Listing.First;
        }
        note(13, kept.listing == listing, "a list is kept otherwise than it came");
    }

    /* REFUSED */

    /// @return error zero where it was not refused
    function refusal(
        uint256 round,
        address committer,
        SignedCommitment[] memory commitments
    ) internal returns (bytes4 error) {
        vm.prank(committer);
        (bool isTaken, bytes memory answer) = address(network).call(
            abi.encodeCall(ITopicRounds.commit, (topic, round, commitments))
        );
        return isTaken ? bytes4(0) : bytes4(answer);
    }

    /* WHAT MUST BE TAKEN IN */

    function isJunk(Said memory said, address committer) private view returns (bool) {
        return said.salt % 16 == 0 && workerAt(said.worker) != committer;
    }

    /// @dev What the round must take in of a list: the first of each that has a seat and signed. It is remembered.
    function takenOf(
        uint256 round,
        address toldOf,
        address committer,
        Said[] memory list,
        Float24 peak
    ) private returns (Seal[] memory seals) {
        seals = new Seal[](list.length);
        uint256 count = 0;
        for (uint256 i = 0; i < list.length; i++) {
            Said memory said = list[i];
            Position memory position = positionOf(said.worker);
            bool isSeated = position.from <= round && round < position.until;
            isSeated = isSeated && PlainSeals.budgetOf(position.stake, RISK_BPS) > 0;
            if (!isSeated || isJunk(said, committer)) continue;
            if (committedIn[round][said.worker].isIn) {
                reach(Reached.Repeated);
                continue;
            }
            seals[count++] = take(round, said, position, peak);
            takenIn[round][toldOf].push(said);
        }
        assembly ("memory-safe") {
            mstore(seals, count)
        }
    }

    function take(uint256 round, Said memory said, Position memory position, Float24 peak) private returns (Seal) {
        uint256 budget = PlainSeals.budgetOf(position.stake, RISK_BPS);
        Committed storage committed = committedIn[round][said.worker];
        (committed.isIn, committed.seat, committed.stake) = (true, position.seat, position.stake);
        committed.wager = uint96(PlainSeals.wagerOf(PlainSeals.unpacked(budget), said.confidence));
        committed.trust = trustOf(position, peak);
        note(11, committed.wager <= (uint256(position.stake) * RISK_BPS) / 10_000, "more than active stake allows");
        note(11, settledOf[workerAt(said.worker)] > 0 || committed.trust == 0, "a newcomer had weight");
        Tenure now_ = network.topicOf(topic).tenure;
        return
            PlainSeals.sealOf(
                commitmentOf(round, said),
                workerAt(said.worker),
                position.seat,
                budget,
                committed.trust,
                isSeasoned(position, now_),
                now_.era()
            );
    }

    function trustOf(Position memory position, Float24 peak) private view returns (uint32) {
        if (position.tenure.era() != network.topicOf(topic).tenure.era()) return 0;
        int256 trust = PlainMath.trustOf(position.regret.unpack(), position.energy.unpack(), peak.unpack());
        return Float32.unwrap(Float.down32(uint256(trust)));
    }

    /// @dev A record of another era reads as one without rounds.
    function isSeasoned(Position memory position, Tenure now_) private pure returns (bool) {
        uint256 needed = now_.count() < 30 ? now_.count() : 30;
        uint256 count = position.tenure.era() == now_.era() ? position.tenure.count() : 0;
        return 2 * count >= needed;
    }
}

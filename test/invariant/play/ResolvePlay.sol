// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {Reached} from "./Play.sol";
import {PublishPlay} from "./PublishPlay.sol";

/// @title Resolve: a truth is known once, or there is none, or it comes too late.
abstract contract ResolvePlay is PublishPlay {
    mapping(uint256 round => bytes20) internal resolvedDigestOf;

    /// @dev One in eight has no truth; the rest lie around the centre.
    function resolveWatched(uint256 round, uint256 seed) internal {
        warpTo(targetTime(round));
        if (phaseOf(round) == Phase.Expired) return;
        bytes32 skills = skillsDigest();
        bytes32 stakes = stakesDigest();
        uint256 pool = poolNow();
        bool isVoid = (seed >> 4) % 8 == 0;
        if (isVoid) {
            truth.set(TruthStatus.Void, 0);
            resolve(round);
            reach(Reached.Truthless);
            return watchVoid(skills, stakes, pool);
        }
        resolve(round, drawTruth(seed >> 64));
        resolvedDigestOf[round] = roundOf(round).digest;
        note(13, statusOf(round) == RoundStatus.Resolved, "a known truth did not resolve the round");
        note(14, stakesDigest() == stakes, "a truth moved stakes before it was settled");

        // The source changing its mind changes nothing.
        truth.set(TruthStatus.Known, 1);
        bytes memory again = abi.encodeCall(ITopicRounds.resolve, (topic, round, keptOf[round].outcome, ""));
        (bool isTwice, ) = address(network).call(again);
        note(13, isTwice, "a second resolution is refused");
        note(13, roundOf(round).digest == resolvedDigestOf[round], "a truth changed once known");
    }

    /// @dev Around the centre; every third time so far out that some lose all they wagered.
    function drawTruth(uint256 draw) private pure returns (int256) {
        if (draw % 3 == 0) return draw % 2 == 0 ? int256(80e18) : int256(120e18);
        return 90e18 + int256((draw >> 8) % 20e18);
    }

    function expire(uint256 round) internal {
        bytes32 skills = skillsDigest();
        bytes32 stakes = stakesDigest();
        uint256 pool = poolNow();
        reach(Reached.Expired);
        voidRound(round);
        watchVoid(skills, stakes, pool);
    }

    /// @dev Nothing was taken, so that there is nothing to return.
    function watchVoid(bytes32 skills, bytes32 stakes, uint256 pool) private {
        note(12, skillsDigest() == skills, "skill moved in a void round");
        note(14, stakesDigest() == stakes, "stake moved in a void round");
        note(14, poolNow() == pool, "a void round moved the pool");
    }
}

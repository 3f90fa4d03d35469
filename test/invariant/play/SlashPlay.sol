// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {Listing, Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {Float} from "../../../contracts/maths/Float.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {PlainSeals} from "../../helpers/PlainSeals.sol";
import {vm} from "../../helpers/Vm.sol";
import {Committed, Reached} from "./Play.sol";
import {DeskPlay} from "./DeskPlay.sol";

/// @title Slash: guilty and innocent are denounced, and the play knows which is which.
abstract contract SlashPlay is DeskPlay {
    mapping(uint256 round => uint256 signers) private seatedIn;
    mapping(uint256 round => uint256 signers) private slashedIn;

    /// @dev Who is revoked in the round still answers for it.
    function rememberSeats(uint256 round) internal {
        for (uint256 i = 0; i < SIGNERS; i++) {
            Position memory position = positionOf(i);
            uint256 end = position.until == 0 ? position.revokedAt : position.until;
            if (position.from <= round && round < end) seatedIn[round] |= 1 << i;
        }
    }

    /// @notice Denounces one for signing twice in all rounds there are, or all for their silence in some, and knows what
    /// must be heard.
    function slashSome(uint256 seed) public watched {
        seed = mixed(seed);
        uint256 ring = RING + 1;
        uint256 first = nextRound > ring ? nextRound - ring : 0;
        bool isTwofaced = seed % 8 == 0;
        for (uint256 round = first; round < nextRound; round++) {
            if (isTwofaced) denounce(round, (seed >> 16) % SIGNERS);
            if (!isTwofaced && (seed >> (8 + round - first)) % 2 == 0) accuseAll(round);
        }
    }

    /* SILENCE */

    function accuseAll(uint256 round) private {
        for (uint256 i = 0; i < SIGNERS; i++) accuse(round, i);
    }

    function accuse(uint256 round, uint256 number) private {
        bytes memory call = abi.encodeCall(ITopicDesk.slashWithheld, (topic, round, workerAt(number)));
        bool isSlashed = tried(call, round, number, 5_000, isSilent(round, number) && !isOutage(round));
        if (isSlashed) reach(Reached.Silenced);
        watchAccused(round, number, isSlashed);
    }

    /// @dev What is revealed and published at once leaves nobody silent.
    function watchAccused(uint256 round, uint256 number, bool isSlashed) private {
        if (roundOf(round).listing != Listing.Revealed || !committedIn[round][number].isIn) return;
        note(17, !isSlashed, "slashed for silence in a round that was opened as a whole");
        Phase phase = phaseOf(round);
        if (phase == Phase.Live || phase == Phase.Due) reach(Reached.Spared);
    }

    function isSilent(uint256 round, uint256 number) private view returns (bool) {
        if (statusOf(round) == RoundStatus.None) return false;
        Committed storage committed = committedIn[round][number];
        return committed.isIn && !committed.isHeard;
    }

    function isOutage(uint256 round) private view returns (bool) {
        uint256 silent = 0;
        (uint256 revealed, uint256 committed) = (0, 0);
        for (uint256 i = 0; i < SIGNERS; i++) {
            Committed storage one = committedIn[round][i];
            if (!one.isIn) continue;
            uint256 budget = Float.unpack(PlainSeals.budgetOf(one.stake, RISK_BPS));
            committed += budget;
            if (one.isHeard) revealed += budget;
            if (!one.isHeard) silent++;
        }
        uint256 heard = keptOf[round].revealed.workers.length;
        return 3 * heard < heard + silent && 3 * revealed < committed;
    }

    /* SIGNING TWICE */

    /// @dev Whoever is denounced did sign twice.
    function denounce(uint256 round, uint256 number) private {
        (Said memory one, Said memory other) = (say(number, 1, 1), say(number, 2, 2));
        bytes memory call = abi.encodeCall(
            ITopicDesk.slashEquivocation,
            (topic, round, workerAt(number), signed(round, one), signed(round, other))
        );
        if (tried(call, round, number, 10_000, statusOf(round) != RoundStatus.None)) reach(Reached.Denounced);
    }

    /* WHAT MUST BE HEARD */

    /// @dev Tries a slash and holds it against what the play knows. Only a round that is final lets the guilty go, when
    /// they sit elsewhere or under another name by now.
    function tried(
        bytes memory call,
        uint256 round,
        uint256 number,
        uint256 shareBps,
        bool isGuilty
    ) private returns (bool isSlashed) {
        Phase phase = phaseOf(round);
        isGuilty = isGuilty && has(seatedIn[round], number) && !has(slashedIn[round], number);
        isGuilty = isGuilty && (phase == Phase.Live || phase == Phase.Due);
        bool mayHaveGone = !canMoveMoney(round) && isElsewhere(round, positionOf(number));
        Position memory before = positionOf(number);
        (uint256 toSink, uint256 toCaller) = slashedMoney();

        vm.prank(BATCHER);
        (isSlashed, ) = address(network).call(call);
        if (isSlashed && has(slashedIn[round], number)) {
            bool isSame = keccak256(abi.encode(before)) == keccak256(abi.encode(positionOf(number)));
            note(17, isSame, "slashed twice");
            reach(Reached.Acquitted);
            return false;
        }
        note(17, isGuilty || !isSlashed, "an innocent was slashed");
        note(17, !isGuilty || isSlashed || mayHaveGone, "a guilty one got away");
        if (!isSlashed) {
            reach(Reached.Acquitted);
            return false;
        }
        slashedIn[round] |= 1 << number;
        watchSlash(round, before, positionOf(number), shareBps, toSink, toCaller);
    }

    function has(uint256 signers, uint256 number) private pure returns (bool) {
        return (signers >> number) & 1 == 1;
    }

    function isElsewhere(uint256 round, Position memory position) private pure returns (bool) {
        bool hadNoSeat = position.until == 0 && position.revokedAt == 0;
        return position.from > round || position.owner == address(0) || hadNoSeat;
    }

    function slashedMoney() private view returns (uint256 toSink, uint256 toCaller) {
        return (network.claimableOf(network.sink()), network.claimableOf(BATCHER));
    }

    function watchSlash(
        uint256 round,
        Position memory before,
        Position memory now_,
        uint256 shareBps,
        uint256 sinkBefore,
        uint256 callerBefore
    ) private {
        uint256 leaving = round <= before.exitRound ? before.leaving : 0;
        uint256 most = ((uint256(before.stake) + leaving) * RISK_BPS * shareBps) / 1e8;
        uint256 lost = (uint256(before.stake) + before.leaving) - (uint256(now_.stake) + now_.leaving);
        (uint256 toSink, uint256 toCaller) = slashedMoney();
        (toSink, toCaller) = (toSink - sinkBefore, toCaller - callerBefore);
        note(3, lost <= most && lost + 1 >= most, "a slash is another share of the budget");
        note(17, lost == toSink + toCaller && toCaller == lost / 10, "slashed money went elsewhere");
        note(17, now_.leaving == before.leaving || now_.stake == 0, "what leaves paid before what stays");
        (now_.stake, now_.leaving) = (before.stake, before.leaving);
        note(12, keccak256(abi.encode(now_)) == keccak256(abi.encode(before)), "a slash moved more than money");
    }
}

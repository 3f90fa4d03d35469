// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {LibBit} from "solady/src/utils/LibBit.sol";

import {ITopicDesk} from "../interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Commitments} from "../maths/Commitments.sol";
import {Schedule} from "../maths/Schedule.sol";
import {Ring} from "../storage/State.sol";
import {Network} from "../types/Network.sol";
import {Position} from "../types/Position.sol";
import {Backing, Listing, Phase, Round, RoundStatus} from "../types/Round.sol";
import {SignedCommitment} from "../types/Seal.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";

/// @title Slashing: the price of a commitment that is not revealed, and of two commitments in one round.
/// @notice Without it a worker could commit, listen to the others' reveals, and open only what will pay. The verbs are
/// documented in ITopicDesk.
/// @dev A slash is at most one round's budget, once a worker and round, in rounds that hold a place in the ring. Between a
/// wager and its settlement lies at most a ring of others on either side (Ring.requireRoom), so what is pending, at most
/// 16 % of the stake when it was wagered, stays below a third of what losses and slashes of both rings leave: no settlement
/// ever lacks it. The figures are in docs/decisions/0006.
library Slashing {
    using Ring for Network;
    using Schedule for Times;

    /// @dev Where slashed money goes: an account without a key.
    address internal constant SINK = 0x000000000000000000000000000000000000dEaD;

    uint256 private constant BPS = 10_000;
    /// @dev More than a round usually costs a worker that was wrong, so that silence hardly ever pays.
    uint256 private constant WITHHELD_BPS = 5_000;
    uint256 private constant EQUIVOCATION_BPS = BPS;
    /// @dev A worker that denounces itself still loses nine tenths.
    uint256 private constant BOUNTY_BPS = 1_000;
    uint256 private constant OUTAGE = 3;

    /* WITHHELD */

    /// @dev Every commitment belongs to one worker, and the round knows which are not revealed: no proof is needed.
    function slashWithheld(Network storage network, TopicId id, uint256 number, address worker) internal {
        if (isSlashed(network, id, number, worker)) return;
        Topic storage topic = requireSaid(network, id, number);
        Round storage round = requireOpened(network, id, number);
        bool isAllRevealed = topic.commitWindow == 0 || round.listing == Listing.Revealed;
        uint256 withheld = isAllRevealed ? 0 : ~round.closed;
        uint256 revealed = round.count;
        uint256 committed = revealed + LibBit.popCount(withheld);

        bool isOutage =
            revealed * OUTAGE < committed && isMoneyOut(network.backingAt[id][number % topic.ringSize], round);
        require(!isOutage, ITopicDesk.Outage(revealed, committed));
        uint256 bit = seatBit(network, id, number, worker);
        require(withheld & bit != 0, ITopicDesk.NotWithheld(worker, number));

        slash(network, id, number, worker, bit, WITHHELD_BPS);
    }

    /// @dev Seats alone are cheap to hold, and one worker alone may hold most of the money: it is an outage only where little of
    /// both was revealed. The sums are whole once the first list is unfolded; before that nothing is revealed.
    function isMoneyOut(Backing storage backing, Round storage round) private view returns (bool) {
        return round.listing != Listing.Apart || uint256(backing.revealed) * OUTAGE < backing.committed;
    }

    /* EQUIVOCATION */

    function slashEquivocation(
        Network storage network,
        bytes32 domain,
        TopicId id,
        uint256 number,
        address worker,
        SignedCommitment calldata one,
        SignedCommitment calldata other
    ) internal {
        if (isSlashed(network, id, number, worker)) return;
        requireSaid(network, id, number);
        requireOpened(network, id, number);
        require(one.commitment != other.commitment, ITopicDesk.NotEquivocal(one.commitment));
        Commitments.Signing memory signing = Commitments.signingOf(domain, id, number);
        require(isSigned(signing, worker, one), ITopicRounds.BadSignature(worker));
        require(isSigned(signing, worker, other), ITopicRounds.BadSignature(worker));

        slash(network, id, number, worker, seatBit(network, id, number, worker), EQUIVOCATION_BPS);
    }

    function isSigned(
        Commitments.Signing memory signing,
        address worker,
        SignedCommitment calldata signed
    ) private view returns (bool) {
        return Commitments.isSigned(signing, signed.commitment, worker, signed.r, signed.vs);
    }

    /* BOTH */

    /// @dev Once a worker and round; asked of rounds that hold their place in the ring.
    function isSlashed(
        Network storage network,
        TopicId id,
        uint256 number,
        address worker
    ) private view returns (bool) {
        (, RoundStatus status) = network.statusOf(id, number);
        Position storage position = network.positionOf[id][worker];
        bool isSlashedIn = network.slashedIn[id][number] & (1 << position.seat) != 0;
        return isSlashedIn && status != RoundStatus.None && isSeatedIn(position, number);
    }

    /// @dev Whatever the status: if void rounds were exempt, a worker whose reveal a round needs for its least number of
    /// workers could make any round void that would cost it. Only rounds that hold their place in the ring, so that no more
    /// slashes fall between a wager and its settlement than the stake bears: a settlement must never fail for want of stake.
    function requireOpened(
        Network storage network,
        TopicId id,
        uint256 number
    ) private view returns (Round storage round) {
        RoundStatus status;
        (round, status) = network.statusOf(id, number);
        require(status != RoundStatus.None, ITopicRounds.WrongStatus(status, RoundStatus.Open));
    }

    /// @dev Only between the end of the reveal window and the truth deadline.
    function requireSaid(
        Network storage network,
        TopicId id,
        uint256 number
    ) private view returns (Topic storage topic) {
        topic = network.existing(id);
        Phase phase = topic.times().phaseAt(number, block.timestamp);
        require(phase == Phase.Live || phase == Phase.Due, ITopicRounds.WrongPhase(phase, Phase.Live));
    }

    /// @dev A worker that lost its seat or was revoked since the round opened still has the seat in this round, and takes no
    /// other before the round is over.
    function seatBit(
        Network storage network,
        TopicId id,
        uint256 number,
        address worker
    ) private view returns (uint256) {
        Position storage position = network.positionOf[id][worker];
        require(isSeatedIn(position, number), ITopicDesk.NotSeated(worker, number));

        return 1 << position.seat;
    }

    function isSeatedIn(Position storage position, uint256 number) private view returns (bool) {
        return position.from <= number && number < position.seatEnd();
    }

    /// @dev A round's budget is of the stake that stood behind it: what was asked back before it opened did not, what was
    /// asked back since does. What stays pays first, as in a settlement.
    function slash(
        Network storage network,
        TopicId id,
        uint256 number,
        address worker,
        uint256 bit,
        uint256 shareBps
    ) private {
        Position storage position = network.positionOf[id][worker];
        uint256 slashed = network.slashedIn[id][number];

        uint256 stake = position.stake;
        uint256 backing = number <= position.exitRound ? stake + position.leaving : stake;
        uint256 budget = (backing * network.topicOf[id].riskBps) / BPS;
        uint256 amount = (budget * shareBps) / BPS;
        uint256 ofStake = Math.min(amount, stake);
        uint256 bounty = (amount * BOUNTY_BPS) / BPS;

        network.slashedIn[id][number] = slashed | bit;
        position.stake = uint96(stake - ofStake);
        position.leaving -= uint96(amount - ofStake);
        network.claimableOf[msg.sender] += bounty;
        network.claimableOf[SINK] += amount - bounty;

        emit ITopicDesk.Slashed(id, number, worker, amount, bounty, msg.sender);
    }
}

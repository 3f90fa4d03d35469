// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ITopicDesk} from "../interfaces/ITopicDesk.sol";
import {Commitments} from "../maths/Commitments.sol";
import {Float} from "../maths/Float.sol";
import {Scoring} from "../maths/Scoring.sol";
import {Settlement} from "../maths/Settlement.sol";
import {Ring} from "../storage/State.sol";
import {Network} from "../types/Network.sol";
import {packTenure, Position, Tenure} from "../types/Position.sol";
import {Consent} from "../types/Seal.sol";
import {Topic, TopicId} from "../types/Topic.sol";

/// @title How money comes in, takes a seat, changes its signer and leaves.
/// @notice The network's money verbs, documented in ITopicDesk.
library Stakes {
    using Ring for Network;
    using Ring for Topic;
    using SafeERC20 for IERC20;

    /// @dev Ends the term of a seat that is held.
    uint24 private constant ALWAYS = type(uint24).max;
    /// @dev A worker with a seat keeps at least this many times its leaving stake; derived in docs/decisions/0006.
    uint256 private constant STAYING = 3;

    /* MONEY IN */

    function fund(Network storage network, IERC20 token, TopicId id, uint96 amount) internal {
        Topic storage topic = network.existing(id);

        require(amount > 0, ITopicDesk.ZeroAmount());

        topic.pool += amount;

        emit ITopicDesk.Funded(id, msg.sender, amount);

        pull(token, amount);
    }

    function deposit(
        Network storage network,
        IERC20 token,
        bytes32 domain,
        TopicId id,
        address worker,
        uint96 amount,
        Consent memory consent
    ) internal {
        Topic storage topic = network.existing(id);
        Position storage position = network.positionOf[id][worker];
        address owner = position.owner;

        require(amount > 0, ITopicDesk.ZeroAmount());
        require(owner == msg.sender || owner == address(0), ITopicDesk.NotOwner(msg.sender, owner));
        if (owner == address(0)) requireWilling(domain, id, worker, position, consent);
        uint96 backing = position.stake + position.pending + amount;
        require(backing >= topic.minStake, ITopicDesk.BelowMinStake(backing, topic.minStake));

        // What is due is taken in first, so that a new deposit never makes an old one wait.
        if (position.pending > 0 && position.activeAt <= block.timestamp) activateDue(position, id, worker);
        position.owner = msg.sender;
        position.pending += amount;
        position.activeAt = uint40(block.timestamp + topic.activationDelay);

        emit ITopicDesk.Deposited(id, worker, msg.sender, amount, position.activeAt);

        pull(token, amount);
    }

    /// @dev A signer lets the caller stake behind it by being the caller, or by its signature. Consents from
    /// before somebody owned it are void, or a former owner could take back a signer that was given up.
    function requireWilling(
        bytes32 domain,
        TopicId id,
        address signer,
        Position storage position,
        Consent memory consent
    ) private view {
        if (signer == msg.sender) return;
        bool isWilling = !position.hadOwner && Commitments.isConsent(domain, id, msg.sender, signer, consent);
        require(isWilling, ITopicDesk.NoConsent(signer, msg.sender));
        require(block.timestamp <= consent.deadline, ITopicDesk.ConsentEnded(block.timestamp, consent.deadline));
    }

    /// @notice Takes money in, last of all that a verb does. Tokens that keep a fee or lie about a transfer are refused;
    /// all that is held fits 96 bits, so that no sum of stakes or wagers can overflow.
    function pull(IERC20 token, uint256 amount) private {
        uint256 held = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - held;

        require(received == amount, ITopicDesk.WrongTransfer(received, amount));
        require(held + amount <= type(uint96).max, ITopicDesk.TooMuchHeld(held + amount, type(uint96).max));
    }

    function activate(Network storage network, TopicId id, address worker) internal {
        Position storage position = network.positionOf[id][worker];

        if (position.pending == 0 && position.stake > 0) return;
        require(position.pending > 0, ITopicDesk.NothingPending(worker));
        require(position.activeAt <= block.timestamp, ITopicDesk.NotActive(block.timestamp, position.activeAt));

        activateDue(position, id, worker);
    }

    /// @dev New money has no record: skill is shared out over old and new, so that none can be bought.
    function activateDue(Position storage position, TopicId id, address worker) private {
        uint96 amount = position.pending;
        Tenure tenure = position.tenure;
        position.regret = Float.signed48(Settlement.dilute(position.regret.unpack(), position.stake, amount));
        position.tenure = packTenure(tenure.era(), Settlement.diluteCount(tenure.count(), position.stake, amount));
        position.stake += amount;
        position.pending = 0;

        emit ITopicDesk.Activated(id, worker, amount);
    }

    /* SEAT */

    function takeSeat(Network storage network, TopicId id, address worker, uint8 seat) internal {
        Topic storage topic = network.existing(id);
        Position storage position = owned(network, id, worker);
        address occupant = network.seatOf[id][seat];

        require(position.stake >= topic.minStake, ITopicDesk.BelowMinStake(position.stake, topic.minStake));
        uint256 required = STAYING * position.leaving;
        require(position.stake >= required, ITopicDesk.InsufficientStake(position.stake, required));
        require(position.until != ALWAYS, ITopicDesk.AlreadySeated(worker, position.seat));
        require(seat <= topic.lastSeat, ITopicDesk.UnknownSeat(seat, topic.lastSeat));
        requireRank(network, id, worker, occupant);
        requireTermOver(network, id, position);

        uint24 next = topic.nextOpening();
        vacate(network, id, worker, next);
        if (occupant != address(0) && occupant != worker) displace(network, id, occupant, next);
        network.seatOf[id][seat] = worker;
        position.seat = seat;
        begin(position, next);

        emit ITopicDesk.SeatTaken(id, worker, seat, next, occupant);
    }

    function owned(
        Network storage network,
        TopicId id,
        address worker
    ) private view returns (Position storage position) {
        position = network.positionOf[id][worker];
        require(position.owner == msg.sender, ITopicDesk.NotOwner(msg.sender, position.owner));
    }

    function requireRank(Network storage network, TopicId id, address worker, address occupant) private view {
        if (occupant == address(0) || occupant == worker) return;
        uint256 actual = rankOf(network, id, worker);
        uint256 required = (rankOf(network, id, occupant) * 11) / 10;
        require(actual > required, ITopicDesk.RankTooLow(actual, required));
    }

    /// @dev By its seat a worker is found among those who revealed, and slashed where it is not. So its term stays
    /// unchanged until the target time of its last round, and until that round is final: leaving a seat and taking one again
    /// changes nothing, and a worker that made its last round void can be slashed before it moves on.
    /// A seat once taken binds its stake until the first round is final, whatever the occupant does: otherwise one stake
    /// could displace every worker in turn, each for as long as its open rounds last. A worker that is displaced before
    /// that round is free at once: the seat was taken from one other, and the new occupant is bound instead.
    function requireTermOver(Network storage network, TopicId id, Position storage position) private view {
        uint256 end = Math.max(position.seatEnd(), position.bound);
        if (end > position.from) network.requireOver(id, end - 1);
    }

    /// @notice Stake times record, which is nothing in another era. Zero where the stake is below the least a seat needs.
    function rankOf(Network storage network, TopicId id, address worker) internal view returns (uint256) {
        Topic storage topic = network.topicOf[id];
        Position storage position = network.positionOf[id][worker];
        if (position.stake < topic.minStake) return 0;
        (int256 regret, uint256 energy) = position.standing().recordIn(topic.tenure.era());
        return Scoring.rank(position.stake, regret, energy, topic.peak.unpack());
    }

    function vacate(Network storage network, TopicId id, address worker, uint24 next) private {
        Position storage position = network.positionOf[id][worker];
        if (network.seatOf[id][position.seat] == worker) delete network.seatOf[id][position.seat];
        if (position.until > next) position.until = next;
    }

    /// @dev Its open rounds stay the displaced worker's own; the seat it lost binds it no longer.
    function displace(Network storage network, TopicId id, address occupant, uint24 next) private {
        vacate(network, id, occupant, next);
        network.positionOf[id][occupant].bound = 0;
    }

    function begin(Position storage position, uint24 next) private {
        position.from = next;
        position.until = ALWAYS;
        position.bound = next < ALWAYS ? next + 1 : ALWAYS;
    }

    /* SIGNER */

    function revoke(Network storage network, TopicId id, address worker) internal {
        Topic storage topic = network.topicOf[id];
        Position storage position = owned(network, id, worker);

        if (position.until > 0) position.revokedAt = uint24(Math.min(position.until, topic.nextOpening()));
        position.until = 0;

        emit ITopicDesk.SignerRevoked(id, worker);
    }

    function rotate(
        Network storage network,
        bytes32 domain,
        TopicId id,
        address worker,
        address signer,
        Consent memory consent
    ) internal {
        Position storage position = owned(network, id, worker);
        Position storage moved = network.positionOf[id][signer];

        require(position.until == 0, ITopicDesk.NotRevoked(worker));
        require(moved.owner == address(0), ITopicDesk.SignerTaken(signer));
        requireWilling(domain, id, signer, moved, consent);
        requireTermOver(network, id, position);

        network.positionOf[id][signer] = position;
        moved.revokedAt = 0;
        if (network.seatOf[id][position.seat] == worker) {
            network.seatOf[id][position.seat] = signer;
            begin(moved, network.topicOf[id].nextOpening());
        }
        delete network.positionOf[id][worker];
        position.hadOwner = true;

        emit ITopicDesk.SignerRotated(id, worker, signer);
    }

    /* UNSTAKE */

    function unstake(Network storage network, TopicId id, address worker, uint96 amount) internal {
        Topic storage topic = network.existing(id);
        Position storage position = owned(network, id, worker);

        require(amount > 0, ITopicDesk.ZeroAmount());
        require(position.stake >= amount, ITopicDesk.InsufficientStake(position.stake, amount));

        position.stake -= amount;
        position.leaving += amount;
        position.leavesAt = uint40(block.timestamp + topic.unstakeDelay);
        position.exitRound = topic.lastOpened();
        if (!isBacked(topic, position)) vacate(network, id, worker, topic.nextOpening());

        emit ITopicDesk.Unstaked(id, worker, amount, position.leavesAt);
    }

    /// @dev Leaving stake still pays for the rounds that were open at the request, but after the stake that stays. So that
    /// losses of those rounds never exceed what backs newer wagers, however often stake is asked back, a worker that asks
    /// back more than a third of what stays gives up its seat until it is paid out.
    function isBacked(Topic storage topic, Position storage position) private view returns (bool) {
        return position.stake >= topic.minStake && position.stake >= STAYING * position.leaving;
    }

    function withdraw(Network storage network, IERC20 token, TopicId id, address worker) internal {
        network.existing(id);
        Position storage position = owned(network, id, worker);
        uint96 amount = position.leaving;

        require(amount > 0, ITopicDesk.NothingLeaving(worker));
        require(position.leavesAt <= block.timestamp, ITopicDesk.NotActive(block.timestamp, position.leavesAt));
        requireLeft(network, id, position);

        position.leaving = 0;

        emit ITopicDesk.Withdrawn(id, worker, msg.sender, amount);

        token.safeTransfer(msg.sender, amount);
    }

    /// @dev The rounds that were open at the request must be over, and the first round of a seat that was taken: otherwise one
    /// stake could displace one worker after the other by leaving for another signer. Before the topic starts no round is open.
    function requireLeft(Network storage network, TopicId id, Position storage position) private view {
        bool isStarted = network.topicOf[id].start <= block.timestamp;
        uint256 end = Math.max(position.bound, isStarted ? uint256(position.exitRound) + 1 : 0);
        if (end > 0) network.requireOver(id, end - 1);
    }

    function claim(Network storage network, IERC20 token) internal {
        uint256 amount = network.claimableOf[msg.sender];

        require(amount > 0, ITopicDesk.NothingToClaim(msg.sender));

        network.claimableOf[msg.sender] = 0;

        emit ITopicDesk.Claimed(msg.sender, amount);

        token.safeTransfer(msg.sender, amount);
    }
}

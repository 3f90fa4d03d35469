// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {Consent} from "../../../contracts/types/Seal.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {vm} from "../../helpers/Vm.sol";
import {Reached} from "./Play.sol";
import {WatchedPlay} from "./WatchedPlay.sol";

/// @title Between rounds: stake comes and goes, seats change hands, positions their signers.
abstract contract DeskPlay is WatchedPlay {
    uint96 private constant REST = 1_100; // just enough for a seat, nothing beside what is wagered on a full stake

    /* STAKE */

    function stakeMore(uint256 seed) public watched {
        seed = mixed(seed);
        uint256 number = seed % SIGNERS;
        Position memory before = positionOf(number);
        // One signer stays free, so that positions can move.
        if (before.owner == address(0) && number == SIGNERS - 1) return;
        if (before.owner != address(0) && before.owner != workerAt(number)) return stakeBehind(number, seed);
        uint96 amount = uint96(1_000 + ((seed >> 16) % 3 > 0 ? (seed >> 32) % 2e7 : (seed >> 32) % 5_000));
        deposit(number, amount);
        watchDeposit(before, positionOf(number), amount);
    }

    /// @dev A position that changed its signer still belongs to its first owner.
    function stakeBehind(uint256 number, uint256 seed) private {
        Position memory before = positionOf(number);
        uint96 amount = uint96(1 + ((seed >> 32) % 5_000));
        if (before.stake + before.pending + amount < MIN_STAKE) return;
        mint(before.owner, amount);
        vm.prank(before.owner);
        network.depositFor(topic, workerAt(number), amount, Consent(0, 0, 0));
        watchDeposit(before, positionOf(number), amount);
    }

    function watchDeposit(Position memory before, Position memory now_, uint96 amount) private {
        bool isTakenIn = before.pending > 0 && before.activeAt <= time;
        uint96 pending = isTakenIn ? amount : before.pending + amount;
        reach(Reached.Deposited);
        note(11, now_.stake == before.stake + (isTakenIn ? before.pending : 0), "a deposit counted at once");
        note(11, now_.pending == pending && now_.activeAt >= time + terms().activationDelay, "not delayed");
        note(11, !isBetter(before, now_), "a deposit raised skill");
    }

    function activate(uint256 seed) external watched {
        seed = mixed(seed);
        uint256 number = seed % SIGNERS;
        for (uint256 i = 0; i < SIGNERS && positionOf(number).pending == 0; i++) number = (number + 1) % SIGNERS;
        Position memory before = positionOf(number);
        if (before.pending == 0) return;
        if (before.activeAt > time && seed & 256 == 0) warpTo(before.activeAt);
        (bool isActive, ) = address(network).call(abi.encodeCall(ITopicDesk.activate, (topic, workerAt(number))));
        note(11, isActive == (before.activeAt <= time), "stake was active before its delay, or not after it");
        note(11, !isBetter(before, positionOf(number)), "an activation raised skill");
        if (isActive) reach(Reached.Activated);
    }

    function isBetter(Position memory before, Position memory now_) private pure returns (bool) {
        bool isOlder = now_.tenure.era() == before.tenure.era() && now_.tenure.count() > before.tenure.count();
        int256 regretBefore = before.regret.unpack();
        return isOlder || now_.regret.unpack() > regretBefore || now_.energy.unpack() != before.energy.unpack();
    }

    /// @dev A part, often as much as the seat can be kept with, now and then nearly all, or all of it.
    function unstakeSome(uint256 seed) public watched {
        seed = mixed(seed);
        uint256 number = seed % SIGNERS;
        Position memory position = positionOf(number);
        if (position.stake == 0 || seed & 256 > 0) return;
        uint256 amount = 1 + ((seed >> 16) % position.stake);
        uint256 kept = 3 * uint256(position.leaving);
        if ((seed >> 9) % 4 < 2 && position.stake > kept + 4) amount = (position.stake - kept) / 4;
        if ((seed >> 9) % 4 == 2 && position.stake > REST) amount = position.stake - REST;
        vm.prank(position.owner);
        network.unstake(topic, workerAt(number), uint96(amount));
        reach(Reached.Unstaked);
    }

    function withdraw(uint256 seed) external watched {
        seed = mixed(seed);
        for (uint256 i = 0; i < SIGNERS; i++) {
            uint256 number = ((seed % SIGNERS) + i) % SIGNERS;
            Position memory position = positionOf(number);
            if (position.leaving == 0 || position.leavesAt > time) continue;
            vm.prank(position.owner);
            (bool isOut, ) = address(network).call(abi.encodeCall(ITopicDesk.withdraw, (topic, workerAt(number))));
            if (isOut) reach(Reached.Withdrawn);
        }
    }

    /* SEATS */

    function takeSeats(uint256 seed) public watched {
        seed = mixed(seed);
        for (uint256 i = 0; i < SIGNERS; i++) takeSeat(i, uint8((seed >> (8 * i)) % (SEATS + 1)));
    }

    /// @dev One seat more than there are is asked for.
    function takeSeat(uint256 number, uint8 seat) private {
        Position memory position = positionOf(number);
        if (position.stake < MIN_STAKE || position.until == ALWAYS) return;
        address occupant = network.seatOf(topic, seat);
        address worker = workerAt(number);
        uint256 required = occupant == worker ? 0 : network.rankOf(topic, occupant);
        bool isHigher = occupant == address(0) || network.rankOf(topic, worker) > required;

        vm.prank(position.owner);
        (bool isTaken, ) = address(network).call(abi.encodeCall(ITopicDesk.takeSeat, (topic, worker, seat)));
        note(19, !isTaken || isHigher, "a seat fell to a lower rank");
        note(19, !isTaken || seat < SEATS, "a seat was taken that there is not");
        if (isTaken) reach(Reached.Seated);
        if (isTaken && occupant != address(0) && occupant != worker) reach(Reached.Displaced);
    }

    /* SIGNERS */

    /// @dev Who was revoked moves to a free signer once its rounds are final, unless it takes a seat again before; who
    /// never had a seat moves rarely.
    function changeSigner(uint256 seed) public watched {
        seed = mixed(seed);
        for (uint256 i = 0; i < SIGNERS; i++) moveUnseated(i, (seed >> (16 + 3 * i)) % 8 == 0);
        uint256 number = (seed >> 8) % SIGNERS;
        Position memory before = positionOf(number);
        if (before.owner == address(0) || seed % 4 > 0) return;
        vm.prank(before.owner);
        network.revoke(topic, workerAt(number));
        note(13, positionOf(number).until == 0, "a revoked signer still has a term");
        if (before.until > 0) reach(Reached.Revoked);
    }

    function moveUnseated(uint256 number, bool isRestless) private {
        Position memory position = positionOf(number);
        uint256 other = freeSigner(position.owner);
        if (position.owner == address(0) || position.until > 0 || other == SIGNERS) return;
        if (position.revokedAt == 0 && !isRestless) return;

        Consent memory consent = consentOf(other, position.owner);
        (address from, address to) = (workerAt(number), workerAt(other));
        vm.prank(position.owner);
        (bool isMoved, ) = address(network).call(abi.encodeCall(ITopicDesk.rotate, (topic, from, to, consent)));
        if (!isMoved) return;
        if (position.revokedAt > 0) reach(Reached.Rotated);
        settledOf[to] = settledOf[from];
        settledOf[from] = 0;
    }

    /// @dev One that had an owner before takes no consent any more; its own position may come back to it.
    function freeSigner(address owner) private view returns (uint256 number) {
        while (number < SIGNERS && !isFree(number, owner)) number++;
    }

    function isFree(uint256 number, address owner) private view returns (bool) {
        Position memory position = positionOf(number);
        return position.owner == address(0) && (!position.hadOwner || workerAt(number) == owner);
    }

    /* MONEY */

    function fundPool(uint256 seed) external watched {
        seed = mixed(seed);
        network.fund(topic, uint96(1 + (seed % 50_000)));
    }

    function claim(uint256) external watched {
        uint256 tips = network.claimableOf(KEEPER);
        if (tips == 0) return;
        uint256 before = token.balanceOf(KEEPER);
        vm.prank(KEEPER);
        network.claim();
        note(15, token.balanceOf(KEEPER) == before + tips, "a tip was paid otherwise than credited");
        note(15, network.claimableOf(KEEPER) == 0, "a tip can be claimed twice");
        reach(Reached.Claimed);
    }
}

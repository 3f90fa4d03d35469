// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {Position} from "../../contracts/types/Position.sol";
import {Consent} from "../../contracts/types/Seal.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Numbers and words are those of docs/Invariants.md: 25, k stakes of one owner, in any order of taking,
/// displacing, revoking, asking back, paying out and depositing under new names, never hold or keep empty more than k
/// seats. The honest take an empty seat as soon as they may.
contract SeatsTest is Stages {
    uint256 private constant HONEST = 6;
    uint256 private constant STAKES = 3;
    uint256 private constant NAMES = 40;
    uint24 private horizon;
    uint24 private cadence_;
    uint256 private names;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.seats, params.horizon, params.cadence) = (uint16(HONEST), horizon, cadence_);
        (params.ringSize, params.riskBps, params.poolRateBps) = (32, 50, 80);
        params.unstakeDelay = 1;
    }

    // Invariant 25
    /// hardhat-config: fuzz.runs = 24
    function testFuzz_KStakesHoldOrEmptyKSeats(uint256 seed) public {
        (horizon, cadence_) = (250, 100);
        play(seed, 120);
    }

    /// hardhat-config: fuzz.runs = 24
    function testFuzz_KStakesHoldOrEmptyKSeatsAtAHorizonOf30Days(uint256 seed) public {
        (horizon, cadence_) = (30 days, 1 days);
        play(seed, 120);
    }

    function play(uint256 seed, uint256 moves) private {
        openTopic();
        rememberWorkers(HONEST + NAMES);
        seatWorkers(HONEST, STAKE);
        names = HONEST;
        // Each can displace the one before, and all of them the honest.
        for (uint256 i = 0; i < STAKES; i++) deposit(names++, uint96(2 * STAKE * (i + 1)));
        warpTo(time + terms().activationDelay);
        for (uint256 i = HONEST; i < names; i++) network.activate(topic, workerAt(i));
        if (seed % 2 == 0) warpTo(openTime(1));

        for (uint256 i = 0; i < moves; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            move(HONEST + ((seed >> 8) % (names - HONEST)), seed);
            for (uint256 j = 0; j < HONEST; j++) comeBack(j);
            require(lost() <= STAKES, "25: more seats than stakes");
        }
    }

    function move(uint256 number, uint256 draw) private {
        address worker = workerAt(number);
        uint256 kind = draw % 16;
        if (kind < 6)
            attempt(worker, abi.encodeCall(ITopicDesk.takeSeat, (topic, worker, uint8((draw >> 16) % HONEST))));
        if (kind == 6) attempt(worker, abi.encodeCall(ITopicDesk.revoke, (topic, worker)));
        if (kind == 7) attempt(worker, abi.encodeCall(ITopicDesk.unstake, (topic, worker, positionOf(number).stake)));
        if (kind == 8)
            attempt(worker, abi.encodeCall(ITopicDesk.unstake, (topic, worker, positionOf(number).stake / 3)));
        if (kind == 9 || kind == 10) renew(number);
        if (kind == 11) rotate(number);
        if (kind == 12) attempt(worker, abi.encodeCall(ITopicDesk.activate, (topic, worker)));
        if (kind == 13) warpTo(time + 1 + ((draw >> 32) % 60));
        if (kind == 14) warpTo(time + ((draw >> 32) % cadence_));
        if (kind == 15 && (draw >> 16) % 4 == 0) warpTo(time + ((draw >> 32) % horizon));
    }

    function attempt(address worker, bytes memory call) private returns (bool isDone) {
        by(worker);
        (isDone, ) = address(network).call(call);
    }

    /// @dev All that may leave a name goes to a new one, as one stake.
    function renew(uint256 number) private {
        address worker = workerAt(number);
        uint256 before = token.balanceOf(worker);
        if (names == HONEST + NAMES || !attempt(worker, abi.encodeCall(ITopicDesk.withdraw, (topic, worker)))) return;
        if (positionOf(number).stake > 0 || positionOf(number).pending > 0) return;
        uint96 amount = uint96(token.balanceOf(worker) - before);
        if (amount < terms().minStake) return;
        deposit(names, amount);
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(names++));
    }

    function rotate(uint256 number) private {
        if (names == HONEST + NAMES) return;
        address owner = positionOf(number).owner;
        Consent memory consent = consentOf(names, owner);
        address worker = workerAt(number);
        if (attempt(owner, abi.encodeCall(ITopicDesk.rotate, (topic, worker, workerAt(names), consent)))) names++;
    }

    function comeBack(uint256 number) private {
        Position memory position = positionOf(number);
        if (position.until == type(uint24).max) return;
        for (uint8 seat = 0; seat < HONEST; seat++) {
            if (network.seatOf(topic, seat) != address(0)) continue;
            address worker = workerAt(number);
            if (attempt(worker, abi.encodeCall(ITopicDesk.takeSeat, (topic, worker, seat)))) return;
        }
    }

    /// @dev Seats that no honest worker holds.
    function lost() private view returns (uint256 count) {
        count = HONEST;
        for (uint8 seat = 0; seat < HONEST; seat++) {
            address occupant = network.seatOf(topic, seat);
            for (uint256 i = 0; i < HONEST; i++) if (occupant == workerAt(i)) count--;
        }
    }
}

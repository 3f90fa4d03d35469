// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {Reputer, STAYS} from "../../contracts/types/Reputer.sol";
import {PanelDriver} from "../helpers/PanelDriver.sol";

/// @notice Identities of one owner displace each other to empty a panel or to lock it for others. Pass mark: every round
/// that opened has a reporter in every seat that was ever held, a seat is never closed to who brings more, and whoever was
/// displaced waits no longer than after a single displacement.
contract SeatSwapperTest is PanelDriver {
    uint256 private constant SEATS = 4;
    address private constant ANN = address(0xA);
    address private constant BEA = address(0xB);
    uint256 private names;

    function test_EveryCadenceAtAHorizonOf24() public {
        deployPanel(24 * CADENCE);
        swapEveryCadence(60);
    }

    function test_EveryCadenceAtAHorizonOf30Days() public {
        deployPanel(30 days);
        swapEveryCadence(60);
    }

    /// @dev Two a seat and cadence: each displaces the one before it, 10 % more each time.
    function swapEveryCadence(uint256 rounds) private {
        seatEveryone();
        for (uint256 round = 0; round < rounds; ++round) {
            warpTo(openTime(round) - 1);
            swapAll();
            swapAll();
        }

        for (uint256 round = 0; round < rounds; ++round) {
            for (uint256 seat = 0; seat < SEATS; ++seat) {
                (address reporter, uint96 weight) = truth.reporterOf(TOPIC, round, seat);
                require(reporter != address(0) && weight >= STAKE, "a round without a reporter");
            }
        }
        report(rounds - 1, SEATS, valueOf);
        requireTruth(rounds - 1, TruthStatus.Known, TRUE_VALUE);
    }

    function swapAll() private {
        for (uint256 seat = 0; seat < SEATS; ++seat) {
            address before = truth.seatOf(TOPIC, seat);
            Reputer memory held = truth.reputerOf(TOPIC, before);
            uint96 amount = uint96((uint256(held.stake) * 11 + 9) / 10);
            bool isYoung = held.from * CADENCE + START > time;
            address next = newName();
            sit(next, seat, amount);
            require(truth.seatOf(TOPIC, seat) == next, "the seat is locked");
            requireLeft(before, held, isYoung);
        }
    }

    /// @dev At once before a round has opened; else when its last round is final, whoever came after.
    function requireLeft(address account, Reputer memory held, bool isYoung) private view {
        Reputer memory left = truth.reputerOf(TOPIC, account);
        if (isYoung) {
            require(left.leavesAt == 0 && truth.claimableOf(account) == held.stake, "not refunded at once");
            return;
        }
        uint256 last = targetTime(left.until - 1) + 4 * CADENCE;
        uint256 delayed = time + 86_400;
        require(left.leavesAt <= (last > delayed ? last : delayed), "locked longer than one displacement does");
    }

    /// @dev The cheapest way to shut a panel out used to be two identities a seat.
    function test_NobodyIsLockedOutOfAPanelThatWasSwapped() public {
        deployPanel(24 * CADENCE);
        seatEveryone();
        warpTo(openTime(3) - 1);
        swapAll();
        warpTo(openTime(4) - 1);
        swapAll();
        for (uint256 seat = 0; seat < SEATS; ++seat) sit(address(uint160(0xC0 + seat)), seat, STAKE * 2);
        for (uint256 seat = 0; seat < SEATS; ++seat) {
            (address reporter, ) = truth.reporterOf(TOPIC, 4, seat);
            require(reporter == address(uint160(0xC0 + seat)), "locked out");
        }
    }

    /// @dev One stake displaces, steps back and takes the next seat: whoever was displaced goes on.
    function test_OneStakeEmptiesNoSeatByStepBackAndTakeTheNext() public {
        deployPanel(24 * CADENCE);
        seatEveryone();
        warpTo(openTime(3));
        uint96 amount = STAKE * 2;
        for (uint256 seat = 0; seat < SEATS; ++seat) {
            sit(ANN, seat, amount);
            unstake(ANN);
            truth.claim(ANN);
        }
        for (uint256 seat = 0; seat < SEATS; ++seat) {
            (address reporter, ) = truth.reporterOf(TOPIC, 4, seat);
            require(reporter == first(seat), "emptied");
            Reputer memory reputer = truth.reputerOf(TOPIC, first(seat));
            require(reputer.leavesAt == STAYS && reputer.until == type(uint32).max, "made to leave");
        }
        require(token.balanceOf(ANN) == amount * SEATS, "pays, or is paid");
    }

    /// @dev Three deep: the one that goes on is the last whose rounds have opened.
    function test_SteppingBackOneAfterAnotherLeavesTheLastThatReported() public {
        deployPanel(24 * CADENCE);
        seatEveryone();
        warpTo(openTime(3));
        sit(ANN, 0, STAKE * 2);
        sit(BEA, 0, STAKE * 3);
        require(truth.claimableOf(ANN) == STAKE * 2, "not refunded at once");
        unstake(BEA);
        (address reporter, ) = truth.reporterOf(TOPIC, 4, 0);
        require(reporter == first(0), "its predecessor does not go on");

        sit(ANN, 0, STAKE * 2);
        warpTo(openTime(4));
        sit(BEA, 0, STAKE * 3);
        unstake(BEA);
        (reporter, ) = truth.reporterOf(TOPIC, 5, 0);
        require(reporter == ANN, "its predecessor does not go on");
        (reporter, ) = truth.reporterOf(TOPIC, 3, 0);
        require(reporter == first(0), "a round that has opened has another reporter");
    }

    function seatEveryone() private {
        for (uint256 seat = 0; seat < SEATS; ++seat) sit(first(seat), seat, STAKE);
    }

    function first(uint256 seat) private pure returns (address) {
        return address(uint160(0xF00 + seat));
    }

    function newName() private returns (address) {
        return address(uint160(0x10000 + names++));
    }

    function valueOf(address) private pure returns (int104) {
        return TRUE_VALUE;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Feigns an outage: commits from enough seats, or with enough money, and withholds all of it once it has heard the
/// others, so that less than a third was revealed and silence is free. Pass mark: it takes two thirds of both.
contract FeignerTest is Stages {
    uint96 private constant DUST = 1_000;

    function seat(uint256 count, uint96[] memory stakes) private returns (Said[] memory said) {
        opened();
        rememberWorkers(count);
        said = new Said[](count);
        for (uint256 i = 0; i < count; i++) deposit(i, stakes[i]);
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < count; i++) {
            seatWorker(i, uint8(i));
            said[i] = say(i, 100e18, 10_000);
        }
        warpTo(openTime(ROUND));
    }

    /// @dev All in one list, as a reputer commits, of which the first are opened.
    function play(Said[] memory said, uint256 opened_) private {
        commit(ROUND, BATCHER, said);
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, said, opened_);
        warpTo(publishTime(ROUND));
        publish(ROUND);
    }

    function requireSlashed(uint256 number) private {
        uint96 before = positionOf(number).stake;
        slashSilent(ROUND, number);
        require(before - positionOf(number).stake == (before * 4) / 100 / 2, "got away");
    }

    function requireSpared(uint256 number, uint256 revealed, uint256 committed) private {
        refuse(abi.encodeWithSelector(ITopicDesk.Outage.selector, revealed, committed));
        slashSilent(ROUND, number);
    }

    function dust() private returns (Said[] memory) {
        uint96[] memory stakes = new uint96[](7);
        (stakes[0], stakes[1], stakes[2]) = (10 * STAKE, 10 * STAKE, 9 * STAKE);
        for (uint256 i = 3; i < 7; i++) stakes[i] = DUST;
        return seat(7, stakes);
    }

    /// @dev Its fortune and four seats of dust beside the others' two: five of seven seats are silent.
    function test_FourSeatsOfDustAreNoOutage() public {
        play(dust(), 3);
        requireSlashed(2);
        requireSlashed(6);
    }

    /// @dev Its money is not counted less for coming in a list of its own.
    function test_NorInListsOfTheirOwn() public {
        Said[] memory said = dust();
        Said[] memory others = new Said[](2);
        (others[0], others[1]) = (said[0], said[1]);
        for (uint256 i = 2; i < 7; i++) commitOwn(ROUND, said[i]);
        commit(ROUND, BATCHER, others);
        warpTo(revealTime(ROUND));
        reveal(ROUND, BATCHER, others, 3);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        requireSlashed(2);
        requireSlashed(6);
    }

    function test_OneWhaleOf70PercentIsNoOutage() public {
        uint96[] memory stakes = new uint96[](4);
        (stakes[0], stakes[1], stakes[2], stakes[3]) = (STAKE, STAKE, STAKE, 7 * STAKE);
        play(seat(4, stakes), 7);
        requireSlashed(3);
    }

    function test_TwoThirdsOfBothAreOne() public {
        uint96[] memory stakes = new uint96[](7);
        for (uint256 i = 0; i < 7; i++) stakes[i] = STAKE;
        play(seat(7, stakes), 3);
        requireSpared(6, 2, 7);
    }

    /// @dev The sums of the round that had the place before are not this one's.
    function test_ThePlaceInTheRingForgets() public {
        uint96[] memory stakes = new uint96[](7);
        for (uint256 i = 0; i < 7; i++) stakes[i] = STAKE;
        Said[] memory said = seat(7, stakes);
        play(said, 127);
        finish(ROUND, TRUTH);
        warpTo(openTime(4));
        commit(4, BATCHER, said);
        warpTo(revealTime(4));
        reveal(4, FIRST, said, 3);
        warpTo(publishTime(4));
        publish(4);
        refuse(abi.encodeWithSelector(ITopicDesk.Outage.selector, 2, 7));
        slashSilent(4, 6);
    }
}

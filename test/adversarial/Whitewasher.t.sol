// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Position} from "../../contracts/types/Position.sol";
import {Revealed} from "../../contracts/types/Prediction.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Loses, leaves, comes back under a new name. Pass mark: its weight per stake is never above what it was.
contract WhitewasherTest is Stages {
    uint256 private constant BAD = 2;
    uint256 private constant GOOD = 0;
    uint256 private constant NEW_NAME = 3;

    function setUp() public {
        staked();
        for (uint256 i = 0; i < 3; i++) {
            predict(3 * i, everybody());
            finish(3 * i, TRUTH);
        }
    }

    function test_GainsNothingByLeavingABadRecord() public {
        comesBack(BAD);
    }

    function test_LosesAGoodRecord() public {
        (uint256 before, uint256 afterwards) = comesBack(GOOD);
        require(before > 0 && afterwards == 0, "a good record was worth nothing, or a new name something");
    }

    function comesBack(uint256 number) private returns (uint256 before, uint256 afterwards) {
        predict(9, everybody());
        before = weightPerStakeIn(9, number);
        uint256 rank = network.rankOf(topic, workerAt(number)) / positionOf(number).stake;
        finish(9, TRUTH);
        uint96 out = leave(number);
        deposit(NEW_NAME, out);
        warpTo(time + terms().activationDelay);
        seatWorker(NEW_NAME, 7);

        uint256 round = (time - terms().start) / terms().cadence + 1;
        Said[] memory said = everybody();
        said[number].worker = NEW_NAME;
        predict(round, said);
        afterwards = weightPerStakeIn(round, NEW_NAME);
        require(afterwards <= before, "a new name has more weight per stake");
        require(network.rankOf(topic, workerAt(NEW_NAME)) / positionOf(NEW_NAME).stake <= rank, "or a better rank");
    }

    function leave(uint256 number) private returns (uint96 out) {
        out = positionOf(number).stake;
        unstake(number, out);
        warpTo(positionOf(number).leavesAt);
        warpTo(targetTime(positionOf(number).exitRound));
        by(workerAt(number));
        network.withdraw(topic, workerAt(number));
        Position memory left = positionOf(number);
        require(left.stake == 0 && left.leaving == 0, "left something behind");
    }

    /// @dev Wager x trust over stake, what the share in the aggregate grows with.
    function weightPerStakeIn(uint256 round, uint256 number) private view returns (uint256) {
        Revealed memory revealed = keptOf[round].revealed;
        for (uint256 i = 0; i < revealed.workers.length; i++) {
            if (revealed.workers[i] != workerAt(number)) continue;
            uint256 trust = revealed.predictions[i].trust().unpack();
            return (revealed.predictions[i].wager() * trust) / positionOf(number).stake;
        }
        revert("not heard");
    }
}

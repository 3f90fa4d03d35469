// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Alone in a topic with a name of its own that it always beats, it builds a record. Pass mark: the record counts for
/// nothing as soon as others bring four fifths of the money (design: the record does not rise at all; it does, because
/// nobody can tell who is behind a name).
contract EmptyRoomPumperTest is Stages {
    uint256 private constant PUMPER = 0;
    uint256 private constant SHILL = 1;
    uint256 private constant ROUNDS = 16;
    uint96 private constant OTHERS = 5 * STAKE;

    function setUp() public {
        opened();
        seatWorkers(2, STAKE);
        for (uint256 i = 0; i < ROUNDS; i++) {
            predict(3 * i, pumped(0));
            finish(3 * i, TRUTH);
        }
    }

    function test_KeepsNothingOfItsRecordOnceOthersCome() public {
        require(positionOf(PUMPER).regret.unpack() > 0, "no record was pumped");
        require(extraRank() > 0, "and it was worth nothing");

        deposit(2, OTHERS);
        deposit(3, OTHERS);
        warpTo(time + terms().activationDelay);
        seatWorker(2, 2);
        seatWorker(3, 3);
        uint256 round = (time - terms().start) / terms().cadence + 1;
        Said[] memory all = pumped(2);
        (all[2], all[3]) = (say(2, TRUTH, 10_000), say(3, TRUTH + 1e18, 10_000));
        predict(round, all);

        require(toldOf(round).era == 1, "the topic did not start anew");
        require(extraRank() == 0, "the pumped record still ranks");
        int256 value = toldOf(round).value;
        require(TRUTH - 1e18 <= value && value <= TRUTH + 2e18, "the pumped record still weighs");
    }

    /// @dev What its record adds to the rank of its stake, 1e18 fixed point.
    function extraRank() private view returns (uint256) {
        return network.rankOf(topic, workerAt(PUMPER)) / positionOf(PUMPER).stake - UNIT;
    }

    /// @dev The pumper is right, its other name far off; from the others' first round on both are wrong.
    function pumped(uint256 others) private pure returns (Said[] memory list) {
        list = new Said[](2 + others);
        list[PUMPER] = say(PUMPER, others == 0 ? TRUTH : TRUTH + 8e18, 10_000);
        list[SHILL] = say(SHILL, TRUTH + 8e18, 10_000);
    }
}

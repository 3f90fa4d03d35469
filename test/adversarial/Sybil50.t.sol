// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TopicParams} from "../../contracts/types/Topic.sol";
import {NetworkDriver, Said} from "../helpers/NetworkDriver.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Splits one stake over fifty identities. Pass mark: they earn no more than the single account would have.
contract Sybil50Test is NetworkDriver {
    uint256 private constant MANY = 50;
    uint256 private constant SINGLE = 50;
    uint256 private constant RIVAL = 51;
    uint96 private constant PART = 1e14;
    uint256 private constant ROUNDS = 3;

    function setUp() public {
        openTopic();
        rememberWorkers(52);
        fund(1e20);
        deposit(RIVAL, PART * 30);
    }

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.seats = 64;
    }

    /// hardhat-config: fuzz.runs = 4
    function testFuzz_SameReportsEarnNoMore(uint256 seed) public {
        (uint256 single, uint256 many) = playBoth(seed, 0);
        // A budget is rounded down in its 32nd bit, which the single account may lose more by than its parts, or less.
        uint256 rounding = ROUNDS * ((MANY * PART * terms().riskBps) / 10_000 / 2 ** 30);
        require(many <= single + rounding, "splitting paid");
        require(single <= many + rounding + 2 * MANY * ROUNDS, "splitting cost more than rounding");
    }

    /// hardhat-config: fuzz.runs = 4
    function testFuzz_RandomReportsEarnLess(uint256 seed) public {
        (uint256 single, uint256 many) = playBoth(seed, 5e18);
        require(many < single, "spreading reports paid");
    }

    function playBoth(uint256 seed, int256 spread) private returns (uint256 single, uint256 many) {
        uint256 start = vm.snapshotState();
        single = play(seed, SINGLE, 1, 0);
        vm.revertToState(start);
        many = play(seed, 0, MANY, spread);
    }

    /// @return stakes what the identities own in the end
    function play(uint256 seed, uint256 first, uint256 count, int256 spread) private returns (uint256 stakes) {
        uint96 stake = uint96((MANY * PART) / count);
        for (uint256 i = 0; i < count; i++) deposit(first + i, stake);
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < count; i++) seatWorker(first + i, uint8(i));
        seatWorker(RIVAL, 63);

        for (uint256 i = 0; i < ROUNDS; i++) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            Said[] memory said = new Said[](count + 1);
            for (uint256 j = 0; j < count; j++) said[j] = say(first + j, around(draw, j, spread), 10_000);
            said[count] = say(RIVAL, 95e18 + int256((draw >> 64) % 10e18), 10_000);
            predict(3 * i, said);
            finish(3 * i, 95e18 + int256((draw >> 128) % 10e18));
        }
        for (uint256 i = 0; i < count; i++) stakes += positionOf(first + i).stake;
    }

    /// @dev In pairs around what the single account says, so that their mean is the same.
    function around(uint256 draw, uint256 i, int256 spread) private pure returns (int256) {
        int256 value = 97e18 + int256(draw % 6e18);
        if (spread == 0) return value;
        int256 away = int256(uint256(keccak256(abi.encode(draw, i / 2))) % uint256(spread));
        return i % 2 == 0 ? value + away : value - away;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {NetworkDriver, Said} from "../helpers/NetworkDriver.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Numbers and words are those of docs/Invariants.md.
contract SplittingTest is NetworkDriver {
    uint256 private constant PARTS = 4;
    uint256 private constant ONE_WORKER = 6;
    uint256 private constant RIVALS = 4; // numbers 4 and 5
    uint256 private constant ROUNDS = 3;

    struct Played {
        uint256[ROUNDS] stakes;
        int256[ROUNDS] values;
    }

    function setUp() public {
        openTopic();
        rememberWorkers(ONE_WORKER + 1);
        fund(1e24);
    }

    /// hardhat-config: fuzz.runs = 64
    function testFuzz_8_SplittingAWorkerGainsNothing(uint256 seed) public {
        uint96 part = uint96(1e8 * (1e8 + (seed % 1e10)));
        uint256 start = vm.snapshotState();
        Played memory whole = play(ONE_WORKER, 1, part * uint96(PARTS), seed);
        vm.revertToState(start);
        Played memory parts = play(0, PARTS, part, seed);

        require(parts.stakes[0] <= whole.stakes[0], "the parts were paid more");
        for (uint256 round = 0; round < ROUNDS; round++) {
            requireClose(whole.stakes[round], parts.stakes[round], 2 * PARTS * (round + 1));
            // What a topic knows is remembered in as few as 16 bits, so the values may part in the fifth digit.
            requireClose(uint256(whole.values[round]), uint256(parts.values[round]), 1e15);
        }
    }

    /// @dev In three the parts have not the digits of the whole, whose budget is rounded by itself.
    /// hardhat-config: fuzz.runs = 64
    function testFuzz_8_SplittingUnevenlyGainsNothingButRounding(uint256 seed) public {
        uint96 part = uint96(1e8 * (1e8 + (seed % 1e10)));
        uint256 start = vm.snapshotState();
        Played memory whole = play(ONE_WORKER, 1, part * 3, seed);
        vm.revertToState(start);
        Played memory parts = play(0, 3, part, seed);

        uint256 rounding = ((uint256(part) * 3 * terms().riskBps) / 10_000) >> 31;
        require(parts.stakes[0] <= whole.stakes[0] + rounding, "the parts were paid more");
        for (uint256 round = 0; round < ROUNDS; round++) {
            requireClose(whole.stakes[round], parts.stakes[round], (6 + 4 * rounding) * (round + 1));
            requireClose(uint256(whole.values[round]), uint256(parts.values[round]), 1e15);
        }
    }

    function requireClose(uint256 whole, uint256 parts, uint256 most) private pure {
        uint256 apart = whole > parts ? whole - parts : parts - whole;
        require(apart <= most, "the parts fared otherwise");
    }

    /// @return played total stake after each round, and each round's aggregate before shares are capped, which is all that splitting can get around
    function play(uint256 first, uint256 count, uint96 stake, uint256 seed) private returns (Played memory played) {
        uint96 total = stake * uint96(count);
        for (uint256 i = 0; i < count; i++) deposit(first + i, stake);
        deposit(RIVALS, total / 2);
        deposit(RIVALS + 1, total);
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < count; i++) seatWorker(first + i, uint8(i));
        seatWorker(RIVALS, 6);
        seatWorker(RIVALS + 1, 7);

        for (uint256 i = 0; i < ROUNDS; i++) {
            uint256 round = 3 * i;
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            predict(round, drawn(first, count, draw));
            finish(round, 90e18 + int256((draw >> 128) % 20e18));
            played.values[i] = toldOf(round).inner;
            for (uint256 j = 0; j < count; j++) played.stakes[i] += positionOf(first + j).stake;
        }
    }

    function drawn(uint256 first, uint256 count, uint256 draw) private pure returns (Said[] memory said) {
        said = new Said[](count + 2);
        int256 value = 90e18 + int256(draw % 20e18);
        // Sixteenths, so that the parts wager what the whole does to the last unit; not all of them, with which its
        // wager would be as much as the rivals' together, and rounding would decide which the median is.
        uint16 confidence = uint16(625 * (1 + ((draw >> 64) % 15)));
        for (uint256 i = 0; i < count; i++) said[i] = say(first + i, value, confidence);
        said[count] = say(RIVALS, 90e18 + int256((draw >> 16) % 20e18), 10_000);
        said[count + 1] = say(RIVALS + 1, 90e18 + int256((draw >> 32) % 20e18), 5_000);
    }
}

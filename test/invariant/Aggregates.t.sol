// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {NetworkDriver, Said} from "../helpers/NetworkDriver.sol";
import {PlainMath} from "../helpers/PlainMath.sol";
import {Told} from "../helpers/Told.sol";

/// @notice Numbers and words are those of docs/Invariants.md.
contract AggregatesTest is NetworkDriver {
    uint256 private constant WORKERS = 7;
    uint256 private constant ROUNDS = 9;

    function setUp() public {
        openTopic();
        rememberWorkers(WORKERS);
        for (uint256 i = 0; i < WORKERS; i++) deposit(i, uint96(1e12 * (i + 1)));
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < WORKERS; i++) seatWorker(i, uint8(i));
    }

    /// @dev Long enough for the warm-up to be over, so that outliers are bounded by the topic's own errors.
    /// hardhat-config: fuzz.runs = 32
    function testFuzz_9_TheAggregateIsThatOfAPlainRecomputation(uint256 seed) public {
        for (uint256 i = 0; i < ROUNDS; i++) {
            uint256 round = 3 * i;
            int256 truth_ = 90e18 + int256(uint256(keccak256(abi.encode(seed, i))) % 20e18);
            warpTo(openTime(round));
            commit(round, BATCHER, drawn(seed, i, truth_));
            warpTo(revealTime(round));
            reveal(round, FIRST, drawn(seed, i, truth_), ALL);
            warpTo(publishTime(round));
            PlainMath.Plain memory plain = PlainMath.aggregateOf(keptOf[round].revealed.predictions, settingOf(round));
            publish(round);
            requirePlain(toldOf(round), plain);
            finish(round, truth_);
        }
    }

    function requirePlain(Told memory outcome, PlainMath.Plain memory plain) private pure {
        require(outcome.anchor == plain.anchor, "another anchor");
        require(outcome.low == plain.low && outcome.high == plain.high, "clamped elsewhere");
        require(outcome.below == plain.below && outcome.above == plain.above, "another interval");
        require(outcome.era == plain.era && outcome.budgets == plain.budgets, "another era or other budgets");
        require(outcome.mean == plain.mean, "another mean");
        require(outcome.debiased == plain.debiased, "another debiased mean");
        require(outcome.inner == plain.inner, "another inner aggregate");
        require(outcome.value == plain.value, "another aggregate");
        require(plain.lowest <= outcome.value && outcome.value <= plain.highest, "out of bounds");
    }

    /// @dev Worker 0 knows nearly everything, worker 1 shouts, the rest guess around the truth; some are absent.
    function drawn(uint256 seed, uint256 round, int256 truth_) private pure returns (Said[] memory said) {
        uint256 count = 2 + (uint256(keccak256(abi.encode(seed, round, "count"))) % (WORKERS - 1));
        said = new Said[](count);
        for (uint256 i = 0; i < count; i++) {
            uint256 draw = uint256(keccak256(abi.encode(seed, round, i)));
            int256 error = int256(draw % 10e18) - 5e18;
            if (i == 0) error /= 50;
            if (i == 1) error *= 1e9;
            said[i] = say(i, truth_ + error, uint16(1 + ((draw >> 128) % 10_000)));
        }
    }
}

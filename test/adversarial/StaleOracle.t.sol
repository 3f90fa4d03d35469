// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {MockAggregator} from "../../contracts/mocks/MockAggregator.sol";
import {FeedTruth} from "../../contracts/truth/FeedTruth.sol";
import {TopicId} from "../../contracts/types/Topic.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Names an older round of the feed as the answer at the target time, or a round that does not exist, or one that
/// came too late. Pass mark: Unknown or Void, never another value than the last one that was fresh at the target time.
contract StaleOracleTest {
    uint256 private constant HEARTBEAT = 100;
    uint256 private constant TARGET = 10_000;
    uint80 private constant PHASE = uint80(1) << 64;

    MockAggregator private feed;
    FeedTruth private truth;

    function setUp() public {
        vm.warp(TARGET + 1);
        feed = new MockAggregator(18, "ETH");
        feed.push(1e18, uint64(TARGET - 5_000));
        feed.push(2e18, uint64(TARGET - 4_000));
        truth = new FeedTruth(feed, HEARTBEAT);
    }

    /// @dev Rounds at any times around the target; every round id there is, and some there are not, as a proof.
    function testFuzz_NoRoundProvesAnotherValue(uint256 seed) public {
        (int256 fresh, uint256 number) = (0, 2);
        uint256 at = TARGET - 300;
        while (at < TARGET + 300) {
            seed = uint256(keccak256(abi.encode(seed)));
            at += 1 + (seed % 150);
            // Values grow with time, so that every round has a value of its own.
            feed.push(int192(int256(at) * 1e18), uint64(at));
            if (at <= TARGET && at + HEARTBEAT >= TARGET) fresh = int256(at) * 1e18;
            ++number;
        }
        vm.warp(TARGET + 1_000);
        for (uint80 id = 0; id <= number + 1; ++id) {
            (TruthStatus status, int256 value) = ask(abi.encode(PHASE + id));
            require(status != TruthStatus.Disputed, "disputed");
            require(status != TruthStatus.Known || (fresh != 0 && value == fresh), "proved another value");
            require(status == TruthStatus.Known || value == 0, "a value without an answer");
        }
        (TruthStatus found, int256 proven) = ask(truth.proofOf(TARGET));
        require(fresh == 0 || (found == TruthStatus.Known && proven == fresh), "the true round does not prove it");
        require(fresh != 0 || found != TruthStatus.Known, "a stale round is known");
    }

    function test_ASilentFeedIsVoidAndNotItsOldValue() public {
        feed.push(3e18, uint64(TARGET + 50));
        vm.warp(TARGET + 1_000);
        (TruthStatus status, int256 value) = ask(abi.encode(PHASE + 2));
        require(status == TruthStatus.Void && value == 0, "not void");
    }

    function test_NoProofAndJunkAreUnknown() public view {
        isUnknown("");
        isUnknown(hex"01");
        isUnknown(abi.encode(type(uint256).max));
        isUnknown(abi.encode(PHASE + 1, PHASE + 2, uint256(7)));
    }

    function isUnknown(bytes memory proof) private view {
        (TruthStatus status, int256 value) = ask(proof);
        require(status == TruthStatus.Unknown && value == 0, "junk proves something");
    }

    function ask(bytes memory proof) private view returns (TruthStatus, int256) {
        return truth.truthOf(TopicId.wrap(0), 0, TARGET, proof);
    }
}

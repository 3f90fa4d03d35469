// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITruthSource, TRUTH_SOURCE, TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {MockAggregator} from "../../../contracts/mocks/MockAggregator.sol";
import {AverageTruth} from "../../../contracts/truth/AverageTruth.sol";
import {FeedTruth} from "../../../contracts/truth/FeedTruth.sol";
import {ReturnTruth} from "../../../contracts/truth/ReturnTruth.sol";
import {SampledTruth} from "../../../contracts/truth/SampledTruth.sol";
import {TouchTruth} from "../../../contracts/truth/TouchTruth.sol";
import {VolatilityTruth} from "../../../contracts/truth/VolatilityTruth.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {vm} from "../../helpers/Vm.sol";

interface ProvingSource is ITruthSource {
    function proofOf(uint256 targetTime) external view returns (bytes memory);
}

/// @title What every source over a feed promises, whatever it computes: one answer, and never a revert.
/// @dev The feed answers twice an interval; the price stands at each sample for half an interval before it.
abstract contract FeedSourceLaws {
    uint256 internal constant T = 2_000_000_000;
    uint256 internal constant HEARTBEAT = 3600;
    uint256 internal constant WINDOW = 14_400;
    uint256 internal constant SAMPLES = 4;
    uint256 private constant STEP = 3600;

    MockAggregator internal feed;
    ProvingSource internal source;

    function deploy() internal virtual returns (address);

    /// @dev Of prices 100, 110, 99, 99, 120 at the samples.
    function expected() internal pure virtual returns (int256);

    function setUp() public {
        deployOver(type(uint256).max);
    }

    /// @param upgradeAt the sample shortly before which the feed is upgraded
    function deployOver(uint256 upgradeAt) private {
        uint8[5] memory prices = [100, 110, 99, 99, 120];
        feed = new MockAggregator(18, "sampled");
        feed.push(1e18, uint64(T - WINDOW - 3 * STEP));
        feed.push(2e18, uint64(T - WINDOW - 2 * STEP));
        source = ProvingSource(deploy());
        for (uint256 i = 0; i < prices.length; ++i) {
            uint256 at = T - WINDOW + i * STEP;
            feed.push(int192(int256(uint256(prices[i]))) * 1e18, uint64(at - STEP / 2));
            if (i == upgradeAt) upgrade(at);
            feed.push(int192(int256(uint256(prices[i]))) * 1e18, uint64(at));
        }
        feed.push(77e18, uint64(T + 60));
        vm.warp(T + 100);
    }

    /// @dev The next phase has a history from before the upgrade, which the phase before it decides about.
    function upgrade(uint256 at) private {
        feed.startPhase();
        feed.push(5e18, uint64(at - 2 * STEP - 10));
        feed.push(6e18, uint64(at - STEP - 1));
    }

    function ask(bytes memory proof) internal view returns (TruthStatus status, int256 value) {
        return source.truthOf(TopicId.wrap(0), 0, T, proof);
    }

    function answers(TruthStatus status, int256 value) internal view {
        (TruthStatus found, int256 is_) = ask(source.proofOf(T));
        require(found == status, "another status");
        require(is_ == value, "another value");
    }

    /* LAWS */

    function test_IsATruthSourceThatDoesNotLimit() public view {
        require(source.isTruthSource() == TRUTH_SOURCE, "no truth source");
        require(source.truthSecurity(TopicId.wrap(0)) == type(uint256).max, "limits");
    }

    function test_KnowsByTheProofThatItFinds() public view {
        answers(TruthStatus.Known, expected());
    }

    function test_DoesNotKnowTheFuture() public {
        bytes memory proof = source.proofOf(T);
        vm.warp(T);
        (TruthStatus status, int256 value) = ask(proof);
        require(status == TruthStatus.Unknown && value == 0, "knows the future");
        (status, ) = source.truthOf(TopicId.wrap(0), 0, 5, proof);
        require(status == TruthStatus.Unknown, "knows what was before the feed");
    }

    function test_WaitsForTheFeedToGoOn() public {
        uint80 latest = feed.latestRound();
        feed.set(latest, 0, 0);
        isUndecidedAtTheEnd();
    }

    function isUndecidedAtTheEnd() internal virtual {
        answers(TruthStatus.Unknown, 0);
    }

    function testFuzz_AnyBytesProveNothingOrTheSame(bytes calldata proof) public view {
        provesNothingElse(proof);
    }

    function testFuzz_AChangedProofProvesNothingOrTheSame(uint256 seed) public view {
        bytes memory proof = source.proofOf(T);
        uint256 at = (seed % (proof.length / 32)) * 32;
        uint256 word = ((1 + ((seed >> 16) % 2)) << 64) | ((seed >> 8) % 16);
        assembly ("memory-safe") {
            mstore(add(add(proof, 32), at), word)
        }
        provesNothingElse(proof);
    }

    function test_AProofWithSomethingMissingOrMoreProvesNothing() public view {
        bytes memory proof = source.proofOf(T);
        (TruthStatus status, ) = ask(bytes.concat(proof, bytes32(0)));
        require(status == TruthStatus.Unknown, "takes more than the proof");
        bytes memory shorter = new bytes(proof.length - 1);
        for (uint256 i = 0; i < shorter.length; ++i) shorter[i] = proof[i];
        (status, ) = ask(shorter);
        require(status == TruthStatus.Unknown, "takes less than the proof");
    }

    function provesNothingElse(bytes memory proof) private view {
        (TruthStatus status, int256 value) = ask(proof);
        bool isSame = status == TruthStatus.Known && value == expected();
        require(isSame || (status == TruthStatus.Unknown && value == 0), "a second answer");
    }

    function test_AnUpgradeAtAnyMomentChangesNothing() public {
        for (uint256 i = 1; i <= SAMPLES; ++i) {
            deployOver(i);
            answers(TruthStatus.Known, expected());
        }
    }

    function test_AnUpgradeAfterwardsChangesNothing() public {
        bytes memory proof = source.proofOf(T);
        feed.startPhase();
        feed.push(1e18, uint64(T - WINDOW - 100));
        feed.push(2e18, uint64(T - 1));
        feed.push(3e18, uint64(T + 61));
        answers(TruthStatus.Known, expected());
        (TruthStatus status, int256 value) = ask(proof);
        require(status == TruthStatus.Known && value == expected(), "the proof from before proves something else");
    }

    /// @dev Without an answer for more than a heartbeat before the target time, and one soon after it.
    function test_IsVoidWithoutAFreshAnswerAtTheEnd() public {
        uint80 latest = feed.latestRound();
        for (uint80 back = 1; back <= 4; ++back) {
            feed.set(latest - back, 120e18, uint64(T - HEARTBEAT - back));
        }
        isVoidAtTheEnd();
    }

    function isVoidAtTheEnd() internal virtual {
        answers(TruthStatus.Void, 0);
    }
}

contract FeedTruthLaws is FeedSourceLaws {
    function deploy() internal override returns (address) {
        return address(new FeedTruth(feed, HEARTBEAT));
    }

    function expected() internal pure override returns (int256) {
        return 120e18;
    }
}

contract ReturnTruthLaws is FeedSourceLaws {
    function deploy() internal override returns (address) {
        return address(new ReturnTruth(feed, HEARTBEAT, WINDOW));
    }

    function expected() internal pure override returns (int256) {
        return 0.2e18;
    }

    function test_IsVoidWithoutAPriceAboveZero() public {
        feed.set((uint80(1) << 64) + 12, 0, uint64(T));
        answers(TruthStatus.Void, 0);
        feed.set((uint80(1) << 64) + 12, 1, uint64(T));
        answers(TruthStatus.Known, -1e18);
        feed.set((uint80(1) << 64) + 4, -5, uint64(T - WINDOW));
        answers(TruthStatus.Void, 0);
    }

    function test_TheLargestMoveDoesNotOverflow() public {
        feed.set((uint80(1) << 64) + 12, type(int192).max, uint64(T));
        feed.set((uint80(1) << 64) + 4, 1, uint64(T - WINDOW));
        answers(TruthStatus.Known, int256(2 ** 96 * 1e18) - 1e18);
    }
}

contract AverageTruthLaws is FeedSourceLaws {
    function deploy() internal override returns (address) {
        return address(new AverageTruth(feed, HEARTBEAT, WINDOW, SAMPLES));
    }

    function expected() internal pure override returns (int256) {
        return 107e18;
    }

    function test_TakesZeroAndNegativeAnswers() public {
        feed.set((uint80(1) << 64) + 12, -388e18, uint64(T));
        answers(TruthStatus.Known, -20e18);
    }
}

contract VolatilityTruthLaws is FeedSourceLaws {
    function deploy() internal override returns (address) {
        return address(new VolatilityTruth(feed, HEARTBEAT, WINDOW, SAMPLES));
    }

    /// @dev The logarithm's last digit is rounded: 1119151786110215456666 by another program, in fifty digits.
    function expected() internal pure override returns (int256) {
        return 1119_151786110215456688;
    }

    function test_IsVoidWithoutAPriceAboveZero() public {
        for (uint80 number = 4; number <= 12; number += 2) {
            (, int256 price, , uint256 at, ) = feed.getRoundData((uint80(1) << 64) + number);
            feed.set((uint80(1) << 64) + number, 0, uint64(at));
            answers(TruthStatus.Void, 0);
            feed.set((uint80(1) << 64) + number, int192(price), uint64(at));
        }
        answers(TruthStatus.Known, expected());
    }

    function test_ACalmPriceHasNone() public {
        for (uint80 number = 4; number <= 12; number += 2) {
            feed.set((uint80(1) << 64) + number, 7e18, uint64(T - WINDOW + ((number - 4) / 2) * 3600));
        }
        answers(TruthStatus.Known, 0);
    }
}

contract TouchTruthLaws is FeedSourceLaws {
    function deploy() internal virtual override returns (address) {
        return address(new TouchTruth(feed, HEARTBEAT, WINDOW, SAMPLES, 0.1e18));
    }

    function expected() internal pure virtual override returns (int256) {
        return 1e18;
    }

    /// @dev A sample that moved decides, whatever the last one is.
    function isVoidAtTheEnd() internal virtual override {
        answers(TruthStatus.Known, 1e18);
    }

    function isUndecidedAtTheEnd() internal virtual override {
        answers(TruthStatus.Known, 1e18);
    }

    function test_OneSampleProvesIt() public view virtual {
        require(source.proofOf(T).length == 3 * 32, "proven by more than one");
    }

    function test_ItsEdgeCounts() public virtual {
        feed.set((uint80(1) << 64) + 6, 110e18 - 1, uint64(T - WINDOW + 3600));
        require(uint256(bytes32(source.proofOf(T))) == 4, "not by the last");
        feed.set((uint80(1) << 64) + 12, 110e18 - 1, uint64(T));
        answers(TruthStatus.Known, 0);
        feed.set((uint80(1) << 64) + 8, 90e18, uint64(T - WINDOW + 7200));
        require(uint256(bytes32(source.proofOf(T))) == 2, "not by the second");
        answers(TruthStatus.Known, 1e18);
    }

    function test_IsVoidWithoutAStart() public {
        feed.set((uint80(1) << 64) + 4, 0, uint64(T - WINDOW));
        answers(TruthStatus.Void, 0);
    }
}

contract UntouchedTruthLaws is TouchTruthLaws {
    function deploy() internal override returns (address) {
        return address(new TouchTruth(feed, HEARTBEAT, WINDOW, SAMPLES, 0.2e18 + 1));
    }

    function expected() internal pure override returns (int256) {
        return 0;
    }

    function isVoidAtTheEnd() internal override {
        answers(TruthStatus.Void, 0);
    }

    function isUndecidedAtTheEnd() internal override {
        answers(TruthStatus.Unknown, 0);
    }

    function test_OneSampleProvesIt() public view override {
        require(source.proofOf(T).length == (1 + SAMPLES + 1) * 32, "absence proven by fewer than all");
    }

    function test_ItsEdgeCounts() public override {
        feed.set((uint80(1) << 64) + 12, 120e18 + 100, uint64(T));
        answers(TruthStatus.Known, 1e18);
    }
}

contract SampledTermsTest {
    MockAggregator private feed;

    function setUp() public {
        feed = new MockAggregator(18, "sampled");
        feed.push(1, 1);
        feed.push(2, 2);
    }

    function test_RefusesUnevenWindows() public {
        refuse(3600, 7);
        refuse(3600, 0);
        refuse(3600, 257);
        refuse(0, 1);
        vm.expectRevert(abi.encodeWithSelector(TouchTruth.ZeroSize.selector));
        new TouchTruth(feed, 60, 3600, 1, 0);
    }

    function refuse(uint256 window, uint256 samples) private {
        vm.expectRevert(abi.encodeWithSelector(SampledTruth.UnevenWindow.selector, window, samples));
        new AverageTruth(feed, 60, window, samples);
    }

    function test_NamesItsMoments() public {
        uint256[] memory moments = new AverageTruth(feed, 60, 3600, 3).momentsOf(10_000);
        require(moments.length == 4 && moments[0] == 6400 && moments[1] == 7600, "other moments");
        require(moments[2] == 8800 && moments[3] == 10_000, "other moments");
    }
}

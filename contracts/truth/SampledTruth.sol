// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {ITruthSource, TruthStatus} from "../interfaces/ITruthSource.sol";
import {TopicId} from "../types/Topic.sol";
import {FeedSampler} from "./FeedSampler.sol";

/// @title A truth that follows from a feed's answers at evenly spaced moments of a window that ends at the target time.
/// @notice Moment 0 is `targetTime - window`, moment `samples` the target time itself. Each sample is proven like the truth
/// of a FeedTruth (see FeedSampler), so that there is one value for each, and one answer of all.
///
/// A proof is the samples' proofs one after the other, in the order of their moments. Where each begins is known from the
/// first round that it names. `proofOf` finds all of it.
/// @dev A sample without a fresh answer makes the round void, as does a price that is not above zero where a ratio of prices
/// is asked for.
abstract contract SampledTruth is FeedSampler {
    /// @notice The window is not a whole number of seconds a sample, or there are no samples or more than 256.
    error UnevenWindow(uint256 window, uint256 samples);

    uint256 private constant MOST_SAMPLES = 256;
    uint256 internal constant ONE = 1e18;

    /// @dev Beyond this a price has not moved but broken: ratios stop here, far from where products overflow.
    uint256 private constant MOST_RATIO = 2 ** 96;

    /* IMMUTABLES */

    /// @notice Seconds from the first sample to the target time.
    uint256 public immutable window;

    /// @notice Intervals between samples; there is one sample more.
    uint256 public immutable samples;

    constructor(
        AggregatorV3Interface aggregator_,
        uint256 heartbeat_,
        uint256 window_,
        uint256 samples_
    ) FeedSampler(aggregator_, heartbeat_) {
        bool isEven = samples_ > 0 && samples_ <= MOST_SAMPLES && window_ > 0 && window_ % samples_ == 0;
        require(isEven, UnevenWindow(window_, samples_));

        (window, samples) = (window_, samples_);
    }

    /* TRUTH */

    /// @inheritdoc ITruthSource
    function truthOf(
        TopicId,
        uint256,
        uint256 targetTime,
        bytes calldata proof
    ) external view returns (TruthStatus status, int256 value) {
        return answerAt(targetTime, proof);
    }

    function answerAt(uint256 targetTime, bytes calldata proof) internal view returns (TruthStatus, int256) {
        if (targetTime < window || block.timestamp <= targetTime) return (TruthStatus.Unknown, 0);
        return valueAt(targetTime, proof);
    }

    /// @dev What the source is about. Answers for every proof, without a revert.
    function valueAt(uint256 targetTime, bytes calldata proof) internal view virtual returns (TruthStatus, int256);

    /// @notice The moments at which the feed is sampled for a round, unix time, in ascending order.
    /// @param targetTime the round's target time; at least `window`
    function momentsOf(uint256 targetTime) external view returns (uint256[] memory moments) {
        moments = new uint256[](samples + 1);
        for (uint256 i = 0; i <= samples; ++i) moments[i] = momentOf(targetTime, i);
    }

    function momentOf(uint256 targetTime, uint256 index) internal view returns (uint256) {
        return targetTime - window + (window / samples) * index;
    }

    /// @dev All samples in order; stops at the first that is not Known, and says how it is.
    function samplesAt(
        uint256 targetTime,
        bytes calldata proof
    ) internal view returns (TruthStatus status, int256[] memory values) {
        values = new int256[](samples + 1);

        for (uint256 i = 0; i <= samples; ++i) {
            bytes calldata own;
            (own, proof) = split(proof);
            (status, values[i]) = sampleAt(momentOf(targetTime, i), own);
            if (status != TruthStatus.Known) return (status, values);
        }
        return (proof.length == 0 ? TruthStatus.Known : TruthStatus.Unknown, values);
    }

    /// @dev The first sample's proof, and what follows it; all of it where there is no whole one, which proves nothing.
    function split(bytes calldata proof) internal view returns (bytes calldata own, bytes calldata rest) {
        uint256 length = proof.length < WORD ? proof.length : proofLength(uint256(bytes32(proof[:WORD])));
        if (length > proof.length) length = proof.length;
        return (proof[:length], proof[length:]);
    }

    /// @dev One word for each phase from the named round's down to the first.
    function proofLength(uint256 word) private view returns (uint256) {
        uint256 phase = uint80(word) >> 64;
        return phase < firstPhase ? WORD : (phase - firstPhase + 1) * WORD;
    }

    /// @dev A ratio of two prices above zero, 1e18 fixed point, rounded down.
    function ratioOf(int256 price, int256 base) internal pure returns (uint256) {
        uint256 most = Math.saturatingMul(uint256(base), MOST_RATIO);
        return Math.mulDiv(Math.min(uint256(price), most), ONE, uint256(base));
    }

    /* PROOF */

    /// @notice The proof that `truthOf` needs for a past moment. Meant for calls from outside the chain; searches.
    /// @param targetTime the round's target time, unix time; at least `window`
    function proofOf(uint256 targetTime) external view virtual returns (bytes memory proof) {
        for (uint256 i = 0; i <= samples; ++i) {
            proof = bytes.concat(proof, sampleProofAt(momentOf(targetTime, i)));
        }
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {IDefinedTruth} from "../interfaces/IDefinedTruth.sol";
import {TruthStatus} from "../interfaces/ITruthSource.sol";
import {Definition, Question} from "../types/Definition.sol";
import {SampledTruth} from "./SampledTruth.sol";

/// @title Whether a price moved by at least a share of its start at one of the moments of a window.
/// @notice 1e18 is yes, 0 is no. One sample proves yes; no takes all of them. Void where the price at the start is not above
/// zero or not known, and where no known sample had moved and another has no fresh answer.
///
/// A proof begins with one word more than documented in SampledTruth: the number of the sample that moved, followed by the
/// proofs of sample 0 and of that one; or zero, followed by the proofs of all.
/// @dev A sample that moved decides, whatever the others are; so a witness and a whole proof cannot disagree.
contract TouchTruth is SampledTruth {
    /// @notice A move of nothing has always happened.
    error ZeroSize();

    /// @notice How far the price has to be from its start, as a share of it, 1e18 fixed point: 0.05e18 is 5 %.
    uint256 public immutable size;

    constructor(
        AggregatorV3Interface aggregator_,
        uint256 heartbeat_,
        uint256 window_,
        uint256 samples_,
        uint256 size_
    ) SampledTruth(aggregator_, heartbeat_, window_, samples_) {
        require(size_ > 0, ZeroSize());
        size = size_;
    }

    function valueAt(
        uint256 targetTime,
        bytes calldata proof
    ) internal view override returns (TruthStatus status, int256 value) {
        if (proof.length < WORD) return (TruthStatus.Unknown, 0);
        uint256 witness = uint256(bytes32(proof[:WORD]));
        if (witness > samples) return (TruthStatus.Unknown, 0);

        (bytes calldata own, bytes calldata rest) = split(proof[WORD:]);
        int256 start;
        (status, start) = sampleAt(momentOf(targetTime, 0), own);
        if (status == TruthStatus.Known && start <= 0) status = TruthStatus.Void;
        if (status != TruthStatus.Known) return (status, 0);

        return witness > 0 ? byWitness(targetTime, start, witness, rest) : byAll(targetTime, start, rest);
    }

    function byWitness(
        uint256 targetTime,
        int256 start,
        uint256 witness,
        bytes calldata proof
    ) private view returns (TruthStatus, int256) {
        (TruthStatus status, int256 price) = sampleAt(momentOf(targetTime, witness), proof);
        bool isProven = status == TruthStatus.Known && hasMoved(price, start);
        return isProven ? (TruthStatus.Known, int256(ONE)) : (TruthStatus.Unknown, int256(0));
    }

    function byAll(
        uint256 targetTime,
        int256 start,
        bytes calldata proof
    ) private view returns (TruthStatus found, int256 value) {
        found = TruthStatus.Known;
        for (uint256 i = 1; i <= samples; ++i) {
            bytes calldata own;
            (own, proof) = split(proof);
            (TruthStatus status, int256 price) = sampleAt(momentOf(targetTime, i), own);
            if (status == TruthStatus.Unknown) return (TruthStatus.Unknown, 0);
            if (status == TruthStatus.Void) found = TruthStatus.Void;
            if (status == TruthStatus.Known && hasMoved(price, start)) value = int256(ONE);
        }
        if (proof.length > 0) return (TruthStatus.Unknown, 0);
        return value > 0 ? (TruthStatus.Known, value) : (found, int256(0));
    }

    /// @dev Whatever is not above zero has lost all of its start.
    function hasMoved(int256 price, int256 start) private view returns (bool) {
        uint256 ratio = price <= 0 ? 0 : ratioOf(price, start);
        return ratio >= ONE + size || ratio + size <= ONE;
    }

    /// @inheritdoc SampledTruth
    /// @dev By a witness where there is one: it costs two samples instead of all.
    function proofOf(uint256 targetTime) external view override returns (bytes memory proof) {
        bytes memory start = sampleProofAt(momentOf(targetTime, 0));
        bytes memory all = bytes.concat(abi.encode(0), start);

        for (uint256 i = 1; i <= samples; ++i) {
            bytes memory own = sampleProofAt(momentOf(targetTime, i));
            bytes memory witness = bytes.concat(abi.encode(i), start, own);
            (TruthStatus status, ) = this.truthAt(targetTime, witness);
            if (status == TruthStatus.Known) return witness;
            all = bytes.concat(all, own);
        }
        return all;
    }

    /// @notice As `truthOf`, of any topic and round.
    function truthAt(uint256 targetTime, bytes calldata proof) external view returns (TruthStatus, int256) {
        return answerAt(targetTime, proof);
    }

    /// @inheritdoc IDefinedTruth
    function definition() external view returns (Definition memory) {
        return definitionOf(Question.Move, window, samples, size, "1 for yes, 0 for no");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Commitments} from "../../contracts/maths/Commitments.sol";
import {Float32, Float40} from "../../contracts/maths/Float.sol";
import {Seals} from "../../contracts/memory/Lists.sol";
import {packPrediction, packStatement, Prediction, Statement} from "../../contracts/types/Prediction.sol";
import {Backer, Consent, packBacker, Seal, SignedOpening} from "../../contracts/types/Seal.sol";
import {TopicId} from "../../contracts/types/Topic.sol";

/// @notice The Commitments library from outside.
contract CommitmentsHarness {
    function roundHash(bytes32 domain, TopicId topic, uint256 round) external pure returns (bytes32) {
        return Commitments.roundHash(domain, topic, round);
    }

    function commitmentOf(bytes32 round, address worker, Statement statement) external pure returns (bytes20) {
        return Commitments.commitmentOf(round, worker, statement);
    }

    function stated(int104 value, uint16 confidence, uint128 salt) external pure returns (Statement) {
        return packStatement(value, confidence, salt);
    }

    function recorded(Statement statement, uint96 wager, Backer backer) external pure returns (Prediction) {
        return packPrediction(statement, wager, backer);
    }

    function backed(
        address worker,
        uint8 seat,
        Float40 budget,
        Float32 trust,
        bool isSeasoned,
        uint256 era
    ) external pure returns (Backer) {
        return packBacker(worker, seat, budget, trust, isSeasoned, era);
    }

    function sealOf(bytes20 commitment, Backer backer) external pure returns (Seal) {
        return Commitments.sealOf(commitment, backer);
    }

    function isSigned(
        bytes32 domain,
        TopicId topic,
        uint256 round,
        bytes20 commitment,
        SignedOpening calldata opening
    ) external view returns (bool) {
        Commitments.Signing memory signing = Commitments.signingOf(domain, topic, round);
        return Commitments.isSigned(signing, commitment, opening.worker, opening.r, opening.vs);
    }

    function isConsent(
        bytes32 domain,
        TopicId topic,
        address owner,
        address signer,
        Consent calldata consent
    ) external view returns (bool) {
        return Commitments.isConsent(domain, topic, owner, signer, consent);
    }

    /// @notice Keeps a list as a call of `commit` does, with room for `most` seals, and tells of it.
    function kept(
        uint256 most,
        Seal[] calldata given,
        TopicId topic,
        uint256 round,
        address committer
    ) external returns (bytes29 hash) {
        Seal[] memory seals = Seals.create(most);
        Seals.close(seals, given.length);
        for (uint256 i = 0; i < given.length; i++) seals[i] = given[i];
        hash = Seals.hashOf(seals);
        Seals.emitCommitted(seals, topic, round, committer);
    }

    function hashOf(Seal[] memory seals) external pure returns (bytes29) {
        return Seals.hashOf(seals);
    }

    function firstDigest(int256 center, uint256 sigma) external pure returns (bytes20) {
        return Commitments.firstDigest(center, sigma);
    }

    function fold(bytes20 digest, bytes29 seals) external pure returns (bytes20) {
        return Commitments.fold(digest, seals);
    }

    function chain(bytes20 digest, bytes32 predictions, bytes32 workers) external pure returns (bytes20) {
        return Commitments.chain(digest, predictions, workers);
    }
}

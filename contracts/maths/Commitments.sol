// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {ECDSA} from "solady/src/utils/ECDSA.sol";
import {EfficientHashLib} from "solady/src/utils/EfficientHashLib.sol";
import {Statement} from "../types/Prediction.sol";
import {Backer, Consent, Seal} from "../types/Seal.sol";
import {TopicId} from "../types/Topic.sol";

/// @title Seals: what a worker commits to, how lists of commitments and of batches become one hash.
/// @dev Every hash is that of `abi.encode` of its parts; EfficientHashLib takes it without growing memory.
library Commitments {
    bytes32 internal constant ROUND_TYPEHASH = keccak256("Round(bytes32 domain,bytes32 topic,uint256 round)");
    bytes32 internal constant COMMITMENT_TYPEHASH = keccak256(
        "Commitment(bytes32 topic,uint256 round,bytes20 commitment)"
    );
    bytes32 internal constant CONSENT_TYPEHASH = keccak256("Consent(bytes32 topic,address owner,uint256 deadline)");

    /// @dev secp256k1's order, halved.
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    /// @notice What all commitments of a round share: chain and network (in `domain`), topic and round.
    function roundHash(bytes32 domain, TopicId topic, uint256 round) internal pure returns (bytes32) {
        return EfficientHashLib.hash(ROUND_TYPEHASH, domain, TopicId.unwrap(topic), bytes32(round));
    }

    /// @notice The sealed form of a prediction: the hash of the round, the worker and what it states. Bound to its worker,
    /// so that a copied commitment opens for nobody, and to its round, so that it opens nowhere else. Twenty bytes: 2^160
    /// tries for a second opening of another's, 2^80 for a pair of one's own.
    function commitmentOf(bytes32 round, address worker, Statement statement) internal pure returns (bytes20) {
        return bytes20(EfficientHashLib.hash(uint256(round), uint160(worker), Statement.unwrap(statement)));
    }

    /// @notice A commitment as it is kept: bound to the worker that signed it, whatever it opens to, and with what stood
    /// behind it.
    function sealOf(bytes20 commitment, Backer backer) internal pure returns (Seal) {
        uint256 bound = uint256(EfficientHashLib.hash(bytes32(commitment), bytes32(uint256(uint160(backer.worker())))));
        return Seal.wrap(((bound >> 96) << 96) | uint96(Backer.unwrap(backer)));
    }

    /// @notice What the signatures over a round's commitments have in common, laid out once for all of them as EIP-712
    /// hashes it: the struct `Commitment`, then prefix, domain and the struct's hash.
    struct Signing {
        bytes32 typehash;
        TopicId topic;
        uint256 round;
        bytes20 commitment;
        uint256 prefix;
        bytes32 domain;
        bytes32 statement;
    }

    function signingOf(bytes32 domain, TopicId topic, uint256 round) internal pure returns (Signing memory) {
        return Signing(COMMITMENT_TYPEHASH, topic, round, 0, 0x1901, domain, 0);
    }

    /// @notice Who signed a commitment (EIP-712, EIP-2098 form). High-s signatures and failed recoveries are address
    /// zero's, which never holds a seat.
    function signerOf(
        Signing memory signing,
        bytes20 commitment,
        bytes32 r,
        bytes32 vs
    ) internal view returns (address) {
        bytes32 digest;
        signing.commitment = commitment;
        // Four words of the struct; then the prefix's two bytes, which end its word, and two words more.
        assembly ("memory-safe") {
            mstore(add(signing, 0xc0), keccak256(signing, 0x80))
            digest := keccak256(add(signing, 0x9e), 0x42)
        }
        return recover(digest, r, vs);
    }

    /// @notice Whether a worker signed a commitment.
    function isSigned(
        Signing memory signing,
        bytes20 commitment,
        address worker,
        bytes32 r,
        bytes32 vs
    ) internal view returns (bool) {
        return worker != address(0) && signerOf(signing, commitment, r, vs) == worker;
    }

    /// @notice Whether a signer lets `owner` stake behind it in a topic.
    function isConsent(
        bytes32 domain,
        TopicId topic,
        address owner,
        address signer,
        Consent memory consent
    ) internal view returns (bool) {
        bytes32 statement = keccak256(abi.encode(CONSENT_TYPEHASH, topic, owner, consent.deadline));
        bytes32 digest = MessageHashUtils.toTypedDataHash(domain, statement);
        return signer != address(0) && recover(digest, consent.r, consent.vs) == signer;
    }

    /// @dev One signature, one form: s in the lower half of the curve's order, v one bit of `vs`.
    function recover(bytes32 digest, bytes32 r, bytes32 vs) private view returns (address) {
        if ((uint256(vs) << 1) >> 1 > HALF_ORDER) return address(0);
        return ECDSA.tryRecover(digest, r, vs);
    }

    /// @notice Where the chain of a round's batches starts: the domain that was frozen when it opened.
    function firstDigest(int256 center, uint256 sigma) internal pure returns (bytes20) {
        return bytes20(EfficientHashLib.hash(uint256(center), sigma));
    }

    /// @notice That start with the hash of the first list that was committed, while the round keeps both as one.
    function fold(bytes20 digest, bytes29 seals) internal pure returns (bytes20) {
        return bytes20(EfficientHashLib.hash(bytes32(digest), bytes32(seals)));
    }

    /// @notice What a resolved round keeps: its outcome's hash, and what `resolve` found.
    function resolvedDigest(bytes20 outcome, int256 truth, int256 gradient) internal pure returns (bytes20) {
        return bytes20(EfficientHashLib.hash(bytes32(outcome), bytes32(uint256(truth)), bytes32(uint256(gradient))));
    }

    /// @notice The next link of the chain of a round's batches.
    function chain(bytes20 digest, bytes32 predictions, bytes32 workers) internal pure returns (bytes20) {
        return bytes20(EfficientHashLib.hash(bytes32(digest), predictions, workers));
    }
}

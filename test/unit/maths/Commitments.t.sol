// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Commitments} from "../../../contracts/maths/Commitments.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";

contract CommitmentsTest {
    bytes32 private constant DOMAIN = keccak256("domain");
    TopicId private constant TOPIC = TopicId.wrap(keccak256("topic"));
    bytes20 private constant COMMITMENT = bytes20(keccak256("commitment"));
    uint256 private constant ROUND = 7;

    /// @dev x of secp256k1's generator, and half of its order.
    uint256 private constant R = 0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798;
    uint256 private constant HALF = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    /// @dev Every pair of r and s is somebody's signature of a digest: that of whoever is recovered.
    function test_TakesSignaturesUpToHalfTheOrder() public view {
        require(isTaken(HALF) && isTaken(HALF - 1), "low s refused");
        require(!isTaken(HALF + 1), "high s taken");
    }

    function isTaken(uint256 s) private view returns (bool) {
        address signer = ecrecover(digest(), 27, bytes32(R), bytes32(s));
        require(signer != address(0), "nobody's");
        Commitments.Signing memory signing = Commitments.signingOf(DOMAIN, TOPIC, ROUND);
        return Commitments.isSigned(signing, COMMITMENT, signer, bytes32(R), bytes32(s));
    }

    function digest() private pure returns (bytes32) {
        bytes32 typehash = keccak256("Commitment(bytes32 topic,uint256 round,bytes20 commitment)");
        bytes32 statement = keccak256(abi.encode(typehash, TOPIC, ROUND, COMMITMENT));
        return keccak256(abi.encodePacked(hex"1901", DOMAIN, statement));
    }
}

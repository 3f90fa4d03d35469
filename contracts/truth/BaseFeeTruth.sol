// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BlockHeader} from "@openzeppelin/contracts/utils/BlockHeader.sol";
import {Blockhash} from "@openzeppelin/contracts/utils/Blockhash.sol";
import {IDefinedTruth} from "../interfaces/IDefinedTruth.sol";
import {ITruthSource, TRUTH_SOURCE, TruthStatus} from "../interfaces/ITruthSource.sol";
import {Definition, Question} from "../types/Definition.sol";
import {TopicId} from "../types/Topic.sol";

/// @title The chain's own base fee at the target time: that of the last block at or before it, in gwei.
/// @notice Nobody reports. The caller shows the headers of two blocks that follow each other; the second one's hash is the
/// chain's, the first one's hash stands in the second, and the target time lies between their times. One pair does that.
///
/// The chain knows the hashes of its last `provableBlocks` blocks only. A round that nobody resolves while its second block
/// is among them can no longer be proven, and is void at its truth deadline. So resolve early, or choose a topic whose
/// horizon and truth window suit the span: 256 blocks are 51 minutes of Ethereum, 8,191 blocks are 27 hours.
///
/// A proof is the second block's number, the length of the first header, both 32 bytes, and the two headers as the chain
/// hashes them (RLP).
/// @dev Meant for chains whose `block.number` and BLOCKHASH are their own: not for those that answer with the numbers of the
/// chain they settle on; there nothing can be proven, and every round is void.
contract BaseFeeTruth is IDefinedTruth {
    uint256 private constant WORD = 32;
    uint256 private constant RECENT = 256;
    uint256 private constant HISTORY = 8_191;

    /// @dev Base fees are wei; 1e9 of them are a gwei, 1e18 fixed point.
    uint256 private constant SCALE = 1e9;

    /* TRUTH SOURCE */

    /// @inheritdoc ITruthSource
    function isTruthSource() external pure returns (bytes4) {
        return TRUTH_SOURCE;
    }

    /// @inheritdoc ITruthSource
    /// @dev Nobody stakes on it. Filling blocks moves the base fee by an eighth each, and costs the fees burnt.
    function truthSecurity(TopicId) external pure returns (uint256) {
        return type(uint256).max;
    }

    /// @inheritdoc ITruthSource
    /// @dev Headers are parsed only once their hashes are the chain's, so that no proof makes this revert.
    function truthOf(
        TopicId,
        uint256,
        uint256 targetTime,
        bytes calldata proof
    ) external view returns (TruthStatus, int256) {
        if (proof.length < 2 * WORD) return (TruthStatus.Unknown, 0);

        uint256 number = uint256(bytes32(proof[:WORD]));
        uint256 length = uint256(bytes32(proof[WORD:2 * WORD]));
        proof = proof[2 * WORD:];
        if (length > proof.length) return (TruthStatus.Unknown, 0);

        (bytes memory last, bytes memory next) = (proof[:length], proof[length:]);
        bool isOfChain = number < block.number && Blockhash.blockHash(number) == keccak256(next);
        if (!isOfChain || BlockHeader.getParentHash(next) != keccak256(last)) return (TruthStatus.Unknown, 0);

        uint256 lastTime = BlockHeader.getTimestamp(last);
        bool isBetween = lastTime <= targetTime && targetTime < BlockHeader.getTimestamp(next);
        if (!isBetween) return (TruthStatus.Unknown, 0);

        // A base fee times the gas of a block is paid in ether, of which there are fewer than 2^96 wei.
        return (TruthStatus.Known, int256(BlockHeader.getBaseFeePerGas(last) * SCALE));
    }

    /* READ */

    /// @notice How many blocks back a round can still be proven: 8,191 where the chain keeps its past hashes (EIP-2935), and
    /// 256 elsewhere. Right after that fork it is what has been kept since.
    function provableBlocks() external view returns (uint256) {
        return Blockhash.HISTORY_STORAGE_ADDRESS.code.length > 0 ? HISTORY : RECENT;
    }

    /// @inheritdoc IDefinedTruth
    function definition() external pure returns (Definition memory) {
        return Definition(Question.Value, address(0), 0, 0, 0, 0, 0, "base fee in gwei");
    }
}

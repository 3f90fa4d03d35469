// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {
    OUTCOME_SIZE,
    Outcome,
    Pair,
    digestOf,
    emitPublished,
    givenDigestOf,
    pair
} from "../../../contracts/types/Outcome.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Told, told} from "../../helpers/Told.sol";
import {Vm, vm} from "../../helpers/Vm.sol";

/// @notice An outcome is hashed and emitted as it lies, so its length must be that of its encoding.
contract OutcomeTest {
    function testFuzz_ItsHashIsThatOfItsEncoding(Outcome memory outcome) public view {
        bytes memory encoded = abi.encode(outcome);
        require(encoded.length == OUTCOME_SIZE, "another length");
        require(digestOf(outcome) == bytes20(keccak256(encoded)), "hashed otherwise");
        require(this.given(outcome) == digestOf(outcome), "another hash when it is given back");
    }

    function given(Outcome calldata outcome) external pure returns (bytes20) {
        return givenDigestOf(outcome);
    }

    /// @dev No word of it may be changed.
    function testFuzz_AnyBitCounts(Outcome memory outcome, uint256 bit) public pure {
        bytes20 before = digestOf(outcome);
        (uint256 word, uint256 mask) = ((bit >> 8) % (OUTCOME_SIZE / 32), 1 << (bit % 256));
        assembly ("memory-safe") {
            let place := add(outcome, shl(5, word))
            mstore(place, xor(mload(place), mask))
        }
        require(digestOf(outcome) != before, "one hash for two outcomes");
    }

    function testFuzz_ItIsEmittedWhole(Outcome memory outcome, TopicId topic, uint256 round) public {
        vm.expectEmit(address(this));
        emit ITopicRounds.RoundPublished(topic, round, outcome);
        emitPublished(outcome, topic, round);
    }

    function testFuzz_APairComesApartIntoWhatWentIn(int128 first, int128 second) public pure {
        Pair both = pair(int256(first), int256(second));
        require(both.first() == first && both.second() == second, "another number");
        (int256 one, int256 other) = both.split();
        require(one == first && other == second, "split otherwise");
    }

    function testFuzz_AmountsComeApartIntoWhatWentIn(uint96 first, uint104 second) public pure {
        Pair both = pair(uint256(first), uint256(second));
        require(both.first() == int256(uint256(first)), "another first");
        require(both.second() == int256(uint256(second)), "another second");
    }

    function testFuzz_ItsLastWordsComeApart(Outcome memory outcome) public view {
        Told memory all = told(outcome);
        (address publisher, uint256 budgets, bytes20 batches, uint256 era) = this.apart(outcome);
        require(publisher == all.publisher && budgets == all.budgets, "another publisher or budgets");
        require(batches == all.batches && era == all.era, "other batches or era");
    }

    function apart(Outcome calldata outcome) external pure returns (address, uint256, bytes20, uint256) {
        return (outcome.publishedBy(), outcome.budgetsOf(), outcome.batchesOf(), outcome.eraOf());
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Float} from "../../contracts/maths/Float.sol";
import {Position} from "../../contracts/types/Position.sol";
import {Outcome} from "../../contracts/types/Outcome.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {NetworkDriver, Said} from "../helpers/NetworkDriver.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Numbers and words are those of docs/Invariants.md.
contract OrderTest is NetworkDriver {
    uint256 private constant WORKERS = 5;

    /// @dev Two rounds behind it, so that records have weight.
    function setUp() public {
        openTopic();
        rememberWorkers(WORKERS);
        fund(1e12);
        for (uint256 i = 0; i < WORKERS; i++) deposit(i, uint96(1e9 * (i + 1)));
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < WORKERS; i++) seatWorker(i, uint8(i));
        predict(0, drawn(0));
        predict(1, drawn(1));
        finish(0, 101e18);
        finish(1, 98e18);
    }

    /* 6: REVEALS AND LISTS */

    /// hardhat-config: fuzz.runs = 64
    function testFuzz_6_AnyOrderAndWayInGivesTheSame(uint256 seed) public {
        Said[] memory said = drawn(seed);
        uint256 round = 4;
        uint256 start = vm.snapshotState();

        predict(round, said);
        bytes32 batched = resultOf(round, seed);
        vm.revertToState(start);

        start = vm.snapshotState();
        playDirect(round, permuted(said, seed));
        bytes32 direct = resultOf(round, seed);
        vm.revertToState(start);

        start = vm.snapshotState();
        playMixed(round, permuted(said, ~seed), seed);
        bytes32 mixed = resultOf(round, seed);
        vm.revertToState(start);

        playAtOnce(round, permuted(said, seed / 3));
        bytes32 atOnce = resultOf(round, seed);

        require(direct == batched, "alone and in a batch differ");
        require(mixed == batched, "mixed and in a batch differ");
        require(atOnce == batched, "at once and one by one differ");
    }

    function playDirect(uint256 round, Said[] memory said) private {
        warpTo(openTime(round));
        for (uint256 i = said.length; i > 0; i--) commitOwn(round, said[i - 1]);
        warpTo(revealTime(round));
        for (uint256 i = 0; i < said.length; i++) revealOwn(round, said[i]);
        warpTo(publishTime(round));
        publish(round);
    }

    /// @dev One alone, the rest in a list that is opened in two parts, the later part first.
    function playMixed(uint256 round, Said[] memory said, uint256 seed) private {
        Said[] memory listed = new Said[](said.length - 1);
        for (uint256 i = 0; i < listed.length; i++) listed[i] = said[i + 1];
        uint256 first = 1 + (seed % (2 ** listed.length - 2));
        warpTo(openTime(round));
        commit(round, BATCHER, listed);
        commitOwn(round, said[0]);
        warpTo(revealTime(round));
        reveal(round, FIRST, listed, ~first);
        revealOwn(round, said[0]);
        reveal(round, FIRST, listed, first);
        warpTo(publishTime(round));
        publish(round);
    }

    /// @dev In one list that is opened and published in one call, at some time of the reveals.
    function playAtOnce(uint256 round, Said[] memory said) private {
        warpTo(openTime(round));
        commit(round, BATCHER, said);
        warpTo(revealTime(round) + 7);
        revealAndPublish(round, said);
    }

    /// @dev All but the digest of the batches, which tells their order.
    function resultOf(uint256 round, uint256 seed) private returns (bytes32) {
        finish(round, 90e18 + int256((seed >> 8) % 20e18));
        Outcome memory outcome = keptOf[round].outcome;
        outcome.batches %= 2 ** 96;
        return keccak256(abi.encode(outcome, keptOf[round].resolution, stateDigest()));
    }

    function stateDigest() private view returns (bytes32 digest) {
        for (uint256 i = 0; i < WORKERS; i++) digest = keccak256(abi.encode(digest, positionOf(i)));
        return keccak256(abi.encode(digest, network.topicOf(topic), network.claimableOf(KEEPER)));
    }

    /* 7: SETTLEMENTS */

    // Invariant 7
    /// hardhat-config: fuzz.runs = 64
    function testFuzz_7_AnyOrderOfSettlementGivesTheSame(uint256 seed) public {
        for (uint256 round = 4; round < 7; round++) {
            predict(round, drawn(uint256(keccak256(abi.encode(seed, round)))));
            warpTo(time + 1);
        }
        // What is asked back meanwhile pays, too; the order decides only from which part.
        unstake(0, positionOf(0).stake / 2);
        for (uint256 round = 4; round < 7; round++) {
            warpTo(targetTime(round));
            resolve(round, 80e18 + int256(uint256(keccak256(abi.encode(seed, round))) % 40e18));
        }
        uint256 start = vm.snapshotState();
        uint256[3] memory order = [uint256(4), 5, 6];
        Position[] memory inOrder = settledIn(order);
        uint256 pool = network.topicOf(topic).pool;
        vm.revertToState(start);

        (order[0], order[seed % 3]) = (order[seed % 3], order[0]);
        (order[1], order[1 + ((seed >> 8) % 2)]) = (order[1 + ((seed >> 8) % 2)], order[1]);
        Position[] memory shuffled = settledIn(order);

        require(network.topicOf(topic).pool == pool, "another pool");
        for (uint256 i = 0; i < WORKERS; i++) requireSame(inOrder[i], shuffled[i]);
    }

    function settledIn(uint256[3] memory order) private returns (Position[] memory positions) {
        for (uint256 i = 0; i < 3; i++) settle(order[i]);
        positions = new Position[](WORKERS);
        for (uint256 i = 0; i < WORKERS; i++) positions[i] = positionOf(i);
    }

    function requireSame(Position memory a, Position memory b) private pure {
        require(uint256(a.stake) + a.leaving == uint256(b.stake) + b.leaving, "another balance");

        uint256 energy = a.energy.unpack();
        uint256 tolerance = Math.sqrt(energy) >> 29;
        int256 apart = a.regret.unpack() - b.regret.unpack();
        require(uint256(apart < 0 ? -apart : apart) <= tolerance, "another regret");
        uint256 other = b.energy.unpack();
        require((energy > other ? energy - other : other - energy) <= energy >> 29, "another energy");
    }

    /* DRAWING */

    function drawn(uint256 seed) private pure returns (Said[] memory said) {
        said = new Said[](WORKERS);
        for (uint256 i = 0; i < WORKERS; i++) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            // Coarse enough for ties.
            int256 value = 90e18 + int256(draw % 21) * 1e18;
            said[i] = say(i, value, uint16(1 + ((draw >> 16) % 10_000)));
        }
    }

    function permuted(Said[] memory said, uint256 seed) private pure returns (Said[] memory list) {
        list = new Said[](said.length);
        for (uint256 i = 0; i < said.length; i++) list[i] = said[i];
        for (uint256 i = list.length - 1; i > 0; i--) {
            uint256 j = uint256(keccak256(abi.encode(seed, i))) % (i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        // Younger rounds wait for older ones here.
        params.truthWindow = 2_000;
        params.minStake = 1;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Float32, Float40} from "../../../contracts/maths/Float.sol";
import {Prediction, Statement, packPrediction, packStatement} from "../../../contracts/types/Prediction.sol";
import {Backer, Seal, packBacker} from "../../../contracts/types/Seal.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {CommitmentsHarness} from "../../harness/CommitmentsHarness.sol";
import {Draws} from "../../harness/Draws.sol";
import {PlainSeals} from "../../helpers/PlainSeals.sol";
import {Vm, vm} from "../../helpers/Vm.sol";

contract SealsTest {
    using Draws for Draws.Draw;

    TopicId private constant TOPIC = TopicId.wrap(bytes32(uint256(7)));
    uint256 private constant ROUND = 12;
    address private constant COMMITTER = address(0xC0);

    CommitmentsHarness private harness = new CommitmentsHarness();

    /* ONE */

    function testFuzz_ABackerComesApartIntoWhatWentIn(
        address worker,
        uint8 seat,
        uint40 budget,
        uint32 trust,
        bool isSeasoned,
        uint16 era
    ) public pure {
        era %= 2048;
        Backer backer = packBacker(worker, seat, Float40.wrap(budget), Float32.wrap(trust), isSeasoned, era);
        require(backer.worker() == worker && backer.seat() == seat, "another worker or seat");
        require(Float40.unwrap(backer.budget()) == budget, "another budget");
        require(Float32.unwrap(backer.trust()) == trust, "another trust");
        require(backer.isSeasoned() == isSeasoned && backer.era() == era, "another season or era");
    }

    function testFuzz_APredictionComesApartIntoWhatWentIn(
        int104 value,
        uint16 confidence,
        uint96 wager,
        uint32 trust,
        bool isSeasoned,
        uint16 era
    ) public pure {
        (confidence, era) = (1 + (confidence % 10_000), era % 2048);
        Statement statement = packStatement(value, confidence, 1 << 100);
        Backer backer = packBacker(address(7), 9, Float40.wrap(5), Float32.wrap(trust), isSeasoned, era);
        Prediction prediction = packPrediction(statement, wager, backer);
        require(prediction.value() == value && prediction.wager() == wager, "another value or wager");
        require(Float32.unwrap(prediction.trust()) == trust, "another trust");
        require(prediction.confidenceOf() == confidence, "another confidence");
        require(prediction.isOf(era) && prediction.isOf(era ^ 512), "another era");
        require(!prediction.isOf(era ^ 1) && !prediction.isOf(era ^ 256), "of two eras");
        require(prediction.isSeasoned() == isSeasoned, "another season");
    }

    function testFuzz_ASealIsThatOfAPlainFormula(
        bytes20 commitment,
        address worker,
        uint8 seat,
        uint40 budget,
        uint32 trust,
        bool isSeasoned,
        uint16 era
    ) public view {
        era %= 2048;
        Backer backer = packBacker(worker, seat, Float40.wrap(budget), Float32.wrap(trust), isSeasoned, era);
        Seal seal = harness.sealOf(commitment, backer);
        Seal plain = PlainSeals.sealOf(commitment, worker, seat, budget, trust, isSeasoned, era);
        require(Seal.unwrap(seal) == Seal.unwrap(plain), "another seal");
    }

    /// @dev Any bit of the commitment or of its backer, the worker included.
    function testFuzz_NoTwoHaveOneSeal(bytes20 commitment, Backer backer, uint8 bit, bool isOfBacker) public view {
        uint256 seal = Seal.unwrap(harness.sealOf(commitment, backer));
        bytes20 otherCommitment = bytes20(uint160(commitment) ^ uint160(1 << (bit % 160)));
        Backer otherBacker = Backer.wrap(Backer.unwrap(backer) ^ (uint256(1) << bit));
        Seal other = isOfBacker ? harness.sealOf(commitment, otherBacker) : harness.sealOf(otherCommitment, backer);
        require(Seal.unwrap(other) != seal, "one seal for two");
    }

    /* A LIST */

    function testFuzz_AListIsHashedAndToldWhole(uint256 seed) public {
        Draws.Draw memory draws = Draws.Draw(seed);
        Seal[] memory seals = new Seal[](draws.below(20));
        for (uint256 i = 0; i < seals.length; i++) seals[i] = Seal.wrap(draws.next());
        vm.recordLogs();
        bytes29 hash = harness.kept(seals.length + draws.below(4), seals, TOPIC, ROUND, COMMITTER);
        Vm.Log[] memory logs = vm.getRecordedLogs();

        require(hash == PlainSeals.hashOf(seals) && hash == harness.hashOf(seals), "another hash");
        require(logs.length == 1 && keccak256(logs[0].data) == keccak256(abi.encode(seals)), "told otherwise");
        require(logs[0].topics[0] == ITopicRounds.PredictionsCommitted.selector, "another event");
        require(logs[0].topics[1] == TopicId.unwrap(TOPIC) && logs[0].topics[2] == bytes32(ROUND), "another round");
        require(logs[0].topics[3] == bytes32(uint256(uint160(COMMITTER))), "another committer");
    }

    /// @dev Any part that is another gives another digest, and the fold is never the domain alone.
    function testFuzz_AFoldIsThatOfAPlainFormula(int104 center, uint104 sigma, bytes29 list, uint8 bit) public view {
        bytes20 first = harness.firstDigest(center, sigma);
        bytes20 folded = harness.fold(first, list);
        require(folded == PlainSeals.foldedOf(center, sigma, list) && folded != first, "another fold");
        bytes29 other = bytes29(uint232(list) ^ uint232(1 << (bit % 232)));
        require(harness.fold(first, other) != folded, "one fold for two lists");
        bytes20 another = bytes20(uint160(first) ^ uint160(1 << (bit % 160)));
        require(harness.fold(another, list) != folded, "one fold for two domains");
    }
}

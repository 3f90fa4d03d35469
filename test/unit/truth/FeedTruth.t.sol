// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {MockAggregator} from "../../../contracts/mocks/MockAggregator.sol";
import {FeedTruth} from "../../../contracts/truth/FeedTruth.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {vm} from "../../helpers/Vm.sol";

/// @dev Tries every proof there is, up to three phases of three rounds, the first with two old ones before, against
/// histories drawn at random.
contract FeedTruthTest {
    uint256 private constant HEARTBEAT = 40;
    uint256 private constant TARGET = 1_000;
    uint256 private constant MOST = 3;
    uint256 private constant NUMBERS = MOST + 4; // none, the two old ones, the drawn ones, and one that does not exist

    MockAggregator private feed;
    FeedTruth private truth;

    uint256 private knowns;
    int256 private known;
    uint256 private voids;

    function setUp() public {
        feed = new MockAggregator(18, "drawn");
        feed.push(1, 1);
        feed.push(2, 2);
        truth = new FeedTruth(feed, HEARTBEAT);
    }

    function testFuzz_EveryProofGivesTheSameValue(uint256 seed) public {
        vm.warp(TARGET + 1);
        drawPhases(seed, 1 + (seed % MOST), 2 * HEARTBEAT);

        tryEveryProof();
        require(knowns == 0 || voids == 0, "both known and void");
        require(knowns == 0 || known == expected(), "not the last of the first fresh phase");
    }

    function testFuzz_AnAnswerSurvivesWhatTheFeedDoesLater(uint256 seed) public {
        vm.warp(TARGET + 1);
        uint256 phases = 1 + (seed % (MOST - 1));
        drawPhases(seed, phases, HEARTBEAT);
        tryEveryProof();
        (uint256 before, uint256 voidsBefore, int256 then) = (knowns, voids, known);

        // Later rounds are stamped later, but a later phase brings its own history along.
        if (seed % 3 > 0) feed.push(99, uint64(TARGET + 2));
        feed.startPhase();
        drawPhases(uint256(keccak256(abi.encode(seed))), 1, HEARTBEAT);
        vm.warp(TARGET + 500);
        tryEveryProof();

        require(before == 0 || knowns > 0, "a proof was lost");
        require(before == 0 || known == then, "another value");
        require(voidsBefore == 0 || (voids > 0 && knowns == 0), "no longer void");
    }

    function testFuzz_ProofOfFindsWhatCanBeProved(uint256 seed) public {
        vm.warp(TARGET + 1);
        drawPhases(seed, 1 + (seed % MOST), 2 * HEARTBEAT);
        tryEveryProof();

        (TruthStatus status, int256 value) = ask(truth.proofOf(TARGET));

        require((status == TruthStatus.Known) == (knowns > 0), "known differs");
        require((status == TruthStatus.Void) == (voids > 0), "void differs");
        require(knowns == 0 || value == known, "value differs");
    }

    // ---------------------------------------------------------------- DRAWING

    /// @dev Times rise within a phase and start anywhere around the target, so that phases overlap.
    function drawPhases(uint256 seed, uint256 phases, uint256 spread) private {
        for (uint256 phase = 0; phase < phases; ++phase) {
            if (phase > 0) feed.startPhase();
            uint256 time = TARGET - 3 * spread + (seed % (4 * spread));
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 rounds = seed % (MOST + 1);

            for (uint256 i = 0; i < rounds; ++i) {
                seed = uint256(keccak256(abi.encode(seed)));
                time += seed % spread;
                feed.push(int192(int256(uint256(feed.latestRound() >> 64) * 10 + i)), uint64(time));
            }
        }
    }

    // ---------------------------------------------------------------- PROVING

    function tryEveryProof() private {
        (knowns, voids) = (0, 0);
        uint256 latest = feed.latestRound() >> 64;

        for (uint256 phase = 1; phase <= latest; ++phase) {
            uint256 combinations = NUMBERS ** phase;
            for (uint256 pick = 0; pick < combinations; ++pick) {
                tryProof(proofFrom(phase, pick));
            }
        }
    }

    function proofFrom(uint256 phase, uint256 pick) private pure returns (bytes memory proof) {
        for (uint256 back = 0; back < phase; ++back) {
            proof = bytes.concat(proof, abi.encode(((phase - back) << 64) + (pick % NUMBERS)));
            pick /= NUMBERS;
        }
    }

    function tryProof(bytes memory proof) private {
        (TruthStatus status, int256 value) = ask(proof);

        if (status == TruthStatus.Void) ++voids;
        if (status != TruthStatus.Known) return;
        require(knowns == 0 || value == known, "two answers");
        ++knowns;
        known = value;
    }

    function ask(bytes memory proof) private view returns (TruthStatus, int256) {
        return truth.truthOf(TopicId.wrap(0), 0, TARGET, proof);
    }

    /// @dev The second, dumber formula: walk everything from the front.
    function expected() private view returns (int256 value) {
        for (uint256 phase = 1; phase <= MOST; ++phase) {
            uint256 newest = 0;
            for (uint256 number = 1; number < NUMBERS; ++number) {
                (, int256 answer, , uint256 updatedAt, ) = feed.getRoundData(uint80((phase << 64) + number));
                if (updatedAt == 0 || updatedAt > TARGET) continue;
                (newest, value) = (updatedAt, answer);
            }
            if (newest + HEARTBEAT >= TARGET) return value;
        }
        revert("nothing fresh");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {RoundStatus} from "../../contracts/types/Round.sol";
import {DomainKind, TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Without it a round has too few workers, and it knows. It listens, opens what will gain, and lets the round
/// become void where it would lose. Pass mark: it ends with less than by revealing always.
contract PivotTest is Stages {
    uint256 private constant PIVOT = 2;
    uint256 private constant ROUNDS = 40;
    uint96 private constant FORTUNE = 1e15;
    address private constant FRIEND = address(0xF12);

    uint256 private silences;

    function setUp() public {
        openTopic();
        rememberWorkers(5);
        seatWorkers(3, FORTUNE);
    }

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.poolRateBps, params.minWorkers) = (0, 3);
        (params.domain, params.min, params.max) = (DomainKind.Fixed, 80e18, 120e18);
    }

    /// hardhat-config: fuzz.runs = 4
    function testFuzz_EarnsLessThanByRevealingAlways(uint256 seed) public {
        uint256 start = vm.snapshotState();
        uint256 honest = play(seed, false, true);
        vm.revertToState(start);
        uint256 hiding = play(seed, true, true);

        require(silences > ROUNDS / 5, "another play");
        require(hiding < honest, "silence paid more than speaking");
    }

    /// @dev The same where the time to publish passes without a block: nobody was published, nobody is slashed.
    /// hardhat-config: fuzz.runs = 4
    function testFuzz_EarnsLessWhereNothingIsPublishedWithoutIt(uint256 seed) public {
        uint256 start = vm.snapshotState();
        uint256 honest = play(seed, false, false);
        vm.revertToState(start);
        uint256 hiding = play(seed, true, false);

        require(silences > ROUNDS / 5, "another play");
        require(hiding < honest, "silence paid more than speaking");
    }

    function play(uint256 seed, bool isHiding, bool isPublished) private returns (uint256 worth) {
        for (uint256 i = 0; i < ROUNDS; i++) {
            uint256 round = 3 * i;
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            int256 actual = 95e18 + int256(draw % 10e18);
            (Said[] memory others, Said memory own) = drawPredictions(draw, actual);
            bool isSilent = isHiding && !isPaid(others, own, actual);

            warpTo(openTime(round));
            commit(round, BATCHER, others);
            commitOwn(round, own);
            warpTo(revealTime(round));
            reveal(round, FIRST, others, ALL);
            if (!isSilent) revealOwn(round, own);
            if (!isSilent) publish(round);
            if (isSilent) silences++;
            if (isSilent && isPublished) {
                warpTo(publishTime(round));
                publish(round);
            }
            warpTo(targetTime(round));
            address pivot = workerAt(PIVOT);
            by(FRIEND);
            if (isSilent) try network.slashWithheld(topic, round, pivot) {} catch {}
            if (roundOf(round).status == RoundStatus.Published) finish(round, actual);
        }
        worth = positionOf(PIVOT).stake + network.claimableOf(FRIEND);
    }

    function drawPredictions(uint256 draw, int256 actual) private pure returns (Said[] memory others, Said memory own) {
        others = new Said[](2);
        others[0] = say(0, actual + erring(draw, 0), 10_000);
        others[1] = say(1, actual + erring(draw, 1), 10_000);
        own = say(PIVOT, actual + erring(draw, PIVOT), 10_000);
    }

    function erring(uint256 draw, uint256 worker) private pure returns (int256) {
        return int256(uint256(keccak256(abi.encode(draw, worker))) % 28e18) - 14e18;
    }

    function isPaid(Said[] memory others, Said memory own, int256 actual) private pure returns (bool) {
        int256 first = others[0].value - actual;
        int256 second = others[1].value - actual;
        int256 mine = own.value - actual;
        return 2 * mine * mine < first * first + second * second;
    }
}

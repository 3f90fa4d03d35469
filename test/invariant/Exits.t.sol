// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {DisputeDriver} from "../helpers/DisputeDriver.sol";
import {Kept} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Invariant 16 of docs/Invariants.md, its first sentence: any staker gets out in bounded time with every other role
/// dead. Overlapping rounds are left at any stage; from then on no batcher, keeper, truth source, creator or other worker does
/// anything, and one worker gets its whole stake out by its own calls.
contract ExitsTest is Stages {
    uint256 private constant ROUNDS = 4;

    uint256 private draw;

    function play(uint256 seed) private {
        draw = seed;
        staked();
        for (uint256 round = 0; round < ROUNDS; ++round) {
            if (chance(6)) warpTo(openTime(round) + next(100));
            else predictUpTo(round, next(4));
            if (round == ROUNDS - 1 && chance(2)) finishUpTo(0, next(3));
        }
        warpTo(time + next(2 * terms().horizon));
    }

    /// @param stage 0 commits, 1 reveals, 2 and more publishes
    function predictUpTo(uint256 round, uint256 stage) private {
        warpTo(openTime(round));
        commit(round, BATCHER, everybody());
        if (stage == 0) return;
        warpTo(revealTime(round));
        reveal(round, FIRST, everybody(), ALL);
        if (stage == 1) return;
        warpTo(publishTime(round));
        publish(round);
    }

    /// @param stage 0 nothing, 1 resolves, 2 settles
    function finishUpTo(uint256 round, uint256 stage) private {
        if (roundOf(round).status != RoundStatus.Published || stage == 0 || time >= deadline(round)) return;
        warpTo(targetTime(round));
        resolve(round, TRUTH);
        if (stage == 2) settle(round);
    }

    function next(uint256 below) private returns (uint256) {
        draw = uint256(keccak256(abi.encode(draw)));
        return draw % below;
    }

    function chance(uint256 oneIn) private returns (bool) {
        return next(oneIn) == 0;
    }

    // Invariant 16
    /// hardhat-config: fuzz.runs = 48
    function testFuzz_AWorkerGetsOutAlone(uint256 seed) public {
        play(seed);
        truth.set(TruthStatus.Unknown, 0);
        uint256 number = next(3);
        uint256 asked = time;
        unstake(number, positionOf(number).stake);

        for (uint256 round = 0; round < ROUNDS; ++round) endAlone(number, round);
        uint256 leavesAt = positionOf(number).leavesAt;
        if (time < leavesAt) warpTo(leavesAt);
        if (time < targetTime(lastOpen(asked))) warpTo(targetTime(lastOpen(asked)));
        uint256 leaving = positionOf(number).leaving;
        by(workerAt(number));
        network.withdraw(topic, workerAt(number));

        uint256 most = asked + terms().cadence + terms().horizon + terms().truthWindow;
        require(time <= most, "16: takes longer than its bound");
        require(leaving > 0 && token.balanceOf(workerAt(number)) == leaving, "16: did not get out");
    }

    /// @dev What is published and without a truth is void at its deadline, and what is resolved anyone settles.
    function endAlone(uint256 number, uint256 round) private {
        RoundStatus status = roundOf(round).status;
        if (roundOf(round).number != round) return;
        if (status == RoundStatus.Published) {
            warpTo(deadline(round));
            by(workerAt(number));
            network.voidRound(topic, round);
        }
        if (status != RoundStatus.Resolved) return;
        Kept memory kept = keptOf[round];
        by(workerAt(number));
        network.settle(topic, round, kept.outcome, kept.resolution, kept.revealed);
    }

    function lastOpen(uint256 at) private view returns (uint256) {
        return at < openTime(0) ? 0 : (at - openTime(0)) / terms().cadence;
    }

    function test_ADepositThatNeverTookASeatGetsOutAlone() public {
        opened();
        deposit(3, STAKE);
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(3));
        unstake(3, STAKE);
        warpTo(time + terms().unstakeDelay);
        by(workerAt(3));
        network.withdraw(topic, workerAt(3));
        require(token.balanceOf(workerAt(3)) == STAKE, "16: did not get out");
    }
}

/// @notice The same for those who stake on what happened: reputers and jurors.
contract ReporterExitsTest is DisputeDriver {
    // Invariant 16
    function test_AReputerGetsOutWhileADisputeIsNeverConcluded() public {
        isLie = false;
        tallied(2);
        challengeRound(2, LIE);
        unstake(reporter(4));
        uint256 leavesAt = challenged.reputerOf(TOPIC, reporter(4)).leavesAt;
        require(leavesAt <= time + 86_400 + horizon + 7200 + 2 * CADENCE, "16: takes longer than its bound");

        warpTo(leavesAt);
        challenged.withdraw(TOPIC, reporter(4));
        challenged.claim(reporter(4));
        // Rounds that opened before, and that nobody published or tallied, cost nothing.
        require(token.balanceOf(reporter(4)) == STAKE, "16: did not get out");
    }

    // Invariant 16
    function test_AJurorGetsOutOfACaseThatIsNeverClosed() public {
        tallied(2);
        challengeRound(2, TRUE_VALUE);
        vm.prank(juror(0));
        arbiter.unregister();
        warpTo(time + 2 * arbiter.duration());
        arbiter.withdraw(juror(0));
        arbiter.claim(juror(0));
        require(token.balanceOf(juror(0)) == STAKE, "16: did not get out");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Said} from "../helpers/NetworkDriver.sol";
import {Crowd} from "../helpers/Crowd.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Half of the workers, with half of the money, say garbage: a constant, something huge, or noise. Pass mark: after the
/// first rounds the feed's squared error is at most half more than that of the honest alone (design: 5 %; what half of the
/// money can do to the median before its records are bad is more than that).
contract GarbageMajorityTest is Crowd {
    uint256 private constant ROUNDS = 60;
    uint256 private constant EARLY = 20;

    function test_AConstantCostsLittle() public {
        require(ratioOf(0) <= 1.5e18, "a constant spoils the feed");
    }

    function test_HugeValuesCostLittle() public {
        require(ratioOf(1) <= 1.5e18, "huge values spoil the feed");
    }

    function test_NoiseCostsLittle() public {
        require(ratioOf(2) <= 1.5e18, "noise spoils the feed");
    }

    /// @dev Loss with the garbage over loss without, 1e18 fixed point.
    function ratioOf(uint256 kind) private returns (uint256) {
        uint256 start = vm.snapshotState();
        uint256 clean = play(7, 0, kind);
        vm.revertToState(start);
        return (play(7, HONEST, kind) * UNIT) / clean;
    }

    function play(uint256 seed, uint256 others, uint256 kind) private returns (uint256 losses) {
        gather(wealth(others, WEALTH));
        for (uint256 round = 0; round < ROUNDS; round++) {
            Said[] memory list = honestly(seed, round, others);
            for (uint256 i = 0; i < others; i++) list[HONEST + i] = garbage(seed, HONEST + i, round, kind);
            uint256 loss = playRound(seed, round, list);
            if (round >= EARLY) losses += loss;
        }
    }

    function garbage(uint256 seed, uint256 who, uint256 round, uint256 kind) private pure returns (Said memory) {
        if (kind == 0) return say(who, 90e18 + int256(who) * 1e18, 10_000);
        if (kind == 1) return say(who, (who + round) % 2 == 0 ? int256(900e18) : -900e18, 10_000);
        return say(who, 100e18 + 10 * noise(seed, who, round), 10_000);
    }
}

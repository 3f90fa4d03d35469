// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Said} from "../helpers/NetworkDriver.sol";
import {Crowd} from "../helpers/Crowd.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Has a tenth or a third of the stake and the best record of a room of five, then says three sigmas more in every
/// round. Pass mark: the first push moves the feed by at most 0.3 sigma with a tenth and 1.25 sigmas with a third, and ten
/// rounds later by at most 0.2 sigma on average (design: 0.1, 0.3 and 0.02, in larger rooms; see bench/attacks).
contract EdgePusherTest is Crowd {
    uint256 private constant PUSH = 60;
    uint256 private constant LATER = PUSH + 11;
    uint256 private constant ROUNDS = LATER + 40;

    function test_ATenthMovesLittleAndSoonNothing() public {
        pushes(uint96((HONEST * WEALTH) / 9), (3 * SIGMA) / 10);
    }

    function test_AThirdMovesMoreAndSoonNothing() public {
        pushes(uint96((HONEST * WEALTH) / 2), (5 * SIGMA) / 4);
    }

    function pushes(uint96 wealth_, int256 most) private {
        uint256 start = vm.snapshotState();
        (int256 firstHonest, int256 laterHonest) = play(wealth_, 0);
        vm.revertToState(start);
        (int256 first, int256 later) = play(wealth_, 3 * SIGMA);
        require(first > firstHonest, "nothing was pushed");
        require(first - firstHonest <= most, "the first push moves too much");
        require((later - laterHonest) / int256(ROUNDS - LATER) <= SIGMA / 5, "it still moves the feed");
    }

    /// @return first the feed in the first pushed round
    /// @return later sum of the feed's values in the last rounds
    function play(uint96 wealth_, int256 push) private returns (int256 first, int256 later) {
        uint256 seed = 3;
        gather(wealth(1, wealth_));
        for (uint256 round = 0; round < ROUNDS; round++) {
            Said[] memory list = honestly(seed, round, 1);
            int256 honest = truthIn(seed, round) + noise(seed, HONEST, round);
            list[HONEST] = say(HONEST, round < PUSH ? honest : honest + push, 10_000);
            playRound(seed, round, list);
            if (round == PUSH) first = toldOf(round).value;
            if (round >= LATER) later += toldOf(round).value;
        }
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Said} from "../helpers/NetworkDriver.sol";
import {Crowd} from "../helpers/Crowd.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Is the best worker for a hundred rounds, then says the opposite. Pass mark: fifty rounds later the feed's squared
/// error is at most 15 % more than that of the honest alone (design: 5 %).
contract TurncoatTest is Crowd {
    uint256 private constant TURN = 100;
    uint256 private constant BACK = TURN + 50;
    uint256 private constant ROUNDS = BACK + 30;

    function test_IsForgottenInFiftyRounds() public {
        uint256 start = vm.snapshotState();
        (, uint256 clean) = play(11, 0);
        vm.revertToState(start);
        (uint256 first, uint256 later) = play(11, 1);
        require(first > 0, "its turn was not felt: it never was the best");
        require(later * 100 <= clean * 115, "still followed after fifty rounds");
    }

    function play(uint256 seed, uint256 others) private returns (uint256 first, uint256 later) {
        gather(wealth(others, WEALTH));
        for (uint256 round = 0; round < ROUNDS; round++) {
            Said[] memory list = honestly(seed, round, others);
            if (others > 0) list[HONEST] = say(HONEST, turned(seed, round), 10_000);
            uint256 loss = playRound(seed, round, list);
            if (round == TURN) first = loss;
            if (round >= BACK) later += loss;
        }
    }

    function turned(uint256 seed, uint256 round) private pure returns (int256) {
        int256 best = truthIn(seed, round) + noise(seed, HONEST, round) / 8;
        return round < TURN ? best : 200e18 - best;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TopicParams} from "../../contracts/types/Topic.sol";
import {NetworkDriver, Said} from "./NetworkDriver.sol";

/// @title A topic in which some honest workers predict round after round, and others join them.
/// @notice Truths and errors are drawn from a seed, so that a play can be repeated with another attacker or without one.
abstract contract Crowd is NetworkDriver {
    uint256 internal constant HONEST = 4;
    uint96 internal constant WEALTH = 1e18;
    /// @dev Standard deviation of `noise`: the root of four times a third.
    int256 internal constant SIGMA = 1_154_700_538_379_251_529;

    uint256 private constant TRUTHS = 1_000;

    /// @dev One round after the other, so that each is settled before the next.
    function terms() internal view virtual override returns (TopicParams memory params) {
        params = super.terms();
        (params.cadence, params.minStake, params.seats) = (params.horizon, 1, 16);
    }

    /// @notice The honest in the first seats, then one worker for each of `wealths`.
    function gather(uint96[] memory wealths) internal {
        openTopic();
        rememberWorkers(HONEST + wealths.length);
        fund(1e20);
        for (uint256 i = 0; i < HONEST; i++) deposit(i, WEALTH);
        for (uint256 i = 0; i < wealths.length; i++) deposit(HONEST + i, wealths[i]);
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < HONEST + wealths.length; i++) seatWorker(i, uint8(i));
    }

    function wealth(uint256 count, uint96 each) internal pure returns (uint96[] memory wealths) {
        wealths = new uint96[](count);
        for (uint256 i = 0; i < count; i++) wealths[i] = each;
    }

    /// @notice What the honest say, with room for `others` behind them. Each is a quarter less exact than the one before.
    function honestly(uint256 seed, uint256 round, uint256 others) internal pure returns (Said[] memory list) {
        list = new Said[](HONEST + others);
        for (uint256 i = 0; i < HONEST; i++) {
            list[i] = say(i, truthIn(seed, round) + (noise(seed, i, round) * int256(4 + i)) / 4, 10_000);
        }
    }

    function truthIn(uint256 seed, uint256 round) internal pure returns (int256) {
        return 100e18 + 3 * noise(seed, TRUTHS, round);
    }

    /// @notice Sum of four numbers drawn evenly from -1 to 1.
    function noise(uint256 seed, uint256 who, uint256 round) internal pure returns (int256 sum) {
        for (uint256 i = 0; i < 4; i++) {
            sum += int256(uint256(keccak256(abi.encode(seed, who, round, i))) % 2e18) - 1e18;
        }
    }

    /// @notice Plays a round to its end.
    /// @return loss squared error of the published value, in units of 1e18
    function playRound(uint256 seed, uint256 round, Said[] memory list) internal returns (uint256 loss) {
        predict(round, list);
        int256 error = toldOf(round).value - truthIn(seed, round);
        finish(round, truthIn(seed, round));
        return uint256(error * error) / UNIT;
    }
}

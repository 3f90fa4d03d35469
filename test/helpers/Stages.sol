// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {NetworkDriver, Said} from "./NetworkDriver.sol";
import {vm} from "./Vm.sol";

/// @title The stages of a round, each built on the one before: staked, committed, revealed, published, resolved, settled.
/// @notice Workers 0, 1 and 2 play round 0 through one batcher; 3 and 4 stand by without a stake.
abstract contract Stages is NetworkDriver {
    uint256 internal constant ROUND = 0;
    uint96 internal constant POOL = 1_000_000;
    int256 internal constant TRUTH = 100e18;
    address internal constant STRANGER = address(0x57);

    function opened() internal {
        openTopic();
        rememberWorkers(5);
        fund(POOL);
    }

    function staked() internal {
        opened();
        seatWorkers(3, STAKE);
    }

    function committed() internal {
        staked();
        warpTo(openTime(ROUND));
        commit(ROUND, BATCHER, everybody());
    }

    function revealed() internal {
        committed();
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), ALL);
    }

    function published() internal {
        revealed();
        warpTo(publishTime(ROUND));
        publish(ROUND);
    }

    function resolved() internal {
        published();
        warpTo(targetTime(ROUND));
        resolve(ROUND, TRUTH);
    }

    function settled() internal {
        resolved();
        settle(ROUND);
    }

    /// @dev Worker 0 is nearest to the truth, worker 2 farthest from it.
    function everybody() internal pure returns (Said[] memory said) {
        said = new Said[](3);
        said[0] = say(0, 99e18, 10_000);
        said[1] = say(1, 102e18, 5_000);
        said[2] = say(2, 106e18, 10_000);
    }

    /// @notice The next call must refuse just so.
    function refuse(bytes memory error) internal {
        vm.expectRevert(error);
    }

    function by(address sender) internal {
        vm.prank(sender);
    }

    /// @notice The next event of the network's must be the one emitted after this.
    function tells() internal {
        vm.expectEmit(address(network));
    }
}

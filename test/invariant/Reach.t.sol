// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {vm} from "../helpers/Vm.sol";
import {Handler} from "./play/Handler.sol";
import {Reached} from "./play/Play.sol";

/// @notice Campaigns are worth nothing where they do not play: a few runs of their length reach every end there is.
contract ReachTest {
    uint256 private constant RUNS = 20;
    uint256 private constant DEPTH = 64;

    Handler private handler;
    mapping(Reached => uint256) private times;

    function setUp() public {
        handler = new Handler();
    }

    function test_ShortRunsReachEveryEnd() external {
        play();

        atLeast(60, Reached.Deposited, "deposits");
        atLeast(10, Reached.Activated, "activations");
        atLeast(8, Reached.Seated, "seats taken");
        atLeast(2, Reached.Displaced, "displacements");
        atLeast(20, Reached.Unstaked, "requests for stake");
        atLeast(6, Reached.Withdrawn, "withdrawals");
        atLeast(10, Reached.Revoked, "revoked signers");
        atLeast(4, Reached.Rotated, "rotations");
        atLeast(15, Reached.Claimed, "claims");
        atLeast(30, Reached.Repeated, "second commitments");
        atLeast(10, Reached.RingFull, "refusals of a full ring");
        atLeast(20, Reached.Listed, "lists");
        atLeast(100, Reached.Alone, "reveals by oneself");
        atLeast(8, Reached.Left, "reveals after a seat was lost");
        atLeast(12, Reached.StakeMoved, "reveals after stake moved");
        atLeast(2, Reached.Unheard, "rounds that nobody revealed");
        atLeast(30, Reached.Early, "early publications");
        atLeast(1, Reached.Late, "late publications");
        atLeast(20, Reached.Unhealthy, "unhealthy rounds");
        atLeast(3, Reached.Truthless, "rounds without a truth");
        atLeast(5, Reached.Expired, "expired rounds");
        atLeast(30, Reached.Settled, "settled rounds");
        atLeast(2, Reached.Overtaken, "overtaken rounds");
        atLeast(3, Reached.Silenced, "slashes for silence");
        atLeast(5, Reached.Denounced, "slashes for signing twice");
        atLeast(500, Reached.Acquitted, "acquittals");
    }

    function play() private {
        uint256[] memory sums = new uint256[](uint256(type(Reached).max) + 1);
        for (uint256 run = 0; run < RUNS; run++) {
            uint256 start = vm.snapshotState();
            for (uint256 i = 0; i < DEPTH; i++) act(uint256(keccak256(abi.encode(run, i))));
            for (uint256 i = 0; i < sums.length; i++) sums[i] += handler.times(Reached(i));
            vm.revertToState(start);
        }
        for (uint256 i = 0; i < sums.length; i++) times[Reached(i)] = sums[i];
    }

    /// @dev Every verb as often as campaigns call it.
    function act(uint256 draw) private {
        function(uint256) external[15] memory verbs = [
            handler.predict,
            handler.predictAgain,
            handler.resolveOne,
            handler.settleOne,
            handler.settleMany,
            handler.pause,
            handler.stakeMore,
            handler.activate,
            handler.unstakeSome,
            handler.withdraw,
            handler.takeSeats,
            handler.changeSigner,
            handler.fundPool,
            handler.claim,
            handler.slashSome
        ];
        verbs[draw % verbs.length](draw >> 8);
    }

    function atLeast(uint256 count, Reached what, string memory name) private view {
        require(times[what] >= count, string.concat("few ", name));
    }
}

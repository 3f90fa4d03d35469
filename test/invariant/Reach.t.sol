// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {vm} from "../helpers/Vm.sol";
import {Handler} from "./play/Handler.sol";
import {Reached} from "./play/Play.sol";

/// @notice Campaigns are worth nothing where they do not play: a few runs of their length reach every end there is.
contract ReachTest {
    uint256 private constant RUNS = 30;
    uint256 private constant DEPTH = 64;

    Handler private handler;
    mapping(Reached => uint256) private times;

    function setUp() public {
        handler = new Handler();
    }

    function test_ShortRunsReachEveryEnd() external {
        play();

        atLeast(90, Reached.Deposited, "deposits");
        atLeast(30, Reached.Activated, "activations");
        atLeast(10, Reached.Seated, "seats taken");
        atLeast(2, Reached.Displaced, "displacements");
        atLeast(30, Reached.Unstaked, "requests for stake");
        atLeast(10, Reached.Withdrawn, "withdrawals");
        atLeast(12, Reached.Revoked, "revoked signers");
        atLeast(6, Reached.Rotated, "rotations");
        atLeast(3, Reached.Claimed, "claims");

        atLeast(40, Reached.Repeated, "second commitments");
        atLeast(8, Reached.Split, "second lists of who committed the first");
        atLeast(20, Reached.RingFull, "refusals of a full ring");
        atLeast(50, Reached.AtOnce, "rounds revealed and published at once");
        atLeast(50, Reached.NotSole, "refusals of what is not sole");
        atLeast(50, Reached.Folded, "refusals while the first list is folded");
        atLeast(35, Reached.Unfolded, "first lists unfolded in need");
        atLeast(35, Reached.Griefed, "first lists unfolded by others");
        atLeast(60, Reached.FirstOpened, "reveals of first lists");
        atLeast(5, Reached.FirstInParts, "first lists revealed in parts");
        atLeast(12, Reached.FirstBefore, "first lists revealed before others");
        atLeast(5, Reached.FirstAfter, "first lists revealed after others");
        atLeast(35, Reached.Listed, "lists");
        atLeast(50, Reached.Alone, "reveals by oneself");
        atLeast(8, Reached.Left, "reveals after a seat was lost");
        atLeast(20, Reached.StakeMoved, "reveals after stake moved");
        atLeast(8, Reached.Unheard, "rounds that nobody revealed");

        atLeast(8, Reached.SilentlyPublished, "publications of what nobody revealed");
        atLeast(20, Reached.Early, "early publications");
        atLeast(2, Reached.Late, "late publications");
        atLeast(1, Reached.StaysThin, "publications that leave the feed thin");
        atLeast(30, Reached.AtTheRate, "rewards at the rate");
        atLeast(20, Reached.AtTheCap, "rewards at the cap");
        atLeast(10, Reached.Played, "rounds that the pool played");
        atLeast(2, Reached.Restarted, "restarts");
        atLeast(1, Reached.Outdated, "settlements of an older era");
        atLeast(25, Reached.Unhealthy, "unhealthy rounds");
        atLeast(5, Reached.Truthless, "rounds without a truth");
        atLeast(8, Reached.Expired, "expired rounds");
        atLeast(40, Reached.Settled, "settled rounds");
        atLeast(4, Reached.Overtaken, "overtaken rounds");
        atLeast(2, Reached.Silenced, "slashes for silence");
        atLeast(60, Reached.Spared, "accusations of silence where all was heard at once");
        atLeast(6, Reached.Denounced, "slashes for signing twice");
        atLeast(800, Reached.Acquitted, "acquittals");
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
        require(times[what] >= count, string.concat("few ", name, ": ", Strings.toString(times[what])));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ITopicNetwork} from "../../contracts/interfaces/ITopicNetwork.sol";
import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {MockTopics} from "../../contracts/mocks/MockTopics.sol";
import {TestToken} from "../../contracts/mocks/TestToken.sol";
import {ReputerTruth} from "../../contracts/truth/ReputerTruth.sol";
import {ReputerTerms} from "../../contracts/types/Reputer.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {TopicId} from "../../contracts/types/Topic.sol";
import {vm} from "./Vm.sol";

/// @title Drives a panel of reputers through rounds of one topic whose every round is published.
/// @dev Time is kept here: the compiler takes the block's time for constant within a call.
abstract contract PanelDriver {
    TopicId internal constant TOPIC = TopicId.wrap(bytes32(uint256(7)));
    uint256 internal constant START = 1_000_000;
    uint256 internal constant CADENCE = 3600;
    uint96 internal constant STAKE = 1_000e18;
    address internal constant SINK = address(0x51);
    int104 internal constant TRUE_VALUE = 100e18;

    TestToken internal token;
    MockTopics internal topics;
    ReputerTruth internal truth;
    uint256 internal horizon;
    uint256 internal time;

    function deployPanel(uint256 horizon_) internal {
        horizon = horizon_;
        warpTo(START - CADENCE);
        (token, topics) = (new TestToken("Test", "T"), new MockTopics());
        truth = createTruth(
            ReputerTerms({
                token: IERC20(address(token)),
                network: ITopicNetwork(address(topics)),
                sink: SINK,
                commitWindow: 600,
                revealWindow: 600,
                challengeWindow: challengeWindow(),
                unstakeDelay: 86_400,
                minStake: 100e18,
                quorumBps: 6_000,
                outlierBps: 2_000,
                silenceBps: 100,
                toleranceBps: 10,
                tolerance: 0
            })
        );
        topics.setTopic(TOPIC, address(truth), uint32(START), uint24(CADENCE), uint24(horizon), 7200);
    }

    function createTruth(ReputerTerms memory terms) internal virtual returns (ReputerTruth) {
        return new ReputerTruth(terms);
    }

    function challengeWindow() internal pure virtual returns (uint32) {
        return 0;
    }

    function sit(address account, uint256 seat, uint96 amount) internal {
        fund(account, amount);
        vm.prank(account);
        truth.takeSeat(TOPIC, seat, amount);
    }

    function fund(address account, uint96 amount) internal {
        token.mint(account, amount);
        vm.prank(account);
        token.approve(address(truth), amount);
    }

    function unstake(address account) internal {
        vm.prank(account);
        truth.unstake(TOPIC);
    }

    /// @dev Everybody who reports from one of the seats does, with the value of the account.
    function report(uint256 round, uint256 seats, function(address) view returns (int104) valueOf) internal {
        topics.setStatus(TOPIC, round, RoundStatus.Published);
        warpTo(targetTime(round));
        for (uint256 seat = 0; seat < seats; ++seat) {
            (address account, ) = truth.reporterOf(TOPIC, round, seat);
            if (account == address(0)) continue;
            bytes27 sealed_ = truth.commitmentOf(TOPIC, round, account, valueOf(account), bytes32(seat));
            vm.prank(account);
            truth.commit(TOPIC, round, sealed_);
        }
        warpTo(targetTime(round) + 600);
        for (uint256 seat = 0; seat < seats; ++seat) {
            (address account, ) = truth.reporterOf(TOPIC, round, seat);
            if (account == address(0)) continue;
            vm.prank(account);
            truth.reveal(TOPIC, round, valueOf(account), bytes32(seat));
        }
        warpTo(targetTime(round) + 1200);
        truth.tally(TOPIC, round);
    }

    function requireTruth(uint256 round, TruthStatus required, int256 value) internal view {
        (TruthStatus status, int256 found) = truth.truthOf(TOPIC, round, targetTime(round), "");
        require(status == required && found == value, "another truth");
    }

    function openTime(uint256 round) internal pure returns (uint256) {
        return START + round * CADENCE;
    }

    function targetTime(uint256 round) internal view returns (uint256) {
        return openTime(round) + horizon;
    }

    function warpTo(uint256 time_) internal {
        time = time_;
        vm.warp(time_);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ITopicNetwork} from "../../contracts/interfaces/ITopicNetwork.sol";
import {MockTopics} from "../../contracts/mocks/MockTopics.sol";
import {TestToken} from "../../contracts/mocks/TestToken.sol";
import {ReputerTerms, ReputerTruth} from "../../contracts/truth/ReputerTruth.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {TopicId} from "../../contracts/types/Topic.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice A reputer that seals a lie, watches the others open, and opens its own only if it carries the median. Pass mark:
/// a lie that failed costs what an outlier costs, opened or not.
contract HedgerTest {
    TopicId private constant TOPIC = TopicId.wrap(bytes32(uint256(7)));
    uint256 private constant START = 1_000;
    address private constant LIAR = address(0x11A2);

    TestToken private token = new TestToken("Test", "T");
    MockTopics private topics = new MockTopics();
    ReputerTruth private truth;

    function setUp() public {
        truth = new ReputerTruth(
            ReputerTerms({
                token: IERC20(address(token)),
                network: ITopicNetwork(address(topics)),
                sink: address(0x51),
                commitWindow: 60,
                revealWindow: 60,
                challengeWindow: 0,
                unstakeDelay: 50,
                minStake: 100,
                quorumBps: 6_667,
                outlierBps: 3_000,
                silenceBps: 100,
                toleranceBps: 100,
                tolerance: 2
            })
        );
        topics.setTopic(TOPIC, address(truth), uint32(START), 20, 30, 160);
        topics.setStatus(TOPIC, 0, RoundStatus.Published);
        vm.warp(START - 1);
        for (uint256 i = 0; i < 3; i++) take(honestAt(i), i, 10_000);
        take(LIAR, 3, 10_000);
    }

    function test_ALieThatFailedCostsTheSameOpenedOrNot() public {
        uint256 start = vm.snapshotState();
        uint256 opened = play(true);
        vm.revertToState(start);
        uint256 hidden = play(false);

        require(opened == 7_000, "another slash");
        require(hidden <= opened, "who watches lies for a thirtieth");
    }

    function play(bool isOpened) private returns (uint256 left) {
        vm.warp(START + 30);
        for (uint256 i = 0; i < 3; i++) commit(honestAt(i), 100);
        commit(LIAR, 1_000_000);
        vm.warp(START + 90);
        for (uint256 i = 0; i < 3; i++) reveal(honestAt(i), 100);
        if (isOpened) reveal(LIAR, 1_000_000);
        vm.warp(START + 150);
        truth.tally(TOPIC, 0);
        return truth.reputerOf(TOPIC, LIAR).stake;
    }

    function honestAt(uint256 i) private pure returns (address) {
        return address(uint160(0xA0 + i));
    }

    function take(address reputer, uint256 seat, uint96 amount) private {
        token.mint(reputer, amount);
        vm.prank(reputer);
        token.approve(address(truth), amount);
        vm.prank(reputer);
        truth.takeSeat(TOPIC, seat, amount);
    }

    function commit(address reputer, int104 value) private {
        bytes27 commitment = truth.commitmentOf(TOPIC, 0, reputer, value, 0);
        vm.prank(reputer);
        truth.commit(TOPIC, 0, commitment);
    }

    function reveal(address reputer, int104 value) private {
        vm.prank(reputer);
        truth.reveal(TOPIC, 0, value, 0);
    }
}

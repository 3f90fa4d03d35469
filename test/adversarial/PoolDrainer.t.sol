// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TopicParams} from "../../contracts/types/Topic.sol";
import {Told} from "../helpers/Told.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Alone with dust in a topic with a rich pool, it is right in every round. Pass mark: a
/// round costs the pool at most the terms' shares of the wager: what it plays, what it pays for taking part, and the tip.
contract PoolDrainerTest is Stages {
    uint256 private constant DRAINER = 0;
    uint96 private constant RICH = 1e24;
    uint256 private constant ROUNDS = 12;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.cadence, params.minWorkers, params.minStake) = (params.horizon, 1, 1_000_000);
        params.rewardCapBps = 500;
    }

    function setUp() public {
        openTopic();
        rememberWorkers(1);
        fund(RICH);
        seatWorkers(1, terms().minStake);
    }

    /// hardhat-config: fuzz.runs = 8
    function testFuzz_TakesAtMostTheTermsSharesOfItsWager(uint256 seed) public {
        uint256 taken = 0;
        for (uint256 round = 0; round < ROUNDS; round++) {
            int256 truth_ = 90e18 + int256(uint256(keccak256(abi.encode(seed, round))) % 20e18);
            uint256 before = network.topicOf(topic).pool;
            predict(round, only(say(DRAINER, truth_, 10_000)));
            finish(round, truth_);

            Told memory outcome = toldOf(round);
            uint256 cost = before - network.topicOf(topic).pool;
            uint256 tip = (outcome.play * terms().tipBps) / 10_000;
            require(outcome.play <= (outcome.wagers * terms().poolShareBps) / 10_000, "plays more than its share");
            require(outcome.reward <= (outcome.wagers * terms().rewardCapBps) / 10_000, "pays more than its cap");
            require(cost <= outcome.play + outcome.reward + tip, "drained more than it staked");
            taken += cost;
        }
        require(taken > 0, "the pool paid nothing at all");
        require(network.topicOf(topic).pool > RICH - 1_000_000, "dust drained the pool");
    }
}

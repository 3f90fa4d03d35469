// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Repeats the newest public truth, which is the reference of a topic that asks for prices, and lives on what the pool
/// pays. Pass mark: the pool's play pays it nothing, whatever happens; who beats the reference is paid by the pool, who
/// does worse pays it.
contract ParrotTest is Stages {
    uint256 private constant PARROT = 0;
    uint256 private constant BEST = 1;
    uint256 private constant WORST = 2;

    /// @dev All of every wager is played against the pool; nothing is paid for taking part.
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.poolShareBps, params.rewardCapBps, params.referenceRateBps) = (10_000, 0, 10_000);
        (params.cadence, params.minStake) = (params.horizon, 1);
    }

    function setUp() public {
        opened();
        fund(1e15);
        seatWorkers(3, 1e12);
        predict(0, said(100e18, 100e18, 100e18));
        finish(0, 101e18);
    }

    /// hardhat-config: fuzz.runs = 16
    function testFuzz_IsPaidNothingByThePool(uint256 seed) public {
        for (uint256 round = 1; round < 6; round++) {
            int256 last = network.topicOf(topic).center.unpack();
            int256 truth_ = 95e18 + int256(uint256(keccak256(abi.encode(seed, round))) % 10e18);
            uint256[3] memory before = stakes();
            predict(round, said(last, (last + truth_) / 2, last + (last - truth_) / 2));
            require(toldOf(round).play == toldOf(round).wagers, "the pool does not play");
            uint256 pool = network.topicOf(topic).pool;
            finish(round, truth_);

            uint256[3] memory now_ = stakes();
            require(now_[PARROT] + 1 >= before[PARROT] && now_[PARROT] <= before[PARROT], "paid for repeating");
            require(now_[BEST] + 1 >= before[BEST], "the best paid");
            require(now_[WORST] <= before[WORST], "the worst was paid");
            requireConserved(before, now_, pool);
        }
        require(positionOf(BEST).stake > 1e12 && positionOf(WORST).stake < 1e12, "nothing was won or lost");
    }

    function requireConserved(uint256[3] memory before, uint256[3] memory now_, uint256 pool) private view {
        uint256 tips = network.claimableOf(KEEPER);
        uint256 left = network.topicOf(topic).pool;
        uint256 in_ = before[0] + before[1] + before[2] + pool;
        require(now_[0] + now_[1] + now_[2] + left + tips >= in_, "lost");
        require(now_[0] + now_[1] + now_[2] + left <= in_, "out of nothing");
    }

    /// @dev Where no truth has come for a while the reference is old, and repeating the newest truth would pay.
    function test_IsNotPlayedAgainstAtAnOldReference() public {
        int256 last = network.topicOf(topic).center.unpack();
        predict(4, said(last, last, last));
        require(toldOf(4).play == 0, "played at an old reference");
        finish(4, 104e18);
        for (uint256 i = 0; i < 3; i++) require(positionOf(i).stake <= 1e12, "paid by the pool");
    }

    function stakes() private view returns (uint256[3] memory all) {
        for (uint256 i = 0; i < 3; i++) all[i] = positionOf(i).stake;
    }

    function said(int256 parrot, int256 best, int256 worst) private pure returns (Said[] memory list) {
        list = new Said[](3);
        list[PARROT] = say(PARROT, parrot, 10_000);
        list[BEST] = say(BEST, best, 10_000);
        list[WORST] = say(WORST, worst, 10_000);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Position} from "../../contracts/types/Position.sol";
import {TopicId, TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Opens a topic whose truth source answers whatever its own worker said. Pass mark: in each round the others lose at
/// most their wagers in that topic, and nothing elsewhere.
contract EvilCreatorTest is Stages {
    uint256 private constant EVIL = 0;
    uint256 private constant ROUNDS = 10;

    TopicId private elsewhere;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.cadence = params.horizon;
    }

    /// @dev Workers 1 and 2 have as much at stake in another topic, which has a pool of its own.
    function setUp() public {
        opened();
        TopicParams memory params = terms();
        params.description = "Elsewhere";
        params.start += 10;
        elsewhere = network.createTopic(params);
        mint(address(this), POOL);
        network.fund(elsewhere, POOL);
        for (uint256 i = 1; i < 3; i++) {
            mint(workerAt(i), STAKE);
            by(workerAt(i));
            network.deposit(elsewhere, STAKE);
        }
        seatWorkers(3, STAKE);
        for (uint256 i = 1; i < 3; i++) network.activate(elsewhere, workerAt(i));
    }

    /// hardhat-config: fuzz.runs = 8
    function testFuzz_TakesAtMostTheWagersOfItsOwnTopic(uint256 seed) public {
        uint256 held = token.balanceOf(address(network));
        for (uint256 round = 0; round < ROUNDS; round++) {
            int256 lie = -900e18 - int256(uint256(keccak256(abi.encode(seed, round))) % 100e18);
            uint96[3] memory before = stakes();
            predict(round, said(lie));
            finish(round, lie);
            for (uint256 i = 1; i < 3; i++) {
                uint256 wager = keptOf[round].revealed.predictions[i].wager();
                require(positionOf(i).stake + wager >= before[i], "lost more than its wager");
            }
        }

        require(positionOf(1).stake + positionOf(2).stake < 2 * STAKE, "the lies cost nobody anything");
        require(positionOf(EVIL).stake > STAKE, "the lies paid nobody anything");
        for (uint256 i = 1; i < 3; i++) {
            Position memory other = network.positionOf(elsewhere, workerAt(i));
            require(other.stake == STAKE && other.regret.unpack() == 0, "touched elsewhere");
        }
        require(network.topicOf(elsewhere).pool == POOL, "took from another pool");
        require(token.balanceOf(address(network)) == held, "money left the network");
    }

    function stakes() private view returns (uint96[3] memory all) {
        for (uint256 i = 0; i < 3; i++) all[i] = positionOf(i).stake;
    }

    function said(int256 lie) private pure returns (Said[] memory list) {
        list = new Said[](3);
        list[EVIL] = say(EVIL, lie, 10_000);
        list[1] = say(1, 99e18, 10_000);
        list[2] = say(2, 101e18, 10_000);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Hints} from "../../contracts/types/Learning.sol";
import {Topic} from "../../contracts/types/Topic.sol";
import {Crowd} from "../helpers/Crowd.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Told} from "../helpers/Told.sol";

/// @notice Up to four workers with 49 % of the money say the same thing, as far away as they like and another in each round, and
/// have the best record for as long as they care to. Pass mark: invariant 10 in every round of the network: the anchor
/// lies between values of the honest, and what is published within the clip radius of it.
contract CoalitionTest is Crowd {
    uint256 private constant ROUNDS = 24;
    int256 private constant NONE = int256(uint256(type(uint104).max));

    uint256 private tested;

    // Invariant 10
    /// hardhat-config: fuzz.runs = 8
    function testFuzz_LessThanHalfMovesTheFeedByTheClipRadiusAtMost(uint256 seed) public {
        uint256 members = 1 + (seed % 4);
        uint256 betrayal = (seed >> 8) % ROUNDS;
        uint96 most = uint96((HONEST * WEALTH * 96) / 100);
        gather(wealth(members, uint96(most / members)));
        for (uint256 round = 0; round < ROUNDS; ++round) {
            Said[] memory list = honestly(seed, round, members);
            (int256 low, int256 high) = hullOf(list);
            int256 joint = round < betrayal ? truthIn(seed, round) + noise(seed, HONEST, round) : pushed(seed, round);
            for (uint256 i = 0; i < members; ++i) list[HONEST + i] = say(HONEST + i, joint, 10_000);
            playAndLook(seed, round, list, low, high);
        }
        require(2 * tested >= ROUNDS, "the coalition won half of the money: nothing is tested");
    }

    function playAndLook(uint256 seed, uint256 round, Said[] memory list, int256 low, int256 high) private {
        warpTo(openTime(round));
        commit(round, BATCHER, list);
        warpTo(revealTime(round));
        reveal(round, FIRST, list, ALL);
        warpTo(publishTime(round));
        Hints memory hints = hintsIn(round, keptOf[round].revealed.predictions);
        int256 radius = radiusOf(hints.mad);
        publish(round);

        Told memory told = toldOf(round);
        finish(round, truthIn(seed, round));
        if (wagersOf(round, HONEST, list.length) >= wagersOf(round, 0, HONEST)) return;
        ++tested;
        // While the topic is cold all values are clamped to its domain first.
        if (low > told.domainHigh) low = told.domainHigh;
        if (high < told.domainLow) high = told.domainLow;
        require(low <= told.anchor && told.anchor <= high, "10: the anchor left the honest");
        require(distance(told.value, told.anchor) <= radius, "10: published beyond the clip radius");
        require(distance(told.inner, told.anchor) <= radius, "10: learnt beyond the clip radius");
    }

    /// @dev By the words of docs/Protocol.md: three mads, within 2.5 and 8 rolling errors of the anchor once these tell.
    function radiusOf(uint256 mad) private view returns (int256) {
        Topic memory state = network.topicOf(topic);
        uint256 usual = state.anchorError.unpack();
        uint256 radius = 3 * mad;
        bool isWarm = state.rounds >= 5 && usual >= 100;
        if (isWarm && radius > 8 * usual) radius = 8 * usual;
        if (isWarm && radius < (5 * usual) / 2) radius = (5 * usual) / 2;
        return int256(radius) > NONE ? NONE : int256(radius);
    }

    function hullOf(Said[] memory list) private pure returns (int256 low, int256 high) {
        (low, high) = (list[0].value, list[0].value);
        for (uint256 i = 1; i < HONEST; ++i) {
            if (list[i].value < low) low = list[i].value;
            if (list[i].value > high) high = list[i].value;
        }
    }

    function pushed(uint256 seed, uint256 round) private pure returns (int256) {
        uint256 draw = uint256(keccak256(abi.encode(seed, round)));
        int256 scale = [int256(1e18), 10e18, 100e18, 900e18][draw % 4];
        return (draw >> 8) % 2 == 0 ? truthIn(seed, round) + scale : -scale;
    }

    function wagersOf(uint256 round, uint256 from, uint256 until) private view returns (uint256 sum) {
        for (uint256 i = 0; i < keptOf[round].revealed.workers.length; ++i) {
            address worker = keptOf[round].revealed.workers[i];
            for (uint256 j = from; j < until; ++j) {
                if (workerAt(j) == worker) sum += keptOf[round].revealed.predictions[i].wager();
            }
        }
    }

    function distance(int256 a, int256 b) private pure returns (int256) {
        return a > b ? a - b : b - a;
    }
}

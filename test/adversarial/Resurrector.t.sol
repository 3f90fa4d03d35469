// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FeedStatus} from "../../contracts/types/Feed.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Lets a young round become void, then publishes an older one late, which makes the feed look whole again. Pass mark:
/// a feed is thin until a round is published that is younger than every void one.
contract ResurrectorTest is Stages {
    function setUp() public {
        published();
    }

    /// @dev Rounds 1 and 2 run side by side; 2 has one worker, and is void.
    function voidTheYounger() private {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(revealTime(1));
        reveal(1, FIRST, everybody(), ALL);
        warpTo(openTime(2));
        commit(2, BATCHER, only(everybody()[0]));
        warpTo(revealTime(2));
        reveal(2, FIRST, only(everybody()[0]), ALL);
        publish(2);
        require(roundOf(2).status == RoundStatus.Void && status() == FeedStatus.Thin, "not void");
    }

    function status() private view returns (FeedStatus) {
        return network.read(topic).status;
    }

    // Invariant 29
    function test_AnOlderRoundDoesNotMakeItWhole() public {
        voidTheYounger();
        publish(1);
        require(network.read(topic).round == 1, "not on the feed");
        require(status() == FeedStatus.Thin, "as if nothing had been void");
    }

    /// @dev Of three side by side the first and the last become void, the last one first.
    function test_NeitherDoesAnOlderVoidOne() public {
        for (uint256 round = 1; round <= 3; round++) {
            warpTo(openTime(round));
            Said[] memory list = round == 2 ? everybody() : only(everybody()[0]);
            commit(round, BATCHER, list);
            warpTo(revealTime(round));
            reveal(round, FIRST, list, ALL);
        }
        publish(3);
        publish(1);
        publish(2);
        require(network.read(topic).round == 2 && status() == FeedStatus.Thin, "as if the last were not void");
    }

    function test_AYoungerRoundDoes() public {
        voidTheYounger();
        publish(1);
        finish(ROUND, TRUTH);
        predict(3, everybody());
        require(network.read(topic).round == 3 && status() == FeedStatus.Live, "thin for good");
    }
}

/// @notice The same where nothing was ever on the feed.
contract FirstResurrectorTest is Stages {
    function status() private view returns (FeedStatus) {
        return network.read(topic).status;
    }

    function test_AnOlderRoundDoesNotMakeItWhole() public {
        staked();
        warpTo(openTime(0));
        commit(0, BATCHER, everybody());
        warpTo(revealTime(0));
        reveal(0, FIRST, everybody(), ALL);
        warpTo(openTime(1));
        commit(1, BATCHER, only(everybody()[0]));
        warpTo(revealTime(1));
        reveal(1, FIRST, only(everybody()[0]), ALL);
        publish(1);
        require(status() == FeedStatus.Void, "a value out of nothing");
        publish(0);
        require(status() == FeedStatus.Thin, "as if nothing had been void");
    }
}

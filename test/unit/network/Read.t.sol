// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FeedStatus, Forecast} from "../../../contracts/types/Feed.sol";
import {Phase, Round, RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

contract ReadTest is Stages {
    function test_OfAnUnknownTopicIsAllZeros() public {
        opened();
        TopicId unknown = TopicId.wrap(bytes32(uint256(7)));
        Forecast memory nothing;
        require(keccak256(abi.encode(network.read(unknown))) == keccak256(abi.encode(nothing)), "something");
        require(network.publishedOf(unknown) == 0 && network.decimalsOf(unknown) == 0, "something");
        require(network.rankOf(unknown, STRANGER) == 0 && network.topicOf(unknown).cadence == 0, "something");
    }

    function test_BeforeThePublicationIsVoid() public {
        revealed();
        require(network.read(topic).status == FeedStatus.Void, "not void");
    }

    function test_IsLiveUntilTheTargetTimeAndStaleFromItOn() public {
        published();
        warpTo(targetTime(ROUND) - 1);
        require(network.read(topic).status == FeedStatus.Live, "not live");
        warpTo(targetTime(ROUND));
        Forecast memory forecast = network.read(topic);
        require(forecast.status == FeedStatus.Stale && forecast.value == 102e18, "not stale, or no value");
    }

    function test_PromisesAnIntervalAfterFiveRounds() public {
        staked();
        for (uint256 i = 0; i < 6; i++) {
            predict(3 * i, everybody());
            bool isPromised = network.read(topic).upper < type(int104).max;
            require(isPromised == (i >= 5), "promised too early or too late");
            finish(3 * i, TRUTH);
        }
        Forecast memory forecast = network.read(topic);
        require(forecast.lower < forecast.value && forecast.value < forecast.upper, "no interval");
        require(forecast.value - forecast.lower == forecast.upper - forecast.value, "not in its middle");
    }

    function test_TellsRoundAndPhaseByTheClock() public {
        opened();
        require(network.phaseOf(topic, 0) == Phase.Pending, "not pending");
        phaseAt(openTime(0), Phase.Commit);
        phaseAt(revealTime(0) - 1, Phase.Commit);
        phaseAt(revealTime(0), Phase.Reveal);
        phaseAt(publishTime(0), Phase.Live);
        warpTo(openTime(1));
        require(network.phaseOf(topic, 1) == Phase.Commit, "not the next round");
        phaseAt(targetTime(0) - 1, Phase.Live);
        phaseAt(targetTime(0), Phase.Due);
        phaseAt(deadline(0), Phase.Expired);
    }

    function phaseAt(uint256 time_, Phase phase) private {
        warpTo(time_);
        require(network.phaseOf(topic, 0) == phase, "another phase");
    }

    function test_OfARoundThatLostItsPlaceIsNone() public {
        settled();
        require(roundOf(ROUND).status == RoundStatus.Settled, "not settled");
        Round memory round = roundOf(4);
        require(round.status == RoundStatus.None && round.number == 0 && round.digest == 0, "another round's");
    }

    function test_RanksByStakeAndRecord() public {
        staked();
        require(network.rankOf(topic, workerAt(0)) == STAKE * UNIT, "a newcomer has more than its stake");
        predict(0, everybody());
        finish(0, TRUTH);
        require(network.rankOf(topic, workerAt(0)) > positionOf(0).stake * UNIT, "a good record is worth nothing");
        require(network.rankOf(topic, workerAt(2)) == positionOf(2).stake * UNIT, "a bad record costs or gains");
    }
}

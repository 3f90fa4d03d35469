// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {Terms} from "../../../contracts/desk/Terms.sol";
import {MockAggregator} from "../../../contracts/mocks/MockAggregator.sol";
import {DomainKind, Topic, TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

contract CreateTopicTest is Stages {
    TopicParams private params;

    function setUp() public {
        deployNetwork();
        params = terms();
    }

    /* REFUSALS */

    function test_RefusesADescriptionThatIsEmptyOrTooLong() public {
        params.description = "";
        refuseBound("description", 0, 1, 280);
        params.description = string(new bytes(281));
        refuseBound("description", 281, 1, 280);
    }

    function test_RefusesMoreDecimalsThanValuesHave() public {
        params.decimals = 19;
        refuseBound("decimals", 19, 0, 18);
    }

    function test_RefusesNoSeatsOrMoreThanABitmapHolds() public {
        params.seats = 0;
        refuseBound("seats", 0, 1, 256);
        params.seats = 257;
        refuseBound("seats", 257, 1, 256);
    }

    function test_RefusesARingOfNone() public {
        params.ringSize = 0;
        refuseBound("ringSize", 0, 1, 255);
    }

    function test_RefusesNoRiskAndMoreThanStakesCanBear() public {
        params.riskBps = 0;
        refuseBound("riskBps", 0, 1, 1600);
        params.riskBps = 1601;
        refuseBound("riskBps", 1601, 1, 1600);
        params.riskBps = 401;
        refuseBound("ringSize x riskBps", 1604, 1, 1600);
    }

    function test_RefusesAStartInThePastOrOverAYearAhead() public {
        params.start = uint32(time - 1);
        refuseBound("start", time - 1, time, time + 365 days);
        params.start = uint32(time + 365 days + 1);
        refuseBound("start", time + 365 days + 1, time, time + 365 days);
    }

    function test_RefusesWindowsOfNoLength() public {
        params.cadence = 0;
        refuseBound("cadence", 0, 1, type(uint256).max);
        params = terms();
        params.revealWindow = 0;
        refuseBound("revealWindow", 0, 1, type(uint256).max);
        params = terms();
        params.lead = 0;
        refuseBound("lead", 0, 1, type(uint256).max);
        params = terms();
        params.truthWindow = 0;
        refuseBound("truthWindow", 0, 1, type(uint256).max);
    }

    function test_RefusesAHorizonThatEndsBeforeTheLead() public {
        params.horizon = 69;
        refuseBound("horizon", 69, 70, type(uint256).max);
    }

    function test_RefusesARingThatComesRoundBeforeTheTargetTime() public {
        (params.ringSize, params.cadence) = (2, 124);
        refuseBound("ringSize x cadence", 248, 250, type(uint256).max);
        (params.ringSize, params.cadence) = (1, 249);
        refuseBound("ringSize x cadence", 249, 250, type(uint256).max);
    }

    function test_RefusesStakeThatCountsAtOnce() public {
        params.activationDelay = 0;
        refuseBound("activationDelay", 0, 1, type(uint256).max);
    }

    function test_RefusesNoWorkersOrMoreThanSeats() public {
        params.minWorkers = 0;
        refuseBound("minWorkers", 0, 1, 8);
        params.minWorkers = 9;
        refuseBound("minWorkers", 9, 1, 8);
    }

    function test_RefusesSeatsForNothing() public {
        params.minStake = 0;
        refuseBound("minStake", 0, 1, type(uint256).max);
    }

    function test_RefusesSharesAboveTheWhole() public {
        params.poolRateBps = 10_001;
        refuseBound("poolRateBps", 10_001, 0, 10_000);
        params = terms();
        params.rewardCapBps = 10_001;
        refuseBound("rewardCapBps", 10_001, 0, 10_000);
        params = terms();
        params.poolShareBps = 10_001;
        refuseBound("poolShareBps", 10_001, 0, 10_000);
        params = terms();
        params.tipBps = 101;
        refuseBound("tipBps", 101, 0, 100);
        params = terms();
        params.referenceRateBps = 10_001;
        refuseBound("referenceRateBps", 10_001, 1, 10_000);
        params.referenceRateBps = 0;
        refuseBound("referenceRateBps", 0, 1, 10_000);
    }

    /// @dev All but one round of a ring may be published while one waits, each for its share of the pool.
    function test_RefusesARingThatOwesMoreThanAQuarterBesideARound() public {
        refuseRate(2, 2_501, 2_501);
        refuseRate(4, 834, 2_502);
        refuseRate(16, 167, 2_505);
        refuseRate(255, 10, 2_540);
        refuseRate(255, 10_000, 2_540_000);
    }

    function refuseRate(uint8 ringSize, uint16 rate, uint256 actual) private {
        layRing(ringSize, rate);
        refuseBound("(ringSize - 1) x poolRateBps", actual, 0, 2_500);
    }

    function layRing(uint8 ringSize, uint16 rate) private {
        params = terms();
        (params.ringSize, params.riskBps, params.cadence) = (ringSize, 6, params.horizon);
        params.poolRateBps = rate;
    }

    function test_TakesARingThatOwesAQuarterBesideARound() public {
        takeRate(1, 10_000);
        takeRate(2, 2_500);
        takeRate(4, 833);
        takeRate(16, 166);
        takeRate(251, 10);
        takeRate(255, 9);
    }

    function takeRate(uint8 ringSize, uint16 rate) private {
        layRing(ringSize, rate);
        TopicParams memory given = params;
        require(network.topicOf(network.createTopic(given)).poolRateBps == rate, "another rate");
    }

    function test_RefusesAnIntervalNobodyCalibrated() public {
        params.intervalBps = 8500;
        refuseBound("intervalBps", 8500, 8000, 9500);
    }

    function test_RefusesADomainWithoutWidth() public {
        params.domainScale = 0;
        refuseBound("domainScale", 0, 1, type(uint256).max);
        params = terms();
        params.sigma = 0;
        refuseBound("sigma", 0, 1, type(uint104).max >> 1);
        params.sigma = (type(uint104).max >> 1) + 1;
        refuseBound("sigma", params.sigma, 1, type(uint104).max >> 1);
    }

    function test_RefusesACenterOutsideItsDomainAndAnEmptyDomain() public {
        params.center = params.max + 1;
        refuseTerms(abi.encodeWithSelector(Terms.UnsoundDomain.selector, params.min, params.max, params.center));
        params = terms();
        params.center = params.min - 1;
        refuseTerms(abi.encodeWithSelector(Terms.UnsoundDomain.selector, params.min, params.max, params.center));
        params.min = params.max = params.center = 5;
        refuseTerms(abi.encodeWithSelector(Terms.UnsoundDomain.selector, 5, 5, 5));
    }

    function test_RefusesATruthSourceWithoutCode() public {
        params.truth = STRANGER;
        refuseTerms(abi.encodeWithSelector(Terms.NotATruthSource.selector, STRANGER));
    }

    function test_RefusesAPriceFeedForATruthSource() public {
        params.truth = address(new MockAggregator(8, "ETH / USD"));
        refuseTerms(abi.encodeWithSelector(Terms.TruthIsPriceFeed.selector, params.truth));
    }

    function test_RefusesTheSameTermsTwice() public {
        TopicId id = network.createTopic(params);
        refuseTerms(abi.encodeWithSelector(ITopicDesk.TopicExists.selector, id));
    }

    function refuseBound(string memory term, uint256 actual, uint256 least, uint256 most) private {
        refuseTerms(abi.encodeWithSelector(Terms.OutOfBounds.selector, term, actual, least, most));
    }

    function refuseTerms(bytes memory error) private {
        TopicParams memory refused = params;
        refuse(error);
        network.createTopic(refused);
    }

    /* EFFECT */

    function test_TakesEveryTermAtItsBounds() public {
        params.description = string(new bytes(280));
        (params.decimals, params.seats, params.minWorkers) = (18, 256, 255);
        (params.ringSize, params.riskBps) = (1, 1600);
        (params.start, params.horizon, params.cadence) = (uint32(time), 70, 70);
        (params.poolRateBps, params.rewardCapBps, params.tipBps) = (10_000, 10_000, 100);
        (params.poolShareBps, params.referenceRateBps) = (10_000, 10_000);
        (params.min, params.center, params.max) = (4, 5, 5);
        (params.sigma, params.intervalBps) = (type(uint104).max >> 1, 8000);
        network.createTopic(params);

        params.start = uint32(time + 365 days);
        (params.decimals, params.seats, params.minWorkers) = (0, 1, 1);
        (params.poolRateBps, params.rewardCapBps, params.tipBps) = (0, 0, 0);
        (params.poolShareBps, params.referenceRateBps) = (0, 1);
        (params.domain, params.domainScale, params.intervalBps) = (DomainKind.Fixed, 0, 9500);
        (params.commitWindow, params.unstakeDelay, params.sigma) = (0, 0, 1);
        network.createTopic(params);
    }

    function test_NamesTheTopicByItsTerms() public {
        TopicParams memory given = params;
        TopicId id = network.createTopic(given);

        require(TopicId.unwrap(id) == keccak256(abi.encode(given)), "another name");
        Topic memory kept = network.topicOf(id);
        require(kept.truth == given.truth && kept.cadence == given.cadence, "other terms");
        require(kept.lastSeat == given.seats - 1 && kept.horizon == given.horizon, "other bounds");
        require(kept.pool == 0 && kept.rounds == 0 && kept.peak.unpack() == 0, "a topic starts with nothing");
    }

    function test_KeepsTheDescriptionByteForByte() public {
        bytes memory words = new bytes(280);
        for (uint256 i = 0; i < words.length; ++i) words[i] = bytes1(uint8(i));
        params.description = string(words);
        string memory kept = network.descriptionOf(network.createTopic(params));
        require(keccak256(bytes(kept)) == keccak256(words), "other words");

        params.description = "?";
        require(bytes(network.descriptionOf(network.createTopic(params))).length == 1, "longer than it was");
        require(bytes(network.descriptionOf(TopicId.wrap(0))).length == 0, "words of no topic");
    }

    function test_Tells() public {
        TopicParams memory given = params;
        tells();
        emit ITopicDesk.TopicCreated(TopicId.wrap(keccak256(abi.encode(given))), address(this), given);
        network.createTopic(given);
    }
}

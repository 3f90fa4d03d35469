// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {LibCall} from "solady/src/utils/LibCall.sol";
import {SSTORE2} from "solady/src/utils/SSTORE2.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {ITopicDesk} from "../interfaces/ITopicDesk.sol";
import {ITruthSource, TRUTH_SOURCE} from "../interfaces/ITruthSource.sol";
import {NONE} from "../types/Learning.sol";
import {Network} from "../types/Network.sol";
import {DomainKind, Topic, TopicId, TopicParams} from "../types/Topic.sol";
import {Float} from "../maths/Float.sol";
import {Scoring} from "../maths/Scoring.sol";
import {Settlement} from "../maths/Settlement.sol";

/// @title The terms of a topic: their name, their bounds, their place in storage.
/// @notice Part of the desk; createTopic is documented in ITopicDesk.
library Terms {
    error OutOfBounds(string term, uint256 actual, uint256 least, uint256 most);
    error UnsoundDomain(int256 min, int256 max, int256 center);
    error TruthIsPriceFeed(address truth);
    error NotATruthSource(address truth);

    /// @dev A worker's pending wagers stay below its stake in any order of settlement up to
    /// `ringSize x riskBps = 3 - 2 sqrt 2`, 17.1 %; this is the round number below.
    uint256 internal constant MOST_AT_RISK_BPS = 1600;
    uint256 private constant BPS = 10_000;
    uint256 private constant NO_LIMIT = type(uint256).max;

    /// @dev Far more than a source or a feed behind a proxy needs to answer, and little enough that a contract which burns
    /// all of it leaves the caller the gas to be refused with a reason.
    uint256 private constant PROBE_GAS = 100_000;
    uint256 private constant WORD = 32;

    function create(Network storage network, TopicParams calldata params) internal returns (TopicId id) {
        id = TopicId.wrap(keccak256(abi.encode(params)));
        Topic storage topic = network.topicOf[id];

        check(params, block.timestamp);
        require(topic.cadence == 0, ITopicDesk.TopicExists(id));

        store(params, topic);
        topic.isLimited = isLimited(params.truth, id);
        network.descriptionAt[id] = SSTORE2.write(bytes(params.description));

        emit ITopicDesk.TopicCreated(id, msg.sender, params);
    }

    /// @notice Refuses terms under which money or meaning would not be safe, naming the first that is out of bounds.
    /// @dev A place in the ring comes round again at the target time at the earliest: by then nothing of its round can be
    /// revealed or published, so that no list of seals is written over, and no round kept out, that still counts.
    /// What a pool owes to published rounds leaves it as they settle. While one waits, fewer than a ring of others are
    /// owed to, each a share of the pool as it was: while those shares make a quarter, the pool covers all that it owes (proved
    /// in docs/decisions/0008 and 0009).
    /// @param time now; a topic starts in the future, at most a year ahead
    function check(TopicParams calldata params, uint256 time) internal view {
        within("description", bytes(params.description).length, 1, 280);
        within("decimals", params.decimals, 0, 18);
        within("seats", params.seats, 1, 256);
        within("ringSize", params.ringSize, 1, 255);
        within("riskBps", params.riskBps, 1, MOST_AT_RISK_BPS);
        within("ringSize x riskBps", uint256(params.ringSize) * params.riskBps, 1, MOST_AT_RISK_BPS);
        within("start", params.start, time, time + 365 days);
        within("cadence", params.cadence, 1, NO_LIMIT);
        within("revealWindow", params.revealWindow, 1, NO_LIMIT);
        within("lead", params.lead, 1, NO_LIMIT);
        within("horizon", params.horizon, uint256(params.commitWindow) + params.revealWindow + params.lead, NO_LIMIT);
        within("ringSize x cadence", uint256(params.ringSize) * params.cadence, params.horizon, NO_LIMIT);
        within("truthWindow", params.truthWindow, 1, NO_LIMIT);
        within("activationDelay", params.activationDelay, 1, NO_LIMIT);
        within("minWorkers", params.minWorkers, 1, params.seats);
        within("minStake", params.minStake, 1, NO_LIMIT);
        within("poolRateBps", params.poolRateBps, 0, BPS);
        within("(ringSize - 1) x poolRateBps", (params.ringSize - 1) * uint256(params.poolRateBps), 0, BPS / 4);
        within("poolShareBps", params.poolShareBps, 0, BPS);
        within("rewardCapBps", params.rewardCapBps, 0, BPS);
        within("tipBps", params.tipBps, 0, Settlement.TIP_MAX_BPS);
        within("referenceRateBps", params.referenceRateBps, 1, BPS);
        if (!Scoring.isInterval(params.intervalBps)) revert OutOfBounds("intervalBps", params.intervalBps, 8000, 9500);
        if (params.domain != DomainKind.Fixed) within("domainScale", params.domainScale, 1, NO_LIMIT);
        within("sigma", params.sigma, 1, NONE >> 1);

        bool isSound = params.min < params.max && params.min <= params.center && params.center <= params.max;
        require(isSound, UnsoundDomain(params.min, params.max, params.center));
        requireTruthSource(params.truth);
    }

    /// @dev A price feed is the address most often given by mistake: every round would be void, as it proves nothing.
    function requireTruthSource(address truth) private view {
        (bool answers, bytes32 magic) = probe(truth, abi.encodeCall(ITruthSource.isTruthSource, ()), 1);
        if (answers && magic == bytes32(TRUTH_SOURCE)) return;

        (bool isFeed, ) = probe(truth, abi.encodeCall(AggregatorV3Interface.latestRoundData, ()), 5);
        require(!isFeed, TruthIsPriceFeed(truth));
        revert NotATruthSource(truth);
    }

    /// @dev Asked once: a source that states no limit now is never asked again, and costs a publication nothing.
    function isLimited(address truth, TopicId id) private view returns (bool) {
        (bool answers, bytes32 units) = probe(truth, abi.encodeCall(ITruthSource.truthSecurity, (id)), 1);
        require(answers, NotATruthSource(truth));
        return uint256(units) < NO_LIMIT;
    }

    /// @dev Whether a contract answers a call with at least so many words, and the first of them.
    /// Nothing that it does makes this revert: gas and answer are bounded.
    function probe(address target, bytes memory call, uint256 words) private view returns (bool, bytes32) {
        if (target.code.length == 0) return (false, 0);

        (bool isAnswered, , bytes memory answer) = LibCall.tryStaticCall(target, PROBE_GAS, uint16(words * WORD), call);
        // At most five words.
        return (isAnswered && answer.length >= words * WORD, bytes32(answer));
    }

    function within(string memory term, uint256 actual, uint256 least, uint256 most) private pure {
        require(least <= actual && actual <= most, OutOfBounds(term, actual, least, most));
    }

    /// @notice The question in words; empty where there is no such topic.
    function descriptionOf(Network storage network, TopicId id) internal view returns (string memory) {
        address code = network.descriptionAt[id];
        return code == address(0) ? "" : string(SSTORE2.read(code));
    }

    function store(TopicParams calldata params, Topic storage topic) internal {
        topic.start = params.start;
        topic.cadence = params.cadence;
        topic.commitWindow = params.commitWindow;
        topic.revealWindow = params.revealWindow;
        topic.horizon = params.horizon;
        topic.truthWindow = params.truthWindow;
        topic.riskBps = params.riskBps;
        topic.ringSize = params.ringSize;
        topic.minWorkers = params.minWorkers;
        topic.poolRateBps = params.poolRateBps;
        topic.rewardCapBps = params.rewardCapBps;
        topic.minWager = Float.up40(params.minWager);

        topic.truth = params.truth;
        topic.tipBps = params.tipBps;
        topic.intervalBps = params.intervalBps;
        topic.referenceRateBps = params.referenceRateBps;

        topic.min = params.min;
        topic.max = params.max;
        topic.domain = params.domain;
        topic.domainScale = params.domainScale;
        topic.poolShareBps = params.poolShareBps;

        topic.center = Float.signed40(params.center);
        topic.sigma = Float.up24(params.sigma);
        topic.widthBelow = topic.widthAbove = Float.down24(Scoring.startingWidth(params.intervalBps));

        topic.minStake = params.minStake;
        topic.activationDelay = params.activationDelay;
        topic.unstakeDelay = params.unstakeDelay;
        topic.lastSeat = uint8(params.seats - 1); // 1 to 256 seats
        topic.decimals = params.decimals;
    }
}

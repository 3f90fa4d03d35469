// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {IDefinedTruth} from "../interfaces/IDefinedTruth.sol";
import {ITruthSource, TRUTH_SOURCE, TruthStatus} from "../interfaces/ITruthSource.sol";
import {Definition, Question} from "../types/Definition.sol";
import {TopicId} from "../types/Topic.sol";

/// @title Proves what a Chainlink-shaped feed had answered by a past moment: one sample of it.
/// @notice Holds no state and asks nobody. The caller names rounds of the feed; the contract checks that no others could
/// have been named. One feed an instance, any number of topics.
///
/// A sample is the last answer at or before a moment, of the lowest phase that decides for that moment. A phase is one
/// aggregator behind the feed's proxy; an upgrade begins the next phase, which brings its own history along, often from
/// before the upgrade. Going up from the phase the feed was in when this contract was deployed, a phase is
///
/// - fresh where its last answer by then was at most a heartbeat old: that answer is the sample;
/// - stale where it was older, or missing, and the phase answered again within a heartbeat: the sample is void;
/// - silent otherwise: the next phase is asked.
///
/// All three are settled one heartbeat after the moment, whatever later phases bring. So a sample that was known or void
/// before an upgrade is the same after it.
///
/// A proof is a list of round ids, 32 bytes each: of every phase from the deciding one down to the first, the last round at
/// or before the moment; `phase << 64` where a phase had none. While the feed has its first phase it is the round's id.
/// @dev Assumed of the feed: `updatedAt` is the time a round was written, later rounds are stamped later, rounds of a phase
/// count without gaps, a complete round never changes, and an aggregator that was replaced and has been silent for more than
/// a heartbeat does not answer again within a heartbeat of a moment that is still to be proven. The constructor refuses
/// feeds whose round ids are visibly none.
abstract contract FeedSampler is IDefinedTruth {
    /// @notice The feed has more decimals than values have here.
    error TooManyDecimals(uint256 decimals, uint256 most);

    /// @notice A heartbeat of zero would make every answer stale.
    error ZeroHeartbeat();

    /// @notice The feed does not keep its past rounds under ids that count without gaps: it has fewer than two rounds,
    /// answers every id alike, or its ids are no count (always the same, or times). Nothing could be proven of it.
    error FeedWithoutHistory(address feed, uint80 latest);

    /// @notice A read of the feed failed with little gas left, so that it cannot be told whether the round exists.
    error OutOfGas();

    enum Standing {
        Unproven, // another round is the last one, or it is not settled which is
        Fresh,
        Stale,
        Silent
    }

    uint256 internal constant WORD = 32;

    /// @dev A read that failed with this much gas left did not fail for want of it. Only asked for after a failure.
    uint256 private constant GAS_LEFT = 500_000;

    /* IMMUTABLES */

    /// @notice The feed, usually a proxy in front of one aggregator a phase.
    AggregatorV3Interface public immutable aggregator;

    /// @notice Seconds within which the feed promises an answer; an older one is no sample.
    uint256 public immutable heartbeat;

    /// @notice What an answer is multiplied with to have 18 decimals.
    int256 public immutable scale;

    /// @notice The feed's phase when this contract was deployed. Earlier ones are never asked.
    uint256 public immutable firstPhase;

    /// @param heartbeat_ seconds, as the feed's operators publish it
    constructor(AggregatorV3Interface aggregator_, uint256 heartbeat_) {
        uint256 decimals = aggregator_.decimals();

        require(decimals <= 18, TooManyDecimals(decimals, 18));
        require(heartbeat_ > 0, ZeroHeartbeat());

        aggregator = aggregator_;
        heartbeat = heartbeat_;
        scale = int256(10 ** (18 - decimals));
        firstPhase = phaseWithHistory(aggregator_);
    }

    /// @dev Two rounds that follow each other and none after them: no feed with one id, with times for ids, or with one
    /// answer for all ids has that.
    function phaseWithHistory(AggregatorV3Interface feed) private view returns (uint256) {
        (uint80 latest, , , uint256 updatedAt, ) = feed.latestRoundData();
        bool isCounted = uint64(latest) > 1 && updatedAt > 0;
        require(isCounted, FeedWithoutHistory(address(feed), latest));

        uint256 before = timeIn(feed, latest - 1);
        bool isKept = timeIn(feed, latest) == updatedAt && before > 0 && before <= updatedAt;
        bool isLast = timeIn(feed, latest + 1) == 0;
        require(isKept && isLast, FeedWithoutHistory(address(feed), latest));

        return latest >> 64;
    }

    /* TRUTH SOURCE */

    /// @inheritdoc ITruthSource
    function isTruthSource() external pure returns (bytes4) {
        return TRUTH_SOURCE;
    }

    /// @inheritdoc ITruthSource
    /// @dev Nobody stakes on it: whoever corrupts the feed itself is beyond this contract.
    function truthSecurity(TopicId) external pure returns (uint256) {
        return type(uint256).max;
    }

    /// @dev The definition of a source over this feed.
    /// @param unit what the value counts; empty for what the feed itself counts, as its description says
    function definitionOf(
        Question question,
        uint256 window,
        uint256 samples,
        uint256 size,
        string memory unit
    ) internal view returns (Definition memory) {
        if (bytes(unit).length == 0) unit = aggregator.description();
        return Definition(question, address(aggregator), 0, window, samples, size, heartbeat, unit);
    }

    /* SAMPLE */

    /// @dev Known needs the deciding phase to have answered since the moment, or to have been replaced. Zero and negative
    /// answers are answers.
    /// @return status Unknown where the proof does not prove it, or it is not settled yet
    /// @return value 1e18 fixed point; zero unless Known
    function sampleAt(uint256 time, bytes calldata proof) internal view returns (TruthStatus status, int256 value) {
        if (block.timestamp <= time || !namesEveryPhase(proof)) return (TruthStatus.Unknown, 0);

        uint256 phase = phaseOf(roundIn(proof, 0));
        for (uint256 back = phase - firstPhase; back > 0; --back) {
            uint80 last = roundIn(proof, back);
            if (phaseOf(last) != phase - back) return (TruthStatus.Unknown, 0);

            (Standing lower, ) = standingOf(last, time);
            if (lower != Standing.Silent) return (TruthStatus.Unknown, 0);
        }

        (Standing standing, int256 answer) = standingOf(roundIn(proof, 0), time);
        if (standing == Standing.Fresh) return (TruthStatus.Known, answer * scale);
        return (standing == Standing.Stale ? TruthStatus.Void : TruthStatus.Unknown, 0);
    }

    /// @dev A phase left out could decide.
    function namesEveryPhase(bytes calldata proof) private view returns (bool) {
        if (proof.length < WORD) return false;

        uint256 phase = phaseOf(roundIn(proof, 0));
        return phase >= firstPhase && proof.length == (phase - firstPhase + 1) * WORD;
    }

    /// @dev Cutting to 80 bits is harmless: what is left is looked up all the same.
    function roundIn(bytes calldata proof, uint256 index) private pure returns (uint80) {
        return uint80(uint256(bytes32(proof[index * WORD:])));
    }

    /// @dev How a phase stood at a moment, if `last` was its last round by then. Number 0 says that there was none.
    function standingOf(uint80 last, uint256 time) private view returns (Standing, int256 answer) {
        uint256 updatedAt;
        (answer, updatedAt) = answerIn(aggregator, last);
        bool isNone = updatedAt == 0 && uint64(last) == 0;
        if (!isNone && (updatedAt == 0 || updatedAt > time)) return (Standing.Unproven, 0);

        uint256 nextAt = timeIn(aggregator, last + 1);
        bool hasNext = nextAt > 0;
        if (hasNext && nextAt <= time) return (Standing.Unproven, 0);

        bool isFresh = !isNone && time - updatedAt <= heartbeat;
        if (isFresh) return (hasNext || isReplaced(last) ? Standing.Fresh : Standing.Unproven, answer);
        return (hasNext && nextAt - time <= heartbeat ? Standing.Stale : Standing.Silent, 0);
    }

    /// @dev A phase that has ended may never answer again; whatever it still adds is stamped after the moment, which is past.
    function isReplaced(uint80 last) private view returns (bool) {
        (uint80 latest, , , , ) = aggregator.latestRoundData();
        return phaseOf(latest) > phaseOf(last);
    }

    /* PROOF */

    /// @dev Searches: meant for calls from outside the chain. Where nothing is settled yet the proof proves nothing.
    function sampleProofAt(uint256 time) internal view returns (bytes memory proof) {
        (uint80 latest, , , , ) = aggregator.latestRoundData();

        for (uint256 phase = firstPhase; phase <= phaseOf(latest); ++phase) {
            uint80 last = lastRoundAt(phase, time);
            proof = bytes.concat(abi.encode(last), proof);
            (Standing standing, ) = standingOf(last, time);
            if (standing != Standing.Silent) return proof;
        }
    }

    /// @dev Gallops up, then halves: about twice the logarithm of the phase's length in reads.
    function lastRoundAt(uint256 phase, uint256 time) private view returns (uint80 last) {
        uint80 step = 1;
        last = uint80(phase << 64);

        while (isAtOrBefore(last + step, time)) {
            last += step;
            step *= 2;
        }
        while (step > 1) {
            step /= 2;
            if (isAtOrBefore(last + step, time)) last += step;
        }
    }

    function isAtOrBefore(uint80 roundId, uint256 time) private view returns (bool) {
        uint256 updatedAt = timeIn(aggregator, roundId);
        return updatedAt != 0 && updatedAt <= time;
    }

    /* FEED */

    function phaseOf(uint80 roundId) private pure returns (uint256) {
        return roundId >> 64;
    }

    function timeIn(AggregatorV3Interface feed, uint80 roundId) private view returns (uint256 updatedAt) {
        (, updatedAt) = answerIn(feed, roundId);
    }

    /// @dev Feeds answer zeros or revert for rounds they do not have; an incomplete one has no time. The id is compared
    /// because some feeds answer their latest round whatever they are asked.
    function answerIn(AggregatorV3Interface feed, uint80 roundId) private view returns (int256, uint256) {
        try feed.getRoundData(roundId) returns (uint80 id, int256 answer, uint256, uint256 updatedAt, uint80) {
            return id == roundId ? (answer, updatedAt) : (int256(0), uint256(0));
        } catch {
            require(gasleft() > GAS_LEFT, OutOfGas());
            return (0, 0);
        }
    }
}

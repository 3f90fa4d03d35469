// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {ITruthSource, TRUTH_SOURCE, TruthStatus} from "../interfaces/ITruthSource.sol";
import {TopicId} from "../types/Topic.sol";

/// @title The truth of a Chainlink-shaped feed: its last answer at or before the target time.
/// @notice Holds no state and asks nobody: the caller names the feed's round, the contract checks that no other one could
/// have been named. One feed an instance, any number of topics.
///
/// A proof is a list of round ids, 32 bytes each. The first is the answer's. When the feed's phase has moved on since this
/// contract was deployed, the last rounds of the earlier phases follow, newest phase first, so that it can be seen that
/// they had gone silent: `abi.encode(uint80 roundId)` as long as the phase is the first one. `proofOf` finds all of it.
/// @dev Why two proofs cannot disagree. Within a phase at most one round is the last at or before a past moment, and rounds
/// that come later are stamped later. Between phases, which may overlap, the lowest that was fresh at the target time is
/// meant; whether it was fresh is settled once that time has passed, and later phases only add higher numbers.
/// Assumed of the feed: `updatedAt` is the time a round was written, rounds of a phase count without gaps, a round that is
/// complete never changes.
contract FeedTruth is ITruthSource {
    error TooManyDecimals(uint256 decimals, uint256 most);
    error ZeroHeartbeat();
    error OutOfGas();

    uint256 private constant WORD = 32;

    /// @dev A read that failed with this much gas left did not fail for want of it. Only asked for after a failure.
    uint256 private constant GAS_LEFT = 500_000;

    /* IMMUTABLES */

    /// @notice The feed, usually a proxy in front of one aggregator a phase.
    AggregatorV3Interface public immutable aggregator;

    /// @notice Seconds within which the feed promises an answer; an older one is no truth.
    uint256 public immutable heartbeat;

    /// @notice What an answer is multiplied with to have 18 decimals.
    int256 public immutable scale;

    /// @notice The feed's phase when this contract was deployed. Earlier ones are never asked.
    uint256 public immutable firstPhase;

    constructor(AggregatorV3Interface aggregator_, uint256 heartbeat_) {
        uint256 decimals = aggregator_.decimals();

        require(decimals <= 18, TooManyDecimals(decimals, 18));
        require(heartbeat_ > 0, ZeroHeartbeat());

        aggregator = aggregator_;
        heartbeat = heartbeat_;
        scale = int256(10 ** (18 - decimals));
        (uint80 latest, , , , ) = aggregator_.latestRoundData();
        firstPhase = latest >> 64;
    }

    /* TRUTH */

    /// @inheritdoc ITruthSource
    function isTruthSource() external pure returns (bytes4) {
        return TRUTH_SOURCE;
    }

    /// @inheritdoc ITruthSource
    /// @dev Nobody stakes on it: whoever corrupts the feed itself is beyond this contract.
    function truthSecurity(TopicId) external pure returns (uint256) {
        return type(uint256).max;
    }

    /// @inheritdoc ITruthSource
    /// @dev Known needs a fresh answer and its successor after the target time, in the same phase or as the first round of
    /// the next. Void needs to see that no phase had a fresh answer and that the feed has answered since. All else, an
    /// incomplete round among it, is Unknown. Zero and negative answers are answers.
    function truthOf(
        TopicId,
        uint256,
        uint256 targetTime,
        bytes calldata proof
    ) external view returns (TruthStatus status, int256 value) {
        if (block.timestamp <= targetTime) return (TruthStatus.Unknown, 0);
        if (!namesEveryPhase(proof)) return (TruthStatus.Unknown, 0);

        uint80 roundId = roundIn(proof, 0);
        (int256 answer, uint256 updatedAt) = answerAt(roundId);
        if (updatedAt == 0 || updatedAt > targetTime) return (TruthStatus.Unknown, 0);
        if (!wereSilent(proof, targetTime)) return (TruthStatus.Unknown, 0);

        uint256 nextAt = timeAt(roundId + 1);
        bool isFresh = targetTime - updatedAt <= heartbeat;
        if (!isFresh) return (staleStatus(roundId, nextAt, targetTime), 0);

        if (nextAt == 0) nextAt = timeAt(firstOfNextPhase(roundId));
        if (nextAt <= targetTime) return (TruthStatus.Unknown, 0);
        return (TruthStatus.Known, answer * scale);
    }

    /// @dev A phase left out could hold another fresh answer.
    function namesEveryPhase(bytes calldata proof) private view returns (bool) {
        if (proof.length < WORD) return false;

        uint256 phase = roundIn(proof, 0) >> 64;
        return phase >= firstPhase && proof.length == (phase - firstPhase + 1) * WORD;
    }

    /// @dev Cutting to 80 bits is harmless: what is left is looked up all the same.
    function roundIn(bytes calldata proof, uint256 index) private pure returns (uint80) {
        return uint80(uint256(bytes32(proof[index * WORD:])));
    }

    function wereSilent(bytes calldata proof, uint256 targetTime) private view returns (bool) {
        uint256 phase = roundIn(proof, 0) >> 64;

        for (uint256 back = 1; back <= phase - firstPhase; ++back) {
            uint80 last = roundIn(proof, back);
            if (last >> 64 != phase - back || !wasSilent(last, targetTime)) return false;
        }
        return true;
    }

    /// @dev Whether `last` was the phase's last round at or before the target time and too old by then. Number 0 says that
    /// there was none.
    function wasSilent(uint80 last, uint256 targetTime) private view returns (bool) {
        uint256 updatedAt = timeAt(last);
        bool hadNone = updatedAt == 0 && uint64(last) == 0;
        bool wasStale = updatedAt != 0 && updatedAt + heartbeat < targetTime;
        if (!hadNone && !wasStale) return false;

        uint256 nextAt = timeAt(last + 1);
        return nextAt == 0 || nextAt > targetTime;
    }

    /// @dev A phase that is there already could hold a fresh answer; it is named instead.
    function staleStatus(uint80 roundId, uint256 nextAt, uint256 targetTime) private view returns (TruthStatus) {
        bool answeredSince = nextAt > targetTime;
        bool inNewestPhase = roundId >> 64 == newestPhase();

        return answeredSince && inNewestPhase ? TruthStatus.Void : TruthStatus.Unknown;
    }

    /* PROOF */

    /// @notice The proof that `truthOf` needs for a past moment. Meant for calls from outside the chain; searches.
    /// @param targetTime the round's target time, unix time
    /// @return proof what `resolve` is given; answers Unknown as long as the feed has not moved past the target time
    function proofOf(uint256 targetTime) external view returns (bytes memory proof) {
        uint256 newest = newestPhase();

        for (uint256 phase = firstPhase; phase <= newest; ++phase) {
            uint80 last = lastRoundAt(phase, targetTime);
            proof = bytes.concat(abi.encode(last), proof);
            if (!wasSilent(last, targetTime)) return proof;
        }
    }

    /// @dev Gallops up, then halves: about twice the logarithm of the phase's length in reads.
    function lastRoundAt(uint256 phase, uint256 targetTime) private view returns (uint80 last) {
        uint80 step = 1;
        last = uint80(phase << 64);

        while (isAtOrBefore(last + step, targetTime)) {
            last += step;
            step *= 2;
        }
        while (step > 1) {
            step /= 2;
            if (isAtOrBefore(last + step, targetTime)) last += step;
        }
    }

    function isAtOrBefore(uint80 roundId, uint256 time) private view returns (bool) {
        uint256 updatedAt = timeAt(roundId);
        return updatedAt != 0 && updatedAt <= time;
    }

    /* FEED */

    function newestPhase() private view returns (uint256) {
        (uint80 latest, , , , ) = aggregator.latestRoundData();
        return latest >> 64;
    }

    function firstOfNextPhase(uint80 roundId) private pure returns (uint80) {
        return (((roundId >> 64) + 1) << 64) + 1;
    }

    function timeAt(uint80 roundId) private view returns (uint256 updatedAt) {
        (, updatedAt) = answerAt(roundId);
    }

    /// @dev Feeds answer zeros or revert for rounds they do not have; an incomplete one has no time. The id is compared
    /// because some feeds answer their latest round whatever they are asked.
    function answerAt(uint80 roundId) private view returns (int256, uint256) {
        try aggregator.getRoundData(roundId) returns (uint80 id, int256 answer, uint256, uint256 updatedAt, uint80) {
            return id == roundId ? (answer, updatedAt) : (int256(0), uint256(0));
        } catch {
            require(gasleft() > GAS_LEFT, OutOfGas());
            return (0, 0);
        }
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {IReputerTruth} from "../interfaces/IReputerTruth.sol";
import {ITruthSource, TRUTH_SOURCE, TruthStatus} from "../interfaces/ITruthSource.sol";
import {Ballot, Tally} from "./Tally.sol";
import {Panel, Report, ReportStatus, Reputer, ReputerTerms, STAYS, Verdict} from "../types/Reputer.sol";
import {RoundStatus} from "../types/Round.sol";
import {Topic, TopicId} from "../types/Topic.sol";
import {ReputerSeats} from "./ReputerSeats.sol";

/// @title The truth of a panel of staked reputers. Documented in IReputerTruth.
/// @notice Slashed stake goes to a sink that was named at deployment. Reputers get no part of it: sharing it would pay them
/// for each other's misfortune. Their income is the network's keeper tips.
/// @dev Nobody owns this contract. It holds `sum of stakes + sum of claimable`, to the last unit. Two tallies in either
/// order give the same truths and the same slashes, because seats and weights are fixed when a round opens.
/// Answers cannot be challenged here; ChallengedTruth adds that, and uses `challengeWindow` and TruthStatus.Disputed.
contract ReputerTruth is ReputerSeats, Multicall {
    using Checkpoints for Checkpoints.Trace160;

    bytes32 private constant REPORT_TYPEHASH = keccak256(
        "Report(uint256 chainId,address source,bytes32 topic,uint256 round,address reputer,int104 value,bytes32 salt)"
    );

    mapping(TopicId topic => mapping(uint256 place => Report[MOST_SEATS])) private reports;
    mapping(TopicId topic => mapping(uint256 place => Verdict)) internal verdicts;

    constructor(ReputerTerms memory terms) ReputerSeats(terms) {}

    /* COMMIT, REVEAL */

    /// @inheritdoc IReputerTruth
    function commit(TopicId topic, uint256 round, bytes27 commitment) external {
        Panel memory panel = panels[topic];
        Reputer memory reputer = reputerOf(topic, msg.sender);
        uint256 target = targetTime(panel, round);
        require(isSeated(reputer, round), NotSeated(msg.sender, round));
        requireWithin(target, target + commitWindow);

        Report storage report = reports[topic][round % panel.ring][reputer.seat];
        require(!isOf(report, round), AlreadyCommitted(msg.sender, round));

        // A seated round is below 2^32.
        (report.content, report.round, report.status) = (commitment, uint32(round), ReportStatus.Committed);

        emit ReportCommitted(topic, round, msg.sender, commitment);
    }

    /// @inheritdoc IReputerTruth
    function reveal(TopicId topic, uint256 round, int104 value, bytes32 salt) external {
        Panel memory panel = panels[topic];
        Reputer memory reputer = reputerOf(topic, msg.sender);
        uint256 revealFrom = targetTime(panel, round) + commitWindow;
        require(isSeated(reputer, round), NotSeated(msg.sender, round));
        requireWithin(revealFrom, revealFrom + revealWindow);

        Report storage report = reports[topic][round % panel.ring][reputer.seat];
        bytes27 commitment = commitmentOf(topic, round, msg.sender, value, salt);
        bool isCommitted = isOf(report, round) && report.status == ReportStatus.Committed;
        require(isCommitted, NothingCommitted(msg.sender, round));
        require(report.content == commitment, WrongOpening(commitment, report.content));

        (report.content, report.status) = (bytes27(uint216(uint104(value))), ReportStatus.Revealed);

        emit ReportRevealed(topic, round, msg.sender, value);
    }

    function isSeated(Reputer memory reputer, uint256 round) private pure returns (bool) {
        return reputer.from <= round && round < reputer.until;
    }

    function isOf(Report storage report, uint256 round) private view returns (bool) {
        return report.round == round && report.status != ReportStatus.None;
    }

    function requireWithin(uint256 from, uint256 until) internal view {
        bool isWithin = from <= block.timestamp && block.timestamp < until;
        require(isWithin, OutsideWindow(block.timestamp, from, until));
    }

    /* TALLY */

    /// @inheritdoc IReputerTruth
    function tally(TopicId topic, uint256 round) external {
        Panel memory panel = panels[topic];
        Ballot[] memory ballots = ballotsOf(topic, panel, round);
        (uint256 seated, uint256 reported) = Tally.weigh(ballots);
        uint256 target = targetTime(panel, round);
        bool isComplete = reported > 0 && reported == seated;
        uint256 from = isComplete ? target + commitWindow : target + commitWindow + revealWindow;
        requireWithin(from, tallyEnd(topic, panel, round));

        Verdict storage verdict = verdicts[topic][round % panel.ring];
        require(!isFound(verdict, round), AlreadyTallied(round));
        require(seated > 0, NobodySeated(round));
        requirePublished(topic, round);

        bool hasQuorum = reported > 0 && reported * BPS >= seated * quorumBps;
        TruthStatus status = hasQuorum ? TruthStatus.Known : TruthStatus.Void;
        int104 value = hasQuorum ? Tally.medianOf(ballots, reported) : int104(0);
        // A round whose target time has come is below 2^32.
        (verdict.value, verdict.round, verdict.status) = (value, uint32(round), status);
        verdict.talliedAt = uint40(block.timestamp);

        emit RoundTallied(topic, round, status, value, reported, seated);

        slash(topic, panel, round, ballots, hasQuorum, value);
    }

    /// @dev Until then reports can be counted: as long as the round keeps its place.
    function tallyEnd(TopicId, Panel memory panel, uint256 round) internal view virtual returns (uint256) {
        return targetTime(panel, round + panel.ring);
    }

    /// @dev The seats as they were when the round opened. Beyond 2^96 no round has a target time that has come.
    function ballotsOf(
        TopicId topic,
        Panel memory panel,
        uint256 round
    ) internal view returns (Ballot[] memory ballots) {
        ballots = new Ballot[](panel.seats);

        for (uint256 seat = 0; seat < panel.seats; ++seat) {
            (uint256 term, uint96 weight) = seatedAt(topic, round, seat);
            if (term == 0) continue;
            (ballots[seat].term, ballots[seat].weight) = (uint32(term), weight);

            Report memory report = reports[topic][round % panel.ring][seat];
            if (report.round != round) continue;
            ballots[seat].status = report.status;
            if (report.status == ReportStatus.Revealed) ballots[seat].value = int104(uint104(uint216(report.content)));
        }
    }

    function isFound(Verdict memory verdict, uint256 round) internal pure returns (bool) {
        return verdict.round == round && verdict.status != TruthStatus.Unknown;
    }

    function requirePublished(TopicId topic, uint256 round) private view {
        RoundStatus actual = network.roundOf(topic, round).status;
        require(actual == RoundStatus.Published, WrongStatus(actual, RoundStatus.Published));
    }

    /* SLASH */

    function slash(
        TopicId topic,
        Panel memory panel,
        uint256 round,
        Ballot[] memory ballots,
        bool hasQuorum,
        int104 value
    ) private {
        uint256 total = 0;

        for (uint256 i = 0; i < ballots.length; ++i) {
            uint256 share = ballots[i].term == 0 ? 0 : shareOf(ballots[i], panel.tolerance, hasQuorum, value);
            if (share > 0) total += take(topic, panel, round, ballots[i], share);
        }
        if (total > 0) claimableOf[sink] += total;
    }

    /// @dev What was sealed and not opened beside a median counts as an outlier: otherwise a lie could be sealed, and opened
    /// only where it carries. Without a median nobody can be told to have lied.
    function shareOf(
        Ballot memory ballot,
        uint256 allowed,
        bool hasQuorum,
        int104 median
    ) private view returns (uint256) {
        if (ballot.status == ReportStatus.None) return silenceBps;
        if (ballot.status == ReportStatus.Committed) {
            return hasQuorum ? Math.max(silenceBps, outlierBps) : silenceBps;
        }
        bool isOutlier = hasQuorum && Tally.isOutlier(ballot.value, median, allowed, toleranceBps);
        return isOutlier ? outlierBps : 0;
    }

    /// @dev A share of the stake that weighed in the round, so that the order of tallies does not matter; rounded up, so
    /// that the last unit can be lost too.
    function take(
        TopicId topic,
        Panel memory panel,
        uint256 round,
        Ballot memory ballot,
        uint256 share
    ) internal returns (uint256 amount) {
        Reputer storage reputer = reputers[topic][ballot.term];
        amount = Math.min(reputer.stake, Math.ceilDiv(ballot.weight * share, BPS));
        // At most the stake, which has 96 bits.
        uint96 left = reputer.stake - uint96(amount);
        uint256 next = nextRound(panel, block.timestamp);
        reputer.stake = left;
        weights[topic][ballot.term].push(uint96(next), left);

        emit Slashed(topic, round, reputer.account, amount, ballot.status != ReportStatus.Revealed);

        bool mustLeave = 2 * uint256(left) < minStake && reputer.leavesAt == STAYS;
        if (mustLeave) vacate(topic, panel, ballot.term, next);
    }

    /* READ */

    /// @inheritdoc ITruthSource
    function isTruthSource() external pure returns (bytes4) {
        return TRUTH_SOURCE;
    }

    /// @inheritdoc ITruthSource
    /// @dev Needs no proof. Unknown until `tally` and through the challenge window; Void where the quorum was missed, and
    /// without a tally where nobody had a seat when the round opened, which no later seat can change.
    function truthOf(
        TopicId topic,
        uint256 round,
        uint256,
        bytes calldata
    ) external view virtual returns (TruthStatus, int256) {
        return reportedTruth(topic, round);
    }

    function reportedTruth(TopicId topic, uint256 round) internal view returns (TruthStatus, int256) {
        Panel memory panel = panels[topic];
        if (panel.cadence == 0) return (hasOpenedUnseen(topic, round) ? TruthStatus.Void : TruthStatus.Unknown, 0);

        Verdict memory verdict = verdicts[topic][round % panel.ring];
        if (isFound(verdict, round)) {
            bool isFinal = block.timestamp >= verdict.talliedAt + challengeWindow;
            return isFinal ? (verdict.status, int256(verdict.value)) : (TruthStatus.Unknown, int256(0));
        }
        bool isVoid = round < nextRound(panel, block.timestamp) && !hasReporter(topic, panel, round);
        return (isVoid ? TruthStatus.Void : TruthStatus.Unknown, 0);
    }

    /// @dev Of a topic that no reputer has ever taken a seat in.
    function hasOpenedUnseen(TopicId topic, uint256 round) private view returns (bool) {
        Topic memory terms = network.topicOf(topic);
        if (terms.truth != address(this) || block.timestamp < terms.start) return false;
        return round <= (block.timestamp - terms.start) / terms.cadence;
    }

    function hasReporter(TopicId topic, Panel memory panel, uint256 round) private view returns (bool) {
        for (uint256 seat = 0; seat < panel.seats; ++seat) {
            (uint256 term, ) = seatedAt(topic, round, seat);
            if (term > 0) return true;
        }
        return false;
    }

    /// @inheritdoc IReputerTruth
    function commitmentOf(
        TopicId topic,
        uint256 round,
        address reputer,
        int104 value,
        bytes32 salt
    ) public view returns (bytes27) {
        bytes memory opening = abi.encode(
            REPORT_TYPEHASH,
            block.chainid,
            address(this),
            topic,
            round,
            reputer,
            value,
            salt
        );
        return bytes27(keccak256(opening));
    }

    /// @inheritdoc IReputerTruth
    function windowsOf(
        TopicId topic,
        uint256 round
    ) external view returns (uint256 commitFrom, uint256 revealFrom, uint256 tallyFrom, uint256 tallyUntil) {
        Panel memory panel = panels[topic];
        commitFrom = targetTime(panel, round);
        revealFrom = commitFrom + commitWindow;
        tallyFrom = revealFrom + revealWindow;
        tallyUntil = panel.cadence == 0 ? 0 : tallyEnd(topic, panel, round);
    }

    /// @inheritdoc IReputerTruth
    function reportOf(TopicId topic, uint256 round, uint256 seat) external view returns (Report memory report) {
        Panel memory panel = panels[topic];
        require(panel.ring > 0, UnknownTopic(topic));

        Report storage stored = reports[topic][round % panel.ring][seat];
        if (isOf(stored, round)) report = stored;
    }
}

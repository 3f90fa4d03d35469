// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Panel, Report, Reputer} from "../types/Reputer.sol";
import {RoundStatus} from "../types/Round.sol";
import {TopicId} from "../types/Topic.sol";
import {ITruthSource, TruthStatus} from "./ITruthSource.sol";

/// @title A truth that reputers report with stake behind it.
/// @notice Up to 16 reputers a topic seal the value they observed, open it, and the stake-weighted median of the reports is
/// the truth. A reputer whose report is too far from it, or missing, loses stake. Reputers report values, never losses, so
/// that one number settles all workers alike.
///
/// A round: from its target time on, reputers `commit`; then they `reveal`; then anyone calls `tally`; then the network may
/// `resolve`. Only published rounds are tallied, so that nobody owes a report that no round waits for.
///
/// Who reports on a round is settled when the round opens, before anybody bets on it. A reputer that takes a seat reports
/// from the first round that has not opened yet, and one that leaves still reports on every round that has. So each seat
/// has exactly one reporter in each round that opened while it was held, with the stake it had at the opening as weight.
/// One that is displaced, or unstakes, before a round has opened since it sat, gets its money back at once and leaves no
/// trace: its predecessor's term is as if it had never been there.
///
/// Values are 1e18 fixed point, times are unix seconds, amounts are in the token's smallest unit.
interface IReputerTruth is ITruthSource {
    /* ERRORS, by verb, in the order they are checked */

    /// @notice A term of the contract is out of its bounds. Thrown at deployment.
    /// @param term the term's name in ReputerTerms
    error OutOfBounds(string term, uint256 actual, uint256 least, uint256 most);

    /// @notice A term that must not be the zero address is. Thrown at deployment.
    error ZeroAddress(string term);

    /// @notice The topic does not take its truth from this contract. Thrown by the first `takeSeat` and by `reportOf`.
    error UnknownTopic(TopicId topic);

    /// @notice The windows for reports and challenges together do not end before the topic's truth deadline. Thrown by the
    /// first `takeSeat` of a topic.
    /// @param actual seconds from the target time to the end of the last window
    /// @param truthWindow seconds that the topic leaves for it
    error WindowsTooLong(uint256 actual, uint256 truthWindow);

    /// @notice The seat's number is above 15 or leaves a gap below it. Thrown by `takeSeat`.
    /// @param lastSeat the highest number that can be taken now
    error UnknownSeat(uint256 seat, uint256 lastSeat);

    /// @notice Less than the least stake. Thrown by `takeSeat`.
    error BelowMinStake(uint256 stake, uint256 minStake);

    /// @notice The caller has a term in this topic that it has not withdrawn from. Thrown by `takeSeat`.
    error AlreadySeated(address reputer);

    /// @notice Less than 110 % of what the seat's reputer has staked. Thrown by `takeSeat`.
    error StakeTooLow(uint256 stake, uint256 required);

    /// @notice The token moved another amount than it was asked to. Thrown by `takeSeat`.
    error WrongTransfer(uint256 received, uint256 required);

    /// @notice The caller does not report on this round. Thrown by `commit` and `reveal`.
    error NotSeated(address reputer, uint256 round);

    /// @notice Too early or too late. Thrown by `commit`, `reveal` and `tally`; `until` is the first second that is too late.
    error OutsideWindow(uint256 time, uint256 from, uint256 until);

    /// @notice The caller has sealed a report on this round. Thrown by `commit`.
    error AlreadyCommitted(address reputer, uint256 round);

    /// @notice The caller has no sealed report on this round, or has opened it. Thrown by `reveal`.
    error NothingCommitted(address reputer, uint256 round);

    /// @notice Value and salt give another commitment than the one that was sealed. Thrown by `reveal`.
    error WrongOpening(bytes27 actual, bytes27 required);

    /// @notice The round has a verdict. Thrown by `tally`.
    error AlreadyTallied(uint256 round);

    /// @notice Nobody had a seat when the round opened: it is void without a tally. Thrown by `tally`.
    error NobodySeated(uint256 round);

    /// @notice The network does not wait for this round's truth. Thrown by `tally`.
    error WrongStatus(RoundStatus actual, RoundStatus required);

    /// @notice The account has no term in this topic. Thrown by `unstake` and `withdraw`.
    error NotStaked(address reputer);

    /// @notice The reputer has unstaked, was displaced, or was slashed too far. Thrown by `unstake`.
    error AlreadyLeaving(address reputer);

    /// @notice The reputer has not unstaked and was not displaced. Thrown by `withdraw`.
    error NotLeaving(address reputer);

    /// @notice The reputer still answers for rounds, or the delay has not passed. Thrown by `withdraw`.
    error TooEarly(uint256 time, uint256 leavesAt);

    /// @notice The account has nothing to claim. Thrown by `claim`.
    error NothingToClaim(address account);

    /* EVENTS */

    /// @notice The first seat of a topic was taken, and its clock read from the network.
    /// @param firstTarget target time of round 0
    /// @param cadence seconds from one round to the next
    /// @param ring places for the reports of rounds
    event PanelOpened(TopicId indexed topic, uint256 firstTarget, uint256 cadence, uint256 ring);

    /// @notice A reputer took a seat and reports from round `from` on.
    /// @param seat 0 to 15
    /// @param stake what answers for its reports
    event SeatTaken(TopicId indexed topic, address indexed reputer, uint256 seat, uint256 stake, uint256 from);

    /// @notice A reputer was displaced, or unstaked, before a round had opened since it sat; its stake can be claimed.
    event Refunded(TopicId indexed topic, address indexed reputer, uint256 stake);

    /// @notice A reputer that had been displaced goes on, because its successor stepped back before a round had opened.
    event Reinstated(TopicId indexed topic, address indexed reputer);

    /// @notice A report was sealed.
    /// @param commitment as `commitmentOf` returns it
    event ReportCommitted(TopicId indexed topic, uint256 indexed round, address indexed reputer, bytes27 commitment);

    /// @notice A report was opened.
    /// @param value what the reputer says happened
    event ReportRevealed(TopicId indexed topic, uint256 indexed round, address indexed reputer, int104 value);

    /// @notice A round has a verdict, from `reported` of the `seated` stake.
    /// @param status Known, or Void without the quorum
    /// @param value the stake-weighted median; zero unless the status is Known
    event RoundTallied(
        TopicId indexed topic,
        uint256 indexed round,
        TruthStatus status,
        int104 value,
        uint256 reported,
        uint256 seated
    );

    /// @notice A reputer lost stake for its report on a round, or for the lack of one. The sink may claim it.
    /// @param wasSilent whether it had opened no report
    event Slashed(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed reputer,
        uint256 amount,
        bool wasSilent
    );

    /// @notice A reputer reports up to round `until - 1` and may withdraw from `leavesAt` on.
    event Leaving(TopicId indexed topic, address indexed reputer, uint256 until, uint256 leavesAt);

    /// @notice A reputer's term ended; its account may claim `amount`.
    event Withdrawn(TopicId indexed topic, address indexed reputer, uint256 amount);

    /// @notice An account was paid what it could claim.
    event Claimed(address indexed account, uint256 amount);

    /* STAKE */

    /// @notice Takes a seat with stake, for the rounds that have not opened yet. The seat is free, or the caller brings at
    /// least 10 % more than its reputer has, who is displaced and answers for the rounds that have opened. The stake cannot
    /// grow afterwards, so that nobody adds weight to a report that is sealed.
    /// @dev Refuses with UnknownTopic, WindowsTooLong (the first time in a topic), UnknownSeat,
    /// BelowMinStake, AlreadySeated, StakeTooLow, WrongTransfer. The token must be approved.
    /// @param seat 0 to 15; at most one above the highest that was ever taken
    /// @param amount at least `minStake`
    function takeSeat(TopicId topic, uint256 seat, uint96 amount) external;

    /// @notice Gives up the caller's seat. It still reports on the rounds that have opened and on no others. Where none has
    /// opened since it sat, its stake can be claimed at once and whoever it displaced goes on.
    /// @dev Refuses with NotStaked, AlreadyLeaving.
    function unstake(TopicId topic) external;

    /// @notice Ends the term of a reputer that has left, and credits it its stake. Anyone may.
    /// @dev Refuses with NotStaked, NotLeaving, TooEarly.
    /// @param account the reputer; the money becomes claimable by it, whoever calls
    function withdraw(TopicId topic, address account) external;

    /// @notice Pays an account what it may claim. Anyone may; the money goes to the account.
    /// @dev Refuses with NothingToClaim.
    /// @param account a reputer, or the sink
    function claim(address account) external;

    /* REPORT */

    /// @notice Seals the caller's report on a round, from the round's target time on for `commitWindow`.
    /// @dev Refuses with NotSeated, OutsideWindow, AlreadyCommitted.
    /// @param commitment as `commitmentOf` returns it
    function commit(TopicId topic, uint256 round, bytes27 commitment) external;

    /// @notice Opens the caller's report, for `revealWindow` after the commit window.
    /// @dev Refuses with NotSeated, OutsideWindow, NothingCommitted, WrongOpening.
    /// @param value what happened at the round's target time
    /// @param salt what sealed it
    function reveal(TopicId topic, uint256 round, int104 value, bytes32 salt) external;

    /// @notice Finds a published round's truth, and slashes outliers and reputers that did not report. Anyone may, once, when
    /// the reveal window is over, or everyone has revealed, and until the truth deadline has passed.
    /// @dev Refuses with OutsideWindow, AlreadyTallied, NobodySeated, WrongStatus. Without the quorum the round is Void; then
    /// silence still costs, so that a large reputer cannot veto for free, and being an outlier does not.
    function tally(TopicId topic, uint256 round) external;

    /* READ */

    /// @notice The sealed form of a report: the first 27 bytes of the hash of
    /// `Report(uint256 chainId,address source,bytes32 topic,uint256 round,address reputer,int104 value,bytes32 salt)`.
    /// It is bound to its reputer, so that a copied one opens for nobody, and to chain, contract, topic and round.
    /// @param salt 32 random bytes, kept until the reveal
    function commitmentOf(
        TopicId topic,
        uint256 round,
        address reputer,
        int104 value,
        bytes32 salt
    ) external view returns (bytes27);

    /// @notice When a round's windows begin, unix time in seconds.
    /// @return commitFrom the round's target time, when sealed reports are taken
    /// @return revealFrom when they are opened
    /// @return tallyFrom when anyone may tally; earlier once everyone has revealed
    /// @return tallyUntil first second that is too late to tally
    function windowsOf(
        TopicId topic,
        uint256 round
    ) external view returns (uint256 commitFrom, uint256 revealFrom, uint256 tallyFrom, uint256 tallyUntil);

    /// @notice A topic's panel and clock, and the tolerance for its reports; all zeros until its first seat is taken.
    function panelOf(TopicId topic) external view returns (Panel memory);

    /// @notice The reputer that holds a seat for the rounds that have not opened yet; zero where it is free.
    /// @param seat 0 to 15
    function seatOf(TopicId topic, uint256 seat) external view returns (address);

    /// @notice The reputer that reports on a round from a seat, and its weight; zeros where nobody held it when the round
    /// opened, and where that reputer has withdrawn.
    /// @return reporter the reputer's account
    /// @return weight its stake when the round opened
    function reporterOf(
        TopicId topic,
        uint256 round,
        uint256 seat
    ) external view returns (address reporter, uint96 weight);

    /// @notice An account's term: its stake and the rounds it reports on; all zeros for nobody.
    function reputerOf(TopicId topic, address account) external view returns (Reputer memory);

    /// @notice The report from a seat on a round; all zeros if there is none. Refuses with UnknownTopic.
    function reportOf(TopicId topic, uint256 round, uint256 seat) external view returns (Report memory);

    /// @notice What an account may claim: withdrawn and refunded stake, and for the sink what was slashed.
    function claimableOf(address account) external view returns (uint256);
}

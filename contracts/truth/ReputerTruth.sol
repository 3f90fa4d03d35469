// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {ITopicNetwork} from "../interfaces/ITopicNetwork.sol";
import {ITruthSource, TRUTH_SOURCE, TruthStatus} from "../interfaces/ITruthSource.sol";
import {RoundStatus} from "../types/Round.sol";
import {Topic, TopicId} from "../types/Topic.sol";

/// @notice The terms of a ReputerTruth. Times are seconds, shares are basis points, values 1e18 fixed point.
/// @param token what reputers stake
/// @param network whose topics are reported on
/// @param sink who receives what is slashed; choose one that no reputer gains from
/// @param commitWindow from a round's target time, how long sealed reports are taken
/// @param revealWindow after that, how long reports are opened
/// @param challengeWindow after that, how long an answer waits before it is Known; 0 for not at all
/// @param unstakeDelay least time from unstaking to withdrawing
/// @param minStake least stake of a reputer; one that is slashed below it leaves
/// @param quorumBps share of the seated stake that must report, more than half
/// @param outlierBps share of its stake that a reputer outside the tolerance loses, or one that sealed a report and did not
/// open it though there is an answer
/// @param silenceBps share of its stake that a reputer without an opened report loses
/// @param toleranceBps how far from the median a report may lie, as a share of the median
/// @param tolerance how far it may lie on top of that
struct ReputerTerms {
    IERC20 token;
    ITopicNetwork network;
    address sink;
    uint32 commitWindow;
    uint32 revealWindow;
    uint32 challengeWindow;
    uint32 unstakeDelay;
    uint96 minStake;
    uint16 quorumBps;
    uint16 outlierBps;
    uint16 silenceBps;
    uint16 toleranceBps;
    uint104 tolerance;
}

/// @notice A topic's panel of reputers and the clock of its rounds.
struct Panel {
    uint40 firstTarget; // target time of round 0
    uint24 cadence; // zero until the panel is opened
    uint32 ring; // places for rounds; reused only when the truth deadline of the older round has passed
    uint8 seats; // seats taken so far
}

/// @notice Who reports from a seat. The previous reputer still answers for its rounds until it has withdrawn.
struct Seat {
    address current;
    address previous;
}

/// @notice A reputer's stake in one topic.
struct Reputer {
    uint96 stake;
    uint32 from; // first round it reports on
    uint32 until; // first round it no longer reports on
    uint40 leavesAt; // zero for nobody, STAYS until it unstakes or is made to
    uint8 seat;
}

enum ReportStatus {
    None,
    Committed,
    Revealed
}

/// @notice One reputer's word on one round, in one slot.
struct Report {
    bytes27 content; // the commitment, then the value in its last 13 bytes
    uint32 round;
    ReportStatus status;
}

/// @notice What a panel found.
struct Verdict {
    int104 value;
    uint40 talliedAt;
    uint32 round;
    TruthStatus status; // Unknown while the place is free
}

/// @title The truth that no contract knows: staked reputers say what happened.
/// @notice Up to 16 reputers a topic seal the value they saw, open it, and the stake-weighted median of their reports is
/// the truth. Whoever is too far from it, and whoever is silent, loses stake. They report values, never losses, so that
/// one number settles all workers alike.
///
/// A round: from its target time on reputers `commit`, then they `reveal`, then anyone calls `tally`, and the network may
/// `resolve`. Only rounds that were published are tallied, so that nobody owes a report that nobody waits for; whether one
/// was is certain before its target time. As long as more than half of the reported stake is honest, the median lies
/// between honest values; without the quorum's share of all stake there is no truth and the round is Void. Of two values
/// with half of the stake each the lower one holds.
///
/// Slashed stake goes to a sink that was named at deployment. Reputers get no part of it: sharing it would pay them for
/// each other's misfortune. Their income is the network's keeper tips.
/// @dev Nobody owns this contract. It holds `sum of stakes + sum of claimable`, to the last unit. Challenges are not part
/// of it yet; `challengeWindow` reserves their time and TruthStatus.Disputed their answer.
contract ReputerTruth is ITruthSource, Multicall {
    using SafeERC20 for IERC20;

    /* ERRORS, by verb, in the order they are checked */

    error OutOfBounds(string term, uint256 actual, uint256 least, uint256 most);
    error ZeroAddress(string term);
    error UnknownTopic(TopicId topic);
    error WindowsTooLong(uint256 actual, uint256 truthWindow);
    error UnknownSeat(uint256 seat, uint256 lastSeat);
    error BelowMinStake(uint256 stake, uint256 minStake);
    error AlreadySeated(address reputer);
    error SeatBusy(uint256 seat, address previous);
    error StakeTooLow(uint256 stake, uint256 required);
    error WrongTransfer(uint256 received, uint256 required);
    error NotSeated(address reputer, uint256 round);
    error OutsideWindow(uint256 time, uint256 from, uint256 until);
    error AlreadyCommitted(address reputer, uint256 round);
    error NothingCommitted(address reputer, uint256 round);
    error WrongOpening(bytes27 actual, bytes27 required);
    error AlreadyTallied(uint256 round);
    error WrongStatus(RoundStatus actual, RoundStatus required);
    error NotStaked(address reputer);
    error AlreadyLeaving(address reputer);
    error NotLeaving(address reputer);
    error TooEarly(uint256 time, uint256 leavesAt);
    error NothingToClaim(address account);

    /* EVENTS */

    event PanelOpened(TopicId indexed topic, uint256 firstTarget, uint256 cadence, uint256 ring);
    event SeatTaken(TopicId indexed topic, address indexed reputer, uint256 seat, uint256 stake, uint256 from);
    event ReportCommitted(TopicId indexed topic, uint256 indexed round, address indexed reputer, bytes27 commitment);
    event ReportRevealed(TopicId indexed topic, uint256 indexed round, address indexed reputer, int104 value);
    event RoundTallied(
        TopicId indexed topic,
        uint256 indexed round,
        TruthStatus status,
        int104 value,
        uint256 reported,
        uint256 seated
    );
    event Slashed(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed reputer,
        uint256 amount,
        bool wasSilent
    );
    event Leaving(TopicId indexed topic, address indexed reputer, uint256 until, uint256 leavesAt);
    event Withdrawn(TopicId indexed topic, address indexed reputer, uint256 amount);
    event Claimed(address indexed account, uint256 amount);

    bytes32 private constant REPORT_TYPEHASH = keccak256(
        "Report(uint256 chainId,address source,bytes32 topic,uint256 round,address reputer,int104 value,bytes32 salt)"
    );
    uint256 private constant MOST_SEATS = 16;
    uint256 private constant BPS = 10_000;
    uint40 private constant STAYS = type(uint40).max;

    /* IMMUTABLES, see ReputerTerms */

    IERC20 public immutable token;
    ITopicNetwork public immutable network;
    address public immutable sink;
    uint256 public immutable commitWindow;
    uint256 public immutable revealWindow;
    uint256 public immutable challengeWindow;
    uint256 public immutable unstakeDelay;
    uint256 public immutable minStake;
    uint256 public immutable quorumBps;
    uint256 public immutable outlierBps;
    uint256 public immutable silenceBps;
    uint256 public immutable toleranceBps;
    uint256 public immutable tolerance;

    /* STORAGE */

    mapping(TopicId topic => Panel) private panels;
    mapping(TopicId topic => Seat[MOST_SEATS]) private seats;
    mapping(TopicId topic => mapping(address => Reputer)) private reputers;
    mapping(TopicId topic => mapping(uint256 place => Report[MOST_SEATS])) private reports;
    mapping(TopicId topic => mapping(uint256 place => Verdict)) private verdicts;

    /// @notice What an account may claim: withdrawn stake, and for the sink what was slashed.
    mapping(address account => uint256) public claimableOf;

    constructor(ReputerTerms memory terms) {
        require(terms.sink != address(0), ZeroAddress("sink"));
        require(terms.commitWindow > 0, OutOfBounds("commitWindow", 0, 1, type(uint32).max));
        require(terms.revealWindow > 0, OutOfBounds("revealWindow", 0, 1, type(uint32).max));
        require(terms.minStake > 0, OutOfBounds("minStake", 0, 1, type(uint96).max));
        requireShare("quorumBps", terms.quorumBps, BPS / 2 + 1);
        requireShare("outlierBps", terms.outlierBps, 1);
        requireShare("silenceBps", terms.silenceBps, 1);
        requireShare("toleranceBps", terms.toleranceBps, 0);

        token = terms.token;
        network = terms.network;
        sink = terms.sink;
        commitWindow = terms.commitWindow;
        revealWindow = terms.revealWindow;
        challengeWindow = terms.challengeWindow;
        unstakeDelay = terms.unstakeDelay;
        minStake = terms.minStake;
        quorumBps = terms.quorumBps;
        outlierBps = terms.outlierBps;
        silenceBps = terms.silenceBps;
        toleranceBps = terms.toleranceBps;
        tolerance = terms.tolerance;
    }

    function requireShare(string memory term, uint256 share, uint256 least) private pure {
        require(share >= least && share <= BPS, OutOfBounds(term, share, least, BPS));
    }

    /* STAKE */

    /// @notice Takes a seat with stake and reports from the next round on that has not reached its target time. A seat is
    /// free, or its reputer is leaving, or the caller brings 10 % more than its reputer has, who then leaves. The stake
    /// cannot grow afterwards, so that nobody adds weight to a report that is already sealed.
    /// @param seat 0 to 15; at most one above the highest that was ever taken
    /// @param amount base units of the token, at least `minStake`
    function takeSeat(TopicId topic, uint256 seat, uint96 amount) external {
        Panel storage panel = openedPanel(topic);
        uint256 lastSeat = Math.min(panel.seats, MOST_SEATS - 1);
        require(seat <= lastSeat, UnknownSeat(seat, lastSeat));

        Seat storage place = seats[topic][seat];
        address displaced = place.current;
        uint256 required = stakeToDisplace(reputers[topic][displaced]);
        require(amount >= minStake, BelowMinStake(amount, minStake));
        require(reputers[topic][msg.sender].leavesAt == 0, AlreadySeated(msg.sender));
        require(place.previous == address(0), SeatBusy(seat, place.previous));
        require(amount >= required, StakeTooLow(amount, required));

        uint256 from = nextRound(panel, block.timestamp);
        if (displaced != address(0)) makeLeave(topic, displaced);
        if (seat == panel.seats) panel.seats += 1;
        (place.previous, place.current) = (displaced, msg.sender);
        reputers[topic][msg.sender] = Reputer(amount, uint32(from), type(uint32).max, STAYS, uint8(seat));

        emit SeatTaken(topic, msg.sender, seat, amount, from);

        uint256 held = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - held;
        require(received == amount, WrongTransfer(received, amount));
    }

    /// @dev A topic's terms never change, so they are asked once.
    function openedPanel(TopicId topic) private returns (Panel storage panel) {
        panel = panels[topic];
        if (panel.cadence > 0) return panel;

        Topic memory terms = network.topicOf(topic);
        uint256 windows = commitWindow + revealWindow + challengeWindow;
        require(terms.truth == address(this), UnknownTopic(topic));
        require(windows < terms.truthWindow, WindowsTooLong(windows, terms.truthWindow));

        panel.firstTarget = uint40(terms.start) + terms.horizon;
        panel.cadence = terms.cadence;
        panel.ring = uint32(terms.truthWindow) / terms.cadence + 2;

        emit PanelOpened(topic, panel.firstTarget, panel.cadence, panel.ring);
    }

    function stakeToDisplace(Reputer storage reputer) private view returns (uint256) {
        if (reputer.leavesAt != STAYS) return 0;
        return Math.ceilDiv(uint256(reputer.stake) * 11, 10);
    }

    /* COMMIT, REVEAL */

    /// @notice Seals the caller's report on a round, from the round's target time on for `commitWindow`.
    /// @param commitment as `commitmentOf` gives it
    function commit(TopicId topic, uint256 round, bytes27 commitment) external {
        Panel memory panel = panels[topic];
        Reputer memory reputer = reputers[topic][msg.sender];
        uint256 target = targetTime(panel, round);
        require(isSeated(reputer, round), NotSeated(msg.sender, round));
        requireWithin(target, target + commitWindow);

        Report storage report = reports[topic][round % panel.ring][reputer.seat];
        require(!isOf(report, round), AlreadyCommitted(msg.sender, round));

        (report.content, report.round, report.status) = (commitment, uint32(round), ReportStatus.Committed);

        emit ReportCommitted(topic, round, msg.sender, commitment);
    }

    /// @notice Opens the caller's report, for `revealWindow` after the commit window.
    /// @param value what happened at the round's target time, 1e18 fixed point
    /// @param salt what sealed it
    function reveal(TopicId topic, uint256 round, int104 value, bytes32 salt) external {
        Panel memory panel = panels[topic];
        Reputer memory reputer = reputers[topic][msg.sender];
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

    function requireWithin(uint256 from, uint256 until) private view {
        bool isWithin = from <= block.timestamp && block.timestamp < until;
        require(isWithin, OutsideWindow(block.timestamp, from, until));
    }

    /* TALLY */

    /// @notice Finds a round's truth and slashes who missed it or was silent. Anyone may, once, when the reveal window is
    /// over or everyone has reported, and until the round's place is needed again, which is after its truth deadline; and
    /// only while the network waits for the truth: of a round that is void, or never was, nobody had to report.
    function tally(TopicId topic, uint256 round) external {
        Panel memory panel = panels[topic];
        (uint256[] memory sorted, uint256 reported, uint256 seated) = collect(topic, panel, round);
        bool isComplete = reported > 0 && reported == seated;
        uint256 target = targetTime(panel, round);
        uint256 from = isComplete ? target + commitWindow : target + commitWindow + revealWindow;
        requireWithin(from, targetTime(panel, round + panel.ring));

        Verdict storage verdict = verdicts[topic][round % panel.ring];
        bool isFirst = verdict.round != round || verdict.status == TruthStatus.Unknown;
        require(isFirst, AlreadyTallied(round));
        requirePublished(topic, round);

        bool hasQuorum = reported > 0 && reported * BPS >= seated * quorumBps;
        TruthStatus status = hasQuorum ? TruthStatus.Known : TruthStatus.Void;
        int104 value = hasQuorum ? medianOf(sorted, reported) : int104(0);
        (verdict.value, verdict.talliedAt, verdict.round, verdict.status) = (
            value,
            uint40(block.timestamp),
            uint32(round),
            status
        );

        emit RoundTallied(topic, round, status, value, reported, seated);

        slash(topic, panel, round, hasQuorum, value);
    }

    function requirePublished(TopicId topic, uint256 round) private view {
        RoundStatus actual = network.roundOf(topic, round).status;
        require(actual == RoundStatus.Published, WrongStatus(actual, RoundStatus.Published));
    }

    /// @dev Values and stakes of the opened reports in ascending order of value, each in one word so that the words sort.
    /// @return sorted zeros first, one for each seat without an opened report
    /// @return reported stake behind them
    /// @return seated stake of everyone who had to report
    function collect(
        TopicId topic,
        Panel memory panel,
        uint256 round
    ) private view returns (uint256[] memory sorted, uint256 reported, uint256 seated) {
        sorted = new uint256[](panel.seats);

        for (uint256 seat = 0; seat < panel.seats; ++seat) {
            Reputer storage reputer = reputers[topic][reputerIn(topic, seat, round)];
            if (!isSeated(reputer, round)) continue;
            seated += reputer.stake;

            Report memory report = reports[topic][round % panel.ring][seat];
            if (!isRevealed(report, round)) continue;
            reported += reputer.stake;
            sorted[seat] = pack(valueOf(report), reputer.stake);
        }
        Arrays.sort(sorted);
    }

    /// @dev Address zero, whose stake is zero, where nobody had the seat.
    function reputerIn(TopicId topic, uint256 seat, uint256 round) private view returns (address reputer) {
        reputer = seats[topic][seat].current;
        if (reputers[topic][reputer].from > round || reputer == address(0)) return seats[topic][seat].previous;
    }

    function isRevealed(Report memory report, uint256 round) private pure returns (bool) {
        return report.round == round && report.status == ReportStatus.Revealed;
    }

    function valueOf(Report memory report) private pure returns (int104) {
        return int104(uint104(uint216(report.content)));
    }

    /// @dev Shifted so that negative values sort below positive ones.
    function pack(int104 value, uint96 stake) private pure returns (uint256) {
        return (uint256(int256(value) - type(int104).min) << 96) | stake;
    }

    /// @dev The lower weighted median: the least value that has half of the stake at or below it. Empty words carry no
    /// stake, so they are never it.
    function medianOf(uint256[] memory sorted, uint256 reported) private pure returns (int104 median) {
        uint256 passed = 0;

        for (uint256 i = 0; i < sorted.length; ++i) {
            passed += uint96(sorted[i]);
            if (2 * passed >= reported) return int104(int256(sorted[i] >> 96) + type(int104).min);
        }
    }

    /* SLASH */

    /// @dev Silence costs in a void round too: otherwise a large reputer could veto for free. Who lied cannot be said then.
    function slash(TopicId topic, Panel memory panel, uint256 round, bool hasQuorum, int104 value) private {
        uint256 total = 0;

        for (uint256 seat = 0; seat < panel.seats; ++seat) {
            address account = reputerIn(topic, seat, round);
            if (!isSeated(reputers[topic][account], round)) continue;

            Report memory report = reports[topic][round % panel.ring][seat];
            uint256 share = shareOf(report, round, hasQuorum, value);
            if (share > 0) total += take(topic, round, account, share, !isRevealed(report, round));
        }
        if (total > 0) claimableOf[sink] += total;
    }

    /// @dev What was sealed and not opened beside a median counts as an outlier: else a lie could be sealed, and opened only
    /// where it carries.
    function shareOf(
        Report memory report,
        uint256 round,
        bool hasQuorum,
        int104 median
    ) private view returns (uint256) {
        bool isSealed = report.round == round && report.status == ReportStatus.Committed;
        if (!isRevealed(report, round)) return hasQuorum && isSealed ? Math.max(silenceBps, outlierBps) : silenceBps;

        uint256 allowed = tolerance + (SignedMath.abs(median) * toleranceBps) / BPS;
        bool isOutlier = hasQuorum && SignedMath.abs(int256(valueOf(report)) - median) > allowed;
        return isOutlier ? outlierBps : 0;
    }

    /// @dev Rounded up, so that the last unit can be lost too.
    function take(
        TopicId topic,
        uint256 round,
        address account,
        uint256 share,
        bool wasSilent
    ) private returns (uint256 amount) {
        Reputer storage reputer = reputers[topic][account];
        amount = Math.ceilDiv(reputer.stake * share, BPS);
        reputer.stake -= uint96(amount);

        emit Slashed(topic, round, account, amount, wasSilent);

        if (reputer.stake < minStake) makeLeave(topic, account);
    }

    /* UNSTAKE */

    /// @notice Gives up the caller's seat. It reports on the rounds that have reached their target time and no others.
    function unstake(TopicId topic) external {
        Reputer storage reputer = reputers[topic][msg.sender];
        require(reputer.leavesAt > 0, NotStaked(msg.sender));
        require(reputer.leavesAt == STAYS, AlreadyLeaving(msg.sender));

        makeLeave(topic, msg.sender);
    }

    /// @dev The stake answers for its last round as long as that can be tallied.
    function makeLeave(TopicId topic, address account) private {
        Panel memory panel = panels[topic];
        Reputer storage reputer = reputers[topic][account];
        if (reputer.leavesAt != STAYS) return;

        uint256 until = nextRound(panel, block.timestamp);
        uint256 leavesAt = Math.max(block.timestamp + unstakeDelay, targetTime(panel, until + panel.ring - 1));
        (reputer.until, reputer.leavesAt) = (uint32(until), uint40(leavesAt));

        emit Leaving(topic, account, until, leavesAt);
    }

    /// @notice Frees the place of a reputer that has left and credits it its stake. Anyone may.
    function withdraw(TopicId topic, address account) external {
        Reputer memory reputer = reputers[topic][account];
        require(reputer.leavesAt > 0, NotStaked(account));
        require(reputer.leavesAt != STAYS, NotLeaving(account));
        require(block.timestamp >= reputer.leavesAt, TooEarly(block.timestamp, reputer.leavesAt));

        Seat storage place = seats[topic][reputer.seat];
        if (place.current == account) place.current = address(0);
        if (place.previous == account) place.previous = address(0);
        delete reputers[topic][account];
        claimableOf[account] += reputer.stake;

        emit Withdrawn(topic, account, reputer.stake);
    }

    /// @notice Pays an account what it may claim. Anyone may; the money goes to the account.
    function claim(address account) external {
        uint256 amount = claimableOf[account];
        require(amount > 0, NothingToClaim(account));

        claimableOf[account] = 0;

        emit Claimed(account, amount);

        token.safeTransfer(account, amount);
    }

    /* READ */

    /// @inheritdoc ITruthSource
    function isTruthSource() external pure returns (bytes4) {
        return TRUTH_SOURCE;
    }

    /// @inheritdoc ITruthSource
    /// @dev Whoever holds half of what the quorum reports decides the median: that much stake has to take part in a lie.
    function truthSecurity(TopicId topic) external view returns (uint256) {
        uint256 seated = 0;

        for (uint256 seat = 0; seat < panels[topic].seats; ++seat) {
            seated += reputers[topic][seats[topic][seat].current].stake;
        }
        return (seated * quorumBps) / (2 * BPS);
    }

    /// @inheritdoc ITruthSource
    /// @dev Needs no proof. Unknown until `tally` and through the challenge window; Void where the quorum was missed.
    function truthOf(
        TopicId topic,
        uint256 round,
        uint256,
        bytes calldata
    ) external view returns (TruthStatus, int256) {
        uint256 ring = panels[topic].ring;
        if (ring == 0) return (TruthStatus.Unknown, 0);

        Verdict memory verdict = verdicts[topic][round % ring];
        if (verdict.round != round) return (TruthStatus.Unknown, 0);
        if (block.timestamp < verdict.talliedAt + challengeWindow) return (TruthStatus.Unknown, 0);
        return (verdict.status, verdict.value);
    }

    /// @notice The sealed form of a report. Bound to its reputer, so that a copied one opens for nobody, and to chain,
    /// contract, topic and round, so that it opens nowhere else.
    /// @param value 1e18 fixed point
    /// @param salt 32 random bytes, kept until the reveal
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

    /// @notice When a round's windows begin: sealed reports, their opening, the tally, and the end of the tally.
    function windowsOf(
        TopicId topic,
        uint256 round
    ) external view returns (uint256 commitFrom, uint256 revealFrom, uint256 tallyFrom, uint256 tallyUntil) {
        Panel memory panel = panels[topic];
        commitFrom = targetTime(panel, round);
        revealFrom = commitFrom + commitWindow;
        tallyFrom = revealFrom + revealWindow;
        tallyUntil = targetTime(panel, round + panel.ring);
    }

    /// @notice A topic's panel; all zeros until its first seat is taken.
    function panelOf(TopicId topic) external view returns (Panel memory) {
        return panels[topic];
    }

    /// @notice Who has a seat, and who had it before and has not withdrawn yet.
    function seatOf(TopicId topic, uint256 seat) external view returns (Seat memory) {
        return seats[topic][seat];
    }

    /// @notice A reputer's stake and the rounds it reports on; all zeros for nobody.
    function reputerOf(TopicId topic, address account) external view returns (Reputer memory) {
        return reputers[topic][account];
    }

    /// @notice What the reputer in a seat has said of a round; all zeros if nothing.
    function reportOf(TopicId topic, uint256 round, uint256 seat) external view returns (Report memory report) {
        Panel memory panel = panels[topic];
        require(panel.ring > 0, UnknownTopic(topic));

        Report storage stored = reports[topic][round % panel.ring][seat];
        if (isOf(stored, round)) report = stored;
    }

    /* CLOCK */

    function targetTime(Panel memory panel, uint256 round) private pure returns (uint256) {
        return panel.firstTarget + round * panel.cadence;
    }

    /// @dev The first round whose target time is yet to come.
    function nextRound(Panel memory panel, uint256 time) private pure returns (uint256) {
        if (time < panel.firstTarget) return 0;
        return (time - panel.firstTarget) / panel.cadence + 1;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {IReputerTruth} from "../interfaces/IReputerTruth.sol";
import {ITopicNetwork} from "../interfaces/ITopicNetwork.sol";
import {ITruthSource} from "../interfaces/ITruthSource.sol";
import {Float} from "../maths/Float.sol";
import {Panel, Reputer, ReputerTerms, STAYS} from "../types/Reputer.sol";
import {Topic, TopicId} from "../types/Topic.sol";

/// @title Who reports: seats, the stake behind them, and their clock. Documented in IReputerTruth.
/// @notice Seats and weights are traces: each change is written at the first round that has not opened yet, so that what a
/// round finds is fixed when it opens, before anybody bets on it.
/// @dev A seat's trace grows by one entry a round at most, and is searched by halving: nobody makes a tally expensive.
abstract contract ReputerSeats is IReputerTruth {
    using Checkpoints for Checkpoints.Trace160;
    using SafeERC20 for IERC20;

    uint256 internal constant MOST_SEATS = 16;
    uint256 internal constant BPS = 10_000;
    uint256 private constant LEAST_WINDOW = 60;

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

    mapping(TopicId topic => Panel) internal panels;

    /// @dev Round -> term that holds the seat from there on; zero where it is free.
    mapping(TopicId topic => Checkpoints.Trace160[MOST_SEATS]) internal holders;

    /// @dev Terms are counted from one in each topic. One that was withdrawn from is empty.
    mapping(TopicId topic => mapping(uint256 term => Reputer)) internal reputers;
    mapping(TopicId topic => mapping(address account => uint256 term)) internal termOf;

    /// @dev Round -> stake that weighs from there on.
    mapping(TopicId topic => mapping(uint256 term => Checkpoints.Trace160)) internal weights;

    /// @inheritdoc IReputerTruth
    mapping(address account => uint256) public claimableOf;

    constructor(ReputerTerms memory terms) {
        require(terms.sink != address(0), ZeroAddress("sink"));
        requireBound("commitWindow", terms.commitWindow, LEAST_WINDOW, type(uint32).max);
        requireBound("revealWindow", terms.revealWindow, LEAST_WINDOW, type(uint32).max);
        if (terms.challengeWindow > 0) {
            requireBound("challengeWindow", terms.challengeWindow, LEAST_WINDOW, type(uint32).max);
        }
        requireBound("minStake", terms.minStake, 1, type(uint96).max);
        requireBound("quorumBps", terms.quorumBps, BPS / 2 + 1, BPS);
        requireBound("outlierBps", terms.outlierBps, 1, BPS);
        requireBound("silenceBps", terms.silenceBps, 1, BPS);
        requireBound("toleranceBps", terms.toleranceBps, 0, BPS);

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

    function requireBound(string memory term, uint256 actual, uint256 least, uint256 most) private pure {
        require(least <= actual && actual <= most, OutOfBounds(term, actual, least, most));
    }

    /* STAKE */

    /// @inheritdoc IReputerTruth
    function takeSeat(TopicId topic, uint256 seat, uint96 amount) external {
        Panel storage panel = openedPanel(topic);
        uint256 lastSeat = Math.min(panel.seats, MOST_SEATS - 1);
        require(seat <= lastSeat, UnknownSeat(seat, lastSeat));

        uint256 holder = holders[topic][seat].latest();
        uint256 required = Math.ceilDiv(uint256(reputers[topic][holder].stake) * 11, 10);
        require(amount >= minStake, BelowMinStake(amount, minStake));
        require(termOf[topic][msg.sender] == 0, AlreadySeated(msg.sender));
        require(amount >= required, StakeTooLow(amount, required));

        uint256 from = nextRound(panel, block.timestamp);
        uint256 displaced = displace(topic, panel, holder, from);
        if (seat == panel.seats) panel.seats += 1;
        seatAt(topic, panel, seat, amount, from, displaced);

        emit SeatTaken(topic, msg.sender, seat, amount, from);

        uint256 held = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - held;
        require(received == amount, WrongTransfer(received, amount));
    }

    /// @dev A topic's terms never change, so they are asked once. No round is resolved before its first panel, so the sigma
    /// is still the one the topic was created with.
    function openedPanel(TopicId topic) private returns (Panel storage panel) {
        panel = panels[topic];
        if (panel.cadence > 0) return panel;

        Topic memory terms = network.topicOf(topic);
        uint256 windows = commitWindow + revealWindow + challengeWindow + disputeWindow();
        require(terms.truth == address(this), UnknownTopic(topic));
        require(windows < terms.truthWindow, WindowsTooLong(windows, terms.truthWindow));

        panel.firstTarget = uint40(terms.start) + terms.horizon;
        panel.cadence = terms.cadence;
        panel.horizon = terms.horizon;
        panel.ring = uint32(terms.truthWindow) / terms.cadence + 2;
        panel.tolerance = toleranceIn(terms);

        emit PanelOpened(topic, panel.firstTarget, panel.cadence, panel.ring);
    }

    /// @dev How long a dispute takes after a challenge, seconds. Zero where answers cannot be challenged.
    function disputeWindow() internal view virtual returns (uint256) {
        return 0;
    }

    /// @dev Sigma is below 2^104, and a unit at most 1e18.
    function toleranceIn(Topic memory terms) private view returns (uint104) {
        uint256 least = Math.max(Float.unpack(terms.sigma) / 100, 10 ** (18 - terms.decimals));
        return uint104(Math.max(tolerance, least));
    }

    /// @return displaced the term that goes on if the newcomer steps back before a round has opened
    function displace(
        TopicId topic,
        Panel memory panel,
        uint256 holder,
        uint256 from
    ) private returns (uint256 displaced) {
        if (holder == 0) return 0;

        displaced = reputers[topic][holder].displaced;
        if (refundEarly(topic, holder, from)) return displaced;

        endTerm(topic, panel, holder, from);
        return holder;
    }

    /// @dev Whether a term has no round yet; then it ends here without a trace.
    function refundEarly(TopicId topic, uint256 term, uint256 next) private returns (bool) {
        Reputer memory reputer = reputers[topic][term];
        if (reputer.from < next) return false;

        release(topic, reputer);

        emit Refunded(topic, reputer.account, reputer.stake);
        return true;
    }

    /// @dev Rounds fit 32 bits for 136 years of one a second; 2^24 terms cost more than three million million gas.
    function seatAt(
        TopicId topic,
        Panel storage panel,
        uint256 seat,
        uint96 amount,
        uint256 from,
        uint256 displaced
    ) private {
        uint24 term = ++panel.terms;
        termOf[topic][msg.sender] = term;
        reputers[topic][term] = Reputer({
            account: msg.sender,
            stake: amount,
            from: uint32(from),
            until: type(uint32).max,
            leavesAt: STAYS,
            displaced: uint32(displaced),
            seat: uint8(seat)
        });
        holders[topic][seat].push(uint96(from), term);
        weights[topic][term].push(uint96(from), amount);
    }

    /* UNSTAKE */

    /// @inheritdoc IReputerTruth
    function unstake(TopicId topic) external {
        uint256 term = termOf[topic][msg.sender];
        Reputer memory reputer = reputers[topic][term];
        require(term > 0, NotStaked(msg.sender));
        require(reputer.leavesAt == STAYS, AlreadyLeaving(msg.sender));

        Panel memory panel = panels[topic];
        uint256 next = nextRound(panel, block.timestamp);
        bool isRefunded = refundEarly(topic, term, next);
        if (isRefunded) return reinstate(topic, reputer);

        vacate(topic, panel, term, next);
    }

    /// @dev Nobody can empty a seat with money that is never at risk: whoever was displaced goes on. It has not withdrawn,
    /// because the last round it answers for was open when it was displaced and is not final before the next one opens.
    function reinstate(TopicId topic, Reputer memory gone) private {
        Reputer storage former = reputers[topic][gone.displaced];
        bool goesOn = gone.displaced > 0 && 2 * uint256(former.stake) >= minStake;
        holders[topic][gone.seat].push(gone.from, goesOn ? gone.displaced : 0);
        if (!goesOn) return;

        (former.until, former.leavesAt) = (type(uint32).max, STAYS);

        emit Reinstated(topic, former.account);
    }

    function vacate(TopicId topic, Panel memory panel, uint256 term, uint256 next) internal {
        holders[topic][reputers[topic][term].seat].push(uint96(next), 0);
        endTerm(topic, panel, term, next);
    }

    /// @dev The stake answers for its last round as long as that can be tallied.
    function endTerm(TopicId topic, Panel memory panel, uint256 term, uint256 until) private {
        Reputer storage reputer = reputers[topic][term];
        uint256 leavesAt = Math.max(block.timestamp + unstakeDelay, targetTime(panel, until + panel.ring - 1));
        (reputer.until, reputer.leavesAt) = (uint32(until), uint40(leavesAt));

        emit Leaving(topic, reputer.account, until, leavesAt);
    }

    /// @inheritdoc IReputerTruth
    function withdraw(TopicId topic, address account) external {
        Reputer memory reputer = reputerOf(topic, account);
        require(reputer.leavesAt > 0, NotStaked(account));
        require(reputer.leavesAt != STAYS, NotLeaving(account));
        require(block.timestamp >= reputer.leavesAt, TooEarly(block.timestamp, reputer.leavesAt));

        release(topic, reputer);

        emit Withdrawn(topic, account, reputer.stake);
    }

    function release(TopicId topic, Reputer memory reputer) private {
        delete reputers[topic][termOf[topic][reputer.account]];
        delete termOf[topic][reputer.account];
        claimableOf[reputer.account] += reputer.stake;
    }

    /// @inheritdoc IReputerTruth
    function claim(address account) external {
        uint256 amount = claimableOf[account];
        require(amount > 0, NothingToClaim(account));

        claimableOf[account] = 0;

        emit Claimed(account, amount);

        token.safeTransfer(account, amount);
    }

    /* READ */

    /// @inheritdoc ITruthSource
    /// @dev Whoever holds half of what the quorum reports decides the median: that much stake has to take part in a lie.
    function truthSecurity(TopicId topic) external view returns (uint256) {
        uint256 seated = 0;

        for (uint256 seat = 0; seat < panels[topic].seats; ++seat) {
            seated += reputers[topic][holders[topic][seat].latest()].stake;
        }
        return (seated * quorumBps) / (2 * BPS);
    }

    /// @inheritdoc IReputerTruth
    function panelOf(TopicId topic) external view returns (Panel memory) {
        return panels[topic];
    }

    /// @inheritdoc IReputerTruth
    function seatOf(TopicId topic, uint256 seat) external view returns (address) {
        if (seat >= MOST_SEATS) return address(0);
        return reputers[topic][holders[topic][seat].latest()].account;
    }

    /// @inheritdoc IReputerTruth
    function reporterOf(
        TopicId topic,
        uint256 round,
        uint256 seat
    ) external view returns (address reporter, uint96 weight) {
        if (seat >= MOST_SEATS || round > type(uint32).max) return (address(0), 0);

        uint256 term;
        (term, weight) = seatedAt(topic, round, seat);
        reporter = reputers[topic][term].account;
        if (reporter == address(0)) weight = 0;
    }

    /// @inheritdoc IReputerTruth
    function reputerOf(TopicId topic, address account) public view returns (Reputer memory) {
        return reputers[topic][termOf[topic][account]];
    }

    /// @dev Stakes have 96 bits.
    function seatedAt(TopicId topic, uint256 round, uint256 seat) internal view returns (uint256 term, uint96 weight) {
        term = holders[topic][seat].upperLookupRecent(uint96(round));
        if (term > 0) weight = uint96(weights[topic][term].upperLookupRecent(uint96(round)));
    }

    /* CLOCK */

    function targetTime(Panel memory panel, uint256 round) internal pure returns (uint256) {
        return panel.firstTarget + round * panel.cadence;
    }

    /// @dev The first round that has not opened.
    function nextRound(Panel memory panel, uint256 time) internal pure returns (uint256) {
        if (time + panel.horizon < panel.firstTarget) return 0;
        return (time + panel.horizon - panel.firstTarget) / panel.cadence + 1;
    }
}

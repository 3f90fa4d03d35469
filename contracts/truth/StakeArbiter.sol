// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IArbiter, Ruling} from "../interfaces/IArbiter.sol";
import {ReportStatus} from "../types/Reputer.sol";
import {Ballot, Tally} from "./Tally.sol";

/// @notice The terms of a StakeArbiter. Times are seconds, shares basis points, amounts the token's smallest unit.
/// @param token what jurors stake and fees are paid in
/// @param sink who receives what is slashed
/// @param delay how long before the electorate's time a juror must have been registered
/// @param commitWindow from a case's opening, how long sealed votes are taken; at least 60
/// @param revealWindow after that, how long votes are opened; at least 60
/// @param minStake least stake of a juror
/// @param silenceBps share of its stake that a juror without an opened vote loses
/// @param fee what opening a case costs, which the jurors who vote share; at least what silence costs a juror of least stake,
/// because anyone may open cases, and each of them slashes jurors who do not vote
struct ArbiterTerms {
    IERC20 token;
    address sink;
    uint32 delay;
    uint32 commitWindow;
    uint32 revealWindow;
    uint96 minStake;
    uint16 silenceBps;
    uint96 fee;
}

/// @notice An account that decides cases, in one slot.
struct Juror {
    uint96 stake;
    uint40 since; // when it registered; zero for nobody
    uint40 leavesAt; // when it may withdraw; zero while it stays
    uint8 seat;
}

/// @notice A seat at a case, frozen when the case is opened.
struct Vote {
    address juror;
    uint96 weight;
    ReportStatus status;
    int104 value; // zero until opened
    bytes32 commitment;
}

/// @notice A case, in one slot. Its votes stand apart.
struct Case {
    address payer; // who gets the fee back if nobody votes
    uint40 openedAt; // zero for none
    uint8 seats;
    bool isClosed; // its fee is paid out and silence is slashed
}

/// @title Decides what happened by the votes of up to 32 staked jurors.
/// @notice A case's electorate are the jurors registered at least `delay` before the challenged round opened, without its
/// parties, each with its stake when the case is opened; nobody is drawn at random. They seal a value, then open it. The
/// stake-weighted median of the opened values is the ruling if more than half of the electorate's stake has voted; otherwise
/// the arbiter is silent. Whoever is silent loses a share of its stake, whatever comes of the case; who votes shares the fee.
/// @dev Nobody owns this contract. It holds `sum of stakes + sum of claimable + fees of open cases`.
contract StakeArbiter is IArbiter {
    using SafeERC20 for IERC20;

    error OutOfBounds(string term, uint256 actual, uint256 least, uint256 most);
    error ZeroAddress(string term);
    error UnknownSeat(uint256 seat, uint256 lastSeat);
    error BelowMinStake(uint256 stake, uint256 minStake);
    error AlreadySeated(address reputer);
    error StakeTooLow(uint256 stake, uint256 required);
    error WrongTransfer(uint256 received, uint256 required);
    error NotStaked(address reputer);
    error AlreadyLeaving(address reputer);
    error NotLeaving(address reputer);
    error TooEarly(uint256 time, uint256 leavesAt);
    error NothingToClaim(address account);
    error OutsideWindow(uint256 time, uint256 from, uint256 until);
    error NotSeated(address reputer, uint256 round);
    error AlreadyCommitted(address reputer, uint256 round);
    error NothingCommitted(address reputer, uint256 round);
    error AlreadyTallied(uint256 round);

    /// @notice Value and salt give another commitment than the one that was sealed.
    error WrongVote(bytes32 actual, bytes32 required);

    event JurorRegistered(address indexed juror, uint256 seat, uint256 stake);
    event JurorLeaving(address indexed juror, uint256 leavesAt);
    event JurorWithdrawn(address indexed juror, uint256 amount);
    event CaseOpened(uint256 indexed id, address indexed opener, bytes question, uint256 electorateAt, uint256 jurors);
    event VoteCommitted(uint256 indexed id, address indexed juror, bytes32 commitment);
    event VoteRevealed(uint256 indexed id, address indexed juror, int104 value);
    event CaseClosed(uint256 indexed id, Ruling ruling, int104 value);
    event JurorSlashed(uint256 indexed id, address indexed juror, uint256 amount);
    event Claimed(address indexed account, uint256 amount);

    uint256 private constant SEATS = 32;
    uint256 private constant BPS = 10_000;
    uint256 private constant LEAST_WINDOW = 60;
    bytes32 private constant VOTE_TYPEHASH = keccak256(
        "Vote(uint256 chainId,address arbiter,uint256 id,address juror,int104 value,bytes32 salt)"
    );

    /* IMMUTABLES, see ArbiterTerms */

    IERC20 public immutable token;
    address public immutable sink;
    uint256 public immutable delay;
    uint256 public immutable commitWindow;
    uint256 public immutable revealWindow;
    uint256 public immutable minStake;
    uint256 public immutable silenceBps;
    uint256 public immutable fee;

    /* STORAGE */

    /// @notice Who sits where; zero for a free seat.
    address[SEATS] public seatOf;
    mapping(address account => Juror) private jurors;
    uint256 public cases;
    mapping(uint256 id => Case) private caseOf;
    mapping(uint256 id => Vote[SEATS]) private votes;

    /// @notice What an account may claim.
    mapping(address account => uint256) public claimableOf;

    constructor(ArbiterTerms memory terms) {
        require(terms.sink != address(0), ZeroAddress("sink"));
        requireBound("commitWindow", terms.commitWindow, LEAST_WINDOW, type(uint32).max);
        requireBound("revealWindow", terms.revealWindow, LEAST_WINDOW, type(uint32).max);
        requireBound("minStake", terms.minStake, 1, type(uint96).max);
        requireBound("silenceBps", terms.silenceBps, 1, BPS);
        uint256 leastFee = Math.ceilDiv(uint256(terms.minStake) * terms.silenceBps, BPS);
        requireBound("fee", terms.fee, leastFee, type(uint96).max);

        (token, sink, delay) = (terms.token, terms.sink, terms.delay);
        (commitWindow, revealWindow) = (terms.commitWindow, terms.revealWindow);
        (minStake, silenceBps, fee) = (terms.minStake, terms.silenceBps, terms.fee);
    }

    function requireBound(string memory term, uint256 actual, uint256 least, uint256 most) private pure {
        require(least <= actual && actual <= most, OutOfBounds(term, actual, least, most));
    }

    /* STAKE */

    /// @notice Takes a seat that is free, or whose juror has less than ten elevenths of the stake. It counts for cases over
    /// rounds that open `delay` later.
    function register(uint256 seat, uint96 amount) external {
        require(seat < SEATS, UnknownSeat(seat, SEATS - 1));
        address holder = seatOf[seat];
        uint256 required = Math.ceilDiv(uint256(jurors[holder].stake) * 11, 10);
        require(amount >= minStake, BelowMinStake(amount, minStake));
        require(jurors[msg.sender].since == 0, AlreadySeated(msg.sender));
        require(amount >= required, StakeTooLow(amount, required));

        if (holder != address(0)) letGo(holder);
        seatOf[seat] = msg.sender;
        jurors[msg.sender] = Juror(amount, uint40(block.timestamp), 0, uint8(seat));

        emit JurorRegistered(msg.sender, seat, amount);

        pull(amount);
    }

    /// @notice Gives up the caller's seat. It still votes in the cases that are open.
    function unregister() external {
        Juror memory juror = jurors[msg.sender];
        require(juror.since > 0, NotStaked(msg.sender));
        require(juror.leavesAt == 0, AlreadyLeaving(msg.sender));

        seatOf[juror.seat] = address(0);
        letGo(msg.sender);
    }

    /// @dev Twice a case's duration: the last case it sits on is over by half of that, and can be closed for the other half.
    function letGo(address juror) private {
        uint256 leavesAt = block.timestamp + 2 * duration();
        jurors[juror].leavesAt = uint40(leavesAt);

        emit JurorLeaving(juror, leavesAt);
    }

    /// @notice Credits a juror that has left its stake. Anyone may.
    function withdraw(address account) external {
        Juror memory juror = jurors[account];
        require(juror.since > 0, NotStaked(account));
        require(juror.leavesAt > 0, NotLeaving(account));
        require(block.timestamp >= juror.leavesAt, TooEarly(block.timestamp, juror.leavesAt));

        delete jurors[account];
        claimableOf[account] += juror.stake;

        emit JurorWithdrawn(account, juror.stake);
    }

    /// @notice Pays an account what it may claim. Anyone may; the money goes to the account.
    function claim(address account) external {
        uint256 amount = claimableOf[account];
        require(amount > 0, NothingToClaim(account));

        claimableOf[account] = 0;

        emit Claimed(account, amount);

        token.safeTransfer(account, amount);
    }

    function pull(uint256 amount) private {
        uint256 held = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - held;
        require(received == amount, WrongTransfer(received, amount));
    }

    /* CASE */

    /// @inheritdoc IArbiter
    /// @dev At most 32 seats times the parties, which the caller pays for.
    function open(
        bytes calldata question,
        uint256 electorateAt,
        address[] calldata parties,
        address payer
    ) external returns (uint256 id) {
        id = ++cases;
        uint8 seated = 0;
        for (uint256 seat = 0; seat < SEATS; ++seat) {
            address account = seatOf[seat];
            Juror memory juror = jurors[account];
            bool isReady = account != address(0) && juror.since + delay <= electorateAt;
            if (!isReady || juror.stake == 0 || isAmong(account, parties)) continue;
            Vote storage vote = votes[id][seated++];
            (vote.juror, vote.weight) = (account, juror.stake);
        }
        caseOf[id] = Case(payer, uint40(block.timestamp), seated, false);

        emit CaseOpened(id, msg.sender, question, electorateAt, seated);

        if (fee > 0) pull(fee);
    }

    function isAmong(address account, address[] calldata parties) private pure returns (bool) {
        for (uint256 i = 0; i < parties.length; ++i) if (parties[i] == account) return true;
        return false;
    }

    /// @notice Seals the caller's vote. `seat` is its place among the case's votes, as `voteOf` shows it.
    /// @param commitment as `commitmentOf` returns it
    function commit(uint256 id, uint256 seat, bytes32 commitment) external {
        Vote storage vote = ownVote(id, seat);
        requireWithin(caseOf[id].openedAt, commitWindow);
        require(vote.status == ReportStatus.None, AlreadyCommitted(msg.sender, id));

        (vote.commitment, vote.status) = (commitment, ReportStatus.Committed);

        emit VoteCommitted(id, msg.sender, commitment);
    }

    /// @notice Opens the caller's vote.
    function reveal(uint256 id, uint256 seat, int104 value, bytes32 salt) external {
        Vote storage vote = ownVote(id, seat);
        requireWithin(caseOf[id].openedAt + commitWindow, revealWindow);
        bytes32 commitment = commitmentOf(id, msg.sender, value, salt);
        require(vote.status == ReportStatus.Committed, NothingCommitted(msg.sender, id));
        require(vote.commitment == commitment, WrongVote(commitment, vote.commitment));

        (vote.value, vote.status) = (value, ReportStatus.Revealed);

        emit VoteRevealed(id, msg.sender, value);
    }

    function ownVote(uint256 id, uint256 seat) private view returns (Vote storage vote) {
        require(seat < SEATS, UnknownSeat(seat, SEATS - 1));
        vote = votes[id][seat];
        require(vote.juror == msg.sender, NotSeated(msg.sender, id));
    }

    function requireWithin(uint256 from, uint256 window) private view {
        bool isWithin = from <= block.timestamp && block.timestamp < from + window;
        require(isWithin, OutsideWindow(block.timestamp, from, from + window));
    }

    /// @notice Slashes the silent of a case that is over, and shares its fee among those who voted, by stake; back to its
    /// payer where nobody did. Anyone may, once. The ruling does not wait for it.
    function close(uint256 id) external {
        Case memory case_ = caseOf[id];
        uint256 overAt = case_.openedAt + duration();
        bool isOver = case_.openedAt > 0 && block.timestamp >= overAt;
        require(isOver, OutsideWindow(block.timestamp, overAt, type(uint40).max));
        require(!case_.isClosed, AlreadyTallied(id));

        caseOf[id].isClosed = true;
        (Ruling ruling, int104 value) = rulingOf(id);

        emit CaseClosed(id, ruling, value);

        (, uint256 voted) = Tally.weigh(ballotsOf(id, case_.seats));
        payOut(id, case_, voted);
    }

    function payOut(uint256 id, Case memory case_, uint256 voted) private {
        uint256 left = fee;
        uint256 slashed = 0;
        for (uint256 seat = 0; seat < case_.seats; ++seat) {
            Vote memory vote = votes[id][seat];
            if (vote.status != ReportStatus.Revealed) {
                slashed += slash(id, vote);
                continue;
            }
            uint256 share = (fee * vote.weight) / voted;
            left -= share;
            claimableOf[vote.juror] += share;
        }
        claimableOf[voted > 0 ? sink : case_.payer] += left;
        claimableOf[sink] += slashed;
    }

    /// @dev A share of the frozen stake, rounded up, and at most what is left of it. Whoever withdrew since has none.
    function slash(uint256 id, Vote memory vote) private returns (uint256 amount) {
        Juror storage juror = jurors[vote.juror];
        amount = Math.min(juror.stake, Math.ceilDiv(vote.weight * silenceBps, BPS));
        juror.stake -= uint96(amount);

        emit JurorSlashed(id, vote.juror, amount);
    }

    /* READ */

    /// @inheritdoc IArbiter
    function duration() public view returns (uint256) {
        return commitWindow + revealWindow;
    }

    /// @inheritdoc IArbiter
    function rulingOf(uint256 id) public view returns (Ruling, int104) {
        Case memory case_ = caseOf[id];
        bool isOver = case_.openedAt > 0 && block.timestamp >= case_.openedAt + duration();
        if (!isOver) return (Ruling.Pending, 0);

        Ballot[] memory ballots = ballotsOf(id, case_.seats);
        (uint256 seated, uint256 voted) = Tally.weigh(ballots);
        if (2 * voted <= seated) return (Ruling.Silent, 0);
        return (Ruling.Decided, Tally.medianOf(ballots, voted));
    }

    function ballotsOf(uint256 id, uint256 seats) private view returns (Ballot[] memory ballots) {
        ballots = new Ballot[](seats);
        for (uint256 seat = 0; seat < seats; ++seat) {
            Vote storage vote = votes[id][seat];
            ballots[seat] = Ballot(uint32(seat + 1), vote.weight, vote.status, vote.value);
        }
    }

    /// @notice The sealed form of a vote. It is bound to its juror, so that a copied one opens for nobody.
    function commitmentOf(uint256 id, address juror, int104 value, bytes32 salt) public view returns (bytes32) {
        return keccak256(abi.encode(VOTE_TYPEHASH, block.chainid, address(this), id, juror, value, salt));
    }

    /// @notice An account's stake and its times; all zeros for nobody.
    function jurorOf(address account) external view returns (Juror memory) {
        return jurors[account];
    }

    /// @notice A case; all zeros for one that was not opened.
    function getCase(uint256 id) external view returns (Case memory) {
        return caseOf[id];
    }

    /// @notice One of a case's votes; all zeros where it has fewer.
    function voteOf(uint256 id, uint256 seat) external view returns (Vote memory) {
        return votes[id][seat];
    }
}

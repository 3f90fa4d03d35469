// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Position} from "../types/Position.sol";
import {Opening, Prediction, Record} from "../types/Prediction.sol";
import {Outcome, Phase, Resolution, Round, RoundStatus} from "../types/Round.sol";
import {Topic, TopicId, TopicParams} from "../types/Topic.sol";
import {Hints} from "../types/Learning.sol";
import {ITopicFeed} from "./ITopicFeed.sol";
import {TruthStatus} from "./ITruthSource.sol";

/// @title The prediction topic network: topics, rounds and stakes.
/// @notice A round: workers `commit` sealed predictions and `reveal` them; anyone may `publish` the aggregate, bring the
/// truth with `resolve`, and `settle`, which moves stake from the inaccurate to the accurate. Nobody owns the network,
/// nothing can be paused or upgraded.
/// @dev Values are 1e18 fixed point, money is in base units of `token`, shares in basis points, times in unix seconds.
interface ITopicNetwork is ITopicFeed {
    /* ERRORS, by verb, in the order they are checked; those about terms stand in Terms, about hints in Aggregation */

    error UnknownTopic(TopicId topic);
    error TopicExists(TopicId topic);
    error ZeroAmount();
    error NotOwner(address caller, address owner);
    error NoConsent(address signer, address owner);
    error BelowMinStake(uint256 stake, uint256 minStake);
    error NotActive(uint256 now_, uint256 activeAt);
    error NothingPending(address worker);
    error AlreadySeated(address worker, uint8 seat);
    error UnknownSeat(uint256 seat, uint256 lastSeat);
    error RankTooLow(uint256 rank, uint256 required);
    error InsufficientStake(uint256 stake, uint256 required);
    error NothingLeaving(address worker);
    error RoundsOpen(uint256 round);
    error SignerTaken(address signer);
    error NotRevoked(address signer);
    error WrongPhase(Phase actual, Phase required);
    error RoundOutOfBounds(uint256 round, uint256 most);
    error WrongStatus(RoundStatus actual, RoundStatus required);
    error RingFull(uint256 round, uint256 unsettled);
    error ListLength(uint256 actual, uint256 most);
    error AlreadyCommitted(address committer, uint256 round);
    error WrongList(address committer, uint256 round);
    error BadSignature(address worker);
    error ConfidenceOutOfBounds(uint256 confidence);
    error NothingRevealed();
    error WrongRecords(bytes20 actual, bytes20 required);
    error WrongOutcome(bytes20 actual, bytes20 required);
    error TruthUnknown(TruthStatus status);
    error NotVoid(uint256 round);
    error NothingToClaim(address account);
    error WrongTransfer(uint256 received, uint256 required);
    error TooMuchHeld(uint256 held, uint256 most);

    /* EVENTS */

    event TopicCreated(TopicId indexed topic, address indexed creator, TopicParams params);
    event Funded(TopicId indexed topic, address indexed from, uint256 amount);
    event Deposited(
        TopicId indexed topic,
        address indexed worker,
        address indexed owner,
        uint256 amount,
        uint256 activeAt
    );
    event Activated(TopicId indexed topic, address indexed worker, uint256 amount);
    event SeatTaken(TopicId indexed topic, address indexed worker, uint8 seat, uint256 from, address displaced);
    event SignerRevoked(TopicId indexed topic, address indexed worker);
    event SignerRotated(TopicId indexed topic, address indexed from, address indexed to);
    event Unstaked(TopicId indexed topic, address indexed worker, uint256 amount, uint256 leavesAt);
    event Withdrawn(TopicId indexed topic, address indexed worker, address indexed owner, uint256 amount);
    event RoundOpened(TopicId indexed topic, uint256 indexed round, int104 center, uint104 sigma);
    event PredictionsCommitted(TopicId indexed topic, uint256 indexed round, address indexed committer, uint256 count);
    event PredictionsRevealed(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed committer,
        Prediction[] predictions,
        address[] workers
    );
    event RoundPublished(TopicId indexed topic, uint256 indexed round, Outcome outcome);
    event RoundResolved(TopicId indexed topic, uint256 indexed round, Resolution resolution);
    event RoundSettled(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed settler,
        uint256 tip,
        uint256 dust
    );
    event RoundVoided(TopicId indexed topic, uint256 indexed round);
    event Claimed(address indexed account, uint256 amount);

    /* TOPICS */

    /// @notice Opens a topic. Its id is the hash of its terms; anyone may, nobody owns it.
    /// @dev Refuses with OutOfBounds naming the term, UnsoundDomain, NotATruthSource or TopicExists.
    function createTopic(TopicParams calldata params) external returns (TopicId topic);

    /// @notice Pays into a topic's pool, from which rounds are rewarded.
    function fund(TopicId topic, uint96 amount) external;

    /* STAKE */

    /// @notice Puts money behind a worker's predictions. The first deposit makes the caller the owner of the position,
    /// and must be made by the signer itself or carry its consent (see `depositFor`).
    /// @dev The money counts from `activationDelay` on, after `activate`.
    function deposit(TopicId topic, uint96 amount) external;

    /// @notice As `deposit`, for a signer other than the caller: the cold owner pays, the hot signer predicts.
    /// @param r first half of the signer's EIP-712 signature over `Consent(bytes32 topic,address owner)`; ignored once owned
    /// @param vs second half (EIP-2098)
    function depositFor(TopicId topic, address worker, uint96 amount, bytes32 r, bytes32 vs) external;

    /// @notice Turns a deposit whose delay has passed into stake. Anyone may.
    function activate(TopicId topic, address worker) external;

    /// @notice Takes a seat: a free one, or that of an occupant whose rank the worker beats by 10 %. Counts from the next
    /// round on; the displaced keep their money and their open rounds. Only its owner may.
    function takeSeat(TopicId topic, address worker, uint8 seat) external;

    /// @notice Stops a signer at once. Only its owner may; `rotate` gives the position a new one.
    function revoke(TopicId topic, address worker) external;

    /// @notice Moves a position, seat and skill to a new signer, when the old one's open rounds are final.
    /// @param r first half of the new signer's consent, as in `depositFor`
    function rotate(TopicId topic, address worker, address signer, bytes32 r, bytes32 vs) external;

    /* COMMIT, REVEAL */

    /// @notice Seals predictions: the caller's list of commitments, its own or those of many workers. One list a round.
    /// @param commitments `bytes20(keccak256(abi.encode(OPENING_TYPEHASH, DOMAIN_SEPARATOR, topic, round, worker, value,
    /// confidence, salt)))` each, 1 to 256 of them
    function commit(TopicId topic, uint256 round, bytes20[] calldata commitments) external;

    /// @notice Opens predictions of one committer's list; anyone may, more than once for different workers.
    /// @dev A worker that has no seat, was revoked, or is already revealed in this round is passed over, so that nobody
    /// can spoil a batch from outside; the call refuses when nothing was left to reveal.
    /// @param committer whose list it is; in signed-only topics, where there are no lists, it means nothing
    /// @param openings the opened predictions, in the order of the list
    /// @param opened bit i is set where the i-th commitment of the list is opened
    /// @param rest the commitments that are not opened, in the order of the list
    function reveal(
        TopicId topic,
        uint256 round,
        address committer,
        Opening[] calldata openings,
        uint256 opened,
        bytes20[] calldata rest
    ) external;

    /* PUBLISH, RESOLVE, SETTLE */

    /// @notice Combines the revealed predictions into the aggregate and its interval and puts them on the feed.
    /// A round with too few workers or wagers becomes void and the feed keeps its last value.
    /// @param center as told by RoundOpened
    /// @param sigma as told by RoundOpened
    /// @param records all of the round, in the order they were revealed
    /// @param hints the lower weighted medians, which are checked, not trusted
    function publish(
        TopicId topic,
        uint256 round,
        int104 center,
        uint104 sigma,
        Record[] calldata records,
        Hints calldata hints
    ) external;

    /// @notice Asks the truth source what happened and teaches the weighting rule. Void if the source says so.
    /// @param outcome as told by RoundPublished
    /// @param proof what the truth source needs
    function resolve(TopicId topic, uint256 round, Outcome calldata outcome, bytes calldata proof) external;

    /// @notice Moves stake from the inaccurate to the accurate, shares the rewards, updates every worker's skill.
    /// @param outcome as told by RoundPublished
    /// @param resolution as told by RoundResolved
    /// @param records all of the round, in the order they were revealed
    function settle(
        TopicId topic,
        uint256 round,
        Outcome calldata outcome,
        Resolution calldata resolution,
        Record[] calldata records
    ) external;

    /// @notice Resolves and settles in one call, for truths that nobody can challenge any more. Nothing but `outcome`,
    /// proof and records need be known beforehand.
    function resolveAndSettle(
        TopicId topic,
        uint256 round,
        Outcome calldata outcome,
        bytes calldata proof,
        Record[] calldata records
    ) external;

    /// @notice Makes a published round void whose truth did not come in time; what the pool set aside returns to it.
    function voidRound(TopicId topic, uint256 round, Outcome calldata outcome) external;

    /* UNSTAKE */

    /// @notice Asks stake back. It stops backing wagers at once, and still pays for the rounds that are open now.
    function unstake(TopicId topic, address worker, uint96 amount) external;

    /// @notice Pays out what was asked back, after the delay and when the rounds that were open then are final.
    function withdraw(TopicId topic, address worker) external;

    /// @notice Pays out the caller's keeper tips.
    function claim() external;

    /* READ */

    function topicOf(TopicId topic) external view returns (Topic memory);

    function positionOf(TopicId topic, address worker) external view returns (Position memory);

    /// @notice Who sits in a seat; zero where it is free.
    function seatOf(TopicId topic, uint8 seat) external view returns (address);

    /// @notice A round as the ring holds it, with `number` zeroed status None where another round has its place.
    function roundOf(TopicId topic, uint256 round) external view returns (Round memory);

    /// @notice Where in a round time stands. Any number has an answer.
    function phaseOf(TopicId topic, uint256 round) external view returns (Phase);

    /// @notice A worker's rank, by which seats are won and lost.
    function rankOf(TopicId topic, address worker) external view returns (uint256);

    function claimableOf(address account) external view returns (uint256);
}

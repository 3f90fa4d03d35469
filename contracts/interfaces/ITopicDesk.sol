// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Position} from "../types/Position.sol";
import {Phase, Round} from "../types/Round.sol";
import {Consent, Opening, Seal, SignedCommitment, SignedOpening} from "../types/Seal.sol";
import {Topic, TopicId, TopicParams} from "../types/Topic.sol";

/// @title What happens between rounds, and what few rounds need: topics are opened and funded, money comes, takes seats and
/// leaves, lists are opened in parts.
/// @notice The verbs stand in TopicDesk, whose code the network runs by delegation: they are called at the network's address.
/// Each costs some 2,800 gas more by that, once a transaction. Called at the desk's own address every verb refuses with
/// CalledDirectly.
interface ITopicDesk {
    /* ERRORS, by verb, in the order they are checked; those about terms stand in Terms */

    error CalledDirectly(address desk);
    error TopicExists(TopicId topic);
    error ZeroAmount();
    error NotOwner(address caller, address owner);
    error NoConsent(address signer, address owner);
    error ConsentEnded(uint256 now_, uint256 deadline);
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
    error NothingToClaim(address account);
    error Outage(uint256 revealed, uint256 committed);
    error NotSeated(address worker, uint256 round);
    error NotWithheld(address worker, uint256 round);
    error NotEquivocal(bytes20 commitment);
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
    event Claimed(address indexed account, uint256 amount);
    event Slashed(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed worker,
        uint256 amount,
        uint256 bounty,
        address by
    );

    /* ROUNDS, the verbs that few of them need; their errors and events stand in ITopicRounds */

    /// @notice Opens predictions of one committer's list; anyone may, more than once for different workers. The round's first
    /// list has to be unfolded before, whoever's is opened.
    /// @dev What is already revealed is passed over; the call refuses when nothing was left to reveal. A prediction too
    /// small to wager anything is heard and counts for nothing.
    /// @param committer whose list it is, as told by PredictionsCommitted: address zero for the first
    /// @param openings the opened predictions, in the order of the list
    /// @param opened bit i is set where the i-th seal of the list is opened
    /// @param rest the seals that are not opened, in the order of the list
    function reveal(
        TopicId topic,
        uint256 round,
        address committer,
        Opening[] calldata openings,
        uint256 opened,
        Seal[] calldata rest
    ) external;

    /// @notice Gives the round's first list, which the round keeps within its digest, a slot of its own, so that lists can be
    /// opened in parts. Does nothing where that was done.
    /// @param center as told by RoundOpened
    /// @param sigma as told by RoundOpened
    /// @param seals the first list, as told by PredictionsCommitted
    function unfold(TopicId topic, uint256 round, int104 center, uint104 sigma, Seal[] calldata seals) external;

    /// @notice Takes predictions in signed-only topics, where nothing is sealed: the caller's own, or those of many workers,
    /// each with its signature. The first of all opens the round.
    /// @dev A worker that has no seat, or is already revealed in this round, is passed over; the call refuses when nothing
    /// was left to reveal.
    function revealSigned(TopicId topic, uint256 round, SignedOpening[] calldata openings) external;

    /// @notice Makes a published round void whose truth did not come in time: nothing of it has moved.
    function voidRound(TopicId topic, uint256 round) external;

    /* TOPICS */

    /// @notice Opens a topic. Its id is the hash of its terms; anyone may, nobody owns it.
    /// @dev Refuses with OutOfBounds naming the term, UnsoundDomain, TruthIsPriceFeed (FeedTruth has to be deployed for a
    /// feed), NotATruthSource or TopicExists. The description is stored once, as code: 55,000 gas and 200 more for each of
    /// its bytes, so that a feed needs the topic's id alone. The ring must be long
    /// enough for a round's target time to come before its place comes round again: `ringSize x cadence` is at least
    /// `horizon`.
    function createTopic(TopicParams calldata params) external returns (TopicId topic);

    /// @notice Pays into a topic's pool, from which rounds are rewarded.
    function fund(TopicId topic, uint96 amount) external;

    /* STAKE */

    /// @notice Puts money behind a worker's predictions. The first deposit makes the caller the owner of the position,
    /// and must be made by the signer itself or carry its consent (see `depositFor`).
    /// @dev The money counts from `activationDelay` on, after `activate`.
    function deposit(TopicId topic, uint96 amount) external;

    /// @notice As `deposit`, for a signer other than the caller: the cold owner pays, the hot signer predicts.
    /// @dev Refuses with ConsentEnded after its end, and with NoConsent where the signer has had another owner since: what it signed before
    /// is void then, and it can only stake for itself.
    /// @param consent the signer's agreement; not looked at once the position is the caller's
    function depositFor(TopicId topic, address worker, uint96 amount, Consent calldata consent) external;

    /// @notice Turns a deposit whose delay has passed into stake. Anyone may.
    function activate(TopicId topic, address worker) external;

    /// @notice Takes a seat: a free one, or that of an occupant whose rank the worker beats by 10 %. Counts from the next
    /// round on; the displaced keep their money and their open rounds. Only its owner may, and who had a seat before waits
    /// until the rounds it had it for are heard and final; who was revoked before its first one, until that is.
    function takeSeat(TopicId topic, address worker, uint8 seat) external;

    /// @notice Stops a signer at once. Only its owner may; `rotate` gives the position a new one. What it committed before
    /// can still be revealed, and is slashed where it is not.
    function revoke(TopicId topic, address worker) external;

    /// @notice Moves a position, seat and skill to a new signer, when the old one's open rounds are heard and final.
    /// @param consent the new signer's agreement, as in `depositFor`
    function rotate(TopicId topic, address worker, address signer, Consent calldata consent) external;

    /* UNSTAKE */

    /// @notice Asks stake back. It stops backing wagers at once, and still pays for the rounds that are open now. Whoever
    /// asks back more than a third of what stays, or leaves less than the least stake, gives up its seat.
    function unstake(TopicId topic, address worker, uint96 amount) external;

    /// @notice Pays out what was asked back, after the delay and when the rounds that were open then are final.
    function withdraw(TopicId topic, address worker) external;

    /// @notice Pays out the caller's keeper tips and bounties.
    function claim() external;

    /* SLASH */

    /// @notice Slashes a worker that committed and did not reveal: half of what it may risk in a round, a tenth of it as a
    /// bounty to the caller, the rest to the sink. Anyone may, once a worker and round, from the end of the reveals until
    /// the truth deadline, in rounds that still have their place in the ring, which is theirs until the target time at
    /// least, whatever became of them. Where less than a third was heard, that was an outage and no choice.
    /// @dev Refuses with UnknownTopic, WrongPhase, WrongStatus, Outage (of the seats that committed less than a third revealed),
    /// NotSeated, NotWithheld.
    function slashWithheld(TopicId topic, uint256 round, address worker) external;

    /// @notice Slashes a worker that signed two commitments of one round: all of what it may risk in a round, shared as in
    /// `slashWithheld`. Anyone may, once a worker and round, from the end of the reveals until the truth deadline, in rounds
    /// that were opened and still have their place in the ring.
    /// @dev Refuses with UnknownTopic, WrongPhase, WrongStatus, NotEquivocal, BadSignature, NotSeated.
    function slashEquivocation(
        TopicId topic,
        uint256 round,
        address worker,
        SignedCommitment calldata one,
        SignedCommitment calldata other
    ) external;

    /* READ */

    /// @notice What all stakes, pools and tips are paid in.
    function token() external view returns (address);

    function topicOf(TopicId topic) external view returns (Topic memory);

    /// @notice The topic's question in words, as `createTopic` was given it; empty where there is no such topic. Anyone may
    /// have written it: escape it where it is shown.
    function descriptionOf(TopicId topic) external view returns (string memory);

    function positionOf(TopicId topic, address worker) external view returns (Position memory);

    /// @notice Who sits in a seat; zero where it is free.
    function seatOf(TopicId topic, uint8 seat) external view returns (address);

    /// @notice A round as the ring holds it, with `number` zeroed status None where another round has its place.
    function roundOf(TopicId topic, uint256 round) external view returns (Round memory);

    /// @notice Where in a round time stands. Any number has an answer.
    function phaseOf(TopicId topic, uint256 round) external view returns (Phase);

    /// @notice Where slashed money goes: an account without a key.
    function sink() external view returns (address);

    /// @notice A worker's rank, by which seats are won and lost.
    function rankOf(TopicId topic, address worker) external view returns (uint256);

    function claimableOf(address account) external view returns (uint256);
}

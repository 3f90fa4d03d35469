// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Position} from "../types/Position.sol";
import {Phase, Round} from "../types/Round.sol";
import {Consent, Opening, Seal, SignedCommitment} from "../types/Seal.sol";
import {Topic, TopicId, TopicParams} from "../types/Topic.sol";

/// @title What happens between rounds, and what few rounds need: topics are opened and funded, money comes in, takes seats and
/// leaves, lists are opened in parts.
/// @notice The code of these verbs stands in TopicDesk, which the network runs by delegatecall: they are called at the network's
/// address, and each costs about 2,800 gas more for it, once a transaction.
/// @dev Amounts are in base units of the token, times are unix seconds, seats are numbered from 0.
interface ITopicDesk {
    /* ERRORS, by verb, in the order they are checked; those about terms are in Terms */

    /// @notice The desk's code was called at its own address. Call the network.
    error CalledDirectly(address desk);

    /// @notice There is a topic with exactly these terms. Thrown by `createTopic`.
    error TopicExists(TopicId topic);

    /// @notice The amount is zero. Thrown by `fund`, `deposit`, `depositFor` and `unstake`.
    error ZeroAmount();

    /// @notice The caller does not own the position. Thrown by every verb on a position but `activate`.
    error NotOwner(address caller, address owner);

    /// @notice The signer did not agree that `owner` stakes behind it, or agreed before somebody else owned it. Thrown by
    /// `depositFor` and `rotate`.
    error NoConsent(address signer, address owner);

    /// @notice The signer's agreement was for an earlier time. Thrown by `depositFor` and `rotate`.
    error ConsentEnded(uint256 now_, uint256 deadline);

    /// @notice Less than the topic's least stake. Thrown by `deposit` and `depositFor`, which count pending money, and by
    /// `takeSeat`, which does not.
    /// @param stake what would stand behind the worker, token base units
    error BelowMinStake(uint256 stake, uint256 minStake);

    /// @notice The delay has not passed. Thrown by `activate` and, for leaving stake, by `withdraw`.
    error NotActive(uint256 now_, uint256 activeAt);

    /// @notice The worker has no deposit to activate, and no stake. Thrown by `activate`.
    error NothingPending(address worker);

    /// @notice The worker has a seat. Thrown by `takeSeat`.
    error AlreadySeated(address worker, uint8 seat);

    /// @notice The topic has no seat of this number. Thrown by `takeSeat`.
    error UnknownSeat(uint256 seat, uint256 lastSeat);

    /// @notice The worker's rank is not above 110 % of the occupant's. Thrown by `takeSeat`.
    /// @param rank the worker's, as `rankOf` returns it
    error RankTooLow(uint256 rank, uint256 required);

    /// @notice The stake is too small: for what `unstake` asks back, or in `takeSeat` for three times what is leaving.
    error InsufficientStake(uint256 stake, uint256 required);

    /// @notice The worker has asked nothing back. Thrown by `withdraw`.
    error NothingLeaving(address worker);

    /// @notice A round that the position answers for can still move money, or its target time has not come. Thrown by
    /// `takeSeat`, `rotate` and `withdraw`.
    error RoundsOpen(uint256 round);

    /// @notice The new signer has a position in this topic. Thrown by `rotate`.
    error SignerTaken(address signer);

    /// @notice The old signer was not revoked. Thrown by `rotate`.
    error NotRevoked(address signer);

    /// @notice The account has no tips or bounties. Thrown by `claim`.
    error NothingToClaim(address account);

    /// @notice Less than a third was revealed, of the seats that committed and of the money behind them: an outage, not a
    /// choice. Thrown by `slashWithheld`.
    /// @param revealed seats that were revealed
    /// @param committed seats that committed
    error Outage(uint256 revealed, uint256 committed);

    /// @notice The worker had no seat in this round. Thrown by both slashes.
    error NotSeated(address worker, uint256 round);

    /// @notice The worker committed nothing in this round, or revealed it. Thrown by `slashWithheld`.
    error NotWithheld(address worker, uint256 round);

    /// @notice Both commitments are the same. Thrown by `slashEquivocation`.
    error NotEquivocal(bytes20 commitment);

    /// @notice The token moved another amount than it was asked to. Thrown by the verbs that take money in.
    error WrongTransfer(uint256 received, uint256 required);

    /// @notice The network would hold more than 2^96 - 1 units. Thrown by the verbs that take money in.
    error TooMuchHeld(uint256 held, uint256 most);

    /* EVENTS */

    /// @notice A topic was opened. Its terms are in the event alone in full; storage keeps what rounds need.
    event TopicCreated(TopicId indexed topic, address indexed creator, TopicParams params);

    /// @notice A topic's pool was paid into.
    event Funded(TopicId indexed topic, address indexed from, uint256 amount);

    /// @notice Money was put behind a worker. It can become stake from `activeAt` on.
    event Deposited(
        TopicId indexed topic,
        address indexed worker,
        address indexed owner,
        uint256 amount,
        uint256 activeAt
    );

    /// @notice A deposit became stake, by `activate` or by a later deposit.
    event Activated(TopicId indexed topic, address indexed worker, uint256 amount);

    /// @notice A worker took a seat. It may predict from round `from` on; `displaced` had the seat, or address zero.
    event SeatTaken(TopicId indexed topic, address indexed worker, uint8 seat, uint256 from, address displaced);

    /// @notice A signer was stopped. It may commit to no further round.
    event SignerRevoked(TopicId indexed topic, address indexed worker);

    /// @notice A position moved from one signer to another, with seat and record.
    event SignerRotated(TopicId indexed topic, address indexed from, address indexed to);

    /// @notice Stake was asked back. It can leave from `leavesAt` on.
    event Unstaked(TopicId indexed topic, address indexed worker, uint256 amount, uint256 leavesAt);

    /// @notice Stake that was asked back was paid to its owner, less what it lost since.
    event Withdrawn(TopicId indexed topic, address indexed worker, address indexed owner, uint256 amount);

    /// @notice Tips and bounties were paid out.
    event Claimed(address indexed account, uint256 amount);

    /// @notice A worker lost `amount` for withholding or for equivocation: `bounty` of it to `by`, the rest to the sink.
    event Slashed(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed worker,
        uint256 amount,
        uint256 bounty,
        address by
    );

    /* ROUNDS, the verbs that few of them need; their errors and events are in ITopicRounds */

    /// @notice Opens predictions of one committer's list. Anyone may, more than once for different workers. The round's first
    /// list must be unfolded first, whichever list is opened.
    /// @dev Refuses with UnknownTopic, RoundOutOfBounds, WrongPhase, WrongStatus, FoldedList, WrongList, ConfidenceOutOfBounds,
    /// NothingRevealed. A prediction that is already revealed is skipped. One too small to wager anything counts as revealed
    /// and has no weight.
    /// @param committer whose list it is, as emitted by PredictionsCommitted: address zero for the first
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
    /// opened in parts. Anyone may. Returns without effect where that was done.
    /// @dev Refuses with UnknownTopic, WrongStatus, WrongList.
    /// @param center as emitted by RoundOpened
    /// @param sigma as emitted by RoundOpened
    /// @param seals the first list, as emitted by PredictionsCommitted
    function unfold(TopicId topic, uint256 round, int104 center, uint104 sigma, Seal[] calldata seals) external;

    /// @notice Makes a published round void whose truth did not come before the truth deadline: none of its money has moved.
    /// @dev Refuses with UnknownTopic, WrongStatus, RoundOutOfBounds, WrongPhase. Returns without effect where the round is void.
    function voidRound(TopicId topic, uint256 round) external;

    /* TOPICS */

    /// @notice Opens a topic. Its id is the hash of its terms. Anyone may; nobody owns it.
    /// @dev Refuses with OutOfBounds naming the term, UnsoundDomain, TruthIsPriceFeed (deploy a FeedTruth for the feed),
    /// NotATruthSource or TopicExists. The description is stored once, as code: 55,000 gas and 200 more for each of its bytes,
    /// so that a feed needs the topic's id alone. The ring must be long enough for a round's target time to come before its
    /// place comes round again: `ringSize x cadence` is at least `horizon`.
    /// @return topic the id
    function createTopic(TopicParams calldata params) external returns (TopicId topic);

    /// @notice Pays into a topic's pool, from which rounds are rewarded. Nobody can take it back.
    /// @dev Refuses with UnknownTopic, ZeroAmount, WrongTransfer, TooMuchHeld. The token must be approved.
    function fund(TopicId topic, uint96 amount) external;

    /* STAKE */

    /// @notice Puts money behind the caller's own predictions, which makes it the owner of its position.
    /// @dev Refuses with UnknownTopic, ZeroAmount, NotOwner, BelowMinStake, WrongTransfer, TooMuchHeld. The money becomes stake
    /// by `activate`, from `activationDelay` on. The token must be approved.
    function deposit(TopicId topic, uint96 amount) external;

    /// @notice As `deposit`, for a signer other than the caller: the cold owner pays, the hot signer predicts. The first deposit
    /// makes the caller the position's owner and needs the signer's consent.
    /// @dev Refuses as `deposit` does, with ConsentEnded after the consent's deadline, and with NoConsent where the signer has
    /// had another owner since: its earlier signatures are void then, and it can only stake for itself.
    /// @param consent the signer's agreement; not read once the position is the caller's
    function depositFor(TopicId topic, address worker, uint96 amount, Consent calldata consent) external;

    /// @notice Turns a deposit whose delay has passed into stake. Anyone may. New money dilutes the worker's record.
    /// @dev Refuses with NothingPending, NotActive. Returns without effect where everything is active.
    function activate(TopicId topic, address worker) external;

    /// @notice Takes a seat: a free one, or that of an occupant whose rank the worker beats by 10 %. It counts from the next
    /// round on; the displaced worker keeps its money and its open rounds. A former seat holder waits until every round of its
    /// last term is revealed and final; one that gave up its seat before its first round waits until that round is final.
    /// @dev Refuses with UnknownTopic, NotOwner, BelowMinStake, InsufficientStake, AlreadySeated, UnknownSeat, RankTooLow,
    /// RoundsOpen.
    /// @param seat 0 to one less than the topic's `seats`
    function takeSeat(TopicId topic, address worker, uint8 seat) external;

    /// @notice Stops a signer at once; `rotate` gives the position a new one. What it committed before can still be revealed,
    /// and is slashed if it is not.
    /// @dev Refuses with NotOwner.
    function revoke(TopicId topic, address worker) external;

    /// @notice Moves a position, seat and record to a new signer, when every round of the old one is revealed and final.
    /// @dev Refuses with NotOwner, NotRevoked, SignerTaken, NoConsent, ConsentEnded, RoundsOpen.
    /// @param consent the new signer's agreement, as in `depositFor`
    function rotate(TopicId topic, address worker, address signer, Consent calldata consent) external;

    /* UNSTAKE */

    /// @notice Asks stake back. It stops backing wagers at once, and still pays for the rounds that are open now. An owner that
    /// asks back more than a third of what stays, or leaves less than the least stake, gives up the seat.
    /// @dev Refuses with UnknownTopic, NotOwner, ZeroAmount, InsufficientStake. A second request starts the delay again, for all.
    function unstake(TopicId topic, address worker, uint96 amount) external;

    /// @notice Pays out stake that was asked back, after the delay and when the rounds that were open then are final.
    /// @dev Refuses with UnknownTopic, NotOwner, NothingLeaving, NotActive, RoundsOpen.
    function withdraw(TopicId topic, address worker) external;

    /// @notice Pays out the caller's keeper tips and bounties.
    /// @dev Refuses with NothingToClaim.
    function claim() external;

    /* SLASH */

    /// @notice Slashes a worker that committed and did not reveal: half of what it may risk in a round, a tenth of it as a
    /// bounty to the caller, the rest to the sink. Anyone may, once a worker and round, from the end of the reveals until
    /// the truth deadline, while the round holds its place in the ring (until the target time at least), whatever its status.
    /// @dev Refuses with UnknownTopic, WrongPhase, WrongStatus, Outage, NotSeated, NotWithheld. Returns without effect where it
    /// was slashed. The share and its reason: docs/decisions/0006.
    function slashWithheld(TopicId topic, uint256 round, address worker) external;

    /// @notice Slashes a worker that signed two commitments of one round: all of what it may risk in a round, shared as in
    /// `slashWithheld`. Anyone may, once a worker and round, from the end of the reveals until the truth deadline, in rounds
    /// that were opened and still have their place in the ring.
    /// @dev Refuses with UnknownTopic, WrongPhase, WrongStatus, NotEquivocal, BadSignature, NotSeated. Returns without effect
    /// where it was slashed.
    function slashEquivocation(
        TopicId topic,
        uint256 round,
        address worker,
        SignedCommitment calldata one,
        SignedCommitment calldata other
    ) external;

    /* READ */

    /// @notice The token that all stakes, pools and tips are paid in.
    function token() external view returns (address);

    /// @notice A topic's terms and learning as stored; all zeros where there is no such topic.
    function topicOf(TopicId topic) external view returns (Topic memory);

    /// @notice The topic's question in words, as `createTopic` was given it; empty where there is no such topic. Anyone may
    /// have written it: escape it where it is shown.
    function descriptionOf(TopicId topic) external view returns (string memory);

    /// @notice A worker's stake, record and seat; all zeros where it has none.
    function positionOf(TopicId topic, address worker) external view returns (Position memory);

    /// @notice The worker in a seat; address zero where it is free.
    function seatOf(TopicId topic, uint8 seat) external view returns (address);

    /// @notice A round as the ring holds it; all zeros where another round has its place. Refuses with UnknownTopic.
    function roundOf(TopicId topic, uint256 round) external view returns (Round memory);

    /// @notice The phase of a round now. Every number has an answer. Refuses with UnknownTopic.
    function phaseOf(TopicId topic, uint256 round) external view returns (Phase);

    /// @notice Where slashed money goes: an account without a key.
    function sink() external view returns (address);

    /// @notice A worker's rank, by which seats are won and lost: stake times record (Scoring). Zero below the least stake.
    function rankOf(TopicId topic, address worker) external view returns (uint256);

    /// @notice Tips and bounties that an account may claim, token base units.
    function claimableOf(address account) external view returns (uint256);
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ITopicNetwork} from "../interfaces/ITopicNetwork.sol";
import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Commitments} from "../maths/Commitments.sol";
import {Schedule} from "../maths/Schedule.sol";
import {Batches} from "../memory/Lists.sol";
import {Bond, Breach, Evidence, InputKind, ModelId, Proof, Request, timesIn} from "../types/Model.sol";
import {givenDigestOf, Outcome} from "../types/Outcome.sol";
import {Resolution, Round, RoundStatus} from "../types/Round.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";
import {ModelStore} from "./ModelStore.sol";
import {TruthRing} from "./TruthRing.sol";

/// @title A worker's bond that its predictions are those of a published model.
/// @notice One call decides a dispute: the contract evaluates the model. A difference costs the whole bond, half of which goes to the
/// challenger and half to the sink; equality costs the challenger its gas.
///
/// - InputKind.Truths: the inputs of round r are the topic's truths of rounds r - lag, r - lag - 1, ..., as many as the model
///   takes. Anyone can challenge, and the whole value is proven. A round of which a truth is missing, void say, is not proven.
/// - InputKind.Given: the worker commits to the hash of its inputs in the round's commit window. Only the computation is proven:
///   whether the inputs are what they claim to be, nobody here knows. Who does not know them may ask for them; inputs that
///   are not disclosed in time count as a difference.
///
/// A prediction is shown by what the network emitted about its round, checked against the round's hash. That hash stays until the
/// topic's ring comes round, so a challenge or a request must come before.
/// @dev It holds `sum of bonds + fees of open requests + sum of claimable`. Nobody owns it. No loop is longer than a model's inputs.
contract ModelBond {
    using SafeERC20 for IERC20;
    using Schedule for Times;

    /* ERRORS, in the order of the verbs */

    /// @notice A term lies outside its bounds. Thrown at deployment and by `bond`.
    error BondOutOfBounds(string term, uint256 actual, uint256 least, uint256 most);

    /// @notice The worker has a bond in this topic. Thrown by `bond`.
    error AlreadyBonded(address worker);

    /// @notice The token delivered another amount than asked. Thrown by `bond` and `request`.
    error WrongTransfer(uint256 received, uint256 required);

    /// @notice The worker's bond does not cover this round, or there is none.
    error NotCovered(address worker, uint256 round);

    /// @notice The bond's inputs come from elsewhere: past truths need no commitment and no request. Thrown by `commitInputs` and
    /// `request`.
    error WrongInputKind(InputKind actual, InputKind required);

    /// @notice It is too early or too late for the verb.
    /// @param time the block's, unix time
    /// @param from first second
    /// @param until first second after it
    error OutsideTime(uint256 time, uint256 from, uint256 until);

    /// @notice The worker has committed to inputs of this round. Thrown by `commitInputs`.
    error InputsCommitted(address worker, uint256 round);

    /// @notice The round is not published, is void, or its place was taken by a later one: nothing can be shown of it.
    error NothingToShow(uint256 round, RoundStatus status);

    /// @notice The worker is not at this place of the revealed. Thrown by `challenge` and `request`.
    error WrongPlace(uint256 place, address worker);

    /// @notice The inputs are not those that the worker committed to. Thrown by `challenge` and `disclose`.
    error OtherInputs(bytes29 actual, bytes29 required);

    /// @notice The model answers just what the worker predicted. Thrown by `challenge`.
    error AsPromised(int104 value);

    /// @notice The inputs of this round were asked for before. Thrown by `request`.
    error AlreadyRequested(address worker, uint256 round);

    /// @notice No request waits for an answer. Thrown by `disclose` and `conclude`.
    error NotRequested(address worker, uint256 round);

    /// @notice The worker has asked its bond back before. Thrown by `leave`.
    error AlreadyLeaving(address worker);

    /// @notice Requests wait for an answer. Thrown by `withdraw`.
    error RequestsOpen(address worker, uint256 count);

    /// @notice There is nothing to claim. Thrown by `claim`.
    error NothingToClaim(address account);

    /* EVENTS */

    /// @notice A worker promised that its predictions from round `from` on are its model's.
    event Bonded(TopicId indexed topic, address indexed worker, Bond bond);

    /// @notice A worker committed to the inputs of a prediction.
    event InputsSealed(TopicId indexed topic, uint256 indexed round, address indexed worker, bytes29 hash);

    /// @notice Somebody asked for the inputs of a prediction.
    event InputsRequested(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed worker,
        address requester,
        uint256 deadline
    );

    /// @notice Inputs were disclosed, and the model answers what was predicted.
    event InputsDisclosed(TopicId indexed topic, uint256 indexed round, address indexed worker, int256[] inputs);

    /// @notice A broken promise was proven.
    /// @param paid what the challenger may claim; the rest is the sink's
    event PromiseBroken(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed worker,
        Breach breach,
        uint256 paid
    );

    /// @notice A worker asked its bond back. Rounds from `until` on are no longer covered.
    event Leaving(TopicId indexed topic, address indexed worker, uint256 until, uint256 leavesAt);

    event Withdrawn(TopicId indexed topic, address indexed worker, uint256 amount);
    event Claimed(address indexed account, uint256 amount);

    /* IMMUTABLES */

    uint256 private constant LEAST_WINDOW = 60;
    uint256 private constant MOST_WINDOW = 30 days;
    /// @dev Far more rounds than a prediction is in flight.
    uint256 private constant PLACES = 256;

    ITopicNetwork public immutable network;
    IERC20 public immutable token;
    address public immutable sink;
    ModelStore public immutable models;
    TruthRing public immutable truths;

    /// @notice Seconds to answer a request.
    uint256 public immutable window;

    /// @notice What a request costs, token base units: the worker's who answers it, the requester's again where nobody does.
    uint256 public immutable fee;

    /* STORAGE */

    struct Sealed {
        bytes29 hash;
        uint24 round;
    }

    mapping(TopicId topic => mapping(address worker => Bond)) private bonds;
    mapping(TopicId topic => mapping(address worker => Breach)) private breaches;
    mapping(TopicId topic => mapping(address worker => mapping(uint256 place => Sealed))) private seals;
    mapping(TopicId topic => mapping(address worker => mapping(uint256 round => Request))) private requests;

    /// @notice What an account may claim, token base units.
    mapping(address account => uint256) public claimableOf;

    /// @param window_ seconds to answer a request, a minute to thirty days
    /// @param fee_ what a request costs; choose at least what it costs a worker to bring its inputs on chain
    constructor(ModelStore models_, TruthRing truths_, uint256 window_, uint96 fee_) {
        requireBound("window", window_, LEAST_WINDOW, MOST_WINDOW);

        (models, truths, network) = (models_, truths_, truths_.network());
        (token, sink) = (IERC20(network.token()), network.sink());
        (window, fee) = (window_, fee_);
    }

    /* BOND */

    /// @notice Promises that the caller's predictions in a topic are a model's, from the next round to open on. Takes the bond.
    /// @dev Refuses with UnknownTopic, AlreadyBonded, BondOutOfBounds, UnknownModel, WrongTransfer. The token must be approved.
    /// @param lag see Bond; with Truths, so that `lag x cadence` is at least the horizon, with Given zero
    /// @param amount token base units
    function bond(TopicId topic, ModelId model, InputKind kind, uint16 lag, uint96 amount) external {
        Topic memory terms = existing(topic);
        Bond storage bond_ = bonds[topic][msg.sender];
        require(bond_.amount == 0, AlreadyBonded(msg.sender));
        requireBound("amount", amount, 1, type(uint96).max);
        uint256 inputs = models.inputsOf(model);
        require(inputs > 0, ModelStore.UnknownModel(model));
        uint256 from = firstCovered(terms, kind, lag, inputs);

        bond_.amount = amount;
        (bond_.from, bond_.until) = (uint24(from), type(uint24).max);
        (bond_.lag, bond_.kind, bond_.model) = (lag, kind, model);
        (bond_.open, bond_.leavesAt) = (0, 0);
        bond_.number += 1;
        emit Bonded(topic, msg.sender, bond_);

        pull(amount);
    }

    /// @dev The next round to open; where the inputs are truths, the first that has as many before it.
    function firstCovered(
        Topic memory terms,
        InputKind kind,
        uint256 lag,
        uint256 inputs
    ) private view returns (uint256 from) {
        from = nextOpening(terms);
        if (kind == InputKind.Given) requireBound("lag", lag, 0, 0);
        if (kind == InputKind.Truths) {
            requireBound("lag", lag, (uint256(terms.horizon) + terms.cadence - 1) / terms.cadence, PLACES - 1);
            requireBound("inputs", inputs, 1, PLACES);
            from = Math.max(from, lag + inputs - 1);
        }
        requireBound("from", from, 0, type(uint24).max - 1);
    }

    function pull(uint256 amount) private {
        uint256 held = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - held;
        require(received == amount, WrongTransfer(received, amount));
    }

    /// @notice Seals the inputs of the caller's prediction, before predictions are revealed. Once a round.
    /// @dev Refuses with NotCovered, WrongInputKind, OutsideTime, InputsCommitted. Writes one slot, a fresh one in the
    /// first 256 rounds only.
    /// @param hash as `hashOf` answers
    function commitInputs(TopicId topic, uint256 round, bytes29 hash) external {
        Bond storage bond_ = covering(topic, msg.sender, round);
        require(bond_.kind == InputKind.Given, WrongInputKind(bond_.kind, InputKind.Given));
        Topic memory terms = network.topicOf(topic);
        Times memory times = timesIn(terms);
        // Where nothing is sealed there is no commit window.
        uint256 until = terms.commitWindow > 0 ? times.revealTime(round) : times.publishTime(round);
        requireTime(times.openTime(round), until);
        Sealed storage kept = seals[topic][msg.sender][round % PLACES];
        require(kept.hash == 0 || kept.round != round, InputsCommitted(msg.sender, round));

        (kept.hash, kept.round) = (hash, uint24(round)); // covered rounds have 24 bits

        emit InputsSealed(topic, round, msg.sender, hash);
    }

    /* CHALLENGE */

    /// @notice Evaluates a worker's model on the inputs of one prediction. A difference costs the bond; the caller may claim half.
    /// @dev Refuses with NotCovered, NothingToShow, WrongOutcome, WrongBatches, WrongPlace, TruthNotRecorded, OtherInputs, and with
    /// AsPromised where there is no difference.
    /// @param evidence shows what the worker predicted
    /// @param inputs 1e18 fixed point; none where they are truths
    /// @param salt as committed; anything where the inputs are truths
    function challenge(
        TopicId topic,
        address worker,
        uint256 round,
        Evidence calldata evidence,
        int256[] calldata inputs,
        bytes32 salt
    ) external {
        Bond memory bond_ = covering(topic, worker, round);
        Breach memory latest;
        (latest.round, latest.challenger) = (uint24(round), msg.sender); // covered rounds have 24 bits
        latest.stated = statedIn(topic, worker, round, evidence);
        bool isGiven = bond_.kind == InputKind.Given;
        if (isGiven) requireHash(hashOf(topic, worker, round, inputs, salt), sealOf(topic, worker, round));

        examine(latest, bond_.model, isGiven ? inputs : pastTruths(topic, bond_, round));
        require(latest.proof != Proof.None, AsPromised(latest.stated));

        breach(topic, worker, latest);
    }

    /// @dev What the model answers, and whether that is what was predicted.
    function examine(Breach memory latest, ModelId model, int256[] memory inputs) private view {
        if (inputs.length != models.inputsOf(model)) {
            latest.proof = Proof.WrongInputs;
            return;
        }
        latest.computed = models.evaluate(model, inputs);
        if (latest.computed != latest.stated) latest.proof = Proof.Difference;
    }

    function requireHash(bytes29 actual, bytes29 required) private pure {
        require(actual == required, OtherInputs(actual, required));
    }

    /// @dev What the worker predicted, by the hash that the network keeps of the round.
    function statedIn(
        TopicId topic,
        address worker,
        uint256 round,
        Evidence calldata evidence
    ) private view returns (int104) {
        Round memory kept = network.roundOf(topic, round);
        bool isShown = kept.status != RoundStatus.None && kept.status != RoundStatus.Open;
        require(isShown && kept.status != RoundStatus.Void, NothingToShow(round, kept.status));
        requireOutcome(evidence.outcome, evidence.resolution, kept.digest);
        requireBatches(evidence);
        uint256 place = evidence.place;
        bool isThere = place < evidence.revealed.workers.length && evidence.revealed.workers[place] == worker;
        require(isThere, WrongPlace(place, worker));

        return evidence.revealed.predictions[place].value();
    }

    function requireBatches(Evidence calldata evidence) private pure {
        bytes20 actual = Batches.digestOf(evidence.revealed);
        bytes20 required = evidence.outcome.batchesOf();
        require(actual == required, ITopicRounds.WrongBatches(actual, required));
    }

    /// @dev A round keeps the hash of its outcome, and once it was resolved apart from its settlement, that of both.
    function requireOutcome(Outcome calldata outcome, Resolution calldata resolution, bytes20 kept) private pure {
        bytes20 digest = givenDigestOf(outcome);
        if (digest == kept) return;
        bytes20 resolved = Commitments.resolvedDigest(digest, resolution.truth, resolution.gradient);
        require(resolved == kept, ITopicRounds.WrongOutcome(digest, kept));
    }

    function pastTruths(TopicId topic, Bond memory bond_, uint256 round) private view returns (int256[] memory inputs) {
        inputs = new int256[](models.inputsOf(bond_.model));
        // A covered round has that many before it.
        for (uint256 i = 0; i < inputs.length; ++i) inputs[i] = truths.truthOf(topic, round - bond_.lag - i);
    }

    /// @dev Whoever proves it gets half, rounded down; a worker that challenges itself still loses the other half.
    function breach(TopicId topic, address worker, Breach memory latest) private {
        Bond storage bond_ = bonds[topic][worker];
        uint256 amount = bond_.amount;
        uint256 paid = amount / 2;
        latest.count = breaches[topic][worker].count + 1;
        breaches[topic][worker] = latest;
        bond_.amount = 0;
        claimableOf[latest.challenger] += paid;
        claimableOf[sink] += amount - paid;

        emit PromiseBroken(topic, latest.round, worker, latest, paid);
    }

    /* REQUEST, DISCLOSE, CONCLUDE */

    /// @notice Asks a worker for the inputs of one prediction. Takes the fee.
    /// @dev Refuses with NotCovered, WrongInputKind, OutsideTime, AlreadyRequested, NothingToShow, WrongOutcome, WrongBatches,
    /// WrongPlace, WrongTransfer. The token must be approved.
    /// @param evidence shows what the worker predicted
    function request(TopicId topic, address worker, uint256 round, Evidence calldata evidence) external {
        Bond storage bond_ = covering(topic, worker, round);
        require(bond_.kind == InputKind.Given, WrongInputKind(bond_.kind, InputKind.Given));
        // Every request's window is over when the bond may leave.
        if (bond_.leavesAt > 0) requireTime(0, bond_.leavesAt - window);
        Request storage request_ = requests[topic][worker][round];
        require(request_.requester == address(0), AlreadyRequested(worker, round));
        int104 stated = statedIn(topic, worker, round, evidence);

        uint256 deadline = block.timestamp + window;
        (request_.requester, request_.deadline) = (msg.sender, uint40(deadline));
        (request_.number, request_.isOpen) = (bond_.number, true);
        (request_.stated, request_.hash) = (stated, sealOf(topic, worker, round));
        bond_.open += 1;
        emit InputsRequested(topic, round, worker, msg.sender, deadline);

        pull(fee);
    }

    /// @notice Answers a request. Anyone may who knows the inputs. The worker gets the fee where its model answers what it
    /// predicted, and loses its bond to the requester where it does not.
    /// @dev Refuses with NotRequested, OutsideTime, OtherInputs.
    function disclose(TopicId topic, address worker, uint256 round, int256[] calldata inputs, bytes32 salt) external {
        Request storage request_ = opened(topic, worker, round);
        requireTime(0, uint256(request_.deadline) + 1);
        requireHash(hashOf(topic, worker, round, inputs, salt), request_.hash);

        Breach memory latest = breachBy(request_, round);
        examine(latest, bonds[topic][worker].model, inputs);
        bool isKept = latest.proof == Proof.None;
        bool isStanding = finish(bonds[topic][worker], request_);
        claimableOf[isKept ? worker : latest.challenger] += fee;
        if (isKept) emit InputsDisclosed(topic, round, worker, inputs);
        if (!isKept && isStanding) breach(topic, worker, latest);
    }

    /// @notice Ends a request that nobody answered in time: the bond is lost to the requester, who gets its fee back.
    /// @dev Refuses with NotRequested, OutsideTime.
    function conclude(TopicId topic, address worker, uint256 round) external {
        Request storage request_ = opened(topic, worker, round);
        requireTime(uint256(request_.deadline) + 1, type(uint256).max);

        Breach memory latest = breachBy(request_, round);
        latest.proof = Proof.Silence;
        bool isStanding = finish(bonds[topic][worker], request_);
        claimableOf[latest.challenger] += fee;
        if (isStanding) breach(topic, worker, latest);
    }

    /// @dev What it is if the request ends in one.
    function breachBy(Request storage request_, uint256 round) private view returns (Breach memory latest) {
        (latest.round, latest.stated) = (uint24(round), request_.stated); // covered rounds have 24 bits
        latest.challenger = request_.requester;
    }

    function opened(TopicId topic, address worker, uint256 round) private view returns (Request storage request_) {
        request_ = requests[topic][worker][round];
        require(request_.isOpen, NotRequested(worker, round));
    }

    /// @return isStanding whether the bond that the request was made under is still there
    function finish(Bond storage bond_, Request storage request_) private returns (bool isStanding) {
        request_.isOpen = false;
        isStanding = bond_.amount > 0 && bond_.number == request_.number;
        if (isStanding) bond_.open -= 1;
    }

    /* LEAVE, WITHDRAW, CLAIM */

    /// @notice Ends the caller's promise with the rounds that have opened. They stay covered until the bond may be withdrawn.
    /// @dev Refuses with NotCovered, AlreadyLeaving.
    function leave(TopicId topic) external {
        Bond storage bond_ = bonds[topic][msg.sender];
        require(bond_.amount > 0, NotCovered(msg.sender, 0));
        require(bond_.leavesAt == 0, AlreadyLeaving(msg.sender));

        Topic memory terms = network.topicOf(topic);
        uint256 until = nextOpening(terms);
        uint256 over = until == 0 ? block.timestamp : timesIn(terms).truthDeadline(until - 1);
        uint256 leavesAt = over + 2 * window;
        (bond_.until, bond_.leavesAt) = (uint24(until), uint40(leavesAt));

        emit Leaving(topic, msg.sender, until, leavesAt);
    }

    /// @notice Credits a worker with its bond once it may leave, for `claim`. Anyone may.
    /// @dev Refuses with NotCovered, OutsideTime, RequestsOpen.
    function withdraw(TopicId topic, address worker) external {
        Bond storage bond_ = bonds[topic][worker];
        require(bond_.amount > 0, NotCovered(worker, 0));
        requireTime(bond_.leavesAt == 0 ? type(uint256).max : bond_.leavesAt, type(uint256).max);
        require(bond_.open == 0, RequestsOpen(worker, bond_.open));

        uint256 amount = bond_.amount;
        bond_.amount = 0;
        claimableOf[worker] += amount;

        emit Withdrawn(topic, worker, amount);
    }

    /// @notice Pays an account what it may claim. Anyone may.
    /// @dev Refuses with NothingToClaim.
    function claim(address account) external {
        uint256 amount = claimableOf[account];
        require(amount > 0, NothingToClaim(account));

        claimableOf[account] = 0;
        emit Claimed(account, amount);

        token.safeTransfer(account, amount);
    }

    /* READ */

    /// @notice A worker's bond in a topic; amount zero where it has none.
    function bondOf(TopicId topic, address worker) external view returns (Bond memory) {
        return bonds[topic][worker];
    }

    /// @notice The last promise that a worker broke in a topic; count zero where it broke none.
    function breachOf(TopicId topic, address worker) external view returns (Breach memory) {
        return breaches[topic][worker];
    }

    /// @notice The request about a worker's prediction in a round; the zero address as requester where there is none.
    function requestOf(TopicId topic, address worker, uint256 round) external view returns (Request memory) {
        return requests[topic][worker][round];
    }

    /// @notice What a worker committed to for a round; zero for nothing, or once 256 rounds have gone by.
    function sealOf(TopicId topic, address worker, uint256 round) public view returns (bytes29) {
        Sealed storage kept = seals[topic][worker][round % PLACES];
        return kept.round == round ? kept.hash : bytes29(0);
    }

    /// @notice What a worker promises to predict in a round, where the inputs are truths; 1e18 fixed point.
    /// @dev Refuses with NotCovered, WrongInputKind, TruthNotRecorded.
    function promiseOf(TopicId topic, address worker, uint256 round) external view returns (int104) {
        Bond memory bond_ = covering(topic, worker, round);
        require(bond_.kind == InputKind.Truths, WrongInputKind(bond_.kind, InputKind.Truths));
        return models.evaluate(bond_.model, pastTruths(topic, bond_, round));
    }

    /// @notice What a worker seals of its inputs: bound to chain, contract, topic, worker and round.
    /// @param salt 32 random bytes, so that nobody can guess the inputs
    function hashOf(
        TopicId topic,
        address worker,
        uint256 round,
        int256[] calldata inputs,
        bytes32 salt
    ) public view returns (bytes29) {
        return bytes29(keccak256(abi.encode(block.chainid, address(this), topic, worker, round, inputs, salt)));
    }

    /* TERMS AND TIME */

    function existing(TopicId topic) private view returns (Topic memory terms) {
        terms = network.topicOf(topic);
        require(terms.cadence > 0, ITopicRounds.UnknownTopic(topic));
    }

    function covering(TopicId topic, address worker, uint256 round) private view returns (Bond storage bond_) {
        bond_ = bonds[topic][worker];
        bool isCovered = bond_.amount > 0 && bond_.from <= round && round < bond_.until;
        require(isCovered, NotCovered(worker, round));
    }

    /// @notice The next round to open: what has opened is judged by what stood then.
    function nextOpening(Topic memory terms) private view returns (uint256) {
        return block.timestamp < terms.start ? 0 : timesIn(terms).roundAt(block.timestamp) + 1;
    }

    function requireTime(uint256 from, uint256 until) private view {
        bool isWithin = from <= block.timestamp && block.timestamp < until;
        require(isWithin, OutsideTime(block.timestamp, from, until));
    }

    function requireBound(string memory term, uint256 actual, uint256 least, uint256 most) private pure {
        require(least <= actual && actual <= most, BondOutOfBounds(term, actual, least, most));
    }
}

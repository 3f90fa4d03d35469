// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ITopicNetwork} from "../../contracts/interfaces/ITopicNetwork.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {TestToken} from "../../contracts/mocks/TestToken.sol";
import {Position} from "../../contracts/types/Position.sol";
import {
    Batch,
    Prediction,
    Revealed,
    Statement,
    packPrediction,
    packStatement
} from "../../contracts/types/Prediction.sol";
import {Outcome} from "../../contracts/types/Outcome.sol";
import {Resolution, Round} from "../../contracts/types/Round.sol";
import {Backer, Consent, Opening, Seal, SignedCommitment, SignedOpening} from "../../contracts/types/Seal.sol";
import {DomainKind, TopicId, TopicParams} from "../../contracts/types/Topic.sol";
import {Hints} from "../../contracts/types/Learning.sol";

import {PlainBatches} from "./PlainBatches.sol";
import {PlainMath} from "./PlainMath.sol";
import {PlainSeals} from "./PlainSeals.sol";
import {SettableTruth} from "./SettableTruth.sol";
import {Told, told} from "./Told.sol";
import {Vm, vm} from "./Vm.sol";

/// @notice What a worker says in a round; the worker is named by its number.
struct Said {
    uint256 worker;
    int104 value;
    uint16 confidence;
    uint128 salt;
}

/// @notice What has to be remembered of a round to bring it to its end.
struct Kept {
    int104 center;
    uint104 sigma;
    Revealed revealed;
    Outcome outcome;
    Resolution resolution;
}

/// @dev The times of the terms, kept in one slot: they are asked for all the time.
struct Clock {
    uint32 start;
    uint24 cadence;
    uint24 commitWindow;
    uint24 revealWindow;
    uint24 horizon;
    uint24 truthWindow;
}

/// @title Drives the real network through whole rounds of one topic.
/// @dev Time is kept here: the compiler takes the block's time for constant within a call.
abstract contract NetworkDriver {
    uint256 internal constant UNIT = 1e18;
    uint96 internal constant STAKE = 10_000;
    address internal constant BATCHER = address(0xBA7C);
    address internal constant KEEPER = address(0xCEE9);
    /// @dev Whose the first list of a round is, whoever committed it.
    address internal constant FIRST = address(0);
    uint256 internal constant ALL = type(uint256).max;

    TestToken internal token;
    ITopicNetwork internal network;
    SettableTruth internal truth;
    TopicId internal topic;
    uint256 internal time;

    bytes32 private separator;
    Clock internal clock;
    mapping(uint256 number => address) private workers;
    mapping(uint256 round => Kept) internal keptOf;
    mapping(uint256 round => mapping(address committer => Seal[])) internal sealsIn;
    mapping(uint256 round => bool) private isFolded;

    /* NETWORK */

    function deployNetwork() internal {
        deployNetwork(new TestToken("Test", "T"));
    }

    function deployNetwork(TestToken token_) internal {
        token = token_;
        truth = new SettableTruth();
        address desk = create(bytes.concat(vm.getCode("TopicDesk.sol:TopicDesk"), abi.encode(token)));
        network = ITopicNetwork(create(bytes.concat(vm.getCode("TopicNetwork.sol:TopicNetwork"), abi.encode(desk))));
        separator = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Auspex"),
                keccak256("1"),
                block.chainid,
                address(network)
            )
        );
        warpTo(500);
    }

    function create(bytes memory code) private returns (address deployed) {
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
        }
        require(deployed != address(0), "not deployed");
    }

    function openTopic() internal {
        deployNetwork();
        truth.setSecurity(security());
        TopicParams memory params = terms();
        clock = Clock({
            start: params.start,
            cadence: params.cadence,
            commitWindow: params.commitWindow,
            revealWindow: params.revealWindow,
            horizon: params.horizon,
            truthWindow: params.truthWindow
        });
        topic = network.createTopic(params);
    }

    /// @notice What corrupting the topic's truth costs; by default the source does not limit.
    function security() internal view virtual returns (uint256) {
        return type(uint256).max;
    }

    /// @dev Three rounds in flight, a ring of four.
    function terms() internal view virtual returns (TopicParams memory) {
        return
            TopicParams({
                description: "What will it be?",
                truth: address(truth),
                decimals: 8,
                seats: 8,
                ringSize: 4,
                riskBps: 400,
                start: 1_000,
                cadence: 100,
                commitWindow: 30,
                revealWindow: 30,
                lead: 10,
                horizon: 250,
                truthWindow: 200,
                activationDelay: 50,
                unstakeDelay: 80,
                minWorkers: 2,
                minWager: 10,
                minStake: 1_000,
                intervalBps: 9000,
                poolRateBps: 800,
                poolShareBps: 5000,
                rewardCapBps: 50,
                tipBps: 100,
                referenceRateBps: 1000,
                domain: DomainKind.Adaptive,
                domainScale: 30_000,
                min: -int104(int256(1_000 * UNIT)),
                max: int104(int256(1_000 * UNIT)),
                center: int104(int256(100 * UNIT)),
                sigma: uint104(5 * UNIT)
            });
    }

    /* TIME */

    function warpTo(uint256 time_) internal {
        if (time_ > time) time = time_;
        vm.warp(time);
    }

    function openTime(uint256 round) internal view returns (uint256) {
        return clock.start + round * clock.cadence;
    }

    function revealTime(uint256 round) internal view returns (uint256) {
        return openTime(round) + clock.commitWindow;
    }

    function publishTime(uint256 round) internal view returns (uint256) {
        return revealTime(round) + clock.revealWindow;
    }

    function targetTime(uint256 round) internal view returns (uint256) {
        return openTime(round) + clock.horizon;
    }

    function deadline(uint256 round) internal view returns (uint256) {
        return targetTime(round) + clock.truthWindow;
    }

    /* MONEY */

    function mint(address to, uint256 amount) internal {
        token.mint(to, amount);
        vm.prank(to);
        token.approve(address(network), type(uint256).max);
    }

    function fund(uint96 amount) internal {
        mint(address(this), amount);
        network.fund(topic, amount);
    }

    function deposit(uint256 number, uint96 amount) internal {
        address worker = workerAt(number);
        mint(worker, amount);
        vm.prank(worker);
        network.deposit(topic, amount);
    }

    /// @notice Workers 0 to `count - 1`, each its own owner, each with `amount` at stake, in the seats of their numbers.
    function seatWorkers(uint256 count, uint96 amount) internal {
        for (uint256 i = 0; i < count; i++) deposit(i, amount);
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < count; i++) seatWorker(i, uint8(i));
    }

    function seatWorker(uint256 number, uint8 seat) internal {
        network.activate(topic, workerAt(number));
        vm.prank(workerAt(number));
        network.takeSeat(topic, workerAt(number), seat);
    }

    function unstake(uint256 number, uint96 amount) internal {
        vm.prank(workerAt(number));
        network.unstake(topic, workerAt(number), amount);
    }

    function positionOf(uint256 number) internal view returns (Position memory) {
        return network.positionOf(topic, workerAt(number));
    }

    /* SIGNERS */

    function keyOf(uint256 number) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode("worker", number)));
    }

    /// @dev Kept, because deriving an address is the dearest thing a test does.
    function workerAt(uint256 number) internal view returns (address worker) {
        worker = workers[number];
        if (worker == address(0)) worker = vm.addr(keyOf(number));
    }

    function rememberWorkers(uint256 count) internal {
        for (uint256 i = 0; i < count; i++) workers[i] = vm.addr(keyOf(i));
    }

    function sign(uint256 number, bytes32 statement) internal view returns (bytes32 r, bytes32 vs) {
        uint8 v;
        bytes32 s;
        (v, r, s) = vm.sign(keyOf(number), typed(statement));
        vs = bytes32(uint256(s) | (uint256(v - 27) << 255));
    }

    function typed(bytes32 statement) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", separator, statement));
    }

    function consentOf(uint256 number, address owner) internal view returns (Consent memory) {
        return consentOf(number, owner, time + 365 days);
    }

    function consentOf(uint256 number, address owner, uint256 deadline) internal view returns (Consent memory consent) {
        bytes32 typehash = keccak256("Consent(bytes32 topic,address owner,uint256 deadline)");
        consent.deadline = deadline;
        (consent.r, consent.vs) = sign(number, keccak256(abi.encode(typehash, topic, owner, deadline)));
    }

    /* WHAT IS SAID */

    function say(uint256 worker, int256 value, uint16 confidence) internal pure returns (Said memory) {
        return Said(worker, int104(value), confidence, uint128(uint256(keccak256(abi.encode(worker, value)))));
    }

    function only(Said memory said) internal pure returns (Said[] memory list) {
        list = new Said[](1);
        list[0] = said;
    }

    function without(Said[] memory list, uint256 worker) internal pure returns (Said[] memory rest) {
        uint256 count = 0;
        for (uint256 i = 0; i < list.length; i++) if (list[i].worker != worker) count++;
        rest = new Said[](count);
        for (uint256 i = list.length; i > 0; i--) if (list[i - 1].worker != worker) rest[--count] = list[i - 1];
    }

    function statementOf(Said memory said) internal pure returns (Statement) {
        return packStatement(said.value, said.confidence, said.salt);
    }

    function commitmentOf(uint256 round, Said memory said) internal view returns (bytes20) {
        return commitmentFor(round, said, workerAt(said.worker));
    }

    function commitmentFor(uint256 round, Said memory said, address worker) internal view returns (bytes20) {
        bytes32 typehash = keccak256("Round(bytes32 domain,bytes32 topic,uint256 round)");
        bytes32 roundHash = keccak256(abi.encode(typehash, separator, topic, round));
        return bytes20(keccak256(abi.encode(roundHash, worker, statementOf(said))));
    }

    function signed(uint256 round, Said memory said) internal view returns (SignedCommitment memory) {
        return signedBy(said.worker, round, commitmentOf(round, said));
    }

    function signedBy(
        uint256 number,
        uint256 round,
        bytes20 commitment
    ) internal view returns (SignedCommitment memory own) {
        own.commitment = commitment;
        (own.r, own.vs) = sign(number, statementOf(round, commitment));
    }

    /// @notice As a worker commits for itself.
    function unsigned(bytes20 commitment) internal pure returns (SignedCommitment memory) {
        return SignedCommitment(commitment, 0, 0);
    }

    function only(SignedCommitment memory commitment) internal pure returns (SignedCommitment[] memory list) {
        list = new SignedCommitment[](1);
        list[0] = commitment;
    }

    function statementOf(uint256 round, bytes20 commitment) internal view returns (bytes32) {
        bytes32 typehash = keccak256("Commitment(bytes32 topic,uint256 round,bytes20 commitment)");
        return keccak256(abi.encode(typehash, topic, round, commitment));
    }

    /* COMMIT */

    /// @notice Each with its worker's signature, but the committer's own.
    function commitmentsOf(
        uint256 round,
        address committer,
        Said[] memory list
    ) internal view returns (SignedCommitment[] memory commitments) {
        commitments = new SignedCommitment[](list.length);
        for (uint256 i = 0; i < list.length; i++) {
            bool isOwn = workerAt(list[i].worker) == committer;
            commitments[i] = isOwn ? unsigned(commitmentOf(round, list[i])) : signed(round, list[i]);
        }
    }

    function commit(uint256 round, address committer, Said[] memory list) internal {
        commit(round, committer, commitmentsOf(round, committer, list));
    }

    function commit(uint256 round, address committer, SignedCommitment[] memory commitments) internal {
        vm.recordLogs();
        vm.prank(committer);
        network.commit(topic, round, commitments);
        absorb();
    }

    function commitOwn(uint256 round, Said memory said) internal {
        commit(round, workerAt(said.worker), only(said));
    }

    /* REVEAL */

    /// @notice Gives the first list a slot of its own, where it has none yet.
    function unfold(uint256 round) internal {
        if (!isFolded[round]) return;

        isFolded[round] = false;
        network.unfold(topic, round, keptOf[round].center, keptOf[round].sigma, sealsIn[round][FIRST]);
    }

    function firstIn(uint256 round) internal view returns (bytes29) {
        return PlainSeals.hashOf(sealsIn[round][FIRST]);
    }

    /// @notice Opens those of a list whose bits are set; bits beyond its end mean nothing here. The list is what was taken in.
    function reveal(uint256 round, address committer, Said[] memory list, uint256 opened) internal {
        unfold(round);
        opened &= ALL >> (256 - list.length);
        (Opening[] memory openings, Seal[] memory rest) = laidOut(round, committer, list, opened);
        vm.recordLogs();
        network.reveal(topic, round, committer, openings, opened, rest);
        absorb();
    }

    /// @notice Of a list with nothing else in it: the worker's own, or where it has none the first.
    function revealOwn(uint256 round, Said memory said) internal {
        reveal(round, ownIn(round, said.worker), only(said), ALL);
    }

    function ownIn(uint256 round, uint256 number) internal view returns (address) {
        return sealsIn[round][workerAt(number)].length > 0 ? workerAt(number) : FIRST;
    }

    function laidOut(
        uint256 round,
        address committer,
        Said[] memory list,
        uint256 opened
    ) internal view returns (Opening[] memory openings, Seal[] memory rest) {
        uint256 count = 0;
        for (uint256 i = 0; i < list.length; i++) count += (opened >> i) & 1;
        openings = new Opening[](count);
        rest = new Seal[](list.length - count);
        uint256 next = 0;
        for (uint256 i = 0; i < list.length; i++) {
            Seal seal = sealsIn[round][committer][i];
            bool isOpened = (opened >> i) & 1 == 1;
            if (isOpened) openings[next++] = openingOf(seal, list[i]);
            if (!isOpened) rest[i - next] = seal;
        }
    }

    function openingOf(Seal seal, Said memory said) internal view returns (Opening memory) {
        return Opening(backerOf(seal, workerAt(said.worker)), statementOf(said));
    }

    /// @notice What a seal tells of its backer, and who that is.
    function backerOf(Seal seal, address worker) internal pure returns (Backer) {
        return Backer.wrap((uint256(uint160(worker)) << 96) | uint96(Seal.unwrap(seal)));
    }

    function none() internal pure returns (Seal[] memory) {
        return new Seal[](0);
    }

    /* REVEAL, where nothing is sealed */

    function signedOpeningOf(uint256 round, Said memory said) internal view returns (SignedOpening memory opening) {
        SignedCommitment memory own = signed(round, said);
        return SignedOpening(workerAt(said.worker), statementOf(said), own.r, own.vs);
    }

    function ownOpeningOf(Said memory said) internal view returns (SignedOpening memory) {
        return SignedOpening(workerAt(said.worker), statementOf(said), 0, 0);
    }

    function only(SignedOpening memory opening) internal pure returns (SignedOpening[] memory list) {
        list = new SignedOpening[](1);
        list[0] = opening;
    }

    function signedOpeningsOf(
        uint256 round,
        Said[] memory list
    ) internal view returns (SignedOpening[] memory openings) {
        openings = new SignedOpening[](list.length);
        for (uint256 i = 0; i < list.length; i++) openings[i] = signedOpeningOf(round, list[i]);
    }

    function revealSigned(uint256 round, address sender, SignedOpening[] memory openings) internal {
        vm.recordLogs();
        vm.prank(sender);
        network.revealSigned(topic, round, openings);
        absorb();
    }

    /* PUBLISH, RESOLVE, SETTLE */

    function publish(uint256 round) internal {
        publish(round, "");
    }

    /// @notice A publication that must be refused with this error, where there is one.
    function publish(uint256 round, bytes memory error) internal {
        unfold(round);
        Kept memory kept = keptOf[round];
        Prediction[] memory predictions = kept.revealed.predictions;
        Batch[] memory batches = PlainBatches.batchesOf(kept.revealed);
        Hints memory hints = hintsIn(round, predictions);
        vm.recordLogs();
        if (error.length > 0) vm.expectRevert(error);
        vm.prank(KEEPER);
        network.publish(topic, round, kept.center, kept.sigma, predictions, batches, hints);
        absorb();
    }

    /// @notice The hints of a publication now.
    function hintsIn(uint256 round, Prediction[] memory predictions) internal view returns (Hints memory) {
        return PlainMath.hintsOf(predictions, settingOf(round));
    }

    /// @notice What a publication of the round finds now.
    function settingOf(uint256 round) internal view returns (PlainMath.Setting memory) {
        return
            PlainMath.Setting({
                terms: terms(),
                state: network.topicOf(topic),
                peak: roundOf(round).peak.unpack(),
                center: keptOf[round].center,
                sigma: int256(uint256(keptOf[round].sigma))
            });
    }

    function toldOf(uint256 round) internal view returns (Told memory) {
        return told(keptOf[round].outcome);
    }

    /// @notice Opens all of the round's only list and publishes it in one call.
    function revealAndPublish(uint256 round, Said[] memory list) internal {
        (Opening[] memory openings, ) = laidOut(round, FIRST, list, ALL);
        Hints memory hints = hintsIn(round, recordsOf(openings));
        vm.recordLogs();
        vm.prank(KEEPER);
        network.revealAndPublish(topic, round, keptOf[round].center, keptOf[round].sigma, openings, hints);
        absorb();
    }

    /// @notice What a reveal of these openings records: all but those that wager nothing.
    function recordsOf(Opening[] memory openings) internal pure returns (Prediction[] memory predictions) {
        uint256 count = 0;
        for (uint256 i = 0; i < openings.length; i++) if (wagerOf(openings[i]) > 0) count++;
        predictions = new Prediction[](count);
        for (uint256 i = openings.length; i > 0; i--) {
            Opening memory opening = openings[i - 1];
            uint256 wager = wagerOf(opening);
            if (wager == 0) continue;
            predictions[--count] = packPrediction(opening.statement, wager, opening.backer);
        }
    }

    function wagerOf(Opening memory opening) private pure returns (uint256) {
        return PlainSeals.wagerOf(opening.backer.budget().unpack(), opening.statement.confidence());
    }

    function resolve(uint256 round, int256 value) internal {
        truth.set(TruthStatus.Known, value);
        resolve(round);
    }

    function resolve(uint256 round) internal {
        Outcome memory outcome = keptOf[round].outcome;
        vm.recordLogs();
        network.resolve(topic, round, outcome, "");
        absorb();
    }

    function settle(uint256 round) internal {
        Kept memory kept = keptOf[round];
        vm.prank(KEEPER);
        network.settle(topic, round, kept.outcome, kept.resolution, kept.revealed);
    }

    function voidRound(uint256 round) internal {
        network.voidRound(topic, round);
    }

    /* SLASH */

    /// @notice Denounces a worker that committed and was not revealed.
    function slashSilent(uint256 round, uint256 number) internal {
        network.slashWithheld(topic, round, workerAt(number));
    }

    /// @notice Denounces a worker that signed both.
    function slashBoth(uint256 round, Said memory one, Said memory other) internal {
        network.slashEquivocation(topic, round, workerAt(one.worker), signed(round, one), signed(round, other));
    }

    /* TOGETHER */

    /// @notice What everybody says in a round goes in through one batcher, and on to the feed.
    function predict(uint256 round, Said[] memory list) internal {
        warpTo(openTime(round));
        commit(round, BATCHER, list);
        warpTo(revealTime(round));
        reveal(round, FIRST, list, ALL);
        warpTo(publishTime(round));
        publish(round);
    }

    function finish(uint256 round, int256 value) internal {
        warpTo(targetTime(round));
        resolve(round, value);
        settle(round);
    }

    /* WHAT THE NETWORK TOLD */

    function roundOf(uint256 round) internal view returns (Round memory) {
        return network.roundOf(topic, round);
    }

    function absorb() internal {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].emitter == address(network) && logs[i].topics.length > 2) keep(logs[i]);
        }
    }

    function keep(Vm.Log memory log) internal {
        bytes32 event_ = log.topics[0];
        Kept storage kept = keptOf[uint256(log.topics[2])];
        if (event_ == ITopicRounds.RoundOpened.selector) {
            (kept.center, kept.sigma) = abi.decode(log.data, (int104, uint104));
        }
        if (event_ == ITopicRounds.PredictionsCommitted.selector) {
            address committer = address(uint160(uint256(log.topics[3])));
            sealsIn[uint256(log.topics[2])][committer] = abi.decode(log.data, (Seal[]));
            if (committer == FIRST) isFolded[uint256(log.topics[2])] = true;
        }
        if (event_ == ITopicRounds.PredictionsRevealed.selector) {
            isFolded[uint256(log.topics[2])] = false;
            (Prediction[] memory said, address[] memory by) = abi.decode(log.data, (Prediction[], address[]));
            for (uint256 i = 0; i < said.length; i++) kept.revealed.predictions.push(said[i]);
            for (uint256 i = 0; i < by.length; i++) kept.revealed.workers.push(by[i]);
            kept.revealed.counts.push(said.length);
        }
        if (event_ == ITopicRounds.RoundPublished.selector) kept.outcome = abi.decode(log.data, (Outcome));
        if (event_ == ITopicRounds.RoundResolved.selector) kept.resolution = abi.decode(log.data, (Resolution));
    }
}

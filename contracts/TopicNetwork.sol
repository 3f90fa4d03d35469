// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {LibBit} from "solady/src/utils/LibBit.sol";
import {Multicallable} from "solady/src/utils/Multicallable.sol";

import {NetworkBase} from "./NetworkBase.sol";
import {TopicDesk} from "./TopicDesk.sol";
import {ITopicFeed} from "./interfaces/ITopicFeed.sol";
import {ITopicRounds} from "./interfaces/ITopicRounds.sol";
import {ITruthSource, TruthStatus} from "./interfaces/ITruthSource.sol";
import {Aggregation} from "./libraries/Aggregation.sol";
import {Batches} from "./libraries/Batches.sol";
import {Commitments} from "./libraries/Commitments.sol";
import {Float} from "./libraries/Float.sol";
import {Lists} from "./libraries/Lists.sol";
import {Ring} from "./libraries/Ring.sol";
import {Schedule} from "./libraries/Schedule.sol";
import {Scoring} from "./libraries/Scoring.sol";
import {Seals} from "./libraries/Seals.sol";
import {Settlement} from "./libraries/Settlement.sol";
import {TopicState} from "./libraries/TopicState.sol";
import {Feed, FeedStatus, Forecast} from "./types/Feed.sol";
import {Aggregate, Domain, Hints, NONE, Submissions} from "./types/Learning.sol";
import {Network} from "./types/Network.sol";
import {Position, Standing} from "./types/Position.sol";
import {Batch, Prediction, Revealed, Statement, packPrediction, predictionAt, workerAt} from "./types/Prediction.sol";
import {ALL_CLOSED, Outcome, Phase, Resolution, Round, RoundStatus, SealList} from "./types/Round.sol";
import {
    Backer,
    Opening,
    Seal,
    SignedCommitment,
    SignedOpening,
    commitmentAt,
    openingAt,
    packBacker,
    signedOpeningAt
} from "./types/Seal.sol";
import {Times, Topic, TopicId} from "./types/Topic.sol";

/// @title The prediction topic network: the life of a round, and the feed. Told in ITopicRounds and ITopicFeed.
/// @notice Whole, with its desk, it is an ITopicNetwork.
contract TopicNetwork is ITopicRounds, ITopicFeed, NetworkBase, Multicallable {
    using Ring for Network;
    using Ring for Times;
    using Ring for Topic;
    using Schedule for Times;
    using TopicState for Topic;

    /* IMMUTABLES */

    /// @notice Where everything between rounds is done: topics, stakes, seats. Code only; its memory is this contract's.
    address public immutable desk;

    uint256 private constant BPS = 10_000;
    uint256 private constant LONGEST_LIST = 256;
    uint32 private constant NO_INTERVAL = type(uint32).max;

    constructor(IERC20 token_) NetworkBase(token_) {
        desk = address(new TopicDesk(token_));
    }

    /* DESK */

    /// @dev What is no part of a round is done at the desk, in this contract's name.
    fallback(bytes calldata verb) external returns (bytes memory) {
        return Address.functionDelegateCall(desk, verb);
    }

    /* COMMIT */

    /// @inheritdoc ITopicRounds
    function commit(TopicId id, uint256 number, SignedCommitment[] calldata commitments) external {
        Topic storage topic = network.existing(id);
        SealList storage list = network.listOf[id][number % topic.ringSize][msg.sender];

        topic.times().requirePhase(number, Phase.Commit);
        bool isNew = list.hash == 0 || list.round != number;
        require(isNew, AlreadyCommitted(msg.sender, number));
        (Round storage round, uint256 before) = open(id, topic, number);
        (uint256 closed, Seal[] memory seals) = take(id, topic, round, number, before, commitments);
        require(seals.length > 0, NothingCommitted());

        round.closed = closed;
        (list.hash, list.round) = (Seals.hashOf(seals), uint24(number));

        Seals.tell(seals, id, number, msg.sender);
    }

    /// @dev The first commitment opens the round, and freezes what its domain and its weights follow from before anyone can
    /// know what was said. Nothing is awaited yet; where nothing is sealed, everybody may still speak.
    function open(
        TopicId id,
        Topic storage topic,
        uint256 number
    ) private returns (Round storage round, uint256 closed) {
        round = network.roundAt[id][number % topic.ringSize];
        if (round.number == number && round.status != RoundStatus.None) return (round, round.closed);

        network.requireRoom(id, topic, number);

        int104 center = int104(Float.unpackSigned(topic.center));
        uint104 sigma = uint104(Float.unpack(topic.sigma));
        round.digest = Commitments.firstDigest(center, sigma);
        round.number = uint24(number);
        round.status = RoundStatus.Open;
        round.peak = topic.peak;
        round.count = 0;
        closed = topic.commitWindow > 0 ? ALL_CLOSED : 0;

        emit RoundOpened(id, number, center, sigma);
    }

    /// @dev Takes in each commitment that a worker with a seat made for itself or signed, and that is its first. What comes
    /// from nobody or from who cannot take part is passed over, so that nobody can spoil a list from outside.
    function take(
        TopicId id,
        Topic storage topic,
        Round storage round,
        uint256 number,
        uint256 before,
        SignedCommitment[] calldata commitments
    ) private view returns (uint256 closed, Seal[] memory seals) {
        mapping(address => Position) storage positions = network.positionOf[id];
        (uint256 riskBps, uint256 peak) = (topic.riskBps, Float.unpack(round.peak));
        bytes32 domain = _domainSeparatorV4();
        uint256 count = 0;

        closed = before;
        seals = Seals.create(commitments.length);
        unchecked {
            for (uint256 i = 0; i < commitments.length; ++i) {
                SignedCommitment calldata signed = commitmentAt(commitments, i);
                bytes20 commitment = signed.commitment;
                address worker =
                    signed.vs == 0
                        ? msg.sender
                        : Commitments.signerOf(domain, id, number, commitment, signed.r, signed.vs);
                Standing standing = positions[worker].standing();
                uint256 bit = 1 << standing.seat();
                if (!standing.isSeatedIn(number) || closed & bit == 0) continue;

                closed ^= bit;
                Backer backer = backerOf(worker, standing, riskBps, peak);
                Lists.set(seals, count++, Commitments.sealOf(commitment, backer));
            }
        }
        Seals.close(seals, count);
    }

    /// @dev What stands behind a prediction is taken down as its worker speaks: whatever settles or leaves before it is
    /// revealed neither adds to it nor takes from it.
    function backerOf(address worker, Standing standing, uint256 riskBps, uint256 peak) private pure returns (Backer) {
        return
            packBacker(worker, standing.seat(), Settlement.budget(standing.stake(), riskBps), trustOf(standing, peak));
    }

    function trustOf(Standing standing, uint256 peak) private pure returns (uint56) {
        uint256 trust = Scoring.trust(Float.unpackSigned(standing.regret()), Float.unpack(standing.energy()), peak);
        return uint56(Float.packDown(trust, 48));
    }

    /* REVEAL */

    /// @inheritdoc ITopicRounds
    function reveal(
        TopicId id,
        uint256 number,
        address committer,
        Opening[] calldata openings,
        uint256 opened,
        Seal[] calldata rest
    ) external {
        Topic storage topic = network.existing(id);
        SealList storage list = network.listOf[id][number % topic.ringSize][committer];

        topic.times().requirePhase(number, Phase.Reveal);
        Round storage round = network.roundIn(id, number, RoundStatus.Open);
        require(isSpread(opened, openings.length, rest.length), WrongList(committer, number));
        (bytes29 hash, uint256 closed, Prediction[] memory predictions, address[] memory workers) = unseal(
            Commitments.roundHash(_domainSeparatorV4(), id, number),
            round.closed,
            openings,
            opened,
            rest
        );
        require(list.round == number && list.hash == hash, WrongList(committer, number));

        record(id, round, number, committer, closed, predictions, workers);
    }

    /// @dev Opened and unopened seals, laid back in their places, give the list that was committed. Who was heard before is
    /// passed over. Counts stay far below any overflow.
    function unseal(
        bytes32 roundHash,
        uint256 closed,
        Opening[] calldata openings,
        uint256 opened,
        Seal[] calldata rest
    ) private pure returns (bytes29, uint256, Prediction[] memory predictions, address[] memory workers) {
        uint256 places = openings.length + rest.length;
        Seal[] memory seals = Seals.create(places);
        uint256 next = 0;
        uint256 count = 0;

        (predictions, workers) = Batches.create(openings.length);
        unchecked {
            for (uint256 i = 0; i < places; ++i) {
                if ((opened >> i) & 1 == 0) {
                    Lists.set(seals, i, rest[i - next]);
                    continue;
                }
                Opening calldata opening = openingAt(openings, next++);
                (Backer backer, Statement statement) = (opening.backer, opening.statement);
                address worker = backer.worker();
                bytes20 commitment = Commitments.commitmentOf(roundHash, worker, statement);
                Lists.set(seals, i, Commitments.sealOf(commitment, backer));
                uint256 bit = 1 << backer.seat();
                uint256 wager = wagerOf(backer, statement);
                if (closed & bit != 0) continue;

                closed |= bit;
                if (wager == 0) continue;
                Lists.set(predictions, count, packPrediction(statement.stated(), uint96(wager), backer.trust()));
                Lists.set(workers, count++, worker);
            }
        }
        Batches.close(predictions, workers, count);
        return (Seals.hashOf(seals), closed, predictions, workers);
    }

    /// @dev Whether as many of the list's places are marked as opened as there are openings.
    function isSpread(uint256 opened, uint256 openings, uint256 rest) private pure returns (bool) {
        uint256 places = openings + rest;
        return
            0 < places && places <= LONGEST_LIST && opened >> (places - 1) <= 1 && LibBit.popCount(opened) == openings;
    }

    function wagerOf(Backer backer, Statement statement) private pure returns (uint256) {
        uint256 confidence = statement.confidence();
        require(0 < confidence && confidence <= BPS, ConfidenceOutOfBounds(confidence));
        return Settlement.wager(backer.budget(), confidence);
    }

    /// @inheritdoc ITopicRounds
    function revealSigned(TopicId id, uint256 number, SignedOpening[] calldata openings) external {
        Topic storage topic = network.existing(id);
        Times memory times = topic.times();

        require(times.commitWindow == 0, SealedTopic(id));
        times.requirePhase(number, Phase.Reveal);
        (Round storage round, uint256 before) = open(id, topic, number);
        (uint256 closed, Prediction[] memory predictions, address[] memory workers) = hear(
            id,
            topic.riskBps,
            round,
            number,
            before,
            openings
        );

        record(id, round, number, msg.sender, closed, predictions, workers);
    }

    /// @dev Whoever cannot take part or already did is passed over, as when commitments are taken.
    function hear(
        TopicId id,
        uint256 riskBps,
        Round storage round,
        uint256 number,
        uint256 before,
        SignedOpening[] calldata openings
    ) private view returns (uint256 closed, Prediction[] memory predictions, address[] memory workers) {
        mapping(address => Position) storage positions = network.positionOf[id];
        uint256 peak = Float.unpack(round.peak);
        bytes32 domain = _domainSeparatorV4();
        bytes32 roundHash = Commitments.roundHash(domain, id, number);
        uint256 count = 0;

        closed = before;
        (predictions, workers) = Batches.create(openings.length);
        unchecked {
            for (uint256 i = 0; i < openings.length; ++i) {
                SignedOpening calldata opening = signedOpeningAt(openings, i);
                (address worker, Statement statement) = (opening.worker, opening.statement);
                bytes20 commitment = Commitments.commitmentOf(roundHash, worker, statement);
                bool isOwn = worker == msg.sender;
                require(
                    isOwn || Commitments.isSigned(domain, id, number, commitment, worker, opening.r, opening.vs),
                    BadSignature(worker)
                );

                Standing standing = positions[worker].standing();
                uint256 bit = 1 << standing.seat();
                Backer backer = backerOf(worker, standing, riskBps, peak);
                uint256 wager = wagerOf(backer, statement);
                if (!standing.isSeatedIn(number) || wager == 0 || closed & bit != 0) continue;

                closed |= bit;
                Lists.set(predictions, count, packPrediction(statement.stated(), uint96(wager), backer.trust()));
                Lists.set(workers, count++, worker);
            }
        }
        Batches.close(predictions, workers, count);
    }

    function record(
        TopicId id,
        Round storage round,
        uint256 number,
        address committer,
        uint256 closed,
        Prediction[] memory predictions,
        address[] memory workers
    ) private {
        require(predictions.length > 0, NothingRevealed());

        round.closed = closed;
        round.digest = Batches.chain(round.digest, predictions, workers);
        round.count += uint16(predictions.length);

        Batches.tell(predictions, workers, id, number, committer);
    }

    /* PUBLISH */

    /// @inheritdoc ITopicRounds
    function publish(
        TopicId id,
        uint256 number,
        int104 center,
        uint104 sigma,
        Prediction[] calldata predictions,
        Batch[] calldata batches,
        Hints calldata hints
    ) external {
        Topic storage topic = network.topicOf[id];
        Round storage round = network.roundIn(id, number, RoundStatus.Open);

        uint256 targetTime = requireHeard(topic, round, number);
        bytes20 digest = Batches.digestOf(Commitments.firstDigest(center, sigma), predictions, batches);
        require(digest == round.digest, WrongBatches(digest, round.digest));

        (Submissions memory submissions, uint256 wagers) = submissionsOf(predictions);
        bool isHealthy = predictions.length >= topic.minWorkers && wagers >= Float.unpack(topic.minWager);
        if (!isHealthy) {
            toThin(network.feedOf[id], number);
            return toVoid(id, round);
        }

        Aggregate memory aggregate = Aggregation.aggregate(submissions, hints, topic.loadLearning(round.peak));
        uint256 rewards = Settlement.rewards(topic.pool, topic.rewardRateBps, topic.rewardCapBps, wagers);
        Outcome memory outcome = outcomeOf(aggregate, uint96(wagers), uint96(rewards), center, sigma, digest);

        topic.pool -= uint96(rewards);
        round.status = RoundStatus.Published;
        round.digest = digestOf(outcome);
        show(id, topic, number, targetTime, outcome, predictions.length);

        emit RoundPublished(id, number, outcome);
    }

    /// @dev When the reveals are over, or no more of them can come.
    function requireHeard(
        Topic storage topic,
        Round storage round,
        uint256 number
    ) private view returns (uint256 targetTime) {
        Times memory times = topic.times();
        Phase phase = times.phaseAt(number, block.timestamp);
        bool isHeard = phase == Phase.Live || (phase == Phase.Reveal && round.closed == ALL_CLOSED);
        require(isHeard, WrongPhase(phase, Phase.Live));
        return times.targetTime(number);
    }

    function submissionsOf(
        Prediction[] calldata predictions
    ) private pure returns (Submissions memory submissions, uint256 total) {
        uint256 count = predictions.length;
        (int256[] memory values, uint256[] memory wagers) = (new int256[](count), new uint256[](count));
        uint256[] memory trusts = new uint256[](count);
        unchecked {
            for (uint256 i = 0; i < count; ++i) {
                Prediction prediction = predictionAt(predictions, i);
                uint256 wager = prediction.wager();
                Lists.set(values, i, prediction.value());
                Lists.set(wagers, i, wager);
                Lists.set(trusts, i, Float.unpack(prediction.trust()));
                total += wager;
            }
        }
        submissions = Submissions(values, wagers, trusts);
    }

    /// @dev The feed keeps its last value, unless that is a younger round's: then it has nothing to tell of this one.
    function toThin(Feed storage feed, uint256 number) private {
        if (number >= feed.round) feed.thin = true;
    }

    function toVoid(TopicId id, Round storage round) private {
        round.status = RoundStatus.Void;

        emit RoundVoided(id, round.number);
    }

    /// @dev Aggregation keeps all it finds within the range of values.
    function outcomeOf(
        Aggregate memory aggregate,
        uint96 wagers,
        uint96 rewards,
        int104 center,
        uint104 sigma,
        bytes20 batches
    ) private view returns (Outcome memory) {
        return
            Outcome({
                value: int104(aggregate.value),
                half: uint104(aggregate.half),
                inner: int104(aggregate.inner),
                anchor: int104(aggregate.anchor),
                radius: uint104(aggregate.radius),
                mean: int104(aggregate.mean),
                debiased: int104(aggregate.debiased),
                wagers: wagers,
                rewards: rewards,
                center: center,
                sigma: sigma,
                publisher: msg.sender,
                batches: batches
            });
    }

    /// @dev A struct of words lies in memory as `abi.encode` would lay it.
    function digestOf(Outcome memory outcome) private pure returns (bytes20) {
        bytes32 digest;
        assembly ("memory-safe") {
            digest := keccak256(outcome, 0x1a0)
        }
        return bytes20(digest);
    }

    /// @dev And so it does in calldata. Unclean words give another hash, which is refused.
    function givenDigestOf(Outcome calldata outcome) private pure returns (bytes20) {
        bytes32 digest;
        assembly ("memory-safe") {
            let buffer := mload(0x40)
            calldatacopy(buffer, outcome, 0x1a0)
            digest := keccak256(buffer, 0x1a0)
        }
        return bytes20(digest);
    }

    /// @dev A late publication of an older round never replaces a newer one's value.
    function show(
        TopicId id,
        Topic storage topic,
        uint256 number,
        uint256 targetTime,
        Outcome memory outcome,
        uint256 count
    ) private {
        Feed storage feed = network.feedOf[id];
        if (feed.targetTime > 0 && number < feed.round) return;

        topic.published++;
        network.feedOf[id] = Feed({
            value: outcome.value,
            half: outcome.half == NONE ? NO_INTERVAL : uint32(Float.packUp(outcome.half, 24)),
            wagers: uint24(Float.packDown(outcome.wagers, 16)),
            targetTime: uint32(targetTime),
            ahead: uint24(targetTime - block.timestamp),
            round: uint24(number),
            lastContributor: uint8(count - 1),
            thin: false
        });
    }

    /* RESOLVE */

    /// @inheritdoc ITopicRounds
    function resolve(TopicId id, uint256 number, Outcome calldata outcome, bytes calldata proof) external {
        Round storage round = network.roundIn(id, number, RoundStatus.Published);
        bytes20 digest = round.digest;

        (bool isKnown, Resolution memory resolution) = learn(id, round, number, outcome, proof);
        if (!isKnown) return;

        round.status = RoundStatus.Resolved;
        round.digest = digestOf(digest, resolution);
    }

    /// @dev Asks what happened and teaches the topic. A round whose truth will never be known becomes void.
    function learn(
        TopicId id,
        Round storage round,
        uint256 number,
        Outcome calldata outcome,
        bytes calldata proof
    ) private returns (bool isKnown, Resolution memory resolution) {
        Topic storage topic = network.topicOf[id];
        Times memory times = topic.times();

        times.requirePhase(number, Phase.Due);
        requireOutcome(round, outcome);

        (TruthStatus status, int256 value) = ITruthSource(topic.truth).truthOf(
            id,
            number,
            times.targetTime(number),
            proof
        );
        if (status == TruthStatus.Void) {
            voidPublished(id, topic, round, outcome.rewards);
            return (false, resolution);
        }
        require(status == TruthStatus.Known, TruthUnknown(status));

        resolution.truth = narrow(value);
        resolution.gradient = topic.learn(outcome, resolution.truth);

        emit RoundResolved(id, number, resolution);
        return (true, resolution);
    }

    function requireOutcome(Round storage round, Outcome calldata outcome) private view {
        bytes20 digest = givenDigestOf(outcome);
        require(digest == round.digest, WrongOutcome(digest, round.digest));
    }

    /// @dev A truth beyond the range of values counts as its end, so that no truth can stop a round.
    function narrow(int256 value) private pure returns (int104) {
        if (value > type(int104).max) return type(int104).max;
        if (value < type(int104).min) return type(int104).min;
        return int104(value);
    }

    function voidPublished(TopicId id, Topic storage topic, Round storage round, uint96 rewards) private {
        topic.pool += rewards;
        toVoid(id, round);
    }

    function digestOf(bytes20 outcome, Resolution memory resolution) private pure returns (bytes20) {
        return bytes20(keccak256(abi.encode(outcome, resolution)));
    }

    /// @inheritdoc ITopicRounds
    function voidRound(TopicId id, uint256 number, Outcome calldata outcome) external {
        Topic storage topic = network.topicOf[id];
        Round storage round = network.roundIn(id, number, RoundStatus.Published);

        topic.times().requirePhase(number, Phase.Expired);
        requireOutcome(round, outcome);

        voidPublished(id, topic, round, outcome.rewards);
    }

    /* SETTLE */

    /// @inheritdoc ITopicRounds
    function settle(
        TopicId id,
        uint256 number,
        Outcome calldata outcome,
        Resolution calldata resolution,
        Revealed calldata revealed
    ) external {
        Round storage round = network.roundIn(id, number, RoundStatus.Resolved);
        bytes20 digest = digestOf(givenDigestOf(outcome), resolution);
        require(digest == round.digest, WrongOutcome(digest, round.digest));

        close(id, round, number, outcome, resolution, revealed);
    }

    /// @inheritdoc ITopicRounds
    function resolveAndSettle(
        TopicId id,
        uint256 number,
        Outcome calldata outcome,
        bytes calldata proof,
        Revealed calldata revealed
    ) external {
        Round storage round = network.roundIn(id, number, RoundStatus.Published);

        (bool isKnown, Resolution memory resolution) = learn(id, round, number, outcome, proof);
        if (!isKnown) return;

        close(id, round, number, outcome, resolution, revealed);
    }

    function close(
        TopicId id,
        Round storage round,
        uint256 number,
        Outcome calldata outcome,
        Resolution memory resolution,
        Revealed calldata revealed
    ) private {
        Topic storage topic = network.topicOf[id];
        bytes20 digest = Batches.digestOf(Commitments.firstDigest(outcome.center, outcome.sigma), revealed);
        require(digest == outcome.batches, WrongBatches(digest, outcome.batches));

        Domain memory domain = domainOf(topic, outcome, resolution.truth);
        (uint256[] memory losses, uint256 lambda) = lossesOf(revealed.predictions, domain);
        uint256 tip = (uint256(outcome.rewards) * topic.tipBps) / BPS;
        uint256 rewards = outcome.rewards - tip;
        (uint256 paid, uint256 peak) = pay(id, outcome, resolution.gradient, revealed, losses, lambda, rewards);

        // Rounding is always down; what it leaves over goes back to the topic.
        uint256 dust = outcome.wagers + rewards - paid;
        topic.pool += uint96(dust);
        topic.peak = uint32(Float.packDown(Math.max(peak, Float.unpack(topic.peak)), 24));
        round.status = RoundStatus.Settled;
        tipKeepers(outcome.publisher, tip);

        emit RoundSettled(id, number, msg.sender, tip, dust);
    }

    function tipKeepers(address publisher, uint256 tip) private {
        if (tip == 0) return;
        network.claimableOf[publisher] += tip / 2;
        network.claimableOf[msg.sender] += tip - tip / 2;
    }

    function domainOf(
        Topic storage topic,
        Outcome calldata outcome,
        int256 truth
    ) private view returns (Domain memory domain) {
        (domain.low, domain.width) = Scoring.domainOf(
            topic.domain,
            topic.domainScale,
            outcome.center,
            outcome.sigma,
            topic.min,
            topic.max
        );
        domain.actual = Scoring.place(truth, domain.low, domain.width);
    }

    /// @dev What each prediction lost, and the wagered loss of the round.
    function lossesOf(
        Prediction[] calldata predictions,
        Domain memory domain
    ) private pure returns (uint256[] memory losses, uint256 lambda) {
        losses = new uint256[](predictions.length);
        unchecked {
            for (uint256 i = 0; i < losses.length; ++i) {
                Prediction prediction = predictionAt(predictions, i);
                uint256 loss = Scoring.loss(prediction.value(), domain);
                Lists.set(losses, i, loss);
                lambda += prediction.wager() * loss;
            }
        }
    }

    /// @dev Regret is measured on the winsorised value: what the aggregate heard, not what was shouted.
    function pay(
        TopicId id,
        Outcome calldata outcome,
        int256 gradient,
        Revealed calldata revealed,
        uint256[] memory losses,
        uint256 lambda,
        uint256 rewards
    ) private returns (uint256 paid, uint256 peak) {
        mapping(address => Position) storage positions = network.positionOf[id];
        (int256 inner, int256 anchor, uint256 radius) = (outcome.inner, outcome.anchor, outcome.radius);
        (Prediction[] calldata predictions, address[] calldata workers) = (revealed.predictions, revealed.workers);
        uint256 wagers = outcome.wagers;
        unchecked {
            for (uint256 i = 0; i < losses.length; ++i) {
                Prediction prediction = predictionAt(predictions, i);
                uint256 wager = prediction.wager();
                uint256 loss = losses[i];
                uint256 gain =
                    Settlement.payout(wager, loss, lambda, wagers) + Settlement.reward(rewards, wager, loss, wagers);
                int256 heard = Aggregation.winsorise(prediction.value(), anchor, radius);
                int256 regret = Scoring.regret(gradient, inner, heard);

                move(positions[workerAt(workers, i)], wager, gain, regret);
                paid += gain;
                peak = Math.max(peak, uint256(regret * regret));
            }
        }
    }

    /// @dev Stake and record share a slot, which is read and written once. Where stake was asked back meanwhile and what
    /// is left does not cover the loss, the leaving part pays.
    function move(Position storage position, uint256 wager, uint256 gain, int256 regret) private {
        Standing standing = position.standing();
        uint256 stake = standing.stake() + gain;
        if (stake < wager) {
            position.leaving -= uint96(wager - stake);
            stake = wager;
        }

        (int256 newRegret, uint256 newEnergy) = Scoring.learnt(
            Float.unpackSigned(standing.regret()),
            Float.unpack(standing.energy()),
            regret
        );
        unchecked {
            position.store(
                standing.moved(
                    uint96(stake - wager),
                    int56(Float.packSigned(newRegret, 47)),
                    uint48(Float.packDown(newEnergy, 40))
                )
            );
        }
    }

    /* READ */

    /// @inheritdoc ITopicFeed
    function read(TopicId id) external view returns (Forecast memory forecast) {
        Feed storage feed = network.feedOf[id];
        (uint256 targetTime, uint256 ahead, uint256 others) = (feed.targetTime, feed.ahead, feed.lastContributor);
        if (targetTime == 0) return forecast;

        forecast.value = feed.value;
        (forecast.lower, forecast.upper) = intervalOf(feed.value, feed.half);
        forecast.targetTime = targetTime;
        forecast.round = feed.round;
        forecast.wagers = Float.unpack(feed.wagers);
        forecast.status = statusOf(targetTime, feed.thin);
        // Parts of one slot: no sum of them comes near an overflow.
        unchecked {
            forecast.publishedAt = targetTime - ahead;
            forecast.contributors = others + 1;
        }
    }

    function intervalOf(int256 value, uint256 half) private pure returns (int256 lower, int256 upper) {
        if (half == NO_INTERVAL) return (type(int104).min, type(int104).max);
        unchecked {
            int256 distance = int256(Float.unpack(half));
            return (value - distance, value + distance);
        }
    }

    function statusOf(uint256 targetTime, bool thin) private view returns (FeedStatus) {
        if (targetTime <= block.timestamp) return FeedStatus.Stale;
        return thin ? FeedStatus.Thin : FeedStatus.Live;
    }

    /// @inheritdoc ITopicFeed
    function publishedOf(TopicId id) external view returns (uint256) {
        return network.topicOf[id].published;
    }

    /// @inheritdoc ITopicFeed
    function decimalsOf(TopicId id) external view returns (uint8) {
        return network.topicOf[id].decimals;
    }
}

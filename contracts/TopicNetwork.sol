// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {LibBit} from "solady/src/utils/LibBit.sol";

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
import {Settlement} from "./libraries/Settlement.sol";
import {TopicState} from "./libraries/TopicState.sol";
import {Feed, FeedStatus, Forecast} from "./types/Feed.sol";
import {Aggregate, Domain, Hints, NONE, Submissions} from "./types/Learning.sol";
import {Network} from "./types/Network.sol";
import {Position, Standing} from "./types/Position.sol";
import {
    Batch,
    Opening,
    Prediction,
    Revealed,
    Statement,
    openingAt,
    packPrediction,
    predictionAt,
    workerAt
} from "./types/Prediction.sol";
import {CommitmentList, Outcome, Phase, Resolution, Round, RoundStatus} from "./types/Round.sol";
import {Times, Topic, TopicId} from "./types/Topic.sol";

/// @title The prediction topic network: the life of a round, and the feed. Told in ITopicRounds and ITopicFeed.
/// @notice Whole, with its desk, it is an ITopicNetwork.
contract TopicNetwork is ITopicRounds, ITopicFeed, NetworkBase, Multicall {
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
    function commit(TopicId id, uint256 round, bytes20[] calldata commitments) external {
        Topic storage topic = network.existing(id);
        CommitmentList storage list = network.listOf[id][round % topic.ringSize][msg.sender];

        topic.times().requirePhase(round, Phase.Commit);
        bool isLength = 0 < commitments.length && commitments.length <= LONGEST_LIST;
        require(isLength, ListLength(commitments.length, LONGEST_LIST));
        bool isNew = list.hash == 0 || list.round != round;
        require(isNew, AlreadyCommitted(msg.sender, round));

        (list.hash, list.round) = (Commitments.hashOf(commitments), uint24(round));

        emit PredictionsCommitted(id, round, msg.sender, commitments.length);
    }

    /* REVEAL */

    /// @inheritdoc ITopicRounds
    function reveal(
        TopicId id,
        uint256 number,
        address committer,
        Opening[] calldata openings,
        uint256 opened,
        bytes20[] calldata rest
    ) external {
        Topic storage topic = network.existing(id);
        Times memory times = topic.times();

        times.requirePhase(number, Phase.Reveal);
        bool isSealed = times.commitWindow > 0;
        if (!isSealed) committer = msg.sender;
        Round storage round = open(id, topic, number);
        (bytes29 list, Prediction[] memory predictions, address[] memory workers) = record(
            id,
            topic.riskBps,
            round,
            number,
            committer,
            openings,
            opened,
            rest
        );
        if (isSealed) requireList(id, topic, number, committer, list);
        require(predictions.length > 0, NothingRevealed());

        round.digest = Batches.chain(round.digest, predictions, workers);
        round.count += uint16(predictions.length);

        Batches.tell(predictions, workers, id, number, committer);
    }

    /// @dev The first reveal opens the round and freezes what its domain and its weights follow from. What is committed
    /// can no longer be changed for it; but whoever reveals first, and holds openings, picks the moment knowing them.
    function open(TopicId id, Topic storage topic, uint256 number) private returns (Round storage round) {
        round = network.roundAt[id][number % topic.ringSize];
        if (round.number == number && round.status != RoundStatus.None) return round;

        network.requireRoom(id, topic, number);

        int104 center = int104(Float.unpackSigned(topic.center));
        uint104 sigma = uint104(Float.unpack(topic.sigma));
        round.digest = Commitments.firstDigest(center, sigma);
        round.number = uint24(number);
        round.status = RoundStatus.Open;
        round.peak = topic.peak;
        round.count = 0;
        round.revealed = 0;

        emit RoundOpened(id, number, center, sigma);
    }

    /// @dev Opened and unopened commitments, laid back in their places, give the list that was committed. Who committed
    /// for itself need not sign: nobody else could have. Whoever cannot take part or already did is passed over, so that
    /// nobody can spoil a batch from outside. Counts stay far below any overflow.
    function record(
        TopicId id,
        uint256 riskBps,
        Round storage round,
        uint256 number,
        address committer,
        Opening[] calldata openings,
        uint256 opened,
        bytes20[] calldata rest
    ) private returns (bytes29 list, Prediction[] memory predictions, address[] memory workers) {
        mapping(address => Position) storage positions = network.positionOf[id];
        uint256 peak = Float.unpack(round.peak);
        uint256 revealed = round.revealed;
        bytes32 domain = _domainSeparatorV4();
        bytes32 roundHash = Commitments.roundHash(domain, id, number);
        bytes32[] memory commitments = new bytes32[](openings.length + rest.length);
        uint256 next = 0;
        uint256 count = 0;

        require(isSpread(opened, openings.length, commitments.length), WrongList(committer, number));
        (predictions, workers) = Batches.create(openings.length);
        unchecked {
            for (uint256 i = 0; i < commitments.length; ++i) {
                if ((opened >> i) & 1 == 0) {
                    Lists.set(commitments, i, rest[i - next]);
                    continue;
                }
                Opening calldata opening = openingAt(openings, next++);
                address worker = opening.worker;
                Statement statement = opening.statement;
                uint256 confidence = statement.confidence();
                bytes20 commitment = Commitments.commitmentOf(roundHash, worker, statement);
                Lists.set(commitments, i, commitment);
                require(0 < confidence && confidence <= BPS, ConfidenceOutOfBounds(confidence));
                bool isOwn = worker == committer;
                require(
                    isOwn || Commitments.isSigned(domain, id, number, commitment, worker, opening.r, opening.vs),
                    BadSignature(worker)
                );

                Standing standing = positions[worker].standing();
                uint256 bit = 1 << standing.seat();
                uint256 wager = Settlement.wager(standing.stake(), riskBps, confidence);
                if (!standing.isSeatedIn(number) || wager == 0 || revealed & bit != 0) continue;

                revealed |= bit;
                Lists.set(
                    predictions,
                    count,
                    packPrediction(statement.stated(), uint96(wager), trustOf(standing, peak))
                );
                Lists.set(workers, count++, worker);
            }
        }
        Batches.close(predictions, workers, count);
        list = Commitments.hashOf(commitments);
        round.revealed = revealed;
    }

    /// @dev Whether as many of the list's places are marked as opened as there are openings.
    function isSpread(uint256 opened, uint256 openings, uint256 places) private pure returns (bool) {
        return
            0 < places && places <= LONGEST_LIST && opened >> (places - 1) <= 1 && LibBit.popCount(opened) == openings;
    }

    function requireList(
        TopicId id,
        Topic storage topic,
        uint256 number,
        address committer,
        bytes29 hash
    ) private view {
        CommitmentList storage list = network.listOf[id][number % topic.ringSize][committer];
        require(list.round == number && list.hash == hash, WrongList(committer, number));
    }

    function trustOf(Standing standing, uint256 peak) private pure returns (uint56) {
        uint256 trust = Scoring.trust(Float.unpackSigned(standing.regret()), Float.unpack(standing.energy()), peak);
        return uint56(Float.packDown(trust, 48));
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

        topic.times().requirePhase(number, Phase.Live);
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
        show(id, topic, number, outcome, predictions.length);

        emit RoundPublished(id, number, outcome);
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
    function show(TopicId id, Topic storage topic, uint256 number, Outcome memory outcome, uint256 count) private {
        Feed storage feed = network.feedOf[id];
        if (feed.targetTime > 0 && number < feed.round) return;

        uint256 targetTime = topic.times().targetTime(number);
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

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {Forecast} from "../../contracts/types/Feed.sol";
import {Position} from "../../contracts/types/Position.sol";
import {Opening, Prediction, Revealed, SignedCommitment} from "../../contracts/types/Prediction.sol";
import {Phase, Outcome, Round, RoundStatus} from "../../contracts/types/Round.sol";
import {Topic, TopicParams} from "../../contracts/types/Topic.sol";
import {Kept, NetworkDriver, Said} from "../helpers/NetworkDriver.sol";
import {PlainMath} from "../helpers/PlainMath.sol";
import {vm} from "../helpers/Vm.sol";

/// @title Plays one topic as its whole crowd would, at random but mostly in ways that go through.
/// @notice Every action looks at what it was allowed to change and notes under the invariant's number what was wrong.
/// Nothing here catches a revert: an action that reverts where it should not fails the run.
contract Handler is NetworkDriver {
    uint256 public constant SIGNERS = 6;
    uint256 private constant SEATS = 3;
    uint8 private constant RING = 4;
    uint16 private constant RISK_BPS = 400;
    uint96 private constant REST = 1_100; // just enough for a seat, nothing beside what is wagered on a full stake
    uint24 private constant ALWAYS = type(uint24).max;

    /// @notice What was found wrong, by invariant.
    mapping(uint256 invariant => string) public broken;

    uint256 public settledRounds;
    uint256 public voidRounds;
    uint256 public overtakings; // rounds settled before an older one
    uint256 public displacements;
    uint256 public withdrawals;
    uint256 public ringRefusals;
    uint256 public batches;
    uint256 public loners;
    uint256 public rotations;
    uint256 public silenced; // slashed for withholding
    uint256 public denounced; // slashed for signing twice
    uint256 public acquittals;

    uint256 public nextRound;
    uint256 private unfinished; // no older round can still move money
    mapping(address worker => uint256) private settledOf;
    mapping(uint256 round => RoundStatus) private seenOf;
    mapping(uint256 round => bytes20) private resolvedDigestOf;
    mapping(uint256 round => Said[]) private listedIn;
    mapping(uint256 round => uint256 signers) private aloneIn;
    mapping(uint256 round => uint256 signers) private seatedIn;
    mapping(uint256 round => uint256 signers) private slashedIn;
    mapping(uint256 place => mapping(address committer => uint256 round)) private lastListOf;
    uint256 private seenPublished;
    uint256 private seenFeedRound;

    constructor() {
        openTopic();
        rememberWorkers(SIGNERS);
        mint(address(this), 1e9);
        network.fund(topic, 1e8);
        seatWorkers(SEATS, 1_000 * STAKE);
    }

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.seats = uint16(SEATS);
        params.unstakeDelay = 20;
        // Small, so that losses are losses.
        params.rewardCapBps = 500;
        (params.ringSize, params.riskBps) = (RING, RISK_BPS);
    }

    modifier watched() {
        _;
        watchStatuses();
        watchFeed();
    }

    /// @dev Seeds come from a small set of telling numbers; what is drawn from them shall not.
    function mixed(uint256 seed) private view returns (uint256) {
        return uint256(keccak256(abi.encode(seed, time)));
    }

    function note(uint256 invariant, bool holds, string memory what) private {
        if (!holds && bytes(broken[invariant]).length == 0) broken[invariant] = what;
    }

    /* ROUNDS */

    /// @notice The next round, from the first commitment to the feed; some stop half-way, some are left out, some alone.
    function predict(uint256 seed) public watched {
        seed = mixed(seed);
        uint256 round = roundToCome();
        warpTo(openTime(round) + (seed % clock.commitWindow));

        (Said[] memory listed, Said[] memory alone) = drawPredictions(seed);
        if (listed.length + alone.length == 0) return;
        commitAll(round, listed, alone);

        warpTo(revealTime(round) + (seed % clock.revealWindow));
        if (!mayOpen(round, listed, alone, seed)) return;
        nextRound = round + 1;
        revealAll(round, listed, alone, seed);
        watchRevealed(round);

        bool isHeard = statusOf(round) == RoundStatus.Open;
        if (!isHeard || seed % 11 == 0) return;
        warpTo(publishTime(round) + (seed % 20));
        publishWatched(round);
    }

    function predictAgain(uint256 seed) external {
        predict(~seed);
    }

    function resolveOne(uint256 seed) public watched {
        seed = mixed(seed);
        (uint256 round, bool isFound) = dueOne(seed);
        if (!isFound) return;
        if (phaseOf(round) == Phase.Expired) return expire(round);
        resolveWatched(round, seed);
    }

    function settleOne(uint256 seed) public watched {
        seed = mixed(seed);
        (uint256 round, bool isFound) = oneIn(RoundStatus.Resolved, seed);
        if (!isFound) return resolveOne(seed);
        settleWatched(round);
    }

    /// @notice All that can be settled but perhaps the youngest, in any order.
    function settleMany(uint256 seed) external {
        for (uint256 i = 0; i < RING - (seed % 2); i++) settleOne(seed / 2 + i);
    }

    /// @notice Waits, now and then for so long that truths come too late.
    function pause(uint256 seed) external watched {
        seed = mixed(seed);
        warpTo(time + (seed % 16 == 0 ? uint256(clock.horizon) + clock.truthWindow : seed % 40));
    }

    function roundToCome() private view returns (uint256 round) {
        round = time < clock.start ? 0 : (time - clock.start) / clock.cadence;
        if (time >= revealTime(round)) round++;
        if (round < nextRound) round = nextRound;
    }

    /// @dev Mostly clears the ring of what is a ring or more older, the youngest first; otherwise sees that it is refused.
    function mayOpen(uint256 round, Said[] memory listed, Said[] memory alone, uint256 seed) private returns (bool) {
        uint256 ring = RING;
        for (uint256 next = round; next > unfinished; next--) {
            uint256 older = next - 1;
            if (older + ring > round || !canMoveMoney(older)) continue;
            if (seed % 8 != 0) {
                bring(older, seed);
                continue;
            }
            if (listed.length > 0) refuseReuse(round, older, BATCHER, listed);
            if (alone.length > 0) refuseReuse(round, older, workerAt(alone[0].worker), only(alone[0]));
            return false;
        }
        return true;
    }

    function bring(uint256 round, uint256 seed) private {
        if (statusOf(round) == RoundStatus.Published && phaseOf(round) == Phase.Expired) return expire(round);
        if (statusOf(round) == RoundStatus.Published) resolveWatched(round, seed);
        if (statusOf(round) == RoundStatus.Resolved) settleWatched(round);
    }

    function refuseReuse(uint256 round, uint256 older, address committer, Said[] memory list) private {
        uint256 opened = ALL >> (256 - list.length);
        (Opening[] memory openings, bytes20[] memory rest) = laidOut(round, committer, list, opened);
        (bool isTaken, bytes memory error) = address(network).call(
            abi.encodeCall(ITopicRounds.reveal, (topic, round, committer, openings, opened, rest))
        );
        bool isFull = bytes4(error) == ITopicRounds.RingFull.selector;
        note(13, !isTaken && isFull, "a place in the ring was reused while its round could move money");
        note(13, roundOf(older).number == older, "a round lost its place in the ring");
        ringRefusals++;
    }

    function canMoveMoney(uint256 round) private view returns (bool) {
        RoundStatus status = statusOf(round);
        if (status == RoundStatus.Open) return time < targetTime(round);
        return status == RoundStatus.Published || status == RoundStatus.Resolved;
    }

    function statusOf(uint256 round) private view returns (RoundStatus) {
        return roundOf(round).status;
    }

    function phaseOf(uint256 round) private view returns (Phase) {
        return network.phaseOf(topic, round);
    }

    /// @dev One whose truth is due. Rarely one that is not yet, for time to be moved there: rounds shall be in flight.
    function dueOne(uint256 seed) private view returns (uint256 round, bool isFound) {
        for (uint256 i = 0; i < RING; i++) {
            (round, isFound) = oneIn(RoundStatus.Published, seed + (i << 8));
            if (isFound && targetTime(round) <= time) return (round, true);
        }
        return (round, isFound && seed % 8 == 0);
    }

    /// @dev Begins anywhere, so that younger rounds overtake older ones.
    function oneIn(RoundStatus status, uint256 seed) private view returns (uint256, bool) {
        uint256 ring = RING;
        uint256 first = nextRound > ring ? nextRound - ring : 0;
        for (uint256 i = 0; i < ring; i++) {
            uint256 round = first + (((seed >> 8) + i) % ring);
            if (round < nextRound && statusOf(round) == status) return (round, true);
        }
        return (0, false);
    }

    /* COMMIT, REVEAL */

    function drawPredictions(uint256 seed) private view returns (Said[] memory listed, Said[] memory alone) {
        Said[] memory all = new Said[](SIGNERS);
        bool[] memory isListed = new bool[](SIGNERS);
        uint256 count = 0;
        uint256 listedCount = 0;
        for (uint256 i = 0; i < SIGNERS; i++) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            bool isSeated = positionOf(i).until == ALWAYS;
            // Who has no seat tries it rarely; who has one is rarely absent.
            if (isSeated ? draw % 16 == 0 : draw % 16 > 0) continue;
            isListed[count] = (draw >> 8) % 3 == 0;
            if (isListed[count]) listedCount++;
            all[count++] = say(i, drawValue(draw), uint16(1 + ((draw >> 16) % 10_000)));
        }
        (listed, alone) = (new Said[](listedCount), new Said[](count - listedCount));
        uint256 next = 0;
        for (uint256 i = 0; i < count; i++) {
            if (isListed[i]) listed[next++] = all[i];
            if (!isListed[i]) alone[i - next] = all[i];
        }
    }

    /// @dev Around the centre, now and then far outside every domain.
    function drawValue(uint256 draw) private pure returns (int256) {
        if (draw % 64 < 2) return draw % 64 == 0 ? type(int104).max : type(int104).min;
        if (draw % 3 == 0) return draw % 2 == 0 ? int256(80e18) : int256(120e18);
        return 85e18 + int256((draw >> 32) % 30e18);
    }

    function commitAll(uint256 round, Said[] memory listed, Said[] memory alone) private {
        uint256 place = round < RING ? round : round - RING;
        bytes32 before = keccak256(abi.encode(roundOf(place)));
        if (listed.length > 0) commit(round, BATCHER, listed);
        for (uint256 i = 0; i < alone.length; i++) commitOwn(round, alone[i]);
        remember(round, listed, alone);
        note(13, keccak256(abi.encode(roundOf(place))) == before, "a commitment moved a round");
        note(13, statusOf(round) == RoundStatus.None, "a commitment opened its round");
    }

    function remember(uint256 round, Said[] memory listed, Said[] memory alone) private {
        for (uint256 i = 0; i < listed.length; i++) listedIn[round].push(listed[i]);
        if (listed.length > 0) lastListOf[round % RING][BATCHER] = round;
        for (uint256 i = 0; i < alone.length; i++) {
            aloneIn[round] |= 1 << alone[i].worker;
            lastListOf[round % RING][workerAt(alone[i].worker)] = round;
        }
        for (uint256 i = 0; i < SIGNERS; i++) {
            Position memory position = positionOf(i);
            // Who is revoked in the round still answers for it.
            uint256 end = position.until == 0 ? position.revokedAt : position.until;
            if (position.from <= round && round < end) seatedIn[round] |= 1 << i;
        }
    }

    function revealAll(uint256 round, Said[] memory listed, Said[] memory alone, uint256 seed) private {
        bool isListFirst = seed & 1 == 0;
        if (isListFirst) revealListed(round, listed, seed);
        for (uint256 i = 0; i < alone.length; i++) {
            if ((seed >> (20 + i)) % 8 > 0) revealIfHeard(round, alone[i]);
        }
        if (!isListFirst) revealListed(round, listed, seed);
    }

    /// @dev The first of the list may be left out at first, and comes later by itself through the same list.
    function revealListed(uint256 round, Said[] memory listed, uint256 seed) private {
        if (listed.length == 0) return;
        batches++;
        bool isFirstLeftOut = seed % 5 == 0;
        if (!isFirstLeftOut) return revealMasked(round, listed, ALL);
        revealMasked(round, listed, ALL - 1);
        if (seed % 10 == 0) revealMasked(round, listed, 1);
    }

    function revealMasked(uint256 round, Said[] memory listed, uint256 opened) private {
        bool isHeard = false;
        for (uint256 i = 0; i < listed.length; i++) {
            if ((opened >> i) & 1 == 1 && counts(round, listed[i])) isHeard = true;
        }
        if (!isHeard) return;
        reveal(round, BATCHER, listed, opened);
    }

    function revealIfHeard(uint256 round, Said memory said) private {
        if (!counts(round, said)) return;
        loners++;
        revealOwn(round, said);

        Opening[] memory openings = new Opening[](1);
        openings[0] = openingOf(said);
        (bool isTwice, ) = address(network).call(
            abi.encodeCall(ITopicRounds.reveal, (topic, round, workerAt(said.worker), openings, 1, none()))
        );
        note(5, !isTwice, "a worker revealed twice");
    }

    function counts(uint256 round, Said memory said) private view returns (bool) {
        Position memory position = positionOf(said.worker);
        uint256 wager = (uint256(position.stake) * RISK_BPS * said.confidence) / 1e8;
        return position.from <= round && round < position.until && wager > 0;
    }

    function watchRevealed(uint256 round) private {
        Revealed memory revealed = keptOf[round].revealed;
        address[] memory heard = revealed.workers;
        Round memory held = roundOf(round);
        uint256 bits = 0;
        uint256 seats = 0;
        for (uint256 i = 0; i < heard.length; i++) {
            Position memory position = network.positionOf(topic, heard[i]);
            bits |= 1 << position.seat;
            for (uint256 j = 0; j < i; j++) note(5, heard[j] != heard[i], "a worker was heard twice in a round");
            uint256 most = (uint256(position.stake) * RISK_BPS) / 10_000;
            note(11, revealed.predictions[i].wager() <= most, "more was wagered than active stake allows");
            bool isNew = settledOf[heard[i]] == 0;
            note(11, !isNew || revealed.predictions[i].trust() == 0, "a newcomer had weight");
        }
        note(5, held.revealed == bits, "bits and workers differ");
        for (uint256 bit = 0; bit < SEATS; bit++) seats += (bits >> bit) & 1;
        note(5, seats == heard.length && held.count == heard.length, "a worker shares its seat");
    }

    /* PUBLISH, RESOLVE, SETTLE */

    function publishWatched(uint256 round) private {
        Topic memory before = network.topicOf(topic);
        bytes32 skills = skillsDigest();
        uint256 peak = roundPeak(round);
        publish(round);

        Topic memory now_ = network.topicOf(topic);
        if (statusOf(round) == RoundStatus.Void) {
            voidRounds++;
            note(12, skillsDigest() == skills, "skill moved when an unhealthy round became void");
            note(14, now_.pool == before.pool, "an unhealthy round cost the pool");
            note(21, now_.published == before.published, "a void round was counted as published");
            return;
        }
        Outcome memory outcome = keptOf[round].outcome;
        note(15, outcome.rewards <= (uint256(outcome.wagers) * terms().rewardCapBps) / 10_000, "above the cap");
        note(15, outcome.rewards <= (uint256(before.pool) * terms().rewardRateBps) / 10_000, "above the rate");
        note(15, now_.pool == before.pool - outcome.rewards, "the pool set aside something else");
        note(21, now_.published == before.published + 1, "the count of published rounds has a gap");
        note(12, skillsDigest() == skills, "skill moved before a truth was known");
        watchAggregate(outcome, PlainMath.aggregateOf(keptOf[round].revealed.predictions, before, peak));
    }

    /// @dev Read before the round is published, as the contract does.
    function roundPeak(uint256 round) private view returns (uint256) {
        uint32 peak = roundOf(round).peak;
        return uint256(peak >> 8) << (peak & 0xff);
    }

    function watchAggregate(Outcome memory outcome, PlainMath.Plain memory plain) private {
        note(9, outcome.anchor == plain.anchor, "another anchor");
        note(9, int256(uint256(outcome.radius)) == plain.radius, "another radius");
        note(9, outcome.mean == plain.mean, "another mean");
        note(9, outcome.inner == plain.inner, "another inner aggregate");
        note(9, outcome.value == plain.value, "another aggregate");
        note(9, plain.lowest <= outcome.value && outcome.value <= plain.highest, "the aggregate is out of bounds");
    }

    /// @dev One in eight has no truth; the rest lie around the centre.
    function resolveWatched(uint256 round, uint256 seed) private {
        warpTo(targetTime(round));
        if (phaseOf(round) == Phase.Expired) return;
        bytes32 skills = skillsDigest();
        bytes32 stakes = stakesDigest();
        uint96 pool = network.topicOf(topic).pool;
        bool isVoid = (seed >> 4) % 8 == 0;
        if (isVoid) {
            truth.set(TruthStatus.Void, 0);
            resolve(round);
            return watchVoid(round, skills, stakes, pool);
        }
        resolve(round, drawTruth(seed >> 64));
        resolvedDigestOf[round] = roundOf(round).digest;
        note(13, statusOf(round) == RoundStatus.Resolved, "a known truth did not resolve the round");
        note(14, stakesDigest() == stakes, "a truth moved stakes before it was settled");

        // The source changing its mind changes nothing.
        truth.set(TruthStatus.Known, 1);
        bytes memory again = abi.encodeCall(ITopicRounds.resolve, (topic, round, keptOf[round].outcome, ""));
        (bool isTwice, ) = address(network).call(again);
        note(13, !isTwice && roundOf(round).digest == resolvedDigestOf[round], "a truth changed once known");
    }

    /// @dev Around the centre; every third time so far out that some lose all they wagered.
    function drawTruth(uint256 draw) private pure returns (int256) {
        if (draw % 3 == 0) return draw % 2 == 0 ? int256(80e18) : int256(120e18);
        return 90e18 + int256((draw >> 8) % 20e18);
    }

    function expire(uint256 round) private {
        bytes32 skills = skillsDigest();
        bytes32 stakes = stakesDigest();
        uint96 pool = network.topicOf(topic).pool;
        voidRound(round);
        watchVoid(round, skills, stakes, pool);
    }

    function watchVoid(uint256 round, bytes32 skills, bytes32 stakes, uint96 pool) private {
        voidRounds++;
        note(12, skillsDigest() == skills, "skill moved in a void round");
        note(14, stakesDigest() == stakes, "stake moved in a void round");
        note(
            14,
            network.topicOf(topic).pool == pool + keptOf[round].outcome.rewards,
            "rewards did not return to the pool"
        );
    }

    function settleWatched(uint256 round) private {
        Kept memory kept = keptOf[round];
        note(13, roundOf(round).digest == resolvedDigestOf[round], "a truth changed before it was settled");
        uint256[] memory before = holdingsOf(kept.revealed.workers);
        uint256 pool = network.topicOf(topic).pool;
        uint256 tips = network.claimableOf(KEEPER);
        settle(round);
        note(2, network.topicOf(topic).pool >= pool, "settling cost the pool");
        if (network.topicOf(topic).pool < pool) return;
        watchSettlement(kept, before, network.topicOf(topic).pool - pool, network.claimableOf(KEEPER) - tips);

        settledRounds++;
        for (uint256 i = 0; i < before.length; i++) settledOf[kept.revealed.workers[i]]++;
        for (uint256 older = unfinished; older < round; older++) if (canMoveMoney(older)) overtakings++;
        while (unfinished < nextRound && !canMoveMoney(unfinished)) unfinished++;
        (bool isTwice, ) = address(network).call(
            abi.encodeCall(ITopicRounds.settle, (topic, round, kept.outcome, kept.resolution, kept.revealed))
        );
        note(5, !isTwice, "a round was settled twice");
    }

    function watchSettlement(Kept memory kept, uint256[] memory before, uint256 dust, uint256 tip) private {
        uint256 wagers = kept.outcome.wagers;
        uint256 rewards = kept.outcome.rewards;
        note(2, tip == (rewards * terms().tipBps) / 10_000, "another tip");
        PlainMath.Money memory money = PlainMath.moneyOf(
            terms(),
            kept.outcome,
            kept.resolution.truth,
            rewards - tip,
            kept.revealed.predictions
        );
        note(9, money.lambda == money.lambdaOfSums, "the sums give another loss");
        note(2, wagers + rewards == money.paid + money.rewarded + tip + dust, "not conserved");
        int256 rounding = int256(dust) - int256(money.unspent);
        note(2, 0 <= rounding && rounding <= int256(2 * before.length + 1), "too much or too little was left over");

        uint256[] memory afterwards = holdingsOf(kept.revealed.workers);
        for (uint256 i = 0; i < before.length; i++) {
            uint256 wager = kept.revealed.predictions[i].wager();
            uint256 gain = money.payouts[i] + money.rewards[i];
            note(2, afterwards[i] + wager == before[i] + gain, "a worker was paid something else");
            note(3, money.payouts[i] <= 2 * wager, "a payout above two wagers");
            note(3, afterwards[i] <= before[i] + wager + money.rewards[i], "paid more than two wagers and its reward");
            note(3, afterwards[i] + wager >= before[i], "a loss above the wager");
        }
    }

    function holdingsOf(address[] memory workers) private view returns (uint256[] memory holdings) {
        holdings = new uint256[](workers.length);
        for (uint256 i = 0; i < workers.length; i++) {
            Position memory position = network.positionOf(topic, workers[i]);
            holdings[i] = uint256(position.stake) + position.leaving;
        }
    }

    /* SLASH */

    /// @notice Denounces one for signing twice in all rounds there are, or all for their silence in some, and knows what
    /// must be heard.
    function slashSome(uint256 seed) public watched {
        seed = mixed(seed);
        uint256 ring = RING + 1;
        uint256 first = nextRound > ring ? nextRound - ring : 0;
        bool isTwofaced = seed % 8 == 0;
        for (uint256 round = first; round < nextRound; round++) {
            if (isTwofaced) denounce(round, (seed >> 16) % SIGNERS);
            if (!isTwofaced && (seed >> (8 + round - first)) % 2 == 0) accuseAll(round);
        }
    }

    function accuseAll(uint256 round) private {
        for (uint256 i = 0; i < SIGNERS; i++) {
            accuse(round, i);
            accuseListed(round, i);
        }
    }

    function accuse(uint256 round, uint256 number) private {
        address worker = workerAt(number);
        bytes memory call = abi.encodeCall(ITopicDesk.slashWithheld, (topic, round, worker, worker, none(), 0, 0, 0));
        bool isCommitted = isIn(aloneIn[round], number) && lastListOf[round % RING][worker] == round;
        if (tried(call, round, number, 5_000, isCommitted && isSilent(round, number))) silenced++;
    }

    function accuseListed(uint256 round, uint256 number) private {
        Said[] memory listed = listedIn[round];
        for (uint256 place = 0; place < listed.length; place++) {
            if (listed[place].worker != number) continue;
            SignedCommitment memory own = signed(round, listed[place]);
            bytes memory call = abi.encodeCall(
                ITopicDesk.slashWithheld,
                (topic, round, workerAt(number), BATCHER, sealsOf(round, listed), place, own.r, own.vs)
            );
            bool isCommitted = lastListOf[round % RING][BATCHER] == round;
            bool isOutage = 3 * uint256(roundOf(round).count) < listed.length;
            if (tried(call, round, number, 5_000, isCommitted && !isOutage && isSilent(round, number))) silenced++;
        }
    }

    /// @dev Whoever is denounced did sign twice.
    function denounce(uint256 round, uint256 number) private {
        (Said memory one, Said memory other) = (say(number, 1, 1), say(number, 2, 2));
        bytes memory call = abi.encodeCall(
            ITopicDesk.slashEquivocation,
            (topic, round, workerAt(number), signed(round, one), signed(round, other))
        );
        if (tried(call, round, number, 10_000, statusOf(round) != RoundStatus.None)) denounced++;
    }

    function isSilent(uint256 round, uint256 number) private view returns (bool) {
        RoundStatus status = statusOf(round);
        if (status < RoundStatus.Published || status > RoundStatus.Settled) return false;
        address[] storage heard = keptOf[round].revealed.workers;
        for (uint256 i = 0; i < heard.length; i++) if (heard[i] == workerAt(number)) return false;
        return true;
    }

    function isIn(uint256 signers, uint256 number) private pure returns (bool) {
        return (signers >> number) & 1 == 1;
    }

    /// @dev Tries a slash and holds it against what the play knows. Only a round that is final lets the guilty go, when
    /// they sit elsewhere or under another name by now.
    function tried(
        bytes memory call,
        uint256 round,
        uint256 number,
        uint256 shareBps,
        bool isGuilty
    ) private returns (bool isSlashed) {
        Phase phase = phaseOf(round);
        isGuilty = isGuilty && isIn(seatedIn[round], number) && !isIn(slashedIn[round], number);
        isGuilty = isGuilty && (phase == Phase.Live || phase == Phase.Due);
        bool mayHaveGone = !canMoveMoney(round) && isElsewhere(round, positionOf(number));
        Position memory before = positionOf(number);
        (uint256 toSink, uint256 toCaller) = slashedMoney();

        vm.prank(BATCHER);
        (isSlashed, ) = address(network).call(call);
        note(17, isGuilty || !isSlashed, "an innocent was slashed");
        note(17, !isGuilty || isSlashed || mayHaveGone, "a guilty one got away");
        if (!isSlashed) {
            acquittals++;
            return false;
        }
        slashedIn[round] |= 1 << number;
        watchSlash(round, before, positionOf(number), shareBps, toSink, toCaller);
    }

    function isElsewhere(uint256 round, Position memory position) private pure returns (bool) {
        bool hadNoSeat = position.until == 0 && position.revokedAt == 0;
        return position.from > round || position.owner == address(0) || hadNoSeat;
    }

    function slashedMoney() private view returns (uint256 toSink, uint256 toCaller) {
        return (network.claimableOf(network.sink()), network.claimableOf(BATCHER));
    }

    function watchSlash(
        uint256 round,
        Position memory before,
        Position memory now_,
        uint256 shareBps,
        uint256 sinkBefore,
        uint256 callerBefore
    ) private {
        uint256 leaving = round <= before.exitRound ? before.leaving : 0;
        uint256 most = ((uint256(before.stake) + leaving) * RISK_BPS * shareBps) / 1e8;
        uint256 lost = (uint256(before.stake) + before.leaving) - (uint256(now_.stake) + now_.leaving);
        (uint256 toSink, uint256 toCaller) = slashedMoney();
        (toSink, toCaller) = (toSink - sinkBefore, toCaller - callerBefore);
        note(3, lost <= most && lost + 1 >= most, "a slash is another share of the budget");
        note(17, lost == toSink + toCaller && toCaller == lost / 10, "slashed money went elsewhere");
        note(17, now_.leaving == before.leaving || now_.stake == 0, "what leaves paid before what stays");
        (now_.stake, now_.leaving) = (before.stake, before.leaving);
        note(12, keccak256(abi.encode(now_)) == keccak256(abi.encode(before)), "a slash moved more than money");
    }

    /* STAKE */

    function stakeMore(uint256 seed) external watched {
        seed = mixed(seed);
        uint256 number = seed % SIGNERS;
        Position memory before = positionOf(number);
        // One signer stays free, so that positions can move.
        if (before.owner == address(0) && number == SIGNERS - 1) return;
        if (before.owner != address(0) && before.owner != workerAt(number)) return stakeBehind(number, seed);
        uint96 amount = uint96(1_000 + ((seed >> 16) % 3 > 0 ? (seed >> 32) % 1e7 : (seed >> 32) % 5_000));
        deposit(number, amount);
        watchDeposit(before, positionOf(number), amount);
    }

    /// @dev A position that changed its signer still belongs to its first owner.
    function stakeBehind(uint256 number, uint256 seed) private {
        Position memory before = positionOf(number);
        uint96 amount = uint96(1 + ((seed >> 32) % 5_000));
        if (before.stake + before.pending + amount < terms().minStake) return;
        mint(before.owner, amount);
        vm.prank(before.owner);
        network.depositFor(topic, workerAt(number), amount, 0, 0);
        watchDeposit(before, positionOf(number), amount);
    }

    function watchDeposit(Position memory before, Position memory now_, uint96 amount) private {
        bool isTakenIn = before.pending > 0 && before.activeAt <= time;
        uint96 pending = isTakenIn ? amount : before.pending + amount;
        note(11, now_.stake == before.stake + (isTakenIn ? before.pending : 0), "a deposit counted at once");
        note(11, now_.pending == pending && now_.activeAt >= time + terms().activationDelay, "not delayed");
        note(11, !isBetter(before, now_), "a deposit raised skill");
    }

    function activate(uint256 seed) external watched {
        seed = mixed(seed);
        uint256 number = seed % SIGNERS;
        Position memory before = positionOf(number);
        if (before.pending == 0) return;
        if (before.activeAt > time && seed & 256 == 0) warpTo(before.activeAt);
        (bool isActive, ) = address(network).call(abi.encodeCall(ITopicDesk.activate, (topic, workerAt(number))));
        note(11, isActive == (before.activeAt <= time), "stake was active before its delay, or not after it");
        note(11, !isBetter(before, positionOf(number)), "an activation raised skill");
    }

    function isBetter(Position memory before, Position memory now_) private pure returns (bool) {
        int256 regretBefore = unpacked(before.regret);
        return unpacked(now_.regret) > regretBefore || now_.energy != before.energy;
    }

    function unpacked(int56 float) private pure returns (int256) {
        uint256 size = uint256(int256(float < 0 ? -float : float));
        int256 number = int256((size >> 8) << (size & 0xff));
        return float < 0 ? -number : number;
    }

    function takeSeats(uint256 seed) external watched {
        seed = mixed(seed);
        for (uint256 i = 0; i < SIGNERS; i++) takeSeat(i, uint8((seed >> (8 * i)) % SEATS));
    }

    function takeSeat(uint256 number, uint8 seat) private {
        Position memory position = positionOf(number);
        if (position.stake < terms().minStake || position.until == ALWAYS) return;
        address occupant = network.seatOf(topic, seat);
        address worker = workerAt(number);
        uint256 required = occupant == worker ? 0 : network.rankOf(topic, occupant);
        bool isHigher = occupant == address(0) || network.rankOf(topic, worker) > required;

        vm.prank(position.owner);
        (bool isTaken, ) = address(network).call(abi.encodeCall(ITopicDesk.takeSeat, (topic, worker, seat)));
        note(19, !isTaken || isHigher, "a seat fell to a lower rank");
        if (isTaken && occupant != address(0) && occupant != worker) displacements++;
    }

    /// @dev A part, often nearly all, or all of it.
    function unstakeSome(uint256 seed) external watched {
        seed = mixed(seed);
        uint256 number = seed % SIGNERS;
        Position memory position = positionOf(number);
        if (position.stake == 0 || seed & 256 > 0) return;
        uint256 amount = 1 + ((seed >> 16) % position.stake);
        if ((seed >> 9) % 2 == 0 && position.stake > REST) amount = position.stake - REST;
        vm.prank(position.owner);
        network.unstake(topic, workerAt(number), uint96(amount));
    }

    function withdraw(uint256 seed) external watched {
        seed = mixed(seed);
        for (uint256 i = 0; i < SIGNERS; i++) {
            uint256 number = ((seed % SIGNERS) + i) % SIGNERS;
            Position memory position = positionOf(number);
            if (position.leaving == 0 || position.leavesAt > time) continue;
            vm.prank(position.owner);
            (bool isOut, ) = address(network).call(abi.encodeCall(ITopicDesk.withdraw, (topic, workerAt(number))));
            if (isOut) withdrawals++;
        }
    }

    /* SIGNER */

    /// @dev Who was revoked moves to a free signer once its rounds are final, unless it takes a seat again before.
    function changeSigner(uint256 seed) external watched {
        seed = mixed(seed);
        for (uint256 i = 0; i < SIGNERS; i++) moveIfRevoked(i);
        uint256 number = (seed >> 8) % SIGNERS;
        address owner = positionOf(number).owner;
        if (owner == address(0) || seed % 4 > 0) return;
        vm.prank(owner);
        network.revoke(topic, workerAt(number));
        note(13, positionOf(number).until == 0, "a revoked signer still has a term");
    }

    function moveIfRevoked(uint256 number) private {
        Position memory position = positionOf(number);
        uint256 other = freeSigner();
        if (position.owner == address(0) || position.until > 0 || other == SIGNERS) return;

        (bytes32 r, bytes32 vs) = consentOf(other, position.owner);
        (address from, address to) = (workerAt(number), workerAt(other));
        vm.prank(position.owner);
        (bool isMoved, ) = address(network).call(abi.encodeCall(ITopicDesk.rotate, (topic, from, to, r, vs)));
        if (!isMoved) return;
        rotations++;
        settledOf[to] = settledOf[from];
        settledOf[from] = 0;
    }

    function freeSigner() private view returns (uint256 number) {
        while (number < SIGNERS && positionOf(number).owner != address(0)) number++;
    }

    /* MONEY */

    function fundPool(uint256 seed) external watched {
        seed = mixed(seed);
        network.fund(topic, uint96(1 + (seed % 100_000)));
    }

    function claim(uint256) external watched {
        uint256 tips = network.claimableOf(KEEPER);
        if (tips == 0) return;
        uint256 before = token.balanceOf(KEEPER);
        vm.prank(KEEPER);
        network.claim();
        note(15, token.balanceOf(KEEPER) == before + tips, "a tip was paid otherwise than credited");
        note(15, network.claimableOf(KEEPER) == 0, "a tip can be claimed twice");
    }

    /* WATCHED AFTER EVERY CALL */

    function watchStatuses() private {
        uint256 ring = RING;
        uint256 first = nextRound > ring ? nextRound - ring : 0;
        for (uint256 round = first; round < nextRound; round++) {
            RoundStatus status = statusOf(round);
            RoundStatus seen = seenOf[round];
            // A place that a younger round took tells nothing of this one any more.
            if (status == RoundStatus.None) continue;
            bool isFinal = seen == RoundStatus.Settled || seen == RoundStatus.Void;
            note(13, status >= seen && (!isFinal || status == seen), "a status moved back");
            seenOf[round] = status;
        }
    }

    function watchFeed() private {
        (bool isRead, ) = address(network).staticcall(abi.encodeWithSignature("read(bytes32)", topic));
        note(21, isRead, "reading reverted");
        Forecast memory forecast = network.read(topic);
        uint256 published = network.publishedOf(topic);
        note(21, published == seenPublished || published == seenPublished + 1, "published rounds have a gap");
        note(21, forecast.round >= seenFeedRound, "the feed went back to an older round");
        note(21, forecast.publishedAt <= time, "published in the future");
        note(21, forecast.lower <= forecast.value && forecast.value <= forecast.upper, "outside its interval");
        (seenPublished, seenFeedRound) = (published, forecast.round);
    }

    function skillsDigest() private view returns (bytes32 digest) {
        for (uint256 i = 0; i < SIGNERS; i++) {
            Position memory position = positionOf(i);
            digest = keccak256(abi.encode(digest, position.regret, position.energy));
        }
        Topic memory learnt = network.topicOf(topic);
        (learnt.pool, learnt.published) = (0, 0);
        digest = keccak256(abi.encode(digest, learnt));
    }

    function stakesDigest() private view returns (bytes32 digest) {
        for (uint256 i = 0; i < SIGNERS; i++) {
            Position memory position = positionOf(i);
            digest = keccak256(abi.encode(digest, position.stake, position.leaving, position.pending));
        }
    }

    /* WHAT THE INVARIANTS ASK */

    function accountedFor() external view returns (uint256 sum) {
        for (uint256 i = 0; i < SIGNERS; i++) {
            Position memory position = positionOf(i);
            sum += uint256(position.stake) + position.leaving + position.pending;
        }
        sum += network.topicOf(topic).pool + network.claimableOf(KEEPER) + network.claimableOf(address(this));
        sum += network.claimableOf(BATCHER) + network.claimableOf(network.sink());
        for (uint256 round = unfinished; round < nextRound; round++) {
            RoundStatus status = statusOf(round);
            bool isSetAside = status == RoundStatus.Published || status == RoundStatus.Resolved;
            if (isSetAside) sum += keptOf[round].outcome.rewards;
        }
    }

    function held() external view returns (uint256) {
        return token.balanceOf(address(network));
    }

    /// @return worst the least that any worker has left over its pending wagers, negative where they exceed it: all of
    /// them over all it has in the network, those made since it last asked stake back over what stays
    function slack() external view returns (int256 worst) {
        worst = type(int256).max;
        for (uint256 i = 0; i < SIGNERS; i++) {
            Position memory position = positionOf(i);
            uint256 since = position.leaving > 0 ? uint256(position.exitRound) + 1 : 0;
            int256 stays = int256(uint256(position.stake));
            int256 leaves = int256(uint256(position.leaving));
            worst = least(worst, stays + leaves - pendingWagersOf(workerAt(i), 0));
            worst = least(worst, stays - pendingWagersOf(workerAt(i), since));
        }
    }

    function least(int256 a, int256 b) private pure returns (int256) {
        return a < b ? a : b;
    }

    function pendingWagersOf(address worker, uint256 since) private view returns (int256 sum) {
        for (uint256 round = unfinished; round < nextRound; round++) {
            if (round < since || !canMoveMoney(round)) continue;
            address[] storage heard = keptOf[round].revealed.workers;
            Prediction[] storage predictions = keptOf[round].revealed.predictions;
            for (uint256 i = 0; i < heard.length; i++) {
                if (heard[i] == worker) sum += int256(uint256(predictions[i].wager()));
            }
        }
    }

    /// @return taken seats that are taken
    /// @return isSound whether each is held by one worker that knows it, and none lies beyond the last
    function seats() external view returns (uint256 taken, bool isSound) {
        isSound = true;
        for (uint256 seat = 0; seat < SEATS + 2; seat++) {
            address worker = network.seatOf(topic, uint8(seat));
            if (worker == address(0)) continue;
            taken++;
            if (seat >= SEATS || network.positionOf(topic, worker).seat != seat) isSound = false;
            for (uint256 other = 0; other < seat; other++) {
                if (network.seatOf(topic, uint8(other)) == worker) isSound = false;
            }
        }
    }
}

/// @notice Numbers and words are those of docs/Invariants.md. Each play is held against all of a half's invariants after
/// every call, and the halves run side by side.
abstract contract Invariants {
    Handler internal handler;

    function setUp() public {
        handler = new Handler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function hold(uint256 number, string memory name) internal view {
        string memory what = handler.broken(number);
        require(bytes(what).length == 0, string.concat(name, ": ", what));
    }
}

contract MoneyInvariantsTest is Invariants {
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_1_2_3_4_14_15_17_Money() external view {
        require(handler.held() == handler.accountedFor(), "1, the balance is what is accounted for");
        hold(2, "2, settled rounds conserve money");
        hold(3, "3, a payout is at most two wagers, a loss at most one");
        require(handler.slack() >= 0, "4, pending wagers never exceed the stake");
        hold(14, "14, a void round refunds everything");
        hold(15, "15, rewards stay below cap and rate");
        hold(17, "17, only the guilty are slashed, by their share, which goes to sink and bounty");
    }
}

contract RoundInvariantsTest is Invariants {
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_5_9_11_12_13_19_21_Rounds() external view {
        hold(5, "5, a worker counts once a round");
        hold(9, "9, the aggregate is that of a plain recomputation");
        hold(11, "11, newcomers and fresh deposits have no weight");
        hold(12, "12, skill does not move in void rounds");
        hold(13, "13, status only moves forward");
        (uint256 taken, bool isSound) = handler.seats();
        require(taken <= 3 && isSound, "19, a seat too many, or held twice");
        hold(19, "19, seats never fall to a lower rank");
        hold(21, "21, the feed never reverts and never goes back");
    }

    /// @dev The handler is worth nothing where it does not play: a long run of it reaches every end there is.
    function test_TheHandlerPlaysWholeRounds() external {
        for (uint256 i = 0; i < 1_200; i++) act(i);

        require(handler.settledRounds() > 80, "few rounds were settled");
        require(handler.voidRounds() > 10, "few rounds became void");
        require(handler.overtakings() > 5, "few rounds were settled out of order");
        require(handler.batches() > 60 && handler.loners() > 100, "few ways in");
        require(handler.withdrawals() > 10 && handler.displacements() > 0, "few left or were displaced");
        require(handler.silenced() > 5 && handler.denounced() > 2 && handler.acquittals() > 100, "few were slashed");
        require(handler.ringRefusals() > 0 && handler.rotations() > 0, "no refusal or no rotation");
    }

    function act(uint256 i) private {
        uint256 choice = uint256(keccak256(abi.encode(i))) % 15;
        if (choice < 3) handler.predict(i);
        if (choice == 3) handler.resolveOne(i);
        if (choice == 4) handler.settleOne(i);
        if (choice == 5) handler.settleMany(i);
        if (choice == 6) handler.pause(i);
        if (choice == 7) handler.stakeMore(i);
        if (choice == 8) handler.activate(i);
        if (choice == 9) handler.takeSeats(i);
        if (choice == 10) handler.unstakeSome(i);
        if (choice == 11) handler.withdraw(i);
        if (choice == 12) handler.changeSigner(i);
        if (choice == 13) handler.claim(i);
        if (choice == 14) handler.slashSome(i);
    }
}

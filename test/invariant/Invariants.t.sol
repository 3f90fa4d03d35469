// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {Float} from "../../contracts/libraries/Float.sol";
import {Forecast} from "../../contracts/types/Feed.sol";
import {Position} from "../../contracts/types/Position.sol";
import {Batch, Prediction, Revealed} from "../../contracts/types/Prediction.sol";
import {Phase, Outcome, Round, RoundStatus} from "../../contracts/types/Round.sol";
import {Opening, Seal, SignedCommitment} from "../../contracts/types/Seal.sol";
import {Topic, TopicParams} from "../../contracts/types/Topic.sol";
import {Medians} from "../helpers/Medians.sol";
import {Kept, NetworkDriver, Said} from "../helpers/NetworkDriver.sol";
import {PlainBatches} from "../helpers/PlainBatches.sol";
import {PlainMath} from "../helpers/PlainMath.sol";
import {PlainSeals} from "../helpers/PlainSeals.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice What a worker committed to in a round, and what stood behind it then.
struct Committed {
    bool isIn;
    bool isHeard;
    uint8 seat;
    uint96 stake;
    uint96 wager;
    uint48 trust;
}

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
    address private constant FRIEND = address(0xF12);
    uint256 private constant COMMITTERS = SIGNERS + 2; // the batcher, a friend, and each for itself or another

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
    uint256 public seconds_; // of a seat, passed over
    uint256 public lateLeavers; // heard though they had lost their seat since they committed
    uint256 public moved; // heard though their stake had moved since they committed
    uint256 public earlyOnes; // published before their window was over
    uint256 public unheard; // committed to, and not revealed by anyone
    uint256 public rotations;
    uint256 public silenced; // slashed for withholding
    uint256 public denounced; // slashed for signing twice
    uint256 public acquittals;

    uint256 public nextRound;
    uint256 private unfinished; // no older round can still move money
    mapping(address worker => uint256) private settledOf;
    mapping(uint256 round => RoundStatus) private seenOf;
    mapping(uint256 round => bytes20) private resolvedDigestOf;
    mapping(uint256 round => mapping(address committer => Said[])) private takenIn;
    mapping(uint256 round => Committed[SIGNERS]) private committedIn;
    mapping(uint256 round => uint256 signers) private seatedIn;
    mapping(uint256 round => uint256 signers) private slashedIn;
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

    /// @notice The next round, from the first commitment to the feed, with other things happening in between. Some stop
    /// half-way, some are left out, some are published before their window is over.
    function predict(uint256 seed) public watched {
        seed = mixed(seed);
        uint256 round = roundToCome();
        warpTo(openTime(round) + (seed % clock.commitWindow));

        (Said[] memory said, uint256[] memory routes) = drawPredictions(seed);
        if (said.length == 0 || !mayOpen(round, said, seed)) return;
        if (!commitAll(round, said, routes, seed)) return;
        meanwhile(seed >> 8);
        meanwhile(seed >> 12);

        warpTo(revealTime(round) + (seed % clock.revealWindow));
        meanwhile(seed >> 16);
        revealAll(round, seed);
        watchRevealed(round);
        publishEarly(round, seed);
        if (statusOf(round) != RoundStatus.Open || seed % 11 == 0) return;

        warpTo(publishTime(round) + (seed % 20));
        publishWatched(round);
    }

    /// @dev Nothing here moves time: what is due is settled, some leave, some come.
    function meanwhile(uint256 seed) private {
        uint256 choice = seed % 8;
        if (choice == 0) unstakeSome(seed);
        if (choice == 1) changeSigner(seed);
        if (choice == 2) takeSeats(seed);
        if (choice == 3) stakeMore(seed);
        if (choice == 4) slashSome(seed);
        if (choice == 5) settleDue(seed);
    }

    function settleDue(uint256 seed) private {
        for (uint256 i = 0; i < RING; i++) {
            (uint256 round, bool isFound) = oneIn(RoundStatus.Published, seed + (i << 8));
            if (isFound && targetTime(round) <= time) return bring(round, seed);
        }
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
    function mayOpen(uint256 round, Said[] memory said, uint256 seed) private returns (bool) {
        uint256 ring = RING;
        for (uint256 next = round; next > unfinished; next--) {
            uint256 older = next - 1;
            if (older + ring > round || !canMoveMoney(older)) continue;
            if (seed % 8 != 0) {
                bring(older, seed);
                continue;
            }
            refuseReuse(round, older, said);
            return false;
        }
        return true;
    }

    function bring(uint256 round, uint256 seed) private {
        if (statusOf(round) == RoundStatus.Published && phaseOf(round) == Phase.Expired) return expire(round);
        if (statusOf(round) == RoundStatus.Published) resolveWatched(round, seed);
        if (statusOf(round) == RoundStatus.Resolved) settleWatched(round);
    }

    function refuseReuse(uint256 round, uint256 older, Said[] memory said) private {
        bytes4 error = refusal(round, BATCHER, commitmentsOf(round, BATCHER, said));
        note(
            13,
            error == ITopicRounds.RingFull.selector,
            "a place in the ring was reused while its round could move money"
        );
        note(13, roundOf(older).number == older, "a round lost its place in the ring");
        ringRefusals++;
    }

    /// @return error zero where it was not refused
    function refusal(
        uint256 round,
        address committer,
        SignedCommitment[] memory commitments
    ) private returns (bytes4 error) {
        vm.prank(committer);
        (bool isTaken, bytes memory answer) = address(network).call(
            abi.encodeCall(ITopicRounds.commit, (topic, round, commitments))
        );
        return isTaken ? bytes4(0) : bytes4(answer);
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

    /* COMMIT */

    /// @return said at most two predictions of each signer
    /// @return routes through whom each goes in
    function drawPredictions(uint256 seed) private view returns (Said[] memory said, uint256[] memory routes) {
        (said, routes) = (new Said[](2 * SIGNERS), new uint256[](2 * SIGNERS));
        uint256 count = 0;
        for (uint256 i = 0; i < SIGNERS; i++) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            bool isSeated = positionOf(i).until == ALWAYS;
            // Who has no seat tries it rarely; who has one is rarely absent.
            if (isSeated ? draw % 16 == 0 : draw % 16 > 0) continue;
            for (uint256 j = 0; j < ((draw >> 8) % 6 == 0 ? 2 : 1); j++) {
                draw = uint256(keccak256(abi.encode(draw)));
                routes[count] = drawRoute(draw >> 64, i);
                said[count++] = say(i, drawValue(draw), uint16(1 + ((draw >> 16) % 10_000)));
            }
        }
        assembly ("memory-safe") {
            mstore(said, count)
            mstore(routes, count)
        }
    }

    /// @dev A third each by the batcher, by a friend and by itself, now and then by another worker.
    function drawRoute(uint256 draw, uint256 number) private pure returns (uint256) {
        if (draw % 3 < 2) return draw % 3;
        return 2 + ((draw >> 8) % 8 == 0 ? (draw >> 16) % SIGNERS : number);
    }

    function committerAt(uint256 route) private view returns (address) {
        if (route == 0) return BATCHER;
        return route == 1 ? FRIEND : workerAt(route - 2);
    }

    /// @dev Around the centre, now and then far outside every domain.
    function drawValue(uint256 draw) private pure returns (int256) {
        if (draw % 64 < 2) return draw % 64 == 0 ? type(int104).max : type(int104).min;
        if (draw % 3 == 0) return draw % 2 == 0 ? int256(80e18) : int256(120e18);
        return 85e18 + int256((draw >> 32) % 30e18);
    }

    /// @dev List by list, in any order, what is due being settled in between.
    /// @return isOpen whether anything was taken in
    function commitAll(
        uint256 round,
        Said[] memory said,
        uint256[] memory routes,
        uint256 seed
    ) private returns (bool isOpen) {
        for (uint256 i = 0; i < COMMITTERS; i++) {
            uint256 route = ((seed >> 24) + i) % COMMITTERS;
            Said[] memory list = routed(said, routes, route);
            if (list.length == 0) continue;
            commitWatched(round, committerAt(route), list);
            if ((seed >> (32 + i)) % 8 == 0) meanwhile(seed >> (40 + i));
        }
        isOpen = statusOf(round) == RoundStatus.Open;
        if (isOpen) rememberSeats(round);
    }

    function routed(
        Said[] memory said,
        uint256[] memory routes,
        uint256 route
    ) private pure returns (Said[] memory list) {
        list = new Said[](said.length);
        uint256 count = 0;
        for (uint256 i = 0; i < said.length; i++) if (routes[i] == route) list[count++] = said[i];
        assembly ("memory-safe") {
            mstore(list, count)
        }
    }

    function commitWatched(uint256 round, address committer, Said[] memory list) private {
        SignedCommitment[] memory commitments = commitmentsOf(round, committer, list);
        for (uint256 i = 0; i < list.length; i++) {
            // Not its signature.
            if (isJunk(list[i], committer)) commitments[i].r ^= bytes32(uint256(1));
        }
        (RoundStatus before, uint32 peak) = (statusOf(round), roundOf(round).peak);
        if (before == RoundStatus.None) peak = network.topicOf(topic).peak;
        Seal[] memory expected = takenOf(round, committer, list, peak);
        if (expected.length == 0) {
            bytes4 error = refusal(round, committer, commitments);
            note(5, error == ITopicRounds.NothingCommitted.selector, "what counts for nothing was taken in");
            note(13, statusOf(round) == before, "a refused list opened its round");
            return;
        }
        commit(round, committer, commitments);
        nextRound = round + 1;
        bytes32 told = keccak256(abi.encodePacked(sealsIn[round][committer]));
        note(5, told == keccak256(abi.encodePacked(expected)), "other seals were taken in");
        note(13, statusOf(round) == RoundStatus.Open && roundOf(round).peak == peak, "not opened once, by the first");
        bool isAgain = refusal(round, committer, commitments) != ITopicRounds.AlreadyCommitted.selector;
        note(5, !isAgain, "a committer committed twice");
    }

    function isJunk(Said memory said, address committer) private view returns (bool) {
        return said.salt % 16 == 0 && workerAt(said.worker) != committer;
    }

    /// @dev What the round must take in of a list: the first of each that has a seat and signed. It is remembered.
    function takenOf(
        uint256 round,
        address committer,
        Said[] memory list,
        uint32 peak
    ) private returns (Seal[] memory seals) {
        seals = new Seal[](list.length);
        uint256 count = 0;
        for (uint256 i = 0; i < list.length; i++) {
            Said memory said = list[i];
            Position memory position = positionOf(said.worker);
            bool isSeated = position.from <= round && round < position.until;
            isSeated = isSeated && PlainSeals.budgetOf(position.stake, RISK_BPS) > 0;
            if (!isSeated || isJunk(said, committer)) continue;
            if (committedIn[round][said.worker].isIn) {
                seconds_++;
                continue;
            }
            seals[count++] = take(round, said, position, peak);
            takenIn[round][committer].push(said);
        }
        assembly ("memory-safe") {
            mstore(seals, count)
        }
    }

    function take(uint256 round, Said memory said, Position memory position, uint32 peak) private returns (Seal) {
        uint256 budget = PlainSeals.budgetOf(position.stake, RISK_BPS);
        int256 trust = PlainMath.trustOf(unpacked(position.regret), Float.unpack(position.energy), Float.unpack(peak));
        Committed storage committed = committedIn[round][said.worker];
        (committed.isIn, committed.seat, committed.stake) = (true, position.seat, position.stake);
        committed.wager = uint96(PlainSeals.wagerOf(budget, said.confidence));
        committed.trust = uint48(Float.packDown(uint256(trust), 40));
        note(11, committed.wager <= (uint256(position.stake) * RISK_BPS) / 10_000, "more than active stake allows");
        bool isNew = settledOf[workerAt(said.worker)] == 0;
        note(11, !isNew || committed.trust == 0, "a newcomer had weight");
        return
            PlainSeals.sealOf(commitmentOf(round, said), workerAt(said.worker), position.seat, budget, committed.trust);
    }

    /// @dev Who is revoked in the round still answers for it.
    function rememberSeats(uint256 round) private {
        for (uint256 i = 0; i < SIGNERS; i++) {
            Position memory position = positionOf(i);
            uint256 end = position.until == 0 ? position.revokedAt : position.until;
            if (position.from <= round && round < end) seatedIn[round] |= 1 << i;
        }
    }

    /* REVEAL */

    function revealAll(uint256 round, uint256 seed) private {
        if (statusOf(round) != RoundStatus.Open || phaseOf(round) != Phase.Reveal) return;
        for (uint256 i = 0; i < COMMITTERS; i++) {
            address committer = committerAt(((seed >> 20) + i) % COMMITTERS);
            Said[] memory list = takenIn[round][committer];
            if (list.length > 0) revealList(round, committer, list, uint256(keccak256(abi.encode(seed, i))));
        }
    }

    /// @dev Some are not opened, or not by all; the first of a list may come after the rest.
    function revealList(uint256 round, address committer, Said[] memory list, uint256 draw) private {
        if (draw % 10 == 0) return;
        if (list.length > 1) batches++;
        if (list.length == 1) loners++;
        uint256 later = draw % 5 == 0 && list.length > 1 ? 1 : 0;
        revealMasked(round, committer, list, ALL - later);
        if (later > 0 && draw % 2 == 0) revealMasked(round, committer, list, later);
    }

    function revealMasked(uint256 round, address committer, Said[] memory list, uint256 opened) private {
        reveal(round, committer, list, opened);
        for (uint256 i = 0; i < list.length; i++) {
            if ((opened >> i) & 1 == 1) hear(round, list[i].worker);
        }
        opened &= ALL >> (256 - list.length);
        (Opening[] memory openings, Seal[] memory rest) = laidOut(round, committer, list, opened);
        (bool isTwice, ) = address(network).call(
            abi.encodeCall(ITopicRounds.reveal, (topic, round, committer, openings, opened, rest))
        );
        note(5, !isTwice, "a worker revealed twice");
    }

    function hear(uint256 round, uint256 number) private {
        Committed storage committed = committedIn[round][number];
        Position memory position = positionOf(number);
        committed.isHeard = true;
        if (position.until != ALWAYS) lateLeavers++;
        if (committed.stake != position.stake) moved++;
    }

    function watchRevealed(uint256 round) private {
        Revealed memory revealed = keptOf[round].revealed;
        Round memory kept = roundOf(round);
        uint256 awaited = 0;
        uint256 count = 0;
        for (uint256 i = 0; i < SIGNERS; i++) {
            Committed memory committed = committedIn[round][i];
            if (committed.isIn && !committed.isHeard) awaited |= 1 << committed.seat;
            if (!committed.isHeard || committed.wager == 0) continue;
            count++;
            note(
                5,
                timesIn(revealed, workerAt(i), committed) == 1,
                "heard otherwise than it was committed, or not once"
            );
        }
        note(5, kept.closed == ~awaited, "bits and seats differ");
        note(5, kept.count == count && revealed.workers.length == count, "another was heard");
        if (count == 0) unheard++;
    }

    function timesIn(
        Revealed memory revealed,
        address worker,
        Committed memory committed
    ) private pure returns (uint256 times) {
        for (uint256 i = 0; i < revealed.workers.length; i++) {
            Prediction said = revealed.predictions[i];
            bool isSame = said.wager() == committed.wager && said.trust() == committed.trust;
            if (revealed.workers[i] == worker && isSame) times++;
        }
    }

    /// @dev Where nothing is awaited any more it may be told at once, elsewhere it must be refused.
    function publishEarly(uint256 round, uint256 seed) private {
        if (statusOf(round) != RoundStatus.Open || phaseOf(round) != Phase.Reveal) return;
        if (roundOf(round).closed == ALL) {
            if (seed % 2 > 0) return;
            earlyOnes++;
            return publishWatched(round);
        }
        if (seed % 4 > 0) return;
        Kept memory kept = keptOf[round];
        Prediction[] memory said = kept.revealed.predictions;
        Batch[] memory told = PlainBatches.batchesOf(kept.revealed);
        (bool isEarly, bytes memory error) = address(network).call(
            abi.encodeCall(
                ITopicRounds.publish,
                (topic, round, kept.center, kept.sigma, said, told, Medians.hintsOf(said))
            )
        );
        bool isRefused = !isEarly && bytes4(error) == ITopicRounds.WrongPhase.selector;
        note(13, isRefused, "published while reveals were awaited");
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
        for (uint256 i = 0; i < SIGNERS; i++) accuse(round, i);
    }

    function accuse(uint256 round, uint256 number) private {
        bytes memory call = abi.encodeCall(ITopicDesk.slashWithheld, (topic, round, workerAt(number)));
        if (tried(call, round, number, 5_000, isSilent(round, number) && !isOutage(round))) silenced++;
    }

    function isSilent(uint256 round, uint256 number) private view returns (bool) {
        RoundStatus status = statusOf(round);
        if (status < RoundStatus.Published || status > RoundStatus.Settled) return false;
        Committed storage committed = committedIn[round][number];
        return committed.isIn && !committed.isHeard;
    }

    function isOutage(uint256 round) private view returns (bool) {
        uint256 silent = 0;
        for (uint256 i = 0; i < SIGNERS; i++) if (isSilent(round, i)) silent++;
        uint256 heard = keptOf[round].revealed.workers.length;
        return 3 * heard < heard + silent;
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

    function stakeMore(uint256 seed) public watched {
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

    function takeSeats(uint256 seed) public watched {
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

    /// @dev A part, often as much as the seat can be kept with, now and then nearly all, or all of it.
    function unstakeSome(uint256 seed) public watched {
        seed = mixed(seed);
        uint256 number = seed % SIGNERS;
        Position memory position = positionOf(number);
        if (position.stake == 0 || seed & 256 > 0) return;
        uint256 amount = 1 + ((seed >> 16) % position.stake);
        uint256 kept = 3 * uint256(position.leaving);
        if ((seed >> 9) % 4 < 2 && position.stake > kept + 4) amount = (position.stake - kept) / 4;
        if ((seed >> 9) % 4 == 2 && position.stake > REST) amount = position.stake - REST;
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
    function changeSigner(uint256 seed) public watched {
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
            worst = least(worst, stays + leaves - pendingWagersOf(i, 0));
            worst = least(worst, stays - pendingWagersOf(i, since));
        }
    }

    function least(int256 a, int256 b) private pure returns (int256) {
        return a < b ? a : b;
    }

    /// @dev What was committed counts as long as the round is open: it may yet be revealed.
    function pendingWagersOf(uint256 number, uint256 since) private view returns (int256 sum) {
        for (uint256 round = unfinished; round < nextRound; round++) {
            Committed storage committed = committedIn[round][number];
            if (round < since || !canMoveMoney(round)) continue;
            bool isPending = committed.isIn && (committed.isHeard || statusOf(round) == RoundStatus.Open);
            if (isPending) sum += int256(uint256(committed.wager));
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
        require(handler.batches() > 40 && handler.loners() > 100, "few ways in");
        require(handler.withdrawals() > 10 && handler.displacements() > 0, "few left or were displaced");
        require(handler.silenced() > 5 && handler.denounced() > 2 && handler.acquittals() > 100, "few were slashed");
        require(
            handler.seconds_() > 20 && handler.lateLeavers() > 5 && handler.moved() > 25,
            "little happened in between"
        );
        require(handler.earlyOnes() > 20 && handler.unheard() > 5, "few rounds were early or never heard");
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

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Position} from "../../../contracts/types/Position.sol";
import {Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {Topic, TopicParams} from "../../../contracts/types/Topic.sol";
import {NetworkDriver} from "../../helpers/NetworkDriver.sol";
import {Told, told} from "../../helpers/Told.sol";

/// @notice What a worker committed to in a round, and what stood behind it then.
struct Committed {
    bool isIn;
    bool isHeard;
    uint8 seat;
    uint96 stake;
    uint96 wager;
    uint32 trust;
}

/// @notice What campaigns have to come by to be worth anything.
enum Reached {
    Deposited,
    Activated,
    Seated,
    Displaced,
    Unstaked,
    Withdrawn,
    Revoked,
    Rotated,
    Claimed,
    Repeated, // of a seat, passed over
    Split, // in two, the rest committed beside the first list by the same committer
    RingFull, // and a round refused for it
    Listed, // revealed together
    Alone, // revealed by itself
    Left, // heard though it had lost its seat since it committed
    StakeMoved, // heard though its stake had moved since it committed
    Unheard, // committed to, and not revealed by anyone
    AtOnce, // all of a sole list opened and published in one call
    NotSole, // refused, for it was not, or no more
    Folded, // a reveal refused for it
    Unfolded, // by who reveals or publishes
    Griefed, // unfolded by somebody else, at any moment
    FirstOpened, // the first list, which is nobody's
    FirstInParts,
    FirstBefore, // another list, in the order of reveals
    FirstAfter,
    SilentlyPublished, // unfolded though nothing of it was revealed
    Spared, // accused of silence in a round that was opened at once
    AtTheRate, // paid for taking part as much as the pool's share allows
    AtTheCap, // as much as the share of the wagers allows
    Played, // by the pool, at the reference
    Restarted, // by a publication
    Early, // published before its window was over
    Late, // published after a younger one
    StaysThin, // published, but not younger than every void one
    Unhealthy, // void when it was published
    Truthless, // void because there is no truth
    Expired, // void because no truth came in time
    Settled,
    Outdated, // settled in an older era than the topic's
    Overtaken, // by a younger round that settled before
    Silenced, // slashed for withholding
    Denounced, // slashed for signing twice
    Acquitted
}

/// @title One topic, its crowd, and what a play remembers of both.
/// @notice Every action looks at what it was allowed to change and notes under the invariant's number what was wrong.
/// Nothing here catches a revert: an action that reverts where it should not fails the run. So what is found wrong ends
/// its call and the play, before what would revert for it can hide its name.
abstract contract Play is NetworkDriver {
    uint256 internal constant SIGNERS = 6;
    uint256 internal constant SEATS = 3;
    uint8 internal constant RING = 4;
    uint16 internal constant RISK_BPS = 400;
    uint16 internal constant CAP_BPS = 500; // small, so that losses are losses
    uint16 internal constant RATE_BPS = 2_500 / (RING - 1); // the most there can be
    uint16 internal constant SHARE_BPS = 2_000;
    uint16 internal constant TIP_BPS = 100;
    uint96 internal constant MIN_STAKE = 1_000;
    uint24 internal constant ALWAYS = type(uint24).max;

    /// @notice What was found wrong, by invariant.
    mapping(uint256 invariant => string) public broken;
    mapping(Reached => uint256) public times;
    bool internal isOver;

    uint256 internal nextRound;
    uint256 internal unfinished; // no older round can still move money
    mapping(address worker => uint256) internal settledOf;
    mapping(uint256 round => Committed[SIGNERS]) internal committedIn;

    constructor() {
        openTopic();
        rememberWorkers(SIGNERS);
        mint(address(this), 1e9);
        network.fund(topic, 2e5); // so that the pool's share is the least at times, and the wagers' at others
        seatWorkers(SEATS, 1_000 * STAKE);
    }

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.seats = uint16(SEATS);
        params.unstakeDelay = 20;
        (params.rewardCapBps, params.poolRateBps, params.tipBps) = (CAP_BPS, RATE_BPS, TIP_BPS);
        params.poolShareBps = SHARE_BPS;
        params.minStake = MIN_STAKE;
        (params.ringSize, params.riskBps) = (RING, RISK_BPS);
    }

    /* NOTES */

    /// @dev Seeds come from a small set of telling numbers; what is drawn from them shall not.
    function mixed(uint256 seed) internal view returns (uint256) {
        return uint256(keccak256(abi.encode(seed, time)));
    }

    function note(uint256 invariant, bool holds, string memory what) internal {
        if (holds) return;
        broken[invariant] = what;
        isOver = true;
        assembly ("memory-safe") {
            return(0, 0)
        }
    }

    function reach(Reached what) internal {
        times[what]++;
    }

    /* ROUNDS */

    function statusOf(uint256 round) internal view returns (RoundStatus) {
        return roundOf(round).status;
    }

    function phaseOf(uint256 round) internal view returns (Phase) {
        return network.phaseOf(topic, round);
    }

    function canMoveMoney(uint256 round) internal view returns (bool) {
        RoundStatus status = statusOf(round);
        if (status == RoundStatus.Open) return time < targetTime(round);
        return status == RoundStatus.Published || status == RoundStatus.Resolved;
    }

    /* MONEY */

    function poolNow() public view returns (uint256) {
        return network.topicOf(topic).pool;
    }

    /// @return sum what all rounds that are published and not settled may cost the pool
    function owed() public view returns (uint256 sum) {
        for (uint256 round = unfinished; round < nextRound; round++) {
            RoundStatus status = statusOf(round);
            bool isOwed = status == RoundStatus.Published || status == RoundStatus.Resolved;
            if (isOwed) sum += mostOf(told(keptOf[round].outcome));
        }
    }

    /// @notice The most that a published round may cost the pool.
    function mostOf(Told memory outcome) internal pure returns (uint256) {
        return outcome.play + outcome.reward + (outcome.play * TIP_BPS) / 10_000;
    }

    /* DIGESTS */

    function skillsDigest() internal view returns (bytes32 digest) {
        for (uint256 i = 0; i < SIGNERS; i++) {
            Position memory position = positionOf(i);
            digest = keccak256(abi.encode(digest, position.regret, position.energy, position.tenure));
        }
        Topic memory learnt = network.topicOf(topic);
        (learnt.pool, learnt.missed, learnt.lastVoid) = (0, 0, 0);
        digest = keccak256(abi.encode(digest, learnt));
    }

    function stakesDigest() internal view returns (bytes32 digest) {
        for (uint256 i = 0; i < SIGNERS; i++) {
            Position memory position = positionOf(i);
            digest = keccak256(abi.encode(digest, position.stake, position.leaving, position.pending));
        }
    }
}

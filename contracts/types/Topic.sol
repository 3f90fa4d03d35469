// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float24, Float32, Float40, SignedFloat32, SignedFloat40} from "../maths/Float.sol";
import {Tenure} from "./Position.sol";

/// @notice A topic is named by the hash of its immutable terms: `keccak256(abi.encode(TopicParams))`.
type TopicId is bytes32;

/// @notice How the range is laid in which losses are scored.
enum DomainKind {
    Adaptive, // center -+ scale x sigma, within [min, max]
    Relative, // center -+ scale x |center|, within [min, max]
    Fixed // [min, max]
}

/// @notice The immutable terms of a topic. Values are 1e18 fixed point, times are seconds, shares are basis points.
/// @param description the question in words, shown by the feed views
/// @param truth the contract that knows what happened (ITruthSource)
/// @param decimals of the AggregatorV3 view; values inside the network always have 18
/// @param seats places for workers, 1 to 256
/// @param ringSize rounds that may be in flight, 1 to 255; `ringSize x riskBps <= 1600`,
/// `ringSize x cadence >= horizon`; where both are equal, a round must be settled while commitments are taken
/// for the one that comes after it in the ring
/// @param riskBps share of its stake a worker risks in a round at full confidence
/// @param start when round 0 opens, unix time
/// @param cadence from one round's opening to the next
/// @param commitWindow how long sealed predictions are taken; 0 makes the topic signed-only
/// @param revealWindow how long predictions are opened
/// @param lead least time between the last reveal and the target
/// @param horizon from the opening to the target time; at least `commitWindow + revealWindow + lead`
/// @param truthWindow from the target time to the truth deadline, after which an unresolved round is void
/// @param activationDelay from a deposit until it can back a wager
/// @param unstakeDelay from an unstake request until the money can leave
/// @param minWorkers fewer revealed predictions make the round void
/// @param minWager less at risk makes the round void; kept as a float, rounded up in the tenth digit
/// @param minStake least stake of a worker with a seat
/// @param intervalBps how often the interval shall hold the truth: 8000, 9000 or 9500
/// @param poolRateBps share of the pool that a round may cost it at most; `(ringSize - 1) x poolRateBps <= 2500`
/// @param poolShareBps share of a round's wagers that the pool plays against its workers at the naive forecast, at most
/// @param rewardCapBps share of a round's wagers that the pool pays for taking part, at most; comes first
/// @param tipBps share of what the pool plays in a round that goes to the keepers who publish and settle it, at most 100
/// @param referenceRateBps how fast the reference, a running mean of truths, follows them: 10000 is the last truth
/// @param domain how the scored range is laid
/// @param domainScale Adaptive: sigmas to each side, Relative: share of the center; in basis points (30000 = 3 sigmas)
/// @param min lower end of every scored value
/// @param max upper end of every scored value
/// @param center where the reference starts, and with it the first domain; afterwards it follows the truths
/// @param sigma half width of the first domain in units of `domainScale`; afterwards the rolling error of the reference
struct TopicParams {
    string description;
    address truth;
    uint8 decimals;
    uint16 seats;
    uint8 ringSize;
    uint16 riskBps;
    uint32 start;
    uint24 cadence;
    uint24 commitWindow;
    uint24 revealWindow;
    uint24 lead;
    uint24 horizon;
    uint24 truthWindow;
    uint24 activationDelay;
    uint24 unstakeDelay;
    uint8 minWorkers;
    uint96 minWager;
    uint96 minStake;
    uint16 intervalBps;
    uint16 poolRateBps;
    uint16 poolShareBps;
    uint16 rewardCapBps;
    uint16 tipBps;
    uint16 referenceRateBps;
    DomainKind domain;
    uint16 domainScale;
    int104 min;
    int104 max;
    int104 center;
    uint104 sigma;
}

/// @notice A topic in storage, six slots. Slots 0, 2 and 3 to 4 are read at a publication, 0, 1, 3 and 4 at a settlement, 0
/// and 3 at a commitment; a settlement writes 3 and 4, a publication only where the topic restarts.
struct Topic {
    // slot 0: time and gates, read in every phase
    uint32 start;
    uint24 cadence;
    uint24 commitWindow;
    uint24 revealWindow;
    uint24 horizon;
    uint24 truthWindow;
    uint16 riskBps;
    uint8 ringSize;
    uint8 minWorkers;
    uint16 poolRateBps;
    uint16 rewardCapBps;
    Float40 minWager; // rounded up
    // slot 1: what a resolution needs
    address truth;
    uint16 tipBps;
    uint16 intervalBps;
    uint16 referenceRateBps;
    // slot 2: what a publication needs
    int104 min;
    int104 max;
    DomainKind domain;
    uint16 domainScale;
    uint16 poolShareBps;
    bool isLimited; // whether the truth source states a limit to what may depend on it
    // slot 3: moves at resolve and settle. Only `tenure`, `peak`, `feedError` and `rounds` restart with a new era
    uint96 pool;
    SignedFloat40 center; // the reference: running mean of truths
    Float24 sigma; // rolling error of the reference, rounded up
    Float24 peak; // largest squared instantaneous regret of the era so far
    Float24 feedError; // rolling |inner - truth|
    Tenure tenure; // era, 11 bits, and settled rounds of it, 5 bits
    uint24 resolvedUntil; // the youngest resolved round and one; 0 before the first truth
    uint8 rounds; // resolved rounds of the era, stops at 255
    // slot 4: moves at resolve. All but `usual` restarts with a new era
    SignedFloat32 anchorRegret;
    Float32 anchorEnergy;
    SignedFloat32 meanRegret;
    Float32 meanEnergy;
    Float24 widthBelow; // of the interval, in units of feedError
    Float24 widthAbove;
    Float24 anchorError; // rolling |anchor - truth|
    SignedFloat32 bias; // rolling truth - mean
    Float24 usual; // running mean of a resolved round's budgets, rounded down
    // slot 5: stakes and seats, and fields that are rarely read
    uint96 minStake;
    uint24 activationDelay;
    uint24 unstakeDelay;
    uint24 missed; // rounds up to the feed's whose aggregate never reached it
    uint8 lastSeat;
    uint8 decimals;
    uint24 lastVoid; // youngest round that became void for want of workers or wagers, while the feed is thin
}

/// @notice The terms that time follows from, seconds. The schedule knows nothing else of a topic.
struct Times {
    uint256 start;
    uint256 cadence;
    uint256 commitWindow;
    uint256 revealWindow;
    uint256 horizon;
    uint256 truthWindow;
}

using {times} for Topic global;

/// @dev One load: all of it stands in slot 0.
function times(Topic storage topic) view returns (Times memory) {
    return Times(topic.start, topic.cadence, topic.commitWindow, topic.revealWindow, topic.horizon, topic.truthWindow);
}

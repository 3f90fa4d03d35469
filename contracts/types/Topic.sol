// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

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
/// `ringSize x cadence >= horizon`; where it is no more than that, a round has to be settled while commitments are taken
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
/// @param rewardRateBps share of the pool a round may pay out; `(ringSize - 1) x rewardRateBps <= 2500`
/// @param rewardCapBps most a round may pay out, as a share of its wagers
/// @param tipBps share of a round's rewards that goes to the keepers who publish and settle
/// @param domain how the scored range is laid
/// @param domainScale Adaptive: sigmas to each side, Relative: share of the center; in basis points (30000 = 3 sigmas)
/// @param min lower end of every scored value
/// @param max upper end of every scored value
/// @param center where the first domain is centred; afterwards the last known truth
/// @param sigma half width of the first domain in units of `domainScale`; afterwards the rolling error of the center
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
    uint16 rewardRateBps;
    uint16 rewardCapBps;
    uint16 tipBps;
    DomainKind domain;
    uint16 domainScale;
    int104 min;
    int104 max;
    int104 center;
    uint104 sigma;
}

/// @notice A topic in storage, six slots. Fields marked `float` are read and written with the Float library.
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
    uint16 rewardRateBps;
    uint16 rewardCapBps;
    uint40 minWager; // float, rounded up
    // slot 1: truth, tips, seats and the delays of money
    address truth;
    uint16 tipBps;
    uint8 lastSeat;
    uint16 intervalBps;
    uint24 activationDelay;
    uint24 unstakeDelay;
    uint8 decimals;
    // slot 2: domain
    int104 min;
    int104 max;
    DomainKind domain;
    uint16 domainScale;
    // slot 3: money and what the next domain needs; moves at resolve and settle
    uint96 pool;
    int40 center; // float
    uint32 sigma; // float
    uint32 peak; // float: largest squared instantaneous regret so far
    uint32 feedError; // float: rolling |inner - truth|
    uint24 missed; // rounds up to the feed's whose aggregate never reached it
    // slot 4: what the weighting rule has learnt; moves at resolve
    int40 anchorRegret; // float
    uint32 anchorEnergy; // float
    int40 meanRegret; // float
    uint32 meanEnergy; // float
    uint32 width; // float: interval half width in units of feedError
    uint32 anchorError; // float: rolling |anchor - truth|
    int40 bias; // float: rolling truth - mean
    uint8 rounds; // resolved rounds, stops at 255
    // slot 5: entrance
    uint96 minStake;
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

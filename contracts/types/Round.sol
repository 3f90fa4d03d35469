// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev The seats of a round of which all that was committed is revealed.
uint256 constant ALL_CLOSED = type(uint256).max;

/// @notice Where in its round time stands. Follows from the terms and the clock alone.
enum Phase {
    Pending, // before the opening
    Commit, // sealed predictions are taken
    Reveal, // predictions are opened
    Live, // the aggregate can be published, until the target time
    Due, // the truth is awaited, until the truth deadline
    Expired // too late for a truth: what is not resolved is void
}

/// @notice How far a round has come. Only moves forward; Settled and Void are final.
enum RoundStatus {
    None,
    Open,
    Published,
    Disputed, // reserved: a truth under challenge
    Resolved,
    Settled,
    Void
}

/// @notice Where a round keeps the lists that were committed to it. The first has no slot of its own: it is folded into the
/// round's digest, for it is seldom needed there but to be opened as a whole.
enum Listing {
    Apart, // each in its slot, or nothing is sealed
    Sole, // one list is all there is, and folded
    First, // the first is folded, those that came after it are not
    Heard // the sole list was revealed as a whole
}

/// @notice A round in storage: one slot of the ring and one of seats. Everything else of a round is calldata, kept as
/// `digest`: the first list while it is folded, the chained batches while they are revealed, then the outcome, then the
/// resolution.
struct Round {
    // slot 0
    bytes20 digest;
    uint24 number;
    RoundStatus status;
    uint32 peak; // float: the topic's peak when the round opened
    uint16 count; // predictions revealed
    Listing listing;
    // slot 1
    uint256 closed; // one bit a seat: set where nothing is to be revealed, or no more; void where the listing is Heard
}

/// @notice A list of seals in storage, one slot per committer and place in the ring; the round's first is kept as address
/// zero's, once it is unfolded.
struct SealList {
    bytes29 hash;
    uint24 round;
}

/// @notice What `publish` found, given back as calldata by `resolve` and `settle`. Values are 1e18 fixed point.
/// @param value the aggregate that was published
/// @param half half width of its interval; `type(uint104).max` means no promise yet
/// @param inner the aggregate before the cap on shares; regrets are measured against it
/// @param anchor wager-weighted median
/// @param radius values were winsorised to `anchor -+ radius`; `type(uint104).max` means not at all
/// @param mean wager-weighted mean of the winsorised values
/// @param debiased the mean corrected by its rolling bias, the second house expert
/// @param wagers sum of all wagers, token base units
/// @param rewards what the pool owes the round, token base units; leaves it as the round settles
/// @param center centre of the domain, frozen when the round opened
/// @param sigma spread of the domain, frozen when the round opened
/// @param publisher who shares the keeper tip
/// @param batches digest of the chained batches
struct Outcome {
    int104 value;
    uint104 half;
    int104 inner;
    int104 anchor;
    uint104 radius;
    int104 mean;
    int104 debiased;
    uint96 wagers;
    uint96 rewards;
    int104 center;
    uint104 sigma;
    address publisher;
    bytes20 batches;
}

/// @notice What `resolve` found, given back as calldata by `settle`.
/// @param truth what happened, 1e18 fixed point
/// @param gradient the clamped error of the inner aggregate, common to all regrets of the round
struct Resolution {
    int104 truth;
    int256 gradient;
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float24} from "../maths/Float.sol";

/// @dev The seats of a round of which all that was committed is revealed.
uint256 constant ALL_CLOSED = type(uint256).max;

/// @notice Where in its round time stands. Follows from the terms and the clock alone.
enum Phase {
    Pending, // before the opening
    Commit, // sealed predictions are taken
    Reveal, // predictions are opened
    Live, // the aggregate can be published, until the target time
    Due, // the truth can be brought, until the truth deadline
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
/// round's digest, because it is usually opened whole and never needs a slot of its own.
enum Listing {
    Apart, // each in its slot, or nothing is sealed
    Sole, // one list is all there is, and folded
    First, // the first is folded, those that came after it are not
    Revealed // the sole list was revealed as a whole
}

/// @notice A round in storage: one slot of the ring and one of seats. Everything else of a round is calldata, kept as
/// `digest`: the first list while it is folded, the chained batches while they are revealed, then the outcome, then the
/// resolution.
struct Round {
    // slot 0
    bytes20 digest;
    uint24 number;
    RoundStatus status;
    Float24 peak; // the topic's peak when the round opened: trusts of the round are measured with it
    uint16 count; // predictions revealed
    Listing listing;
    // slot 1
    uint256 closed; // one bit a seat: set where nothing is left to reveal; meaningless where the listing is Revealed
}

/// @notice A list of seals in storage, one slot per committer and place in the ring; the round's first is kept as address
/// zero's, once it is unfolded.
struct SealList {
    bytes29 hash;
    uint24 round;
}

/// @notice What stood behind a round's commitments, where its lists are opened in parts: sums of budgets, token base units.
/// Kept so that an outage can be distinguished from silence. A round whose only list is opened whole has none.
struct Backing {
    uint24 round;
    uint96 committed; // of later lists from their commitment on, of the first from its unfolding on
    uint96 revealed;
}

/// @notice What `resolve` found, given back as calldata by `settle`.
/// @param truth what happened, 1e18 fixed point
/// @param gradient the clamped error of the inner aggregate, common to all regrets of the round; zero where the topic has
/// restarted since the publication: such a round teaches nothing
struct Resolution {
    int104 truth;
    int256 gradient;
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev Stands in a feed's slot for a half width that is not promised yet.
uint32 constant NO_INTERVAL = type(uint32).max;

/// @notice What a consumer should think of a topic's value.
enum FeedStatus {
    Void, // nothing was ever published
    Live,
    Stale, // the target time has passed: what was forecast is no longer ahead
    Thin, // the round told of last drew too few workers or wagers; the value is an older one
    Disputed // reserved: the topic's truth is under challenge
}

/// @notice A topic's value as consumers read it, unpacked.
/// @param value the aggregate, 1e18 fixed point
/// @param lower lower end of the calibrated interval
/// @param upper upper end of the calibrated interval
/// @param targetTime the moment the value is a forecast of, unix time
/// @param publishedAt when it was published, unix time
/// @param round the topic's round it comes from
/// @param contributors workers behind it
/// @param wagers money they put at risk on it, token base units, rounded down in the fifth digit
/// @param status what to think of it
struct Forecast {
    int256 value;
    int256 lower;
    int256 upper;
    uint256 targetTime;
    uint256 publishedAt;
    uint256 round;
    uint256 contributors;
    uint256 wagers;
    FeedStatus status;
}

/// @notice A topic's value in storage: one slot, so that a cold read costs one load.
struct Feed {
    int104 value;
    uint32 half; // float, rounded up
    uint24 wagers; // float, rounded down
    uint32 targetTime;
    uint24 ahead; // seconds from publication to the target time
    uint24 round;
    uint8 lastContributor; // contributors - 1
    bool thin;
}

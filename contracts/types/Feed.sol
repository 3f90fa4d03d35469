// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float18, Float20} from "../maths/Float.sol";

/// @notice A feed's interval and wagers in one field, from the highest bit: width below (Float18, rounded up) | width above
/// (Float18, rounded up) | wagers (Float20, rounded down). All bits of both widths are set where no interval is promised;
/// no number packs to that.
type Spread is uint56;

/// @dev Stands for a width that is not promised yet.
Float18 constant NO_WIDTH = Float18.wrap(0x3ffff);

using {isPromised, below, above, wagers} for Spread global;

/// @dev The floats' upper bits are zero, so that nothing overlaps: 18 + 18 + 20 bits.
function packSpread(Float18 below_, Float18 above_, Float20 wagers_) pure returns (Spread) {
    uint56 widths = (uint56(Float18.unwrap(below_)) << 18) | Float18.unwrap(above_);
    return Spread.wrap((widths << 20) | Float20.unwrap(wagers_));
}

function isPromised(Spread spread) pure returns (bool) {
    return Spread.unwrap(spread) >> 20 != 0xfffffffff;
}

/// @dev The casts below each cut one field out of the word.
function below(Spread spread) pure returns (uint256) {
    return Float18.wrap(uint24(Spread.unwrap(spread) >> 38)).unpack();
}

function above(Spread spread) pure returns (uint256) {
    return Float18.wrap(uint24((Spread.unwrap(spread) >> 20) & 0x3ffff)).unpack();
}

function wagers(Spread spread) pure returns (uint256) {
    return Float20.wrap(uint24(Spread.unwrap(spread) & 0xfffff)).unpack();
}

/// @notice What a consumer should think of a topic's value.
enum FeedStatus {
    Void, // nothing was ever published
    Live,
    Stale, // the target time has passed: what was forecast is no longer ahead
    Thin, // the latest round drew too few workers or wagers; the value is an older one
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
/// @param wagers money they put at risk on it, token base units, rounded down in the fourth digit
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
    Spread spread; // widths of the interval below and above the value, and the wagers
    uint32 targetTime;
    uint24 ahead; // seconds from publication to the target time
    uint24 round;
    uint8 lastContributor; // contributors - 1
    bool thin;
}

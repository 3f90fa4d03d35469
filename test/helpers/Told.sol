// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Outcome, Pair} from "../../contracts/types/Outcome.sol";

/// @notice An outcome, each number by its name.
struct Told {
    int256 value;
    int256 inner;
    int256 below;
    int256 above;
    int256 anchor;
    int256 debiased;
    int256 mean;
    int256 naive;
    int256 low;
    int256 high;
    int256 domainLow;
    int256 domainHigh;
    uint256 wagers;
    uint256 exposed;
    uint256 play;
    uint256 reward;
    address publisher;
    uint256 budgets;
    bytes20 batches;
    uint256 era;
}

/// @dev By division instead of shifts: each half of a word is a number of 128 bits, the lower one with a sign of its own.
function told(Outcome memory outcome) pure returns (Told memory all) {
    (all.value, all.inner) = (firstOf(outcome.values), secondOf(outcome.values));
    (all.below, all.above) = (firstOf(outcome.widths), secondOf(outcome.widths));
    (all.anchor, all.debiased) = (firstOf(outcome.experts), secondOf(outcome.experts));
    (all.mean, all.naive) = (firstOf(outcome.middles), secondOf(outcome.middles));
    (all.low, all.high) = (firstOf(outcome.clip), secondOf(outcome.clip));
    (all.domainLow, all.domainHigh) = (firstOf(outcome.domain), secondOf(outcome.domain));
    (all.wagers, all.exposed) = (uint256(firstOf(outcome.stakes)), uint256(secondOf(outcome.stakes)));
    (all.play, all.reward) = (uint256(firstOf(outcome.pool)), uint256(secondOf(outcome.pool)));
    (all.publisher, all.budgets) = (address(uint160(outcome.publisher / 2 ** 96)), outcome.publisher % 2 ** 96);
    (all.batches, all.era) = (bytes20(uint160(outcome.batches / 2 ** 96)), outcome.batches % 2 ** 96);
}

function firstOf(Pair both) pure returns (int256 number) {
    number = int256(Pair.unwrap(both) / 2 ** 128);
    if (number >= 2 ** 127) number -= 2 ** 128;
}

function secondOf(Pair both) pure returns (int256 number) {
    number = int256(Pair.unwrap(both) % 2 ** 128);
    if (number >= 2 ** 127) number -= 2 ** 128;
}

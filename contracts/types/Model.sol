// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Outcome} from "./Outcome.sol";
import {Revealed} from "./Prediction.sol";
import {Resolution} from "./Round.sol";
import {Times, Topic} from "./Topic.sol";

/// @notice A model is named by the hash of its bytes: `keccak256(model)`.
type ModelId is bytes32;

/// @notice Where the inputs of a bonded model come from, and with it what a challenge can prove.
enum InputKind {
    Truths, // past truths of the topic: the whole value is proven
    Given // whatever the worker committed to: only the computation is proven
}

/// @notice How a broken promise was proven.
enum Proof {
    None,
    Difference, // the model answers another value on these inputs
    WrongInputs, // what the worker committed to is not an input of the model: it has another length
    Silence // the inputs were asked for and not disclosed in time
}

/// @notice A worker's promise that what it predicts in a topic is what a model answers. Two slots.
/// @param amount token base units; zero where there is no bond
/// @param from first round it covers
/// @param until first round it no longer covers; the largest number while the worker stays
/// @param lag how many rounds before a prediction's the youngest truth among its inputs lies; zero unless the kind is Truths
/// @param kind where the inputs come from
/// @param open requests that are not answered yet
/// @param leavesAt when it may be withdrawn, unix time; zero while the worker stays
/// @param number counts the bonds of the worker in the topic, from 1
/// @param model whose answers they are
struct Bond {
    uint96 amount;
    uint24 from;
    uint24 until;
    uint16 lag;
    InputKind kind;
    uint16 open;
    uint40 leavesAt;
    uint16 number;
    ModelId model;
}

/// @notice The last promise that a worker broke in a topic.
/// @param round in which
/// @param proof how that was proven
/// @param count how many it has broken there
/// @param stated what it predicted, 1e18 fixed point
/// @param computed what its model answers; zero unless the proof is Difference
/// @param challenger who proved it
struct Breach {
    uint24 round;
    Proof proof;
    uint16 count;
    int104 stated;
    int104 computed;
    address challenger;
}

/// @notice A request to disclose the inputs of one prediction.
/// @param requester who paid the fee; the zero address where there is none
/// @param deadline last second for an answer, unix time
/// @param number of the bond it was asked under
/// @param isOpen whether it waits for an answer
/// @param stated what the worker predicted, 1e18 fixed point
/// @param hash what the worker committed to; zero where it committed to nothing
struct Request {
    address requester;
    uint40 deadline;
    uint16 number;
    bool isOpen;
    int104 stated;
    bytes29 hash;
}

/// @notice Shows what a worker predicted in a published round. All of it was emitted by the network.
/// @param outcome as emitted by RoundPublished
/// @param resolution as emitted by RoundResolved; anything before that
/// @param revealed all of the round, as `settle` takes it
/// @param place of the worker among the revealed
struct Evidence {
    Outcome outcome;
    Resolution resolution;
    Revealed revealed;
    uint256 place;
}

/// @notice The schedule of a topic that was read from the network.
function timesIn(Topic memory topic) pure returns (Times memory) {
    return
        Times({
            start: topic.start,
            cadence: topic.cadence,
            commitWindow: topic.commitWindow,
            revealWindow: topic.revealWindow,
            horizon: topic.horizon,
            truthWindow: topic.truthWindow
        });
}

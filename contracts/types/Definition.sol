// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What a truth source asks of the answers it samples. All results are 1e18 fixed point.
enum Question {
    Value, // the answer at the target time
    Return, // change over the window, as a share of the answer at its start
    Volatility, // annualised root of the sum of squared logarithmic returns between samples, in percent
    Move, // 1 if a sample lies at least `size` from the start, as a share of it; otherwise 0
    Average, // mean of the samples at the ends of equal intervals
    PoolAverage // geometric mean over all seconds of the window
}

/// @notice One definition of a number, from which a topic's creator, a worker and a reporter compute the same one.
/// @param question what is asked
/// @param source the contract whose answers are sampled; zero for the chain itself
/// @param id which of the source's answers, where it has several: Pyth's price id; zero otherwise
/// @param window seconds up to the target time; zero where only the target time counts
/// @param samples equal intervals of the window, there is one sample more; zero where nothing is sampled
/// @param size Move: the share of the start, 1e18 fixed point; zero otherwise
/// @param tolerance seconds that an answer may lie away from the moment it stands for: before it in a feed that promises
/// an answer every so often, after it for Pyth; zero where every moment has one
/// @param unit what the value counts
struct Definition {
    Question question;
    address source;
    bytes32 id;
    uint256 window;
    uint256 samples;
    uint256 size;
    uint256 tolerance;
    string unit;
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ITopicNetwork} from "../interfaces/ITopicNetwork.sol";
import {TruthStatus} from "../interfaces/ITruthSource.sol";

/// @notice The immutable terms of a ReputerTruth. Times are seconds, shares are basis points, values 1e18 fixed point.
/// @param token what reputers stake
/// @param network whose topics are reported on
/// @param sink who receives what is slashed; choose one that no reputer gains from
/// @param commitWindow from a round's target time, how long sealed reports are taken; at least 60
/// @param revealWindow after that, how long reports are opened; at least 60
/// @param challengeWindow after that, how long an answer waits before it is Known; 0 for not at all, or at least 60
/// @param unstakeDelay least time from unstaking to withdrawing
/// @param minStake least stake of a reputer, smallest unit of the token; one that is slashed below half of it leaves
/// @param quorumBps share of the seated stake that must report, more than half
/// @param outlierBps share of its stake that a reputer outside the tolerance loses, or one that sealed a report and did not
/// open it though there is an answer
/// @param silenceBps share of its stake that a reputer without an opened report loses
/// @param toleranceBps how far from the median a report may lie, as a share of the median
/// @param tolerance how far it may lie on top of that; in each topic at least 1 % of its first sigma and at least one unit in
/// the last of its decimals, so that honest observers of the same value do not cost each other stake
struct ReputerTerms {
    IERC20 token;
    ITopicNetwork network;
    address sink;
    uint32 commitWindow;
    uint32 revealWindow;
    uint32 challengeWindow;
    uint32 unstakeDelay;
    uint96 minStake;
    uint16 quorumBps;
    uint16 outlierBps;
    uint16 silenceBps;
    uint16 toleranceBps;
    uint104 tolerance;
}

/// @notice A topic's panel of reputers, the clock of its rounds and how exact reports have to be, in one slot.
struct Panel {
    uint40 firstTarget; // target time of round 0
    uint24 cadence; // zero until the panel is opened
    uint24 horizon; // from a round's opening to its target time
    uint32 ring; // places for rounds; reused only when the truth deadline of the older round has passed
    uint24 terms; // how many terms reputers have begun; the latest one's id
    uint8 seats; // seats taken so far
    uint104 tolerance; // 1e18 fixed point, on top of the share of the median
}

/// @notice One term of a reputer in a seat: the rounds `from` to `until - 1`, and the stake that answers for them.
struct Reputer {
    address account;
    uint96 stake; // what slashing has left
    uint32 from; // first round it reports on: the first that had not opened when it took the seat
    uint32 until; // first round it no longer reports on; the largest number while it stays
    uint40 leavesAt; // when it may withdraw; zero for nobody, STAYS until it unstakes, is displaced or slashed too far
    uint32 displaced; // the term that this one ended; zero for a seat that was free
    uint8 seat;
}

/// @dev `leavesAt` of a reputer that has not been asked to leave.
uint40 constant STAYS = type(uint40).max;

enum ReportStatus {
    None,
    Committed,
    Revealed
}

/// @notice One reputer's report on one round, in one slot.
struct Report {
    bytes27 content; // the commitment, then the value in its last 13 bytes
    uint32 round;
    ReportStatus status;
}

/// @notice What the reports on a round came to, in one slot.
struct Verdict {
    int104 value;
    uint40 talliedAt;
    uint32 round;
    TruthStatus status; // Unknown while the place is free
}

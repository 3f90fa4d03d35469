// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicNetwork} from "../interfaces/ITopicNetwork.sol";
import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {ITruthSource, TruthStatus} from "../interfaces/ITruthSource.sol";
import {Schedule} from "../maths/Schedule.sol";
import {timesIn} from "../types/Model.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";

/// @title The last truths of every topic, recorded so that a contract can read them.
/// @notice The network keeps what a round settles with and nothing more. Anyone may record a round's truth here: it comes from the
/// topic's own truth source, which answers a round the same ever after, so it does not matter who records, or when.
/// @dev A ring of CAPACITY slots a topic. A younger round takes an older one's place, never the other way round.
contract TruthRing {
    using Schedule for Times;

    /// @notice The round's place holds a younger round. Thrown by `record`.
    error TruthReplaced(uint256 round, uint256 younger);

    /// @notice The round was not recorded, or its place was taken by a younger one. Thrown by whoever relies on it.
    error TruthNotRecorded(TopicId topic, uint256 round);

    /// @notice Emitted when a round's truth is recorded for the first time.
    /// @param truth 1e18 fixed point
    event TruthRecorded(TopicId indexed topic, uint256 indexed round, int104 truth);

    struct Recorded {
        int104 truth;
        uint32 next; // the round's number and one; zero for none
    }

    /// @notice How many rounds of a topic are kept.
    uint256 public constant CAPACITY = 512;

    ITopicNetwork public immutable network;

    mapping(TopicId topic => mapping(uint256 place => Recorded)) private recorded;

    constructor(ITopicNetwork network_) {
        network = network_;
    }

    /// @notice Records the truth of a round. Without effect where it is recorded.
    /// @dev Refuses with UnknownTopic, TruthReplaced, TruthUnknown.
    /// @param proof what the topic's truth source asks for
    function record(TopicId topic, uint256 round, bytes calldata proof) external {
        Topic memory terms = network.topicOf(topic);
        require(terms.cadence > 0, ITopicRounds.UnknownTopic(topic));
        Recorded storage kept = recorded[topic][round % CAPACITY];
        if (kept.next == round + 1) return;
        if (kept.next > round) revert TruthReplaced(round, kept.next - 1);

        uint256 target = timesIn(terms).targetTime(round);
        (TruthStatus status, int256 value) = ITruthSource(terms.truth).truthOf(topic, round, target, proof);
        require(status == TruthStatus.Known, ITopicRounds.TruthUnknown(status));

        int104 truth = narrow(value);
        // The network counts rounds in 24 bits; a source that knows later ones is none that it would ask.
        recorded[topic][round % CAPACITY] = Recorded(truth, uint32(round + 1));

        emit TruthRecorded(topic, round, truth);
    }

    /// @notice The truth of a round, 1e18 fixed point, as the network scores with it.
    /// @dev Refuses with TruthNotRecorded.
    function truthOf(TopicId topic, uint256 round) external view returns (int104) {
        Recorded storage kept = recorded[topic][round % CAPACITY];
        require(kept.next == round + 1, TruthNotRecorded(topic, round));
        return kept.truth;
    }

    /// @dev As the network does: a truth beyond the range of values counts as its end.
    function narrow(int256 value) private pure returns (int104) {
        if (value > type(int104).max) return type(int104).max;
        return value < type(int104).min ? type(int104).min : int104(value);
    }
}

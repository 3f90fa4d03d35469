// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {ITopicNetwork} from "../interfaces/ITopicNetwork.sol";
import {ITruthSource, TruthStatus} from "../interfaces/ITruthSource.sol";
import {FeedStatus, Forecast} from "../types/Feed.sol";
import {Topic, TopicId} from "../types/Topic.sol";

/// @title The network's feed for consumers that stop reading a topic while the truth of one of its rounds is under challenge.
/// @notice A forecast of a later round does not depend on the truth of an earlier one. So the network itself stays Live
/// while one of its rounds is disputed, and resolves and settles the others. Whoever would rather wait reads here instead of
/// there, in the same shape: every topic with a marked round answers with status Disputed, and with the value all the same.
///
/// Anyone may mark a round while its truth source answers Disputed, and clear it once it does not, or once the round's truth
/// deadline has passed, whatever the source does. Nothing is Disputed here before somebody marks it. A mark costs a
/// challenger its bond if it was wrong, and lasts at most as long as the dispute does.
contract DisputeFeed is ITopicFeed {
    /// @notice Thrown by `mark` and `clear`: there is no topic of this id in the network.
    error UnknownTopic(TopicId topic);
    /// @notice Thrown by `mark`: the round's truth is not under challenge, or its truth deadline has passed.
    error NotDisputed(TopicId topic, uint256 round);
    /// @notice Thrown by `clear`: the round's truth is still under challenge.
    error StillDisputed(TopicId topic, uint256 round);

    /// @notice Emitted when a disputed round is marked, once until it is cleared.
    event DisputeMarked(TopicId indexed topic, uint256 indexed round);
    /// @notice Emitted when a marked round is cleared.
    event DisputeCleared(TopicId indexed topic, uint256 indexed round);

    /// @notice Where forecasts, terms and truth sources are read.
    ITopicNetwork public immutable network;

    /// @notice How many rounds of a topic are marked: what `read` looks at, in one slot.
    mapping(TopicId topic => uint256) public marksOf;
    /// @notice Whether a round is marked.
    mapping(TopicId topic => mapping(uint256 round => bool)) public isMarked;

    constructor(ITopicNetwork network_) {
        network = network_;
    }

    /* MARK, CLEAR */

    /// @notice Marks a round whose truth is under challenge. Anyone may; without effect where it is marked.
    /// @dev Refuses with UnknownTopic, NotDisputed.
    function mark(TopicId topic, uint256 round) external {
        require(isDisputed(topic, round), NotDisputed(topic, round));
        if (isMarked[topic][round]) return;

        isMarked[topic][round] = true;
        marksOf[topic] += 1;

        emit DisputeMarked(topic, round);
    }

    /// @notice Clears a round whose dispute is over. Anyone may; without effect where it is not marked.
    /// @dev Refuses with UnknownTopic, StillDisputed.
    function clear(TopicId topic, uint256 round) external {
        require(!isDisputed(topic, round), StillDisputed(topic, round));
        if (!isMarked[topic][round]) return;

        isMarked[topic][round] = false;
        marksOf[topic] -= 1;

        emit DisputeCleared(topic, round);
    }

    /// @notice Whether a round's truth is under challenge now. After the truth deadline it is not, and the source is not asked.
    /// @dev Refuses with UnknownTopic. A source that answers Disputed needs no proof.
    function isDisputed(TopicId topic, uint256 round) public view returns (bool) {
        Topic memory terms = network.topicOf(topic);
        require(terms.cadence > 0, UnknownTopic(topic));
        if (round > type(uint24).max) return false; // the network has no such rounds
        uint256 target = uint256(terms.start) + round * terms.cadence + terms.horizon;
        if (block.timestamp >= target + terms.truthWindow) return false;

        (TruthStatus status, ) = ITruthSource(terms.truth).truthOf(topic, round, target, "");
        return status == TruthStatus.Disputed;
    }

    /* READ */

    /// @inheritdoc ITopicFeed
    function read(TopicId topic) external view returns (Forecast memory forecast) {
        forecast = network.read(topic);
        bool isShown = forecast.status != FeedStatus.Void && marksOf[topic] > 0;
        if (isShown) forecast.status = FeedStatus.Disputed;
    }

    /// @inheritdoc ITopicFeed
    function publishedOf(TopicId topic) external view returns (uint256) {
        return network.publishedOf(topic);
    }

    /// @inheritdoc ITopicFeed
    function isTopic(TopicId topic) external view returns (bool) {
        return network.isTopic(topic);
    }

    /// @inheritdoc ITopicFeed
    function decimalsOf(TopicId topic) external view returns (uint8) {
        return network.decimalsOf(topic);
    }
}

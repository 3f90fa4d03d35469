// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Network} from "../types/Network.sol";
import {Phase, Round, RoundStatus} from "../types/Round.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";
import {Schedule} from "../maths/Schedule.sol";

/// @title The rounds in flight: which are open, which are final, which place in the ring is whose.
library Ring {
    using Schedule for Times;

    /// @dev Rounds are kept in 24 bits; the last number stands for "always" in a seat's term.
    uint256 internal constant LAST_ROUND = type(uint24).max - 1;

    function existing(Network storage network, TopicId id) internal view returns (Topic storage topic) {
        topic = network.topicOf[id];
        require(topic.cadence > 0, ITopicRounds.UnknownTopic(id));
    }

    function placeOf(Network storage network, TopicId id, uint256 number) internal view returns (Round storage) {
        return network.roundAt[id][number % existing(network, id).ringSize];
    }

    /// @notice The round, which must have come just as far as `required`.
    function roundIn(
        Network storage network,
        TopicId id,
        uint256 number,
        RoundStatus required
    ) internal view returns (Round storage round) {
        RoundStatus actual;
        (round, actual) = statusOf(network, id, number);
        require(actual == required, ITopicRounds.WrongStatus(actual, required));
    }

    /// @notice The round, which must have come just as far as `required`, or to what a verb would make of it: `isDone`. Then
    /// the verb returns without effect, whatever its other arguments, so that the second caller loses only its gas.
    function roundFor(
        Network storage network,
        TopicId id,
        uint256 number,
        RoundStatus required,
        RoundStatus made
    ) internal view returns (Round storage round, bool isDone) {
        RoundStatus actual;
        (round, actual) = statusOf(network, id, number);
        isDone = actual >= made;
        require(isDone || actual == required, ITopicRounds.WrongStatus(actual, required));
    }

    /// @notice The round's place, and how far the round has come: nowhere, where the place is another round's.
    function statusOf(
        Network storage network,
        TopicId id,
        uint256 number
    ) internal view returns (Round storage round, RoundStatus status) {
        round = placeOf(network, id, number);
        status = round.number == number ? round.status : RoundStatus.None;
    }

    function requirePhase(Times memory times, uint256 number, Phase required) internal view {
        require(number <= LAST_ROUND, ITopicRounds.RoundOutOfBounds(number, LAST_ROUND));
        Phase actual = times.phaseAt(number, block.timestamp);
        require(actual == required, ITopicRounds.WrongPhase(actual, required));
    }

    /// @notice The youngest round that has opened.
    function lastOpened(Topic storage topic) internal view returns (uint24) {
        uint256 number = topic.times().roundAt(block.timestamp);
        return uint24(number < LAST_ROUND ? number : LAST_ROUND);
    }

    /// @notice The next round to open. A seat taken or lost counts from here on: what is open stays as it was.
    function nextOpening(Topic storage topic) internal view returns (uint24) {
        return block.timestamp < topic.start ? 0 : lastOpened(topic) + 1;
    }

    /// @notice Refuses to open a round while one that is a ring or more older can still move money, wherever in the ring it
    /// is. So no worker can lose its stake in younger rounds while an older wager waits: between a wager and its
    /// settlement there is at most a ring of other rounds on either side.
    /// @dev The round before, where it opened, has looked at all places but this one's.
    function requireRoom(Network storage network, TopicId id, Topic storage topic, uint256 number) internal view {
        uint256 size = topic.ringSize;
        mapping(uint256 place => Round) storage ring = network.roundAt[id];
        Round storage replaced = ring[number % size];
        Round storage previous = ring[(number + size - 1) % size];

        require(isFinal(topic, replaced), ITopicRounds.RingFull(number, replaced.number));
        if (previous.number + 1 == number && previous.status != RoundStatus.None) return;

        for (uint256 place = 0; place < size; ++place) {
            Round storage round = ring[place];
            bool isYoung = round.number + size > number;
            require(isYoung || isFinal(topic, round), ITopicRounds.RingFull(number, round.number));
        }
    }

    /// @notice Refuses while a round up to `last` can still move money. Looks at one ring, which is all there can be.
    function requireFinal(Network storage network, TopicId id, uint256 last) internal view {
        Topic storage topic = network.topicOf[id];
        for (uint256 place = 0; place < topic.ringSize; place++) {
            Round storage round = network.roundAt[id][place];
            require(round.number > last || isFinal(topic, round), ITopicDesk.RoundsOpen(round.number));
        }
    }

    /// @notice Refuses before the target time of the round `last`, and while it or an older one can still move money.
    function requireOver(Network storage network, TopicId id, uint256 last) internal view {
        bool isOver = network.topicOf[id].times().targetTime(last) <= block.timestamp;
        require(isOver, ITopicDesk.RoundsOpen(last));
        requireFinal(network, id, last);
    }

    /// @dev A round that nobody published in time has moved nothing and never will.
    function isFinal(Topic storage topic, Round storage round) internal view returns (bool) {
        RoundStatus status = round.status;
        if (status == RoundStatus.Open) return topic.times().targetTime(round.number) <= block.timestamp;
        return status == RoundStatus.None || status == RoundStatus.Settled || status == RoundStatus.Void;
    }
}

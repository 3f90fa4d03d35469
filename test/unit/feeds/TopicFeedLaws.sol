// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FeedFactory} from "../../../contracts/feeds/FeedFactory.sol";
import {TopicFeed} from "../../../contracts/feeds/TopicFeed.sol";
import {ITopicFeed} from "../../../contracts/interfaces/ITopicFeed.sol";
import {ITopicNetwork} from "../../../contracts/interfaces/ITopicNetwork.sol";
import {FeedStatus, Forecast} from "../../../contracts/types/Feed.sol";
import {TopicId, TopicParams} from "../../../contracts/types/Topic.sol";

/// @title What consumers may count on, from whatever implements ITopicFeed, and from the TopicFeed before it.
abstract contract TopicFeedLaws {
    int256 private constant VALUE = 101_234_567_891e9;

    /* SCENE */

    function scene() internal virtual returns (ITopicFeed network, TopicParams memory params);

    /// @dev Everybody predicts the value in the topic's next round.
    function publishNext(int256 value) internal virtual;

    function passTargetTime() internal virtual;

    function instant() internal view virtual returns (uint256);

    function build() private returns (ITopicFeed network, TopicId topic, TopicFeed feed) {
        TopicParams memory params;
        (network, params) = scene();
        topic = TopicId.wrap(keccak256(abi.encode(params)));
        feed = new FeedFactory(ITopicNetwork(address(network))).createFeed(topic);
    }

    /* LAWS */

    function test_BeforeTheFirstRoundEverythingIsZero() public {
        (ITopicFeed network, TopicId topic, TopicFeed feed) = build();
        Forecast memory nothing;

        require(keccak256(abi.encode(network.read(topic))) == keccak256(abi.encode(nothing)), "not void");
        require(network.publishedOf(topic) == 0, "already published");
        require(network.decimalsOf(topic) == 8, "wrong decimals");
        requireRound(feed, 0, 0, 0, 0);
    }

    function test_APublishedForecastIsLive() public {
        (ITopicFeed network, TopicId topic, ) = build();
        publishNext(VALUE);
        Forecast memory forecast = network.read(topic);

        require(forecast.status == FeedStatus.Live, "not live");
        require(forecast.value == VALUE, "another value");
        require(forecast.lower <= VALUE && VALUE <= forecast.upper, "outside its interval");
        require(forecast.publishedAt == instant(), "not published now");
        require(forecast.targetTime > instant(), "no forecast");
        require(forecast.contributors >= 2 && forecast.wagers > 0, "nobody behind it");
    }

    function test_TheFeedSaysTheSameInItsDecimals() public {
        (ITopicFeed network, TopicId topic, TopicFeed feed) = build();
        publishNext(VALUE);
        Forecast memory forecast = network.read(topic);

        requireRound(feed, 1, 1, VALUE / 1e10, instant());
        require(feed.latestAnswer() == VALUE / 1e10, "another answer");
        require(feed.targetTime() == forecast.targetTime, "another target");
        (int256 lower, int256 upper) = feed.interval();
        require(lower * 1e10 <= forecast.lower && forecast.lower < (lower + 1) * 1e10, "lower rounded inwards");
        require(upper * 1e10 >= forecast.upper && forecast.upper > (upper - 1) * 1e10, "upper rounded inwards");
    }

    function test_NegativeValuesPass() public {
        (ITopicFeed network, TopicId topic, TopicFeed feed) = build();
        publishNext(-VALUE);

        require(network.read(topic).value == -VALUE, "another value");
        require(feed.latestAnswer() == -VALUE / 1e10, "another answer");
    }

    function test_RoundIdsCountWithoutGapsAndOlderOnesAreZero() public {
        (ITopicFeed network, TopicId topic, TopicFeed feed) = build();
        for (uint80 id = 1; id <= 3; ++id) {
            publishNext(VALUE + int256(uint256(id)) * 1e18);

            require(network.publishedOf(topic) == id, "a gap");
            requireRound(feed, id, id, (VALUE + int256(uint256(id)) * 1e18) / 1e10, instant());
            requireRoundOf(feed, id - 1, 0, 0, 0);
            requireRoundOf(feed, id + 1, 0, 0, 0);
        }
    }

    function test_AStaleForecastIsSaidToBeAndStaysReadable() public {
        (ITopicFeed network, TopicId topic, TopicFeed feed) = build();
        publishNext(VALUE);
        uint256 publishedAt = instant();
        passTargetTime();

        require(network.read(topic).status == FeedStatus.Stale, "not stale");
        require(network.read(topic).value == VALUE, "another value");
        requireRound(feed, 1, 1, VALUE / 1e10, publishedAt);
        require(publishedAt <= instant(), "from the future");
    }

    function requireRound(TopicFeed feed, uint80 asked, uint80 id, int256 answer, uint256 updatedAt) private view {
        (uint80 id_, int256 answer_, uint256 startedAt, uint256 updatedAt_, uint80 answeredIn) = feed.latestRoundData();
        require(id_ == id && answeredIn == id && answer_ == answer, "another round");
        require(startedAt == updatedAt && updatedAt_ == updatedAt, "another time");
        requireRoundOf(feed, asked, id, answer, updatedAt);
    }

    function requireRoundOf(TopicFeed feed, uint80 asked, uint80 id, int256 answer, uint256 updatedAt) private view {
        (uint80 id_, int256 answer_, uint256 startedAt, uint256 updatedAt_, uint80 answeredIn) = feed.getRoundData(
            asked
        );
        require(id_ == id && answeredIn == id && answer_ == answer, "another round by its id");
        require(startedAt == updatedAt && updatedAt_ == updatedAt, "another time by its id");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {FeedStatus, Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";

/// @title Topics in the shape of Pyth's price feeds, for consumers that read a value with its confidence.
/// @notice A feed's id is the topic's id. `price` and `conf` have an exponent of -8. `conf` is the wider side of the
/// calibrated interval, rounded up. `publishTime` is the time of publication. The value is a forecast of a later moment,
/// which this shape cannot say: read `targetTime` from the network where it matters.
contract PythFeed {
    /// @notice Thrown where the topic has published no round, as Pyth's own contract says it.
    error PriceFeedNotFound();
    /// @notice Thrown by `getPriceNoOlderThan` where the forecast is too old, past its target time, thin or disputed.
    error StalePrice();

    /// @notice As in Pyth's `PythStructs.Price`: `price x 10^expo`, give or take `conf x 10^expo`.
    struct Price {
        int64 price;
        uint64 conf;
        int32 expo;
        uint256 publishTime;
    }

    int32 private constant EXPONENT = -8;
    int256 private constant UNIT = 1e10;

    /// @notice Where forecasts are read.
    ITopicFeed public immutable network;

    constructor(ITopicFeed network_) {
        network = network_;
    }

    /// @notice The latest forecast, whatever its age and status. Reverts before the first publication, and where a number does
    /// not fit Pyth's 64 bits.
    function getPriceUnsafe(bytes32 id) public view returns (Price memory) {
        Forecast memory forecast = network.read(TopicId.wrap(id));
        require(forecast.status != FeedStatus.Void, PriceFeedNotFound());
        return priceOf(forecast);
    }

    /// @notice The latest forecast, if it is live and was published at most `age` seconds from now. As in Pyth's own contract
    /// a time of publication ahead of the block's counts as age too.
    function getPriceNoOlderThan(bytes32 id, uint256 age) external view returns (Price memory) {
        Forecast memory forecast = network.read(TopicId.wrap(id));
        require(forecast.status != FeedStatus.Void, PriceFeedNotFound());
        require(forecast.status == FeedStatus.Live, StalePrice());
        (uint256 now_, uint256 published) = (block.timestamp, forecast.publishedAt);
        require(Math.max(now_, published) - Math.min(now_, published) <= age, StalePrice());
        return priceOf(forecast);
    }

    /// @dev Before a topic promises an interval its ends are those of the type, so that `conf` saturates.
    function priceOf(Forecast memory forecast) private pure returns (Price memory) {
        int256 below = forecast.value - forecast.lower;
        int256 above = forecast.upper - forecast.value;
        uint256 wider = uint256((below > above ? below : above) + UNIT - 1) / uint256(UNIT);
        uint64 conf = wider > type(uint64).max ? type(uint64).max : uint64(wider); // within the type by the comparison

        return Price(SafeCast.toInt64(forecast.value / UNIT), conf, EXPONENT, forecast.publishedAt);
    }
}

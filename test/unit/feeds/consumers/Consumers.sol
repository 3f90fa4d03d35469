// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "../../../../contracts/interfaces/AggregatorV3Interface.sol";

interface IAnswers is AggregatorV3Interface {
    function latestAnswer() external view returns (int256);
}

/// @notice What a consumer does with a feed at one moment.
enum Verdict {
    Takes, // uses the answer as a price
    Fallback, // turns to another oracle of its own
    Refuses, // reverts: nothing moves until the feed answers again
    ShutDown // stops for good
}

/// @title Minimal consumers by the published rules of lending and perpetual markets: what each asks of a price feed.
abstract contract Consumer {
    /// @dev What the consumer does; a revert means Refuses.
    function consult(IAnswers feed) external view virtual returns (Verdict, int256);
}

/// @dev AaveOracle.getAssetPrice: `latestAnswer` alone; not positive means the fallback oracle; a revert bubbles up.
contract AaveV3 is Consumer {
    function consult(IAnswers feed) external view override returns (Verdict, int256) {
        int256 answer = feed.latestAnswer();
        return answer > 0 ? (Verdict.Takes, answer) : (Verdict.Fallback, int256(0));
    }
}

/// @dev Comet.getPrice: eight decimals, and a positive answer whatever its age.
contract CompoundV3 is Consumer {
    function consult(IAnswers feed) external view override returns (Verdict, int256) {
        require(feed.decimals() == 8, "decimals");
        (, int256 answer, , , ) = feed.latestRoundData();
        require(answer > 0, "bad price");
        return (Verdict.Takes, answer);
    }
}

/// @dev ChainlinkDataFeedLib: not negative, whatever its age.
contract Morpho is Consumer {
    function consult(IAnswers feed) external view override returns (Verdict, int256) {
        (, int256 answer, , , ) = feed.latestRoundData();
        require(answer >= 0, "negative");
        return (Verdict.Takes, answer);
    }
}

/// @dev ChainlinkOracle: positive, and no older than a limit of at most 72 hours; a time in the future underflows.
contract Euler is Consumer {
    uint256 private immutable maxStaleness;

    constructor(uint256 maxStaleness_) {
        maxStaleness = maxStaleness_;
    }

    function consult(IAnswers feed) external view override returns (Verdict, int256) {
        (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        require(answer > 0 && block.timestamp - updatedAt <= maxStaleness, "too stale");
        return (Verdict.Takes, answer);
    }
}

/// @dev Positive, and no older than the token's heartbeat.
contract GmxV2 is Consumer {
    uint256 private immutable heartbeat;

    constructor(uint256 heartbeat_) {
        heartbeat = heartbeat_;
    }

    function consult(IAnswers feed) external view override returns (Verdict, int256) {
        (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        require(answer > 0, "invalid price");
        require(block.timestamp <= updatedAt || block.timestamp - updatedAt <= heartbeat, "not updated");
        return (Verdict.Takes, answer);
    }
}

/// @dev MainnetPriceFeedBase: a failed call, an answer that is not positive or one too old shuts the branch down for good.
contract LiquityV2 is Consumer {
    uint256 private immutable threshold;

    constructor(uint256 threshold_) {
        threshold = threshold_;
    }

    function consult(IAnswers feed) external view override returns (Verdict, int256) {
        try feed.latestRoundData() returns (uint80 id, int256 answer, uint256, uint256 updatedAt, uint80) {
            bool isSound = id > 0 && answer > 0 && updatedAt > 0 && updatedAt <= block.timestamp;
            bool isFresh = isSound && block.timestamp - updatedAt < threshold;
            return isFresh ? (Verdict.Takes, answer) : (Verdict.ShutDown, int256(0));
        } catch {
            return (Verdict.ShutDown, 0);
        }
    }
}

/// @dev PriceFeed of v1: needs the round before as well, sound, and a move of at most half between the two.
contract LiquityV1 is Consumer {
    function consult(IAnswers feed) external view override returns (Verdict, int256) {
        (uint80 id, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        (uint80 before, int256 previous, , uint256 previously, ) = feed.getRoundData(id - 1);
        bool isSound = answer > 0 && updatedAt > 0 && before > 0 && previous > 0 && previously > 0;
        if (!isSound || block.timestamp - updatedAt > 4 hours) return (Verdict.Fallback, 0);
        int256 move = answer > previous ? answer - previous : previous - answer;
        int256 larger = answer > previous ? answer : previous;
        return 2 * move > larger ? (Verdict.Fallback, int256(0)) : (Verdict.Takes, answer);
    }
}

/// @dev ExchangeRates of v2x: walks back over round ids and takes what `getRoundData` answers; refuses a zero.
contract SynthetixV2 is Consumer {
    function consult(IAnswers feed) external view override returns (Verdict, int256) {
        (uint80 id, int256 answer, , , ) = feed.latestRoundData();
        (, int256 previous, , , ) = feed.getRoundData(id - 1);
        require(answer > 0 && previous > 0, "invalid rate");
        return (Verdict.Takes, answer);
    }
}

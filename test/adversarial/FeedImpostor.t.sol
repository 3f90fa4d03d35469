// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "../../contracts/interfaces/AggregatorV3Interface.sol";
import {MockAggregator} from "../../contracts/mocks/MockAggregator.sol";
import {RudeAggregator} from "../../contracts/mocks/RudeAggregator.sol";
import {FeedSampler} from "../../contracts/truth/FeedSampler.sol";
import {FeedTruth} from "../../contracts/truth/FeedTruth.sol";
import {vm} from "../helpers/Vm.sol";

/// @dev Answers in a feed's shape; which past rounds it has is up to each.
abstract contract Impostor is AggregatorV3Interface {
    uint8 public constant decimals = 8;
    string public constant description = "impostor";
    uint256 public constant version = 1;
    uint256 internal updatedAt = 1_700_000_000;

    function latestId() internal view virtual returns (uint80);

    function getRoundData(uint80 id) external view virtual returns (uint80, int256, uint256, uint256, uint80);

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (latestId(), 5, updatedAt, updatedAt, latestId());
    }
}

/// @dev One id forever, whatever is asked.
contract OneId is Impostor {
    uint80 private immutable id;

    constructor(uint80 id_) {
        id = id_;
    }

    function latestId() internal view override returns (uint80) {
        return id;
    }

    function getRoundData(uint80) external view override returns (uint80, int256, uint256, uint256, uint80) {
        return (id, 5, updatedAt, updatedAt, id);
    }
}

/// @dev Its latest answer under whatever id is asked.
contract Echo is Impostor {
    function latestId() internal pure override returns (uint80) {
        return 9;
    }

    function getRoundData(uint80 id) external view override returns (uint80, int256, uint256, uint256, uint80) {
        return (id, 5, updatedAt, updatedAt, id);
    }
}

/// @dev The time of an answer is its id; of a time without an answer there is nothing.
contract Timed is Impostor {
    function latestId() internal view override returns (uint80) {
        return uint80(updatedAt);
    }

    function getRoundData(uint80 id) external view override returns (uint80, int256, uint256, uint256, uint80) {
        bool exists = id == updatedAt || id == updatedAt - 3600;
        return exists ? (id, int256(5), uint256(id), uint256(id), id) : (0, int256(0), 0, 0, 0);
    }
}

/// @dev Any time is an id, and gives the last answer by then under it.
contract TimedForAll is Impostor {
    function latestId() internal view override returns (uint80) {
        return uint80(updatedAt);
    }

    function getRoundData(uint80 id) external view override returns (uint80, int256, uint256, uint256, uint80) {
        uint256 time = id < updatedAt ? updatedAt - 3600 : updatedAt;
        return (id, 5, time, time, id);
    }
}

/// @dev Counts its rounds and keeps none of them.
contract Forgetful is Impostor {
    error NoHistory();

    function latestId() internal pure override returns (uint80) {
        return 9;
    }

    function getRoundData(uint80) external pure override returns (uint80, int256, uint256, uint256, uint80) {
        revert NoHistory();
    }
}

/// @notice A creator takes a feed whose past cannot be proven for one that keeps its rounds: every round would be void.
/// Pass mark: refused at deployment.
contract FeedImpostorTest {
    function test_RefusesOneIdForever() public {
        refuse(new OneId(1), 1);
        refuse(new OneId(7), 7);
        refuse(new OneId((uint80(3) << 64) + 1), (uint80(3) << 64) + 1);
        refuse(new OneId(0), 0);
    }

    function test_RefusesIdsThatAreTimes() public {
        refuse(new Timed(), 1_700_000_000);
        refuse(new TimedForAll(), 1_700_000_000);
    }

    function test_RefusesAFeedThatAnswersEveryId() public {
        refuse(new Echo(), 9);
    }

    function test_RefusesAFeedThatKeepsNoRounds() public {
        refuse(new Forgetful(), 9);
    }

    function test_RefusesAFeedWithFewerThanTwoAnswers() public {
        MockAggregator feed = new MockAggregator(8, "new");
        refuse(feed, uint80(1) << 64);
        feed.push(5, 1_000);
        refuse(feed, (uint80(1) << 64) + 1);
        feed.push(6, 2_000);
        require(new FeedTruth(feed, 3600).firstPhase() == 1, "another phase");
    }

    function test_TakesAFeedThatRevertsForRoundsItDoesNotHave() public {
        RudeAggregator feed = new RudeAggregator();
        feed.push(5, 1_000);
        feed.push(6, 2_000);
        require(new FeedTruth(feed, 3600).heartbeat() == 3600, "not deployed");
    }

    function refuse(AggregatorV3Interface feed, uint80 latest) private {
        vm.expectRevert(abi.encodeWithSelector(FeedSampler.FeedWithoutHistory.selector, feed, latest));
        new FeedTruth(feed, 3600);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FeedFactory} from "../../contracts/feeds/FeedFactory.sol";
import {ITruthSource, TRUTH_SOURCE} from "../../contracts/interfaces/ITruthSource.sol";
import {Terms} from "../../contracts/desk/Terms.sol";
import {MockAggregator} from "../../contracts/mocks/MockAggregator.sol";
import {TopicId, TopicParams} from "../../contracts/types/Topic.sol";
import {Stages} from "../helpers/Stages.sol";

/// @dev Answers every call with the bytes it was deployed with.
contract Parrot {
    bytes private words;

    constructor(bytes memory words_) {
        words = words_;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return words;
    }
}

/// @dev Answers every call with what it was called with.
contract Echo {
    fallback(bytes calldata question) external returns (bytes memory) {
        return question;
    }
}

/// @dev Burns all gas it is given.
contract Burner {
    fallback() external {
        while (true) {}
    }
}

/// @dev Refuses every call with the magic value.
contract Refuser {
    fallback() external {
        bytes32 magic = TRUTH_SOURCE;
        assembly ("memory-safe") {
            mstore(0, magic)
            revert(0, 32)
        }
    }
}

/// @dev Answers with more than anyone can afford to copy.
contract Flood {
    fallback() external {
        assembly ("memory-safe") {
            return(0, 30000)
        }
    }
}

/// @dev A feed behind a proxy that has no round yet, so that it reverts when asked for the latest.
contract EmptyFeed {
    function decimals() external pure returns (uint8) {
        return 8;
    }
}

/// @dev What the least truth source answers, with a hundred thousand more bytes that nobody reads.
contract WordySource {
    function isTruthSource() external pure returns (bytes4) {
        bytes32 magic = TRUTH_SOURCE;
        assembly ("memory-safe") {
            mstore(0, magic)
            return(0, 10000)
        }
    }

    function truthSecurity(TopicId) external pure returns (uint256) {
        assembly ("memory-safe") {
            mstore(0, not(0))
            return(0, 10000)
        }
    }
}

/// @notice Says that it is a truth source, and not what corrupting it costs.
contract MuteSource {
    function isTruthSource() external pure returns (bytes4) {
        return TRUTH_SOURCE;
    }
}

/// @notice A creator gives the wrong address as a topic's truth, whose every round would then be void.
/// Pass mark: refused at creation, a price feed by its own error; nothing that the address does breaks the refusal.
contract MistakenTruthTest is Stages {
    TopicParams private params;

    function setUp() public {
        deployNetwork();
        params = terms();
    }

    function test_APriceFeedIsRefusedByName() public {
        MockAggregator feed = new MockAggregator(8, "ETH / USD");
        mistakes(address(feed), Terms.TruthIsPriceFeed.selector);
        feed.push(100, uint64(time));
        mistakes(address(feed), Terms.TruthIsPriceFeed.selector);
    }

    function test_ATopicsOwnFeedIsRefusedAsAPriceFeed() public {
        FeedFactory factory = new FeedFactory(network);
        mistakes(address(factory.createFeed(network.createTopic(params))), Terms.TruthIsPriceFeed.selector);
    }

    function test_OtherContractsAndAccountsAreRefused() public {
        mistakes(STRANGER, Terms.NotATruthSource.selector);
        mistakes(address(0), Terms.NotATruthSource.selector);
        mistakes(address(token), Terms.NotATruthSource.selector);
        mistakes(address(network), Terms.NotATruthSource.selector);
        mistakes(address(new Refuser()), Terms.NotATruthSource.selector);
        mistakes(address(new EmptyFeed()), Terms.NotATruthSource.selector);
        mistakes(address(new MuteSource()), Terms.NotATruthSource.selector);
        mistakes(address(1), Terms.NotATruthSource.selector);
        mistakes(address(4), Terms.NotATruthSource.selector);
    }

    function test_AnswersOfAnotherLengthOrContentAreRefused() public {
        mistakes(address(new Echo()), Terms.NotATruthSource.selector);
        mistakes(address(new Parrot("")), Terms.NotATruthSource.selector);
        mistakes(address(new Parrot(abi.encodePacked(TRUTH_SOURCE))), Terms.NotATruthSource.selector);
        mistakes(address(new Parrot(abi.encode(1))), Terms.NotATruthSource.selector);
        mistakes(
            address(new Parrot(abi.encode(bytes32(TRUTH_SOURCE) | bytes32(uint256(1))))),
            Terms.NotATruthSource.selector
        );
        mistakes(address(new Parrot(new bytes(159))), Terms.NotATruthSource.selector);
        mistakes(address(new Parrot(new bytes(160))), Terms.TruthIsPriceFeed.selector);
        mistakes(address(new Flood()), Terms.TruthIsPriceFeed.selector);
    }

    /// @dev A refusal with its reason, though the contract burns whatever it is given.
    function test_ABurnerOfGasIsRefusedWithinABlocksGas() public {
        params.truth = address(new Burner());
        uint256 held = gasleft();
        (bool isDone, bytes memory error) = address(network).call{gas: 500_000}(
            abi.encodeCall(network.createTopic, (params))
        );
        require(!isDone && held - gasleft() < 400_000, "burns what the caller has");
        bytes memory required = abi.encodeWithSelector(Terms.NotATruthSource.selector, params.truth);
        require(keccak256(error) == keccak256(required), "refused without a reason");
    }

    function test_ASourceIsTakenHoweverMuchItAnswers() public {
        params.truth = address(new WordySource());
        require(network.topicOf(network.createTopic(params)).truth == params.truth, "another truth");
    }

    function mistakes(address given, bytes4 error) private {
        params.truth = given;
        refuse(abi.encodeWithSelector(error, given));
        network.createTopic(params);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Policies} from "../../../contracts/feeds/Policies.sol";
import {Policy} from "../../../contracts/feeds/ForecastPolicy.sol";
import {ForecastReader} from "../../../contracts/feeds/ForecastReader.sol";
import {ITopicFeed} from "../../../contracts/interfaces/ITopicFeed.sol";
import {ForecastTest} from "../../../contracts/testing/ForecastTest.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";

contract Calm is ForecastReader {
    constructor(ITopicFeed feed_, TopicId topic_, Policy memory policy_) ForecastReader(feed_, topic_, policy_) {}

    function volatility() external view returns (int256) {
        return readOr(80e18);
    }
}

/// @dev Forgets that a negative number has no unsigned form.
contract Careless {
    ITopicFeed private immutable feed;
    TopicId private immutable topic;

    constructor(ITopicFeed feed_, TopicId topic_) {
        (feed, topic) = (feed_, topic_);
    }

    function volatility() external view returns (uint256) {
        int256 value = feed.read(topic).value;
        require(value >= 0, "negative");
        return uint256(value);
    }
}

contract ForecastTestTest is ForecastTest {
    function test_AReaderIsSafeUnderEveryForecast() public {
        Policy memory policy = Policies.lending();
        policy.sequencerFeed = address(sequencer);
        Calm calm = new Calm(feed, topic, policy);
        assertSafeUnderEveryForecast(address(calm), abi.encodeCall(Calm.volatility, ()));

        for (uint256 i = 0; i < forecastNames().length; ++i) {
            bytes memory code = address(feed).code;
            enterForecast(i);
            int256 answer = calm.volatility();
            restore(code);
            require(answer == (i == 0 ? GOOD : int256(80e18)), forecastNames()[i]);
        }
    }

    function restore(bytes memory code) private {
        if (address(feed).code.length == 0) vmEtch(address(feed), code);
    }

    function vmEtch(address target, bytes memory code) private {
        address cheats = address(uint160(uint256(keccak256("hevm cheat code"))));
        (bool ok, ) = cheats.call(abi.encodeWithSignature("etch(address,bytes)", target, code));
        require(ok, "etch");
    }

    function test_ACarelessConsumerIsFound() public {
        Careless careless = new Careless(feed, topic);
        try this.assertSafe(address(careless), abi.encodeCall(Careless.volatility, ())) {
            revert("safe");
        } catch (bytes memory reason) {
            (string memory name, ) = abi.decode(slice(reason), (string, bytes));
            require(keccak256(bytes(name)) == keccak256("negative"), name);
        }
    }

    function assertSafe(address consumer, bytes calldata call) external {
        assertSafeUnderEveryForecast(consumer, call);
    }

    function slice(bytes memory error) private pure returns (bytes memory arguments) {
        arguments = new bytes(error.length - 4);
        for (uint256 i = 0; i < arguments.length; ++i) arguments[i] = error[i + 4];
    }
}

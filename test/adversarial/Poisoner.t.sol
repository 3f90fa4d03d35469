// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Forecast} from "../../contracts/types/Feed.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Joins an honest worker with a millionth of its money and says something absurd, while the topic is young. Pass
/// mark: the feed stays inside the honest domain at once and ever after, and the interval is of use once it is promised.
contract PoisonerTest is Stages {
    uint256 private constant HONEST = 0;
    uint256 private constant POISONER = 1;
    uint96 private constant FORTUNE = 1e15;
    int256 private constant ABSURD = -1e30;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.minWorkers, params.minStake, params.poolRateBps) = (1, 1, 0);
        (params.min, params.max) = (type(int104).min, type(int104).max);
    }

    function setUp() public {
        opened();
        deposit(HONEST, FORTUNE);
        deposit(POISONER, FORTUNE / 1e6);
        warpTo(time + terms().activationDelay);
        seatWorker(HONEST, 0);
        seatWorker(POISONER, 1);
    }

    function test_MovesNothingInAnyOfTheFirstRounds() public {
        for (uint256 poisoned = 0; poisoned < 7; poisoned++) {
            uint256 round = 3 * poisoned;
            predict(round, poisonedBy(ABSURD));
            requireSound(round);
            finish(round, 100e18 + int256(poisoned % 3) * 1e18);
        }
        play(21, 12);
        Forecast memory forecast = network.read(topic);
        require(forecast.upper - forecast.lower < 60e18, "an interval of no use");
        require(forecast.upper > forecast.value && forecast.value > forecast.lower, "no interval");
    }

    /// @dev Once, then silent: what it taught the topic must not stay.
    function test_OneAbsurdValueIsForgottenAtOnce() public {
        play(0, 2);
        predict(6, poisonedBy(ABSURD));
        requireSound(6);
        finish(6, 100e18);
        play(9, 8);
        require(network.topicOf(topic).anchorError.unpack() < 20e18, "poisoned the usual error");
        require(network.topicOf(topic).feedError.unpack() < 20e18, "poisoned the feed's error");
    }

    /// @dev The other way round: the absurd one has nearly all of the money.
    function test_NeitherDoesAWhaleLeaveTheDomain() public {
        Said[] memory said = poisonedBy(100e18);
        said[HONEST].value = int104(ABSURD);
        predict(0, said);
        requireSound(0);
    }

    function play(uint256 first, uint256 count) private {
        for (uint256 i = 0; i < count; i++) {
            uint256 round = first + 3 * i;
            predict(round, only(say(HONEST, 100e18 + int256(i % 4) * 5e17, 10_000)));
            requireSound(round);
            finish(round, 100e18 + int256(i % 3) * 1e18);
        }
    }

    /// @dev 100 -+ 3 sigmas of 5, as the terms have it; the domain moves with the truths, and not by much here.
    function requireSound(uint256 round) private view {
        Forecast memory forecast = network.read(topic);
        require(forecast.round == round, "not published");
        require(80e18 <= forecast.value && forecast.value <= 120e18, "the feed is poisoned");
    }

    function poisonedBy(int256 value) private pure returns (Said[] memory said) {
        said = new Said[](2);
        said[0] = say(HONEST, 101e18, 10_000);
        said[1] = say(POISONER, value, 10_000);
    }
}

/// @notice Builds a record by tossing coins at one basis point of confidence, where it costs nothing, and speaks up once it was
/// lucky. Pass mark: no record to speak of.
contract CoinTosserTest is Stages {
    uint256 private constant TOSSERS = 4;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.minStake, params.poolRateBps) = (1, 0);
    }

    /// hardhat-config: fuzz.runs = 4
    function testFuzz_HasNoWeightToSpeakOfAfterFortyRounds(uint256 seed) public {
        opened();
        rememberWorkers(3 + TOSSERS);
        seatWorkers(3 + TOSSERS, 1e12);
        for (uint256 i = 0; i < 40; i++) {
            predict(3 * i, tossedIn(seed, i, 1));
            finish(3 * i, truthOf(seed, i));
        }
        predict(120, tossedIn(seed, 40, 10_000));

        uint256 luckiest = 0;
        uint256 best = 0;
        for (uint256 i = 0; i < 3 + TOSSERS; i++) {
            uint256 trust = keptOf[120].revealed.predictions[i].trust().unpack();
            if (i < 3 && trust > best) best = trust;
            if (i >= 3 && trust > luckiest) luckiest = trust;
        }
        require(best > 0, "nobody has a record");
        require(luckiest * 100 <= best, "a record from coins");
    }

    /// @dev Three who know something, each at full confidence, and the tossers.
    function tossedIn(uint256 seed, uint256 round, uint16 confidence) private pure returns (Said[] memory said) {
        said = new Said[](3 + TOSSERS);
        for (uint256 i = 0; i < 3; i++) {
            int256 error = int256(drawn(seed, round, i) % 6e18) - 3e18;
            said[i] = say(i, truthOf(seed, round) + error, 10_000);
        }
        for (uint256 i = 3; i < 3 + TOSSERS; i++) {
            said[i] = say(i, drawn(seed, round, i) % 2 == 0 ? int256(92e18) : int256(108e18), confidence);
        }
    }

    function truthOf(uint256 seed, uint256 round) private pure returns (int256) {
        return 95e18 + int256(drawn(seed, round, 99) % 10e18);
    }

    function drawn(uint256 seed, uint256 round, uint256 who) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, round, who)));
    }
}

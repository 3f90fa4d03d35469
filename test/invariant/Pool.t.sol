// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {NetworkDriver, Said} from "../helpers/NetworkDriver.sol";
import {Told} from "../helpers/Told.sol";

/// @notice What a published round may cost the pool stays in it until the round settles. Plays rounds whose wagers are so far
/// above the pool that each is owed its full share, for taking part or played against its workers, publishes them late, settles or voids them late and in any order, and funds
/// between: at every moment the pool covers all that it owes.
contract PoolTest is NetworkDriver {
    uint256 private constant WORKERS = 2;
    uint96 private constant FORTUNE = 1e15;
    uint96 private constant POOL = 1_000_000_000_003;

    enum Stage {
        Heard,
        Published,
        Over
    }

    uint8 private ringSize = 1;
    bool private isPlayed;
    uint256[] private rounds;
    mapping(uint256 round => Stage) private stageOf;
    uint256 private settlements;
    uint256 private draw;

    /// @dev The most that a ring may owe, no cap, and truths that may come a hundred rounds late.
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.ringSize, params.riskBps) = (ringSize, uint16(1600 / ringSize));
        (params.horizon, params.truthWindow) = (uint24(uint256(ringSize) * 100), 10_000);
        params.poolRateBps = ringSize == 1 ? 10_000 : uint16(2500 / (ringSize - 1));
        (params.rewardCapBps, params.poolShareBps) =
            isPlayed ? (uint16(0), uint16(10_000)) : (uint16(10_000), uint16(0));
    }

    function start(uint8 size, uint256 seed) private {
        (ringSize, draw) = (size, seed);
        openTopic();
        rememberWorkers(WORKERS);
        fund(POOL);
        seatWorkers(WORKERS, FORTUNE);
    }

    /* ANY ORDER */

    /// hardhat-config: fuzz.runs = 24
    function testFuzz_ARingOfOne(uint256 seed) public {
        play(1, seed, 40);
    }

    /// hardhat-config: fuzz.runs = 24
    function testFuzz_ARingOfTwo(uint256 seed) public {
        play(2, seed, 20);
    }

    /// hardhat-config: fuzz.runs = 24
    function testFuzz_ARingOfFour(uint256 seed) public {
        play(4, seed, 28);
    }

    /// hardhat-config: fuzz.runs = 12
    function testFuzz_ARingOfSixteen(uint256 seed) public {
        play(16, seed, 56);
    }

    function play(uint8 size, uint256 seed, uint256 count) private {
        isPlayed = seed % 2 == 1;
        start(size, seed);
        for (uint256 number = 0; number < count; number++) {
            warpTo(openTime(number));
            if (below(16) == 0) fund(uint96(1 + below(POOL)));
            moveOn();
            if (hasRoom(number)) hear(number);
            moveOn();
        }
        end();
        require(settlements > 0, "nothing was settled");
    }

    /// @dev The pool's rounds are done by whoever comes late: each round that can go on does so now, or not.
    function moveOn() private {
        uint256 first = below(rounds.length + 1);
        for (uint256 i = 0; i < rounds.length; i++) {
            uint256 number = rounds[(first + i) % rounds.length];
            if (below(3) == 0) goOn(number);
        }
    }

    function goOn(uint256 number) private {
        Stage stage = stageOf[number];
        if (stage == Stage.Heard && time < targetTime(number)) publishOwed(number);
        if (stage == Stage.Heard && time >= targetTime(number)) stageOf[number] = Stage.Over;
        if (stage == Stage.Published && time >= targetTime(number)) conclude(number);
    }

    function hear(uint256 number) private {
        commit(number, BATCHER, both());
        warpTo(revealTime(number));
        if (below(2) == 0) {
            revealAndPublish(number, both());
            stageOf[number] = Stage.Published;
            requireOwedInFull(number);
        } else {
            reveal(number, FIRST, both(), ALL);
        }
        rounds.push(number);
        requireCovered();
    }

    function publishOwed(uint256 number) private {
        publish(number);
        stageOf[number] = Stage.Published;
        requireOwedInFull(number);
        requireCovered();
    }

    function requireOwedInFull(uint256 number) private view {
        uint256 share = (uint256(network.topicOf(topic).pool) * terms().poolRateBps) / 10_000;
        Told memory outcome = toldOf(number);
        if (!isPlayed) require(outcome.reward == share && outcome.play == 0, "not owed its full share");
        // The tip is reserved at its most, a hundredth of what is played.
        if (isPlayed && outcome.play > 0) require(outcome.play == (share * 10_000) / 10_100, "not its full share");
    }

    /// @dev One in eight becomes void, by its truth or by none in time.
    function conclude(uint256 number) private {
        uint256 pool = network.topicOf(topic).pool;
        uint256 rewards = mostOf(number);
        uint256 kind = below(16);
        if (time >= deadline(number)) {
            voidRound(number);
        } else if (kind == 0) {
            truth.set(TruthStatus.Void, 0);
            resolve(number);
        } else {
            resolve(number, 95e18 + int256(below(10e18)));
            settle(number);
            settlements++;
        }
        stageOf[number] = Stage.Over;
        uint256 left = network.topicOf(topic).pool;
        bool isVoid = roundOf(number).status == RoundStatus.Void;
        require(isVoid ? left == pool : left + rewards >= pool && (isPlayed || left <= pool), "another pool");
        requireCovered();
    }

    /// @dev As the ring sees it: no round a ring or more older can move money.
    function hasRoom(uint256 number) private view returns (bool) {
        for (uint256 i = 0; i < rounds.length; i++) {
            if (rounds[i] + ringSize <= number && isPending(rounds[i])) return false;
        }
        return true;
    }

    function isPending(uint256 number) private view returns (bool) {
        if (stageOf[number] == Stage.Heard) return time < targetTime(number);
        return stageOf[number] == Stage.Published;
    }

    function end() private {
        for (uint256 i = rounds.length; i > 0; i--) {
            uint256 number = rounds[i - 1];
            if (stageOf[number] == Stage.Heard && time < targetTime(number)) publishOwed(number);
        }
        warpTo(time + terms().horizon);
        for (uint256 i = rounds.length; i > 0; i--) {
            if (stageOf[rounds[i - 1]] == Stage.Published) conclude(rounds[i - 1]);
        }
    }

    function requireCovered() private view {
        require(owed() <= network.topicOf(topic).pool, "the pool owes more than it has");
    }

    function owed() private view returns (uint256 sum) {
        for (uint256 i = 0; i < rounds.length; i++) {
            if (stageOf[rounds[i]] == Stage.Published) sum += mostOf(rounds[i]);
        }
    }

    /// @notice The most that a published round may cost the pool.
    function mostOf(uint256 number) private view returns (uint256) {
        Told memory outcome = toldOf(number);
        return outcome.reward + outcome.play + (outcome.play * terms().tipBps) / 10_000;
    }

    /* THE WORST */

    /// @dev Each round is published as soon as the ring has room for it, at a pool from which the older ones are still to be
    /// paid. So a ring of two comes nearest to owing more than it has: three quarters, in the end.
    function test_CoversRoundsThatArePaidAsLateAsTheRingAllows() public {
        payLate(2, 7_000);
    }

    function test_CoversRoundsThatArePaidAsLateAsARingOfFourAllows() public {
        payLate(4, 4_000);
    }

    function test_CoversRoundsThatArePaidAsLateAsARingOfSixteenAllows() public {
        payLate(16, 3_000);
    }

    /// @param least share of the pool that is owed at times, in basis points
    function payLate(uint8 size, uint256 least) private {
        start(size, 0);
        uint256 most = 0;
        for (uint256 number = 0; number < size; number++) playAtOnce(number);
        for (uint256 number = 0; number < 24; number++) {
            pay(number);
            playAtOnce(number + size);
            uint256 share = (owed() * 10_000) / network.topicOf(topic).pool;
            if (share > most) most = share;
        }
        require(least <= most && most < 7_500, "another share is owed");
    }

    /// @dev A round is owed its share of a full pool and waits, while all others that can be published beside it are paid
    /// first, those before it and those after it.
    function test_CoversARoundThatIsSettledLastOfTwoRings() public {
        settleLastOfTwoRings(2);
    }

    function test_CoversARoundThatIsSettledLastOfTwoRingsOfFour() public {
        settleLastOfTwoRings(4);
    }

    function test_CoversARoundThatIsSettledLastOfTwoRingsOfSixteen() public {
        settleLastOfTwoRings(16);
    }

    function settleLastOfTwoRings(uint8 size) private {
        start(size, 0);
        uint256 late = size - 1;
        for (uint256 number = 0; number <= late; number++) playAtOnce(number);
        // All of a ring owed at once, by one pool.
        require(owed() == size * ((uint256(POOL) * terms().poolRateBps) / 10_000), "not a ring of shares");
        for (uint256 number = 0; number < late; number++) {
            pay(number);
            playAtOnce(number + size);
        }
        for (uint256 number = late + 1; number < 2 * late + 1; number++) pay(number);
        require(owed() == mostOf(late), "not the last");
        pay(late);
    }

    function playAtOnce(uint256 number) private {
        warpTo(openTime(number));
        commit(number, BATCHER, both());
        warpTo(revealTime(number));
        revealAndPublish(number, both());
        stageOf[number] = Stage.Published;
        rounds.push(number);
        requireOwedInFull(number);
        requireCovered();
    }

    /// @dev Everybody is right, so that nothing of the rewards stays.
    function pay(uint256 number) private {
        uint256 pool = network.topicOf(topic).pool;
        warpTo(targetTime(number));
        resolve(number, 100e18);
        settle(number);
        stageOf[number] = Stage.Over;
        uint256 rewards = mostOf(number);
        require(network.topicOf(topic).pool <= pool - rewards + WORKERS * 2, "not paid in full");
        requireCovered();
    }

    /* DRAWING */

    function both() private pure returns (Said[] memory said) {
        said = new Said[](WORKERS);
        for (uint256 i = 0; i < WORKERS; i++) said[i] = say(i, 100e18, 10_000);
    }

    function below(uint256 bound) private returns (uint256) {
        draw = uint256(keccak256(abi.encode(draw)));
        return draw % bound;
    }
}

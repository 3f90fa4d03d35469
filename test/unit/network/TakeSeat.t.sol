// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

contract TakeSeatTest is Stages {
    function setUp() public {
        opened();
        for (uint256 i = 0; i < 3; i++) deposit(i, STAKE);
        deposit(3, 11_000);
        deposit(4, 11_001);
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < 5; i++) network.activate(topic, workerAt(i));
    }

    function take(uint256 number, uint8 seat) private {
        by(workerAt(number));
        network.takeSeat(topic, workerAt(number), seat);
    }

    /// @dev A seat taken after the last round is a seat in none.
    function test_BeginsAfterTheLastRoundWhereAllHaveOpened() public {
        uint256 last = type(uint24).max - 1;
        warpTo(openTime(last - 1));
        take(0, 0);
        warpTo(openTime(last + 100));
        take(1, 1);
        require(positionOf(0).from == last && positionOf(1).from == last + 1, "another first round");
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.takeSeat(TopicId.wrap(bytes32(uint256(7))), workerAt(0), 0);
    }

    function test_RefusesAllButTheOwner() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NotOwner.selector, STRANGER, workerAt(0)));
        by(STRANGER);
        network.takeSeat(topic, workerAt(0), 0);
    }

    function test_RefusesTooSmallAStake() public {
        unstake(0, 9_001);
        refuse(abi.encodeWithSelector(ITopicDesk.BelowMinStake.selector, 999, 1000));
        take(0, 0);
    }

    function test_RefusesWhereNotThreeTimesAsMuchStaysAsLeaves() public {
        unstake(0, 2_501);
        refuse(abi.encodeWithSelector(ITopicDesk.InsufficientStake.selector, 7_499, 7_503));
        take(0, 0);
        unstake(1, 2_500);
        take(1, 1);
    }

    function test_RefusesASecondSeat() public {
        take(0, 2);
        refuse(abi.encodeWithSelector(ITopicDesk.AlreadySeated.selector, workerAt(0), 2));
        take(0, 3);
    }

    function test_RefusesASeatBeyondTheLast() public {
        refuse(abi.encodeWithSelector(ITopicDesk.UnknownSeat.selector, 8, 7));
        take(0, 8);
    }

    function test_RefusesWhoDoesNotBeatTheOccupantByATenth() public {
        take(0, 0);
        refuse(abi.encodeWithSelector(ITopicDesk.RankTooLow.selector, 11_000e18, 11_000e18));
        take(3, 0);
    }

    /// @dev Else a worker that committed could become another in the round, and no longer be found where it is silent.
    function test_RefusesBeforeTheRoundsOfItsLastTermAreHeardAndFinal() public {
        for (uint8 i = 0; i < 3; i++) take(i, i);
        warpTo(openTime(ROUND));
        commit(ROUND, BATCHER, everybody());
        by(workerAt(0));
        network.revoke(topic, workerAt(0));
        refuseBefore();
        warpTo(revealTime(ROUND));
        refuseBefore();
        reveal(ROUND, FIRST, everybody(), 6);
        warpTo(publishTime(ROUND));
        refuseBefore();
        publish(ROUND);
        refuseBefore();
        finish(ROUND, TRUTH);
        take(0, 5);
        require(network.seatOf(topic, 5) == workerAt(0), "not seated");
    }

    function refuseBefore() private {
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        take(0, 0);
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        take(0, 5);
    }

    /* A FREE SEAT */

    function test_CountsFromTheNextRoundOn() public {
        tells();
        emit ITopicDesk.SeatTaken(topic, workerAt(0), 5, 0, address(0));
        take(0, 5);
        Position memory position = positionOf(0);
        require(network.seatOf(topic, 5) == workerAt(0) && position.seat == 5, "not seated");
        require(position.from == 0 && position.until == type(uint24).max, "another term");

        warpTo(openTime(2));
        take(1, 6);
        require(positionOf(1).from == 3, "not from the next round on");
    }

    /* A TAKEN SEAT */

    function test_FallsToARankATenthHigher() public {
        take(0, 0);
        warpTo(openTime(1));
        tells();
        emit ITopicDesk.SeatTaken(topic, workerAt(4), 0, 2, workerAt(0));
        take(4, 0);
        require(network.seatOf(topic, 0) == workerAt(4), "not displaced");
    }

    function test_LeavesTheDisplacedItsMoneyAndItsOpenRounds() public {
        take(0, 0);
        warpTo(openTime(1));
        take(4, 0);
        Position memory displaced = positionOf(0);
        require(displaced.stake == STAKE && displaced.from == 0 && displaced.until == 2, "lost an open round");
    }

    function test_OfWhoFellBelowTheLeastStakeFallsToAnyone() public {
        take(4, 0);
        take(0, 1);
        unstake(4, 10_002);
        require(network.rankOf(topic, workerAt(4)) == 0, "still has a rank");
        require(network.seatOf(topic, 0) == address(0), "still has its seat");
        take(1, 0);
        require(network.seatOf(topic, 0) == workerAt(1) && positionOf(4).until == 0, "not free");
    }

    /* A REVOKED OR DISPLACED WORKER */

    function test_TakesItsOwnSeatAgainWhateverItsRank() public {
        take(0, 0);
        by(workerAt(0));
        network.revoke(topic, workerAt(0));
        refuseBefore();
        warpTo(targetTime(ROUND));
        take(0, 0);
        require(positionOf(0).from == 3 && positionOf(0).until == type(uint24).max, "another term");
    }

    function test_LeavesNoSecondSeatBehind() public {
        take(0, 0);
        by(workerAt(0));
        network.revoke(topic, workerAt(0));
        warpTo(targetTime(ROUND));
        take(0, 3);
        require(network.seatOf(topic, 0) == address(0), "holds two seats");
        require(network.seatOf(topic, 3) == workerAt(0), "holds none");
    }
}

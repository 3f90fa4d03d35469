// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {Consent} from "../../contracts/types/Seal.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Takes one seat after the other with a single stake: it takes a seat and gives it up before its term begins,
/// which leaves no round to wait for. It revokes itself, or asks its stake back, or does so before the topic starts. Whom
/// it displaced does wait until its rounds are final, and small names of the sweeper's could speak for all meanwhile.
/// Pass mark: a stake displaces one worker, until the first round it would have spoken in is final.
contract SweeperTest is Stages {
    uint256 private constant HONEST = 4;
    uint256 private constant SWEEPER = 4;
    uint256 private constant OTHER = 5;

    function setUp() public {
        openTopic();
        rememberWorkers(6);
        seatWorkers(HONEST, STAKE);
        deposit(SWEEPER, 2 * STAKE);
        warpTo(openTime(0));
        network.activate(topic, workerAt(SWEEPER));
    }

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.seats = uint16(HONEST);
    }

    function test_DisplacesOneInAPeriod() public {
        displace(0);
        refuseSeat(1, 1);
    }

    function test_DisplacesNoOtherInTheNextPeriod() public {
        displace(0);
        warpTo(openTime(1));
        refuseSeat(1, 1);
    }

    function test_DisplacesNoOtherBeforeItsFirstRoundIsFinal() public {
        displace(0);
        playTheFirst();
        refuseSeat(1, 1);
        finish(1, TRUTH);
        displace(1);
    }

    function test_DisplacesNoOtherUnderAnotherName() public {
        Consent memory consent = consentOf(OTHER, workerAt(SWEEPER));
        displace(0);
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, 1));
        by(workerAt(SWEEPER));
        network.rotate(topic, workerAt(SWEEPER), workerAt(OTHER), consent);
    }

    /* BY ASKING ITS STAKE BACK */

    function leave() private {
        unstake(SWEEPER, 2 * STAKE);
        require(network.seatOf(topic, 0) == address(0), "still seated");
    }

    function test_DisplacesNoOtherWithNewMoney() public {
        takeSeat(0);
        leave();
        deposit(SWEEPER, 6 * STAKE);
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(SWEEPER));
        refuseSeat(1, 1);
    }

    /// @dev Nor by another name, for the money stays until then.
    function test_TakesNoMoneyToAnotherName() public {
        takeSeat(0);
        leave();
        warpTo(time + terms().unstakeDelay);
        refuseMoney();
        warpTo(targetTime(1) - 1);
        refuseMoney();
        warpTo(targetTime(1));
        by(workerAt(SWEEPER));
        network.withdraw(topic, workerAt(SWEEPER));
    }

    function refuseMoney() private {
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, 1));
        by(workerAt(SWEEPER));
        network.withdraw(topic, workerAt(SWEEPER));
    }

    /* DISPLACED ITSELF */

    /// @dev Then it holds nothing and has emptied nothing.
    function test_IsFreeOnceAnotherDisplacedIt() public {
        takeSeat(0);
        deposit(OTHER, 4 * STAKE);
        warpTo(time + terms().activationDelay);
        seatWorker(OTHER, 0);
        takeSeat(1);
        require(network.seatOf(topic, 1) == workerAt(SWEEPER), "bound by a seat it lost");
    }

    function displace(uint8 seat) private {
        takeSeat(seat);
        require(positionOf(seat).until < type(uint24).max, "displaced");
        by(workerAt(SWEEPER));
        network.revoke(topic, workerAt(SWEEPER));
    }

    function takeSeat(uint8 seat) private {
        address sweeper = workerAt(SWEEPER);
        by(sweeper);
        network.takeSeat(topic, sweeper, seat);
    }

    function refuseSeat(uint8 seat, uint256 last) private {
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, last));
        takeSeat(seat);
        require(positionOf(seat).until == type(uint24).max, "stays");
    }

    function playTheFirst() private {
        Said[] memory all = new Said[](2);
        (all[0], all[1]) = (say(1, 99e18, 10_000), say(2, 101e18, 10_000));
        predict(1, all);
    }
}

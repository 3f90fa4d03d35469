// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {Consent} from "../../../contracts/types/Seal.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {Stages} from "../../helpers/Stages.sol";

contract RotateTest is Stages {
    Consent private consent;

    function setUp() public {
        revealed();
        consent = consentOf(3, workerAt(0));
    }

    function revoke() private {
        by(workerAt(0));
        network.revoke(topic, workerAt(0));
    }

    function rotate() private {
        by(workerAt(0));
        network.rotate(topic, workerAt(0), workerAt(3), consent);
    }

    /* REFUSALS */

    function test_RefusesAllButTheOwner() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NotOwner.selector, STRANGER, workerAt(0)));
        by(STRANGER);
        network.rotate(topic, workerAt(0), workerAt(3), consent);
    }

    function test_RefusesASignerThatStillSigns() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NotRevoked.selector, workerAt(0)));
        rotate();
    }

    function test_RefusesASignerThatHasAPosition() public {
        revoke();
        refuse(abi.encodeWithSelector(ITopicDesk.SignerTaken.selector, workerAt(1)));
        by(workerAt(0));
        network.rotate(topic, workerAt(0), workerAt(1), consent);
    }

    function test_RefusesWithoutTheNewSignersConsent() public {
        revoke();
        refuse(abi.encodeWithSelector(ITopicDesk.NoConsent.selector, workerAt(4), workerAt(0)));
        by(workerAt(0));
        network.rotate(topic, workerAt(0), workerAt(4), consent);
    }

    function test_RefusesWhileRoundsAreOpen() public {
        revoke();
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        rotate();

        warpTo(publishTime(ROUND));
        publish(ROUND);
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        rotate();

        warpTo(targetTime(ROUND));
        resolve(ROUND, TRUTH);
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        rotate();
    }

    /* EFFECT */

    function test_MovesMoneySkillAndSeat() public {
        revoke();
        warpTo(publishTime(ROUND));
        publish(ROUND);
        finish(ROUND, TRUTH);
        Position memory before = positionOf(0);
        tells();
        emit ITopicDesk.SignerRotated(topic, workerAt(0), workerAt(3));
        rotate();

        Position memory moved = positionOf(3);
        require(moved.stake == before.stake && moved.owner == workerAt(0), "money or owner lost");
        require(
            moved.regret.unpack() == before.regret.unpack() && moved.energy.unpack() == before.energy.unpack(),
            "skill lost"
        );
        require(network.seatOf(topic, 0) == workerAt(3) && moved.until == type(uint24).max, "seat lost");
        require(moved.revokedAt == 0, "still revoked");
        require(moved.from == (time - terms().start) / terms().cadence + 1, "counts in a round that is open");
        require(positionOf(0).owner == address(0) && positionOf(0).stake == 0, "left something behind");
    }

    /// @dev Nobody has heard anything of round 3 yet, but what the old signer sealed there is still its own.
    function test_WaitsForARoundThatIsOnlySealed() public {
        Said[] memory said = new Said[](2);
        (said[0], said[1]) = (everybody()[0], everybody()[1]);
        warpTo(openTime(3));
        commit(3, BATCHER, said);
        revoke();
        refuseBefore(3);
        warpTo(revealTime(3));
        refuseBefore(3);
        reveal(3, FIRST, said, ALL);
        address[] memory heard = keptOf[3].revealed.workers;
        require(heard.length == 2 && heard[0] == workerAt(0), "what it sealed is lost");
        warpTo(publishTime(3));
        refuseBefore(3);
        publish(3);
        refuseBefore(3);
        finish(3, TRUTH);
        rotate();
        require(network.seatOf(topic, 0) == workerAt(3), "not moved");
    }

    function refuseBefore(uint256 round) private {
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, round));
        rotate();
    }

    function test_OfADisplacedWorkerMovesNoSeat() public {
        deposit(4, 3 * STAKE);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(4));
        by(workerAt(4));
        network.takeSeat(topic, workerAt(4), 0);
        revoke();
        finish(ROUND, TRUTH);
        refuseBefore(1);
        warpTo(targetTime(1));
        rotate();
        require(network.seatOf(topic, 0) == workerAt(4), "took the seat along");
        require(positionOf(3).until == 0, "may predict without a seat");
    }
}

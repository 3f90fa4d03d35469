// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ModelBond} from "../../contracts/models/ModelBond.sol";
import {Evidence, InputKind} from "../../contracts/types/Model.sol";
import {Prediction} from "../../contracts/types/Prediction.sol";
import {BondStages} from "../helpers/BondStages.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Bonds a model and predicts something else, and tries not to pay for it. Pass marks: falseModel loses its bond whatever
/// it does until its rounds are over; challenging itself saves half at most; accuser, who shows what was never said, and
/// asker, who asks again and again, take nothing from an honest worker.
contract FalseModelTest is BondStages {
    function setUp() public {
        prepared();
    }

    function test_LeavingDoesNotSaveIt() public {
        bonded(InputKind.Truths);
        predicted(99e18);
        recorded();
        by(worker);
        bonds.leave(topic);
        vm.expectRevert();
        bonds.withdraw(topic, worker);
        challenge(nothing());
        requireLost(0);
    }

    function test_ANewBondDoesNotWashTheBreachAway() public {
        bonded(InputKind.Truths);
        predicted(99e18);
        recorded();
        challenge(nothing());
        bonded(InputKind.Truths);
        require(bonds.breachOf(topic, worker).count == 1, "forgotten");
        // What was proven of a round before the new bond does not count against it.
        refuse(abi.encodeWithSelector(ModelBond.NotCovered.selector, worker, FOURTH));
        challenge(nothing());
    }

    function test_ChallengingItselfStillCostsHalf() public {
        bonded(InputKind.Truths);
        predicted(99e18);
        recorded();
        Evidence memory shown = evidence();
        uint256 before = token.balanceOf(worker);
        by(worker);
        bonds.challenge(topic, worker, FOURTH, shown, nothing(), SALT);
        bonds.claim(worker);
        require(token.balanceOf(worker) - before == BOND / 2, "saved more than half");
    }

    function test_SealingAfterTheOthersWereSeenIsRefused() public {
        bonded(InputKind.Given);
        predicted(95e18);
        vm.expectRevert();
        this.sealLate();
        // Without sealed inputs nothing can be disclosed.
        request();
        refuse(
            abi.encodeWithSelector(
                ModelBond.OtherInputs.selector,
                bonds.hashOf(topic, worker, FOURTH, two(90e18, 100e18), SALT),
                bytes29(0)
            )
        );
        bonds.disclose(topic, worker, FOURTH, two(90e18, 100e18), SALT);
        warpTo(time + WINDOW + 1);
        bonds.conclude(topic, worker, FOURTH);
        requireLost(FEE);
    }

    function sealLate() external {
        sealInputs(two(90e18, 100e18));
    }

    /// @dev The accuser shows a round in which the worker says something else.
    function test_AnAccuserCannotShowWhatWasNeverSaid() public {
        bonded(InputKind.Truths);
        predicted(100e18);
        recorded();
        Evidence memory shown = evidence();
        uint256 word = Prediction.unwrap(shown.revealed.predictions[0]);
        shown.revealed.predictions[0] = Prediction.wrap(word + (1 << 152));
        vm.expectRevert();
        challenge(shown, nothing());
        shown = evidence();
        (shown.revealed.workers[1], shown.place) = (worker, 1);
        vm.expectRevert();
        challenge(shown, nothing());
        require(bondOf().amount == BOND, "took an honest bond");
    }

    function test_AskingEarnsTheWorkerAFeeAndHoldsNothing() public {
        bonded(InputKind.Given);
        predictedFrom(two(90e18, 100e18), 95e18);
        by(worker);
        bonds.leave(topic);
        request();
        bonds.disclose(topic, worker, FOURTH, two(90e18, 100e18), SALT);
        Evidence memory shown = evidence();
        refuse(abi.encodeWithSelector(ModelBond.AlreadyRequested.selector, worker, FOURTH));
        by(CHALLENGER);
        bonds.request(topic, worker, FOURTH, shown);
        warpTo(bondOf().leavesAt - WINDOW);
        vm.expectRevert();
        by(CHALLENGER);
        bonds.request(topic, worker, FOURTH, shown);
        warpTo(bondOf().leavesAt);
        bonds.withdraw(topic, worker);
        require(bonds.claimableOf(worker) == BOND + FEE, "kept back");
    }
}

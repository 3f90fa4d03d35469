// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {ModelBond} from "../../../contracts/models/ModelBond.sol";
import {ModelStore} from "../../../contracts/models/ModelStore.sol";
import {TruthRing} from "../../../contracts/models/TruthRing.sol";
import {Breach, Evidence, InputKind, ModelId, Proof, Request} from "../../../contracts/types/Model.sol";
import {RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {BondStages} from "../../helpers/BondStages.sol";
import {vm} from "../../helpers/Vm.sol";

contract ModelBondTest is BondStages {
    TopicId private constant NO_TOPIC = TopicId.wrap(bytes32(uint256(1)));
    ModelId private constant NO_MODEL = ModelId.wrap(bytes32(uint256(1)));

    function setUp() public {
        prepared();
    }

    function bound(string memory term, uint256 actual, uint256 least, uint256 most) private {
        refuse(abi.encodeWithSelector(ModelBond.BondOutOfBounds.selector, term, actual, least, most));
    }

    function outside(uint256 from, uint256 until) private {
        refuse(abi.encodeWithSelector(ModelBond.OutsideTime.selector, time, from, until));
    }

    /* BOND */

    function test_BondRefusesInTheOrderOfItsChecks() public {
        bound("window", 59, 60, 30 days);
        new ModelBond(models, truths, 59, FEE);

        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, NO_TOPIC));
        bonds.bond(NO_TOPIC, model, InputKind.Given, 0, BOND);
        bound("amount", 0, 1, type(uint96).max);
        bonds.bond(topic, model, InputKind.Given, 0, 0);
        refuse(abi.encodeWithSelector(ModelStore.UnknownModel.selector, NO_MODEL));
        bonds.bond(topic, NO_MODEL, InputKind.Given, 0, BOND);
        bound("lag", 1, 0, 0);
        bonds.bond(topic, model, InputKind.Given, 1, BOND);
        // A truth of two rounds ago is not known when a round opens: the horizon is two cadences and a half.
        bound("lag", 2, 3, 255);
        bonds.bond(topic, model, InputKind.Truths, 2, BOND);

        bonded(InputKind.Given);
        refuse(abi.encodeWithSelector(ModelBond.AlreadyBonded.selector, worker));
        by(worker);
        bonds.bond(topic, model, InputKind.Given, 0, BOND);
    }

    function test_BondsFromTheNextRoundThatHasItsInputs() public {
        bonded(InputKind.Given);
        require(bondOf().from == 0 && bondOf().until == type(uint24).max, "covers another round");
        by(CHALLENGER);
        bonds.bond(topic, model, InputKind.Truths, LAG, 1);
        require(bonds.bondOf(topic, CHALLENGER).from == 4, "before there are truths");
        require(token.balanceOf(address(bonds)) == BOND + 1, "books");
    }

    /* INPUTS */

    function test_InputsAreCommittedToOnceInTheCommitWindow() public {
        bytes29 hash = bytes29(uint232(7));
        refuse(abi.encodeWithSelector(ModelBond.NotCovered.selector, worker, FOURTH));
        by(worker);
        bonds.commitInputs(topic, FOURTH, hash);
        bonded(InputKind.Given);
        outside(openTime(FOURTH), revealTime(FOURTH));
        by(worker);
        bonds.commitInputs(topic, FOURTH, hash);
        warpTo(openTime(FOURTH));
        by(worker);
        bonds.commitInputs(topic, FOURTH, hash);
        require(bonds.sealOf(topic, worker, FOURTH) == hash, "not kept");
        require(bonds.sealOf(topic, worker, FOURTH + 256) == 0, "another round's");
        refuse(abi.encodeWithSelector(ModelBond.InputsCommitted.selector, worker, FOURTH));
        by(worker);
        bonds.commitInputs(topic, FOURTH, hash);
        warpTo(revealTime(FOURTH + 1));
        outside(openTime(FOURTH + 1), revealTime(FOURTH + 1));
        by(worker);
        bonds.commitInputs(topic, FOURTH + 1, hash);
    }

    function test_PastTruthsNeedNoCommitment() public {
        bonded(InputKind.Truths);
        warpTo(openTime(FOURTH));
        refuse(abi.encodeWithSelector(ModelBond.WrongInputKind.selector, InputKind.Truths, InputKind.Given));
        by(worker);
        bonds.commitInputs(topic, FOURTH, bytes29(uint232(7)));
    }

    /* CHALLENGE, by past truths */

    function test_ChallengeRefusesInTheOrderOfItsChecks() public {
        Evidence memory shown;
        refuse(abi.encodeWithSelector(ModelBond.NotCovered.selector, worker, FOURTH));
        challenge(shown, nothing());
        bonded(InputKind.Truths);
        refuse(abi.encodeWithSelector(ModelBond.NothingToShow.selector, FOURTH, RoundStatus.None));
        challenge(shown, nothing());
        predicted(99e18);
        shown = evidence();
        shown.outcome.publisher += 1;
        vm.expectRevert();
        challenge(shown, nothing());
        shown = evidence();
        shown.revealed.counts[0] -= 1;
        refuse(
            abi.encodeWithSelector(
                ITopicRounds.WrongBatches.selector,
                bytes20(0),
                bytes20(bytes32(shown.outcome.batches))
            )
        );
        challenge(shown, nothing());
        shown = evidence();
        shown.place = 1;
        refuse(abi.encodeWithSelector(ModelBond.WrongPlace.selector, 1, worker));
        challenge(shown, nothing());
        shown.place = 3;
        refuse(abi.encodeWithSelector(ModelBond.WrongPlace.selector, 3, worker));
        challenge(shown, nothing());
        refuse(abi.encodeWithSelector(TruthRing.TruthNotRecorded.selector, topic, 1));
        challenge(nothing());
    }

    function test_ADifferenceCostsTheBond() public {
        bonded(InputKind.Truths);
        predicted(99e18);
        recorded();
        require(bonds.promiseOf(topic, worker, FOURTH) == 100e18, "the model says otherwise");
        challenge(nothing());
        requireLost(0);
        Breach memory breach = bonds.breachOf(topic, worker);
        require(breach.round == FOURTH && breach.count == 1 && breach.challenger == CHALLENGER, "another breach");
        require(breach.proof == Proof.Difference && breach.stated == 99e18 && breach.computed == 100e18, "proof");
        // Once.
        refuse(abi.encodeWithSelector(ModelBond.NotCovered.selector, worker, FOURTH));
        challenge(nothing());
    }

    function test_EqualityCostsTheGasAlone() public {
        bonded(InputKind.Truths);
        predicted(100e18);
        recorded();
        refuse(abi.encodeWithSelector(ModelBond.AsPromised.selector, int104(100e18)));
        challenge(nothing());
        require(bondOf().amount == BOND, "lost its bond");
    }

    /// @dev The least unit of a value is a difference.
    function test_OneUnitIsADifference() public {
        bonded(InputKind.Truths);
        predicted(100e18 + 1);
        recorded();
        challenge(nothing());
        requireLost(0);
    }

    function test_IsShownOfAResolvedAndOfASettledRoundToo() public {
        bonded(InputKind.Truths);
        predicted(99e18);
        recorded();
        warpTo(targetTime(FOURTH));
        resolve(FOURTH, TRUTH);
        uint256 before = vm.snapshotState();
        challenge(nothing());
        requireLost(0);
        vm.revertToState(before);
        settle(FOURTH);
        challenge(nothing());
        requireLost(0);
    }

    /* CHALLENGE, by inputs that were given */

    function test_GivenInputsMustBeThoseThatWereSealed() public {
        bonded(InputKind.Given);
        predictedFrom(two(90e18, 100e18), 96e18);
        bytes29 actual = bonds.hashOf(topic, worker, FOURTH, two(90e18, 101e18), SALT);
        bytes29 required = bonds.hashOf(topic, worker, FOURTH, two(90e18, 100e18), SALT);
        refuse(abi.encodeWithSelector(ModelBond.OtherInputs.selector, actual, required));
        challenge(two(90e18, 101e18));
        challenge(two(90e18, 100e18));
        requireLost(0);
    }

    function test_InputsOfAnotherLengthAreADifference() public {
        bonded(InputKind.Given);
        int256[] memory one = new int256[](1);
        predictedFrom(one, 96e18);
        challenge(one);
        requireLost(0);
        require(bonds.breachOf(topic, worker).proof == Proof.WrongInputs, "another proof");
    }

    /* REQUEST, DISCLOSE, CONCLUDE */

    function test_RequestRefusesInTheOrderOfItsChecks() public {
        Evidence memory shown;
        refuse(abi.encodeWithSelector(ModelBond.NotCovered.selector, worker, FOURTH));
        by(CHALLENGER);
        bonds.request(topic, worker, FOURTH, shown);
        bonded(InputKind.Given);
        refuse(abi.encodeWithSelector(ModelBond.NothingToShow.selector, FOURTH, RoundStatus.None));
        by(CHALLENGER);
        bonds.request(topic, worker, FOURTH, shown);
        refuse(abi.encodeWithSelector(ModelBond.NotRequested.selector, worker, FOURTH));
        bonds.disclose(topic, worker, FOURTH, nothing(), SALT);
        refuse(abi.encodeWithSelector(ModelBond.NotRequested.selector, worker, FOURTH));
        bonds.conclude(topic, worker, FOURTH);
        predictedFrom(two(90e18, 100e18), 95e18);
        request();
        shown = evidence();
        refuse(abi.encodeWithSelector(ModelBond.AlreadyRequested.selector, worker, FOURTH));
        by(CHALLENGER);
        bonds.request(topic, worker, FOURTH, shown);
        outside(time + WINDOW + 1, type(uint256).max);
        bonds.conclude(topic, worker, FOURTH);
        warpTo(time + WINDOW + 1);
        outside(0, time);
        bonds.disclose(topic, worker, FOURTH, two(90e18, 100e18), SALT);
    }

    function test_AnAnswerEarnsTheFee() public {
        bonded(InputKind.Given);
        predictedFrom(two(90e18, 100e18), 95e18);
        request();
        Request memory kept = bonds.requestOf(topic, worker, FOURTH);
        require(kept.isOpen && kept.stated == 95e18 && kept.deadline == time + WINDOW, "another request");
        require(bondOf().open == 1, "not counted");
        warpTo(time + WINDOW);
        bonds.disclose(topic, worker, FOURTH, two(90e18, 100e18), SALT);
        require(bonds.claimableOf(worker) == FEE && bondOf().amount == BOND && bondOf().open == 0, "the fee");
        bonds.claim(worker);
        require(token.balanceOf(address(bonds)) == BOND, "books");
    }

    function test_AnAnswerThatDiffersCostsTheBond() public {
        bonded(InputKind.Given);
        predictedFrom(two(90e18, 100e18), 96e18);
        request();
        bonds.disclose(topic, worker, FOURTH, two(90e18, 100e18), SALT);
        requireLost(FEE);
    }

    function test_SilenceCostsTheBond() public {
        bonded(InputKind.Given);
        predicted(95e18);
        request();
        warpTo(time + WINDOW + 1);
        bonds.conclude(topic, worker, FOURTH);
        requireLost(FEE);
        require(bonds.breachOf(topic, worker).proof == Proof.Silence, "another proof");
    }

    /// @dev The request was made under a bond that is lost: a later one does not pay for it.
    function test_ARequestDoesNotOutliveItsBond() public {
        bonded(InputKind.Given);
        predictedFrom(two(90e18, 100e18), 96e18);
        request();
        challenge(two(90e18, 100e18));
        bonded(InputKind.Given);
        warpTo(time + WINDOW + 1);
        bonds.conclude(topic, worker, FOURTH);
        require(bondOf().amount == BOND && bondOf().open == 0, "paid twice");
        require(bonds.claimableOf(CHALLENGER) == BOND / 2 + FEE, "the fee is lost");
    }

    /* LEAVE, WITHDRAW, CLAIM */

    function test_LeavesOnceItsLastRoundsAreOver() public {
        refuse(abi.encodeWithSelector(ModelBond.NotCovered.selector, worker, 0));
        by(worker);
        bonds.leave(topic);
        refuse(abi.encodeWithSelector(ModelBond.NotCovered.selector, worker, 0));
        bonds.withdraw(topic, worker);
        bonded(InputKind.Given);
        outside(type(uint256).max, type(uint256).max);
        bonds.withdraw(topic, worker);
        predictedFrom(two(90e18, 100e18), 95e18);
        by(worker);
        bonds.leave(topic);
        uint256 leavesAt = deadline(FOURTH) + 2 * WINDOW;
        require(bondOf().until == FOURTH + 1 && bondOf().leavesAt == leavesAt, "another end");
        refuse(abi.encodeWithSelector(ModelBond.AlreadyLeaving.selector, worker));
        by(worker);
        bonds.leave(topic);
        request();
        warpTo(leavesAt - 1);
        outside(leavesAt, type(uint256).max);
        bonds.withdraw(topic, worker);
        warpTo(leavesAt);
        refuse(abi.encodeWithSelector(ModelBond.RequestsOpen.selector, worker, 1));
        bonds.withdraw(topic, worker);
        refuse(abi.encodeWithSelector(ModelBond.NothingToClaim.selector, worker));
        bonds.claim(worker);
    }

    function test_WithdrawsWhole() public {
        bonded(InputKind.Given);
        by(worker);
        bonds.leave(topic);
        warpTo(bondOf().leavesAt);
        bonds.withdraw(topic, worker);
        uint256 before = token.balanceOf(worker);
        bonds.claim(worker);
        require(token.balanceOf(worker) == before + BOND && token.balanceOf(address(bonds)) == 0, "books");
    }

    /* TRUTHS */

    function test_TruthsAreTheSourcesAndStay() public {
        truth.set(TruthStatus.Unknown, 0);
        refuse(abi.encodeWithSelector(ITopicRounds.TruthUnknown.selector, TruthStatus.Unknown));
        truths.record(topic, 0, "");
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, NO_TOPIC));
        truths.record(NO_TOPIC, 0, "");
        truth.set(TruthStatus.Known, type(int256).max);
        truths.record(topic, 0, "");
        truth.set(TruthStatus.Known, 1);
        truths.record(topic, 0, "");
        require(truths.truthOf(topic, 0) == type(int104).max, "it changed");
        truths.record(topic, 512, "");
        refuse(abi.encodeWithSelector(TruthRing.TruthNotRecorded.selector, topic, 0));
        truths.truthOf(topic, 0);
        refuse(abi.encodeWithSelector(TruthRing.TruthReplaced.selector, 0, 512));
        truths.record(topic, 0, "");
    }

    /* MODELS */

    function test_AModelIsItsBytes() public {
        refuse(abi.encodeWithSelector(ModelStore.PartOutOfBounds.selector, 0, 1, 24_575));
        models.write("");
        refuse(abi.encodeWithSelector(ModelStore.PartsOutOfBounds.selector, 0, 1, 8));
        models.publish(new address[](0));
        address[] memory parts = new address[](2);
        (parts[0], parts[1]) = (models.write(cut(0, 50)), address(truths));
        refuse(abi.encodeWithSelector(ModelStore.UnknownPart.selector, address(truths)));
        models.publish(parts);
        parts[1] = models.write(cut(50, meanOfTwo().length));
        require(ModelId.unwrap(models.publish(parts)) == ModelId.unwrap(model), "parts make another model");
        require(ModelId.unwrap(model) == keccak256(models.modelOf(model)), "another id");
        require(models.evaluate(model, two(1e18, 2e18)) == 1.5e18, "another answer");
        refuse(abi.encodeWithSelector(ModelStore.UnknownModel.selector, NO_MODEL));
        models.evaluate(NO_MODEL, nothing());
        require(models.inputsOf(model) == 2 && models.inputsOf(NO_MODEL) == 0, "inputs");
    }

    function cut(uint256 from, uint256 to) private pure returns (bytes memory part) {
        bytes memory whole = meanOfTwo();
        part = new bytes(to - from);
        for (uint256 i = from; i < to; i++) part[i - from] = whole[i];
    }
}

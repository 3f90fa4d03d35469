// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {Handler} from "./play/Handler.sol";

/// @notice Numbers and words are those of docs/Invariants.md. Each has a short campaign of its own, which tells by its
/// name what does not hold.
contract InvariantsTest {
    Handler private handler;

    function setUp() external {
        handler = new Handler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    // Invariant 1
    /// hardhat-config: invariant.runs = 16
    function invariant_1_TheBalanceIsTheSumOfAllThatIsOwed() external view {
        require(handler.held() == handler.accountedFor(), "1: the balance is not what is owed");
    }

    // Invariant 2
    /// hardhat-config: invariant.runs = 16
    function invariant_2_SettledRoundsConserveMoney() external view {
        hold(2);
    }

    // Invariant 3
    /// hardhat-config: invariant.runs = 16
    function invariant_3_NobodyLosesMoreThanItsWager() external view {
        hold(3);
    }

    // Invariant 4
    /// hardhat-config: invariant.runs = 16
    function invariant_4_PendingWagersNeverExceedTheStake() external view {
        require(handler.slack() >= 0, "4: pending wagers exceed the stake");
    }

    // Invariant 5
    /// hardhat-config: invariant.runs = 16
    function invariant_5_AWorkerCountsOnceARound() external view {
        hold(5);
    }

    // Invariant 9
    /// hardhat-config: invariant.runs = 16
    function invariant_9_TheAggregateIsThatOfAPlainRecomputation() external view {
        hold(9);
    }

    // Invariant 11
    /// hardhat-config: invariant.runs = 16
    function invariant_11_NewcomersAndFreshDepositsHaveNoWeight() external view {
        hold(11);
    }

    // Invariant 12
    /// hardhat-config: invariant.runs = 16
    function invariant_12_SkillDoesNotMoveInVoidRounds() external view {
        hold(12);
    }

    // Invariant 13
    /// hardhat-config: invariant.runs = 16
    function invariant_13_RoundsOnlyMoveForward() external view {
        hold(13);
    }

    // Invariant 14
    /// hardhat-config: invariant.runs = 16
    function invariant_14_VoidRoundsRefundEverything() external view {
        hold(14);
    }

    // Invariant 15
    /// hardhat-config: invariant.runs = 16
    function invariant_15_RewardsStayBelowCapAndRateAndThePoolCoversThem() external view {
        require(handler.owed() <= handler.poolNow(), "15: the pool owes more than it holds");
        hold(15);
    }

    // Invariant 17
    /// hardhat-config: invariant.runs = 16
    function invariant_17_OnlyTheGuiltyAreSlashed() external view {
        hold(17);
    }

    // Invariant 19
    /// hardhat-config: invariant.runs = 16
    function invariant_19_SeatsNeverFallToALowerRank() external view {
        require(handler.areSeatsSound(), "19: a seat too many, or held twice");
        hold(19);
    }

    // Invariant 21
    /// hardhat-config: invariant.runs = 16
    function invariant_21_TheFeedNeverRevertsAndNeverGoesBack() external view {
        hold(21);
    }

    // Invariant 29
    /// hardhat-config: invariant.runs = 16
    function invariant_29_TheFeedIsThinUntilAYoungerRoundThanEveryVoidOne() external view {
        hold(29);
    }

    function hold(uint256 number) private view {
        string memory what = handler.broken(number);
        require(bytes(what).length == 0, string.concat(Strings.toString(number), ": ", what));
    }
}

/// @notice Finds what is rare: a long campaign is held against all of them after every call.
contract AllInvariantsTest {
    InvariantsTest private each;

    function setUp() external {
        each = new InvariantsTest();
        each.setUp();
    }

    function targetContracts() external view returns (address[] memory) {
        return each.targetContracts();
    }

    function invariant_AllOfThemHold() external view {
        each.invariant_1_TheBalanceIsTheSumOfAllThatIsOwed();
        each.invariant_2_SettledRoundsConserveMoney();
        each.invariant_3_NobodyLosesMoreThanItsWager();
        each.invariant_4_PendingWagersNeverExceedTheStake();
        each.invariant_5_AWorkerCountsOnceARound();
        each.invariant_9_TheAggregateIsThatOfAPlainRecomputation();
        each.invariant_11_NewcomersAndFreshDepositsHaveNoWeight();
        each.invariant_12_SkillDoesNotMoveInVoidRounds();
        each.invariant_13_RoundsOnlyMoveForward();
        each.invariant_14_VoidRoundsRefundEverything();
        each.invariant_15_RewardsStayBelowCapAndRateAndThePoolCoversThem();
        each.invariant_17_OnlyTheGuiltyAreSlashed();
        each.invariant_19_SeatsNeverFallToALowerRank();
        each.invariant_21_TheFeedNeverRevertsAndNeverGoesBack();
        each.invariant_29_TheFeedIsThinUntilAYoungerRoundThanEveryVoidOne();
    }
}

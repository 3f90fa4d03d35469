// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IReputerTruth} from "../../contracts/interfaces/IReputerTruth.sol";
import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {PanelDriver} from "../helpers/PanelDriver.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Someone has bet on a round and then buys the panel that is to report it, a second before its target time.
/// Pass mark: the panel of a round is the one that sat when the round opened, whatever is bought afterwards.
contract PanelTakerTest is PanelDriver {
    uint256 private constant ROUND = 30;
    int104 private constant LIE = 500e18;

    function setUp() public {
        deployPanel(24 * CADENCE);
        for (uint256 seat = 0; seat < 4; ++seat) sit(honest(seat), seat, STAKE);
    }

    function test_SeatsBoughtAfterTheOpeningDictateNothing() public {
        warpTo(targetTime(ROUND) - 1);
        for (uint256 seat = 0; seat < 4; ++seat) sit(taker(seat), seat, STAKE * 2);
        for (uint256 seat = 4; seat < 16; ++seat) sit(taker(seat), seat, STAKE * 10);

        warpTo(targetTime(ROUND));
        for (uint256 seat = 0; seat < 16; ++seat) {
            vm.expectRevert(abi.encodeWithSelector(IReputerTruth.NotSeated.selector, taker(seat), ROUND));
            vm.prank(taker(seat));
            truth.commit(TOPIC, ROUND, 0);
        }
        report(ROUND, 16, valueOf);
        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
    }

    function test_ASecondAfterTheOpeningIsTooLateAndASecondBeforeCounts() public {
        warpTo(openTime(ROUND));
        sit(taker(0), 0, STAKE * 2);
        warpTo(openTime(ROUND + 1) - 1);
        sit(taker(1), 1, STAKE * 2);
        reportsFrom(0, ROUND, honest(0));
        reportsFrom(0, ROUND + 1, taker(0));
        reportsFrom(1, ROUND, honest(1));
        reportsFrom(1, ROUND + 1, taker(1));
    }

    function test_NorDoesLeavingChangeAPanelThatIsBetOn() public {
        warpTo(openTime(ROUND) + 1);
        for (uint256 seat = 0; seat < 3; ++seat) unstake(honest(seat));
        for (uint256 seat = 0; seat < 4; ++seat) reportsFrom(seat, ROUND, honest(seat));
        report(ROUND, 4, valueOf);
        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
    }

    /// @dev A slash for another round, tallied first, neither unseats nor outweighs anybody in a round that has opened.
    function test_NorDoesASlashInBetween() public {
        topics.setStatus(TOPIC, 0, RoundStatus.Published);
        warpTo(targetTime(0) + 1200);
        truth.tally(TOPIC, 0);
        for (uint256 seat = 0; seat < 4; ++seat) {
            require(truth.reputerOf(TOPIC, honest(seat)).stake < STAKE, "not slashed");
            (, uint96 weight) = truth.reporterOf(TOPIC, 24, seat);
            require(weight == STAKE, "weighs less in a round that is bet on");
            (, weight) = truth.reporterOf(TOPIC, 25, seat);
            require(weight < STAKE, "weighs the same in a round that opens later");
        }
    }

    function reportsFrom(uint256 seat, uint256 round, address required) private view {
        (address reporter, ) = truth.reporterOf(TOPIC, round, seat);
        require(reporter == required, "another reporter");
    }

    function honest(uint256 seat) private pure returns (address) {
        return address(uint160(0xA0 + seat));
    }

    function taker(uint256 seat) private pure returns (address) {
        return address(uint160(0xB00 + seat));
    }

    function valueOf(address account) private pure returns (int104) {
        return uint160(account) < 0xB00 ? TRUE_VALUE : LIE;
    }
}

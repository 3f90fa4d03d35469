// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {DisputeDriver} from "../helpers/DisputeDriver.sol";

/// @notice Three of five reputers, with 60 % of the stake, report the same lie, so that it is the median and the honest are
/// outliers. Pass mark: anyone with a bond stops it. The round settles by what happened; each of them loses its whole
/// stake, all together more than `truthSecurity`, which is the most that workers can win or lose by the round; the one who
/// challenged is paid. A lie that nobody challenges stands: that is said in docs/Threats.md.
contract ColludingReputersTest is DisputeDriver {
    uint256 private constant ROUND = 3;
    uint256 private constant LIARS = 3;

    function test_TheLieIsOverturnedAndCostsMoreThanItCouldGain() public {
        uint256 security = challenged.truthSecurity(TOPIC);
        uint256 before = stakeOfLiars();
        tallied(ROUND);
        challengeRound(ROUND, TRUE_VALUE);
        requireTruth(ROUND, TruthStatus.Disputed, 0);
        vote(1, JURORS, TRUE_VALUE);
        challenged.conclude(TOPIC, ROUND);

        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
        require(stakeOfLiars() == 0, "a liar kept stake");
        require(before >= security, "the lie costs less than what depends on it");
        require(challenged.claimableOf(CHALLENGER) == 2 * (BOND + FEE), "the challenger is not paid");
        requireBooks(0, 1);
    }

    /// @dev They leave in the second after the tally, and buy seats on the jury with what they do not have at stake.
    function test_NeitherLeavingNorJurySeatsSaveThem() public {
        tallied(ROUND);
        for (uint256 i = 0; i < LIARS; ++i) {
            unstake(reporter(i));
            register(reporter(i), 20 + i, 100 * STAKE);
            register(friend(i), 25 + i, 100 * STAKE);
        }
        challengeRound(ROUND, TRUE_VALUE);
        require(arbiter.getCase(1).seats == JURORS, "who came late or is a party decides");
        vote(1, JURORS, TRUE_VALUE);
        challenged.conclude(TOPIC, ROUND);
        require(stakeOfLiars() == 0, "a liar left with its stake");
        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
    }

    /// @dev They challenge their own lie with another lie, so that nobody else can challenge the round.
    function test_ChallengingTheirOwnLieDoesNotSaveIt() public {
        tallied(ROUND);
        challengeRound(ROUND, 900e18);
        vote(1, JURORS, TRUE_VALUE);
        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
        challenged.conclude(TOPIC, ROUND);
        require(stakeOfLiars() == 0, "a liar kept stake");
        uint256 got = challenged.claimableOf(CHALLENGER) - BOND;
        require(got < uint256(STAKE), "their challenger wins back what they lost");
    }

    function stakeOfLiars() private view returns (uint256 total) {
        for (uint256 i = 0; i < LIARS; ++i) total += challenged.reputerOf(TOPIC, reporter(i)).stake;
    }

    function friend(uint256 i) private pure returns (address) {
        return address(uint160(0xF0 + i));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Position} from "../../contracts/types/Position.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Crowd} from "../helpers/Crowd.sol";

/// @notice Builds a record with a little stake, then deposits a fortune for the record to work with. Pass mark: the record is
/// diluted by the deposit's share, so that stake times record, which weight and rank grow with, does not rise by the deposit.
contract ReputationBuyerTest is Crowd {
    uint256 private constant BUYER = HONEST;
    uint96 private constant LITTLE = WEALTH / 1_000;
    uint256 private constant ROUNDS = 12;

    function setUp() public {
        gather(wealth(1, LITTLE));
        for (uint256 round = 0; round < ROUNDS; round++) playRound(5, round, everybody(5, round));
    }

    function test_DilutesTheRecordByTheDeposit() public {
        Position memory before = positionOf(BUYER);
        require(before.regret.unpack() > 0 && before.tenure.count() == ROUNDS, "no record to buy with");
        buy(999 * before.stake);

        Position memory now_ = positionOf(BUYER);
        require(now_.stake == 1_000 * before.stake, "not a thousand times the stake");
        require(now_.regret.unpack() <= before.regret.unpack() / 1_000, "the record is worth more than its share");
        require(now_.tenure.count() == 0, "bought age");
    }

    /// @dev The bonus grows with the square of the record.
    function test_BuysNoRank() public {
        uint256 bonus = rankBonus();
        require(bonus > 0, "no rank to buy with");
        buy(999 * positionOf(BUYER).stake);
        require(rankBonus() <= bonus / 1_000, "its old record ranks its new stake");
    }

    /// @dev What its record adds to the rank of its stake, 1e18 fixed point.
    function rankBonus() private view returns (uint256) {
        return network.rankOf(topic, workerAt(BUYER)) / positionOf(BUYER).stake - UNIT;
    }

    function buy(uint96 amount) private {
        deposit(BUYER, amount);
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(BUYER));
    }

    function everybody(uint256 seed, uint256 round) private pure returns (Said[] memory list) {
        list = honestly(seed, round, 1);
        list[BUYER] = say(BUYER, truthIn(seed, round) + noise(seed, BUYER, round) / 8, 10_000);
    }
}

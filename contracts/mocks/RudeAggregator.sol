// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MockAggregator} from "./MockAggregator.sol";

/// @title A feed that reverts for rounds it does not have, as older ones do, and burns gas in the phases it is told to.
contract RudeAggregator is MockAggregator {
    error NoDataPresent(uint80 roundId);

    mapping(uint256 phase => uint256) public gasBurntIn;

    constructor() MockAggregator(8, "rude") {}

    function setGasBurntIn(uint256 phase, uint256 gas) external {
        gasBurntIn[phase] = gas;
    }

    function getRoundData(uint80 roundId) public view override returns (uint80, int256, uint256, uint256, uint80) {
        (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound) = super.getRoundData(
            roundId
        );
        uint256 stopAt = gasleft() - gasBurntIn[roundId >> 64];

        while (gasleft() > stopAt) {}
        require(updatedAt > 0, NoDataPresent(roundId));
        return (id, answer, startedAt, updatedAt, answeredInRound);
    }
}

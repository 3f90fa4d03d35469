// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { ITopicFeed } from '@auspex/contracts/interfaces/ITopicFeed.sol';
import { Policies } from '@auspex/contracts/feeds/Policies.sol';
import { ForecastReader } from '@auspex/contracts/feeds/ForecastReader.sol';
import { TopicId } from '@auspex/contracts/types/Topic.sol';

contract Vault is ForecastReader {
  constructor(ITopicFeed feed_, TopicId topic_) ForecastReader(feed_, topic_, Policies.lending()) {}

  function loanToValueBps() external view returns (uint256) {
    uint256 volatility = uint256(readOr(80e18)); // 80 %: the cautious answer
    return volatility > 40e18 ? 4_000 : 8_000;
  }
}

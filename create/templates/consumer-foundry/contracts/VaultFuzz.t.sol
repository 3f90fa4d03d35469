// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { ForecastTest } from '@auspex/contracts/testing/ForecastTest.sol';
import { Vm } from 'forge-std/Vm.sol';
import { Vault } from './Vault.sol';

contract VaultFuzzTest is ForecastTest {
  Vm private constant vm = Vm(address(uint160(uint256(keccak256('hevm cheat code')))));

  function testFuzz_LendsMoreOnlyWhereItIsCalm(int256 value, uint64 half) external {
    Vault vault = new Vault(feed, topic);
    vm.assume(value > type(int128).min && value < type(int128).max);
    feed.publish(topic, value, half);
    if (vault.loanToValueBps() == 8_000) require(value > 0 && value <= 40e18, 'calm');
  }
}

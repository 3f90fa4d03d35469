// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { ForecastTest } from '@auspex/contracts/testing/ForecastTest.sol';
import { Vault } from './Vault.sol';

contract VaultTest is ForecastTest {
  function test_LendsLessWithoutAForecastAndNeverReverts() external {
    Vault vault = new Vault(feed, topic);
    require(vault.loanToValueBps() == 8_000, 'a calm forecast');
    feed.setThin(topic);
    require(vault.loanToValueBps() == 4_000, 'a thin one');
    assertSafeUnderEveryForecast(address(vault), abi.encodeCall(Vault.loanToValueBps, ()));
  }
}

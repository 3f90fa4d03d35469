// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DelegationVault} from "../../contracts/stake/DelegationVault.sol";
import {Consent} from "../../contracts/types/Seal.sol";
import {Said} from "./NetworkDriver.sol";
import {Stages} from "./Stages.sol";

/// @title A vault behind worker 2, beside workers 0 and 1 who stake for themselves.
abstract contract VaultStages is Stages {
    uint256 internal constant SIGNER = 2;
    uint256 internal constant COMMISSION_BPS = 1_000;
    uint256 internal constant WORK_TIME = 2_000;
    uint256 internal constant WINDOW_TIME = 50;
    address internal constant OPERATOR = address(0x0FE2);
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);

    DelegationVault internal vault;

    function vaultOpened() internal {
        opened();
        seatWorkers(2, STAKE);
        vault = new DelegationVault(network, topic, OPERATOR, workerAt(SIGNER), COMMISSION_BPS, WORK_TIME, WINDOW_TIME);
    }

    /// @notice The operator holds 3,000 and Alice 7,000; the worker has its seat from round 0 on.
    function working() internal {
        vaultOpened();
        enter(OPERATOR, 3_000);
        enter(ALICE, 7_000);
        begin();
        warpTo(time + terms().activationDelay);
        by(OPERATOR);
        vault.takeSeat(uint8(SIGNER));
    }

    function enter(address account, uint256 assets) internal returns (uint256) {
        mint(account, assets);
        by(account);
        token.approve(address(vault), assets);
        by(account);
        return vault.deposit(assets, account);
    }

    function begin() internal {
        Consent memory consent = consentOf(SIGNER, address(vault));
        by(OPERATOR);
        vault.begin(consent);
    }

    function close() internal {
        by(OPERATOR);
        vault.close();
    }

    function leave(address account, uint256 shares) internal {
        by(account);
        vault.leave(shares);
    }

    function strike() internal {
        warpTo(vault.finalAt());
        vault.strike();
    }

    /// @notice Money that is asked back at a strike comes out of the network.
    function collect() internal {
        warpTo(time + 500);
        vault.collect();
        warpTo(time + 500);
        vault.collect();
    }

    function winning() internal pure returns (Said[] memory) {
        return saying(100e18);
    }

    function losing() internal pure returns (Said[] memory) {
        return saying(112e18);
    }

    /// @dev The others are a little wrong on either side, with full confidence.
    function saying(int256 value) internal pure returns (Said[] memory said) {
        said = new Said[](3);
        (said[0], said[1]) = (say(0, 96e18, 10_000), say(1, 105e18, 10_000));
        said[2] = say(SIGNER, value, 10_000);
    }

    /// @notice All that the vault has to pay, whoever asks.
    function assetsIn() internal view returns (uint256) {
        return
            positionOf(SIGNER).stake + positionOf(SIGNER).pending + positionOf(SIGNER).leaving + heldBy(address(vault));
    }

    function heldBy(address account) internal view returns (uint256) {
        return token.balanceOf(account);
    }

    function worthOf(address account) internal view returns (uint256) {
        return vault.convertToAssets(vault.balanceOf(account));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {DelegationVault, Stage} from "../../../contracts/stake/DelegationVault.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {VaultStages} from "../../helpers/VaultStages.sol";

/// @notice Terms of work, prices, commission and exits. Invariants 33 to 35 of docs/Invariants.md.
contract DelegationVaultTest is VaultStages {
    /* REFUSALS */

    function test_DeploymentRefusesTermsOutOfBounds() public {
        vaultOpened();
        address signer = workerAt(SIGNER);
        TopicId unknown = TopicId.wrap(bytes32(uint256(1)));
        refuse(abi.encodeWithSelector(DelegationVault.UnknownVaultTopic.selector, unknown));
        new DelegationVault(network, unknown, OPERATOR, signer, 0, 1, 1);
        refuse(outOfBounds("commissionBps", 5_001, 0, 5_000));
        new DelegationVault(network, topic, OPERATOR, signer, 5_001, 1, 1);
        refuse(outOfBounds("workTime", 0, 1, 365 days));
        new DelegationVault(network, topic, OPERATOR, signer, 0, 0, 1);
        refuse(outOfBounds("windowTime", 0, 1, 365 days));
        new DelegationVault(network, topic, OPERATOR, signer, 0, 1, 0);
    }

    function test_InTheWindowOnlyTheOperatorBegins() public {
        vaultOpened();
        enter(OPERATOR, 2_000);
        refuse(abi.encodeWithSelector(DelegationVault.NotOperator.selector, address(this), OPERATOR));
        vault.begin(consentOf(SIGNER, address(vault)));
        refuse(wrongStage(Stage.Window, Stage.Working));
        vault.takeSeat(2);
        refuse(wrongStage(Stage.Window, Stage.Working));
        vault.close();
        refuse(abi.encodeWithSelector(DelegationVault.NothingQueued.selector));
        vault.strike();
        refuse(abi.encodeWithSelector(DelegationVault.NoExit.selector, 0, ALICE));
        vault.claim(0, ALICE);
    }

    function test_WhileWorkingNothingIsPriced() public {
        working();
        refuse(wrongStage(Stage.Working, Stage.Window));
        begin();
        refuse(abi.encodeWithSelector(DelegationVault.NotOperator.selector, address(this), OPERATOR));
        vault.takeSeat(2);
        refuse(wrongStage(Stage.Working, Stage.Window));
        vault.strike();
        refuse(abi.encodeWithSelector(DelegationVault.TooEarly.selector, time, vault.workEnds()));
        vault.close();
        warpTo(vault.workEnds());
        refuse(abi.encodeWithSelector(DelegationVault.TermOver.selector, time, time));
        by(OPERATOR);
        vault.takeSeat(2);
        vault.close();
        require(vault.stage() == Stage.Closing && positionOf(SIGNER).until == 0, "signer was not stopped");
    }

    function test_NoPriceBeforeTheLastRoundCanNoLongerBeSlashed() public {
        afterRound(100e18);
        warpTo(vault.finalAt() - 1);
        refuse(abi.encodeWithSelector(DelegationVault.TooEarly.selector, time, time + 1));
        vault.strike();
        strike();
        refuse(abi.encodeWithSelector(DelegationVault.TooEarly.selector, time, vault.windowEnds()));
        begin();
    }

    /// @dev The position is the vault's: neither operator nor signer moves a unit of it.
    function test_TheOperatorCannotTakeDeposits() public {
        working();
        address[2] memory thieves = [OPERATOR, workerAt(SIGNER)];
        for (uint256 i = 0; i < 2; i++) {
            address worker = workerAt(SIGNER);
            bytes memory notOwner = abi.encodeWithSelector(ITopicDesk.NotOwner.selector, thieves[i], vault);
            refuse(notOwner);
            by(thieves[i]);
            network.unstake(topic, worker, 1);
            refuse(notOwner);
            by(thieves[i]);
            network.withdraw(topic, worker);
            refuse(notOwner);
            by(thieves[i]);
            network.revoke(topic, worker);
        }
    }

    /* COMMISSION */

    function test_CommissionIsOfGainsOnly() public {
        afterRound(100e18);
        mint(address(vault), 5_000);
        uint256 gain = assetsIn() - 10_000;
        uint256 before = vault.balanceOf(OPERATOR);
        strike();
        uint256 commission = vault.convertToAssets(vault.balanceOf(OPERATOR) - before);
        require(gain > 5_000, "nothing was gained");
        require(commission <= gain / 10 && commission + 2 >= gain / 10, "not a tenth of the gain");
    }

    /// @dev After a loss it takes nothing, nor of the way back up to the highest price.
    function test_NoCommissionBelowTheHighestPrice() public {
        afterRound(112e18);
        uint256 before = vault.balanceOf(OPERATOR);
        require(assetsIn() < 10_000, "nothing was lost");
        strike();
        require(vault.balanceOf(OPERATOR) == before, "a commission on a loss");

        uint256 missing = 10_000 - vault.totalAssets();
        mint(address(vault), missing);
        warpTo(vault.windowEnds());
        begin();
        close();
        strike();
        require(vault.balanceOf(OPERATOR) == before, "a commission on the way back");
    }

    /* EXITS */

    /// @dev Who asks in the window is priced there; the money comes out after the network's delay.
    function test_ExitsMirrorTheNetworksDelay() public {
        afterRound(100e18);
        strike();
        leave(ALICE, vault.balanceOf(ALICE));
        vault.strike();
        (, uint256 assets) = vault.exitOf(1);
        refuse(abi.encodeWithSelector(DelegationVault.NotPaidOut.selector, assets, heldBy(address(vault))));
        vault.claim(1, ALICE);
        collect();
        vault.claim(1, ALICE);
        require(heldBy(ALICE) == assets && assets > 7_000, "paid another amount");
        refuse(abi.encodeWithSelector(DelegationVault.NoExit.selector, 1, ALICE));
        vault.claim(1, ALICE);
    }

    /// @dev An exit of dust before every term delays nothing: the term begins with it priced.
    function test_DustDoesNotKeepATermFromBeginning() public {
        afterRound(100e18);
        strike();
        leave(ALICE, 1);
        warpTo(vault.windowEnds());
        begin();
        require(vault.stage() == Stage.Working && vault.epoch() == 2, "did not begin");
    }

    /// @notice Invariants 33 and 34: whatever happened, the books add up, and all who leave take no more than there is.
    /// hardhat-config: fuzz.runs = 24
    function testFuzz_EverybodyLeavesWithItsShare(uint256 draw, uint32 brought) public {
        vaultOpened();
        enter(OPERATOR, 5_000);
        enter(ALICE, 7_000);
        enter(BOB, 1 + (brought % 8_000));
        begin();
        warpTo(time + terms().activationDelay);
        by(OPERATOR);
        vault.takeSeat(uint8(SIGNER));
        predict(ROUND, saying(int256(90e18 + (draw % 20) * 1e18)));
        leave(BOB, vault.balanceOf(BOB));
        finish(ROUND, TRUTH);
        close();
        (uint256 all, uint256 supply, uint256 part) = (assetsIn(), vault.totalSupply(), vault.balanceOf(ALICE));
        leave(ALICE, part);
        strike();
        require(vault.totalAssets() + vault.owed() == assetsIn(), "33: the books do not add up");
        leave(OPERATOR, vault.balanceOf(OPERATOR));
        vault.strike();
        collect();
        vault.claim(0, BOB);
        vault.claim(0, ALICE);
        vault.claim(1, OPERATOR);
        require(heldBy(ALICE) <= (part * all) / supply + 1, "34: more than its share");
        require(vault.owed() == 0 && assetsIn() <= 4, "33: something stays");
        require(heldBy(ALICE) + heldBy(BOB) + heldBy(OPERATOR) + assetsIn() == all, "33: other sums");
    }

    /* HELP */

    /// @dev One round, played and settled; the term is closed.
    function afterRound(int256 value) private {
        working();
        predict(ROUND, saying(value));
        finish(ROUND, TRUTH);
        close();
    }

    function wrongStage(Stage actual, Stage required) private pure returns (bytes memory) {
        return abi.encodeWithSelector(DelegationVault.WrongStage.selector, actual, required);
    }

    function outOfBounds(
        string memory term,
        uint256 actual,
        uint256 least,
        uint256 most
    ) private pure returns (bytes memory) {
        return abi.encodeWithSelector(DelegationVault.VaultOutOfBounds.selector, term, actual, least, most);
    }
}

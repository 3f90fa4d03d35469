// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {Stage, DelegationVault} from "../../contracts/stake/DelegationVault.sol";
import {SignedCommitment} from "../../contracts/types/Seal.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {VaultStages} from "../helpers/VaultStages.sol";

/// @notice Enters a vault after a gain is known and before it is settled, to leave after. Pass mark: it is kept out until the gain
/// is in the price, and leaves with no more than it brought.
contract SandwicherTest is VaultStages {
    uint256 private constant BROUGHT = 4_000;

    function setUp() public {
        working();
        predict(ROUND, winning());
        warpTo(targetTime(ROUND));
        resolve(ROUND, TRUTH);
    }

    function test_IsKeptOutUntilTheGainIsInThePrice() public {
        refuseEntry();
        close();
        refuseEntry();
        settle(ROUND);
        refuseEntry();

        uint256 others = vault.totalAssets();
        require(others > 10_000, "nothing was gained");
        strike();
        enter(BOB, BROUGHT);
        leave(BOB, vault.balanceOf(BOB));
        vault.strike();
        collect();
        vault.claim(1, BOB);
        require(heldBy(BOB) <= BROUGHT && heldBy(BOB) >= BROUGHT - 2, "left with another amount");
        require(vault.totalAssets() >= others, "the others paid");
    }

    function refuseEntry() private {
        mint(BOB, BROUGHT);
        by(BOB);
        token.approve(address(vault), BROUGHT);
        refuse(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxDeposit.selector, BOB, BROUGHT, 0));
        by(BOB);
        vault.deposit(BROUGHT, BOB);
        by(BOB);
        token.transfer(STRANGER, BROUGHT);
    }
}

/// @notice Asks to leave once a loss is known and not settled. Pass mark: there is no price before the loss is settled, and it
/// bears as much of it a share as those who stay.
contract DeserterTest is VaultStages {
    function test_BearsTheLossAsThoseWhoStay() public {
        working();
        predict(ROUND, losing());
        warpTo(targetTime(ROUND));
        resolve(ROUND, TRUTH);
        leave(ALICE, vault.balanceOf(ALICE) / 2);
        close();
        warpTo(vault.finalAt() + 365 days);
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        vault.strike();

        settle(ROUND);
        require(assetsIn() < 10_000, "nothing was lost");
        vault.strike();
        collect();
        vault.claim(0, ALICE);
        (uint256 left, uint256 stayed) = (heldBy(ALICE), worthOf(ALICE));
        require(left <= stayed + 1 && stayed <= left + 1, "one half bore more");
        require(left < 3_500, "left without the loss");
    }
}

/// @notice The operator, whose deposit has to be the first, makes it one unit and gives the vault a fortune, so that the next
/// deposit rounds to nothing. Pass mark:
/// the victim keeps 99.9 %, the attacker loses more than the victim.
contract InflaterTest is VaultStages {
    function test_LosesMoreThanItsVictim() public {
        vaultOpened();
        uint256 fortune = 1_000_000;
        enter(OPERATOR, 1);
        mint(address(vault), fortune);
        enter(ALICE, 10_000);
        require(worthOf(ALICE) >= 9_990, "the victim lost");
        require(worthOf(OPERATOR) + (10_000 - worthOf(ALICE)) < fortune, "the attacker won");
    }
}

/// @notice Brings so much that the operator's part falls below what a term needs. Pass mark: no more is taken than it bears.
contract SmothererTest is VaultStages {
    function test_BringsNoMoreThanTheOperatorBears() public {
        vaultOpened();
        require(vault.maxDeposit(BOB) == 0, "shares before the operator's");
        enter(OPERATOR, 2_000);
        require(vault.maxDeposit(BOB) == 8_000, "not four times the operator's");
        enter(BOB, 8_000);
        require(vault.maxDeposit(BOB) == 0 && vault.maxMint(BOB) == 0, "room beyond");
        begin();
    }
}

/// @notice The operator signs twice and denounces its own signer for the bounty. Pass mark: its shares lose more than the bounty;
/// it has to hold them before it begins, and cannot move them meanwhile; anyone stops it once a tenth is lost.
contract SelfSlasherTest is VaultStages {
    function test_LosesMoreThanTheBounty() public {
        vaultOpened();
        enter(OPERATOR, 2_000);
        enter(ALICE, 8_000);
        begin();
        warpTo(time + terms().activationDelay);
        by(OPERATOR);
        vault.takeSeat(uint8(SIGNER));
        uint256 before = worthOf(OPERATOR);
        slashItself(ROUND);
        uint256 bounty = network.claimableOf(OPERATOR);
        require(bounty > 0, "was not slashed");
        require(before - worthOf(OPERATOR) > bounty, "its bounty pays");
    }

    function test_MustHoldSharesThroughout() public {
        vaultOpened();
        enter(OPERATOR, 2_000);
        enter(ALICE, 8_000);
        leave(OPERATOR, 1e6);
        vault.strike();
        uint256 required = (vault.totalSupply() + 4) / 5;
        bytes4 tooLow = DelegationVault.OperatorShareTooLow.selector;
        refuse(abi.encodeWithSelector(tooLow, vault.balanceOf(OPERATOR), required));
        begin();

        enter(OPERATOR, 2);
        begin();
        uint256 shares = vault.balanceOf(OPERATOR);
        bytes memory wrong = abi.encodeWithSelector(DelegationVault.WrongStage.selector, Stage.Working, Stage.Window);
        refuse(wrong);
        leave(OPERATOR, shares);
        refuse(wrong);
        by(OPERATOR);
        vault.transfer(BOB, shares);
    }

    function test_AnyoneStopsItOnceATenthIsLost() public {
        working();
        for (uint256 round = 0; round < 3; round++) {
            require(vault.stage() == Stage.Working, "stopped early");
            if (vault.totalAssets() * 10 >= 10_000 * 9) refuseClose();
            slashItself(round);
        }
        require(vault.totalAssets() < 9_000, "lost less than a tenth");
        by(STRANGER);
        vault.close();
    }

    function refuseClose() private {
        refuse(abi.encodeWithSelector(DelegationVault.TooEarly.selector, time, vault.workEnds()));
        by(STRANGER);
        vault.close();
    }

    function slashItself(uint256 round) private {
        predict(round, winning());
        (Said memory one, Said memory other) = (say(SIGNER, 1e18, 1), say(SIGNER, 2e18, 1));
        slashAs(OPERATOR, round, one, other);
    }

    function slashAs(address account, uint256 round, Said memory one, Said memory other) private {
        address worker = workerAt(SIGNER);
        (SignedCommitment memory a, SignedCommitment memory b) = (signed(round, one), signed(round, other));
        by(account);
        network.slashEquivocation(topic, round, worker, a, b);
    }
}

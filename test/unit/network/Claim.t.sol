// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {Stages} from "../../helpers/Stages.sol";

contract ClaimTest is Stages {
    function setUp() public {
        settled();
    }

    function test_RefusesWhoHasNothing() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NothingToClaim.selector, STRANGER));
        by(STRANGER);
        network.claim();
    }

    function test_PaysTheTipOnce() public {
        tells();
        emit ITopicDesk.Claimed(KEEPER, 50);
        by(KEEPER);
        network.claim();
        require(token.balanceOf(KEEPER) == 50 && network.claimableOf(KEEPER) == 0, "another amount");

        refuse(abi.encodeWithSelector(ITopicDesk.NothingToClaim.selector, KEEPER));
        by(KEEPER);
        network.claim();
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {Stages} from "../../helpers/Stages.sol";

contract ClaimTest is Stages {
    function setUp() public {
        settled();
        // The pool plays once it has a reference.
        predict(3, everybody());
        finish(3, TRUTH);
    }

    function test_RefusesWhoHasNothing() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NothingToClaim.selector, STRANGER));
        by(STRANGER);
        network.claim();
    }

    function test_PaysTheTipOnce() public {
        uint256 tip = network.claimableOf(KEEPER);
        require(tip == (toldOf(3).play * terms().tipBps) / 10_000 && tip > 0, "another tip");
        tells();
        emit ITopicDesk.Claimed(KEEPER, tip);
        by(KEEPER);
        network.claim();
        require(token.balanceOf(KEEPER) == tip && network.claimableOf(KEEPER) == 0, "another amount");

        refuse(abi.encodeWithSelector(ITopicDesk.NothingToClaim.selector, KEEPER));
        by(KEEPER);
        network.claim();
    }
}

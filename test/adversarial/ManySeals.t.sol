// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Opening, Seal, SignedCommitment} from "../../contracts/types/Seal.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Has many predictions committed, each by another friend, to open the one it likes best once the others are
/// heard. Pass mark: only the first that comes is its own; nothing else of it is ever opened, and silence costs it.
contract ManySealsTest is Stages {
    uint256 private constant MANY = 2;
    uint256 private constant FRIENDS = 9;

    Said[] private sealed_;

    function setUp() public {
        staked();
        warpTo(openTime(ROUND));
        for (uint256 i = 0; i < FRIENDS; i++) sealed_.push(say(MANY, 92e18 + int256(2e18 * i), 10_000));
        Said[] memory others = new Said[](2);
        (others[0], others[1]) = (everybody()[0], everybody()[1]);
        commit(ROUND, BATCHER, others);
    }

    function friendAt(uint256 i) private pure returns (address) {
        return address(uint160(0xF1200 + i));
    }

    function refuseCommitment(address committer, SignedCommitment memory commitment) private {
        SignedCommitment[] memory list = only(commitment);
        refuse(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        by(committer);
        network.commit(topic, ROUND, list);
    }

    /// @dev Friend 0 comes first.
    function commitMany() private {
        commit(ROUND, friendAt(0), only(sealed_[0]));
        for (uint256 i = 1; i < FRIENDS; i++) refuseCommitment(friendAt(i), signed(ROUND, sealed_[i]));
        refuseCommitment(workerAt(MANY), unsigned(commitmentOf(ROUND, sealed_[1])));
    }

    /// @dev It has heard what the others say; whichever of its predictions it would like now, it has the first.
    function refuseAllBut(uint256 own, address committer, uint256 length) private {
        Seal seal = sealsIn[ROUND][committer][length - 1];
        for (uint256 i = 0; i < FRIENDS; i++) {
            if (i == own) continue;
            Opening[] memory openings = new Opening[](1);
            openings[0] = openingOf(seal, sealed_[i]);
            refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, committer, ROUND));
            network.reveal(topic, ROUND, committer, openings, 1, none());
            refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, friendAt(i), ROUND));
            network.reveal(topic, ROUND, friendAt(i), openings, 1, none());
        }
    }

    function hearOthers() private {
        Said[] memory others = new Said[](2);
        (others[0], others[1]) = (everybody()[0], everybody()[1]);
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, others, ALL);
    }

    function test_HasOnlyTheFirstOfManyLists() public {
        commitMany();
        hearOthers();
        refuseAllBut(0, friendAt(0), 1);
        reveal(ROUND, friendAt(0), only(sealed_[0]), ALL);
        require(keptOf[ROUND].revealed.predictions[2].value() == sealed_[0].value, "chose another");
        require(roundOf(ROUND).count == 3, "heard twice");
    }

    function test_HasOnlyTheFirstOfOneList() public {
        SignedCommitment[] memory list = new SignedCommitment[](FRIENDS);
        for (uint256 i = 0; i < FRIENDS; i++) list[i] = signed(ROUND, sealed_[i]);
        commit(ROUND, friendAt(0), list);
        require(sealsIn[ROUND][friendAt(0)].length == 1, "more than one was taken in");
        hearOthers();
        refuseAllBut(0, friendAt(0), 1);
    }

    function test_HasOnlyItsOwnWhereThatCameFirst() public {
        commitOwn(ROUND, sealed_[4]);
        for (uint256 i = 0; i < FRIENDS; i++) refuseCommitment(friendAt(i), signed(ROUND, sealed_[i]));
        hearOthers();
        refuseAllBut(4, workerAt(MANY), 1);
    }

    /// @dev A new seat, a new signer: nothing makes it a first time again within the round.
    function test_HasNoOtherByLeavingItsSeat() public {
        commit(ROUND, friendAt(0), only(sealed_[0]));
        by(workerAt(MANY));
        network.revoke(topic, workerAt(MANY));
        refuseCommitment(friendAt(1), signed(ROUND, sealed_[1]));
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        by(workerAt(MANY));
        network.takeSeat(topic, workerAt(MANY), 5);
    }

    /// @dev All that is left to it is to say nothing, which anyone can denounce without a word that it signed.
    function test_PaysForItsSilence() public {
        commitMany();
        hearOthers();
        warpTo(publishTime(ROUND));
        publish(ROUND);
        by(STRANGER);
        network.slashWithheld(topic, ROUND, workerAt(MANY));
        require(positionOf(MANY).stake == STAKE - 200, "got away");
    }
}

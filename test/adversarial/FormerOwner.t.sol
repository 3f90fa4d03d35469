// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {Consent} from "../../contracts/types/Seal.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Keeps the consent of a signer that it no longer owns, and stakes behind it again when the signer is free, or
/// uses a consent that was given for a day a year later. Pass mark: a consent ends, and is void once its signer has an owner.
contract FormerOwnerTest is Stages {
    address private constant OWNER = address(0x01DE);
    Consent private first;
    Consent private next;

    function setUp() public {
        opened();
        mint(OWNER, 10 * STAKE);
        mint(STRANGER, 10 * STAKE);
        (first, next) = (consentOf(0, OWNER), consentOf(1, OWNER));
        by(OWNER);
        network.depositFor(topic, workerAt(0), STAKE, first);
    }

    function giveUp() private {
        by(OWNER);
        network.revoke(topic, workerAt(0));
        by(OWNER);
        network.rotate(topic, workerAt(0), workerAt(1), next);
        require(positionOf(0).owner == address(0), "not free");
    }

    // Invariant 28
    function test_DoesNotTakeTheSignerBack() public {
        giveUp();
        refuse(abi.encodeWithSelector(ITopicDesk.NoConsent.selector, workerAt(0), OWNER));
        by(OWNER);
        network.depositFor(topic, workerAt(0), STAKE, first);
    }

    /// @dev Nor does anybody else whom the signer once asked.
    function test_NoOtherConsentOfBeforeCountsEither() public {
        Consent memory other = consentOf(0, STRANGER);
        giveUp();
        refuse(abi.encodeWithSelector(ITopicDesk.NoConsent.selector, workerAt(0), STRANGER));
        by(STRANGER);
        network.depositFor(topic, workerAt(0), STAKE, other);
    }

    function test_DoesNotMoveAPositionBackToIt() public {
        giveUp();
        by(OWNER);
        network.revoke(topic, workerAt(1));
        refuse(abi.encodeWithSelector(ITopicDesk.NoConsent.selector, workerAt(0), OWNER));
        by(OWNER);
        network.rotate(topic, workerAt(1), workerAt(0), first);
    }

    function test_TheSignerItselfMayStakeAgain() public {
        giveUp();
        deposit(0, STAKE);
        require(positionOf(0).owner == workerAt(0) && positionOf(0).pending == STAKE, "locked out");
    }

    /* TOO LATE */

    function test_DoesNotUseItAfterItsEnd() public {
        uint256 deadline_ = time + 1 days;
        Consent memory consent = consentOf(2, OWNER, deadline_);
        warpTo(deadline_ + 1);
        refuse(abi.encodeWithSelector(ITopicDesk.ConsentEnded.selector, time, deadline_));
        by(OWNER);
        network.depositFor(topic, workerAt(2), STAKE, consent);
        // Nor does another end become it.
        consent.deadline = time;
        refuse(abi.encodeWithSelector(ITopicDesk.NoConsent.selector, workerAt(2), OWNER));
        by(OWNER);
        network.depositFor(topic, workerAt(2), STAKE, consent);
    }

    function test_MayUseItInItsLastSecond() public {
        Consent memory consent = consentOf(2, OWNER, time + 1 days);
        warpTo(time + 1 days);
        by(OWNER);
        network.depositFor(topic, workerAt(2), STAKE, consent);
        require(positionOf(2).owner == OWNER, "not taken");
    }
}

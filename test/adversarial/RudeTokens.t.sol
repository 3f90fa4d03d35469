// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {FeeToken} from "../../contracts/mocks/FeeToken.sol";
import {TestToken} from "../../contracts/mocks/TestToken.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {Clock} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";
import {vm} from "../helpers/Vm.sol";

/// @dev Moves the money and answers nothing, as the first tokens do.
contract SilentToken is TestToken("Silent", "S") {
    function transfer(address to, uint256 amount) public override returns (bool) {
        super.transfer(to, amount);
        // Ends the call without an answer.
        assembly ("memory-safe") {
            return(0, 0)
        }
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        super.transferFrom(from, to, amount);
        // Ends the call without an answer.
        assembly ("memory-safe") {
            return(0, 0)
        }
    }
}

/// @dev Moves nothing and answers as it was told.
contract IdleToken is TestToken("Idle", "I") {
    bool private immutable answer;

    constructor(bool answer_) {
        answer = answer_;
    }

    function transferFrom(address, address, uint256) public view override returns (bool) {
        return answer;
    }
}

/// @dev Gives the receiver one unit more than was sent.
contract GenerousToken is TestToken("Generous", "G") {
    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from != address(0)) super._update(address(0), to, 1);
    }
}

/// @dev Refuses whom its issuer blocks.
contract BlockingToken is TestToken("Blocking", "B") {
    error Blocked(address account);

    mapping(address account => bool) public isBlocked;

    function setBlocked(address account, bool blocked) external {
        isBlocked[account] = blocked;
    }

    function _update(address from, address to, uint256 amount) internal override {
        require(!isBlocked[from], Blocked(from));
        require(!isBlocked[to], Blocked(to));
        super._update(from, to, amount);
    }
}

/// @dev Refuses everybody while its issuer pauses it.
contract PausingToken is TestToken("Pausing", "P") {
    error Paused();

    bool public isPaused;

    function setPaused(bool paused) external {
        isPaused = paused;
    }

    function _update(address from, address to, uint256 amount) internal override {
        require(!isPaused, Paused());
        super._update(from, to, amount);
    }
}

/// @dev Scales all balances at once, as tokens that share yield or losses do.
contract RebasingToken is TestToken("Rebasing", "R") {
    uint256 private percent = 100;

    function rebase(uint256 percent_) external {
        percent = percent_;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return (super.balanceOf(account) * percent) / 100;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, (amount * 100) / percent);
    }
}

/// @dev Has other decimals than 18. The network counts base units alone.
contract ScaledToken is TestToken("Scaled", "D") {
    uint8 private immutable scale;

    constructor(uint8 scale_) {
        scale = scale_;
    }

    function decimals() public view override returns (uint8) {
        return scale;
    }
}

/// @dev Is a worker itself, and calls once before it moves money, as the hooks of ERC-777 allow.
contract CallingToken is TestToken("Calling", "C") {
    address private target;
    bytes private hook;
    bool public wasCalled;
    bool public didPass;

    function run(address target_, bytes calldata call, bytes calldata hook_) external {
        (target, hook) = (target_, hook_);
        (bool ok, bytes memory reason) = target_.call(call);
        // Passes the reason on as it is.
        if (!ok)
            assembly ("memory-safe") {
                revert(add(reason, 32), mload(reason))
            }
    }

    function _update(address from, address to, uint256 amount) internal override {
        bytes memory call = hook;
        delete hook;
        if (call.length > 0) {
            wasCalled = true;
            (didPass, ) = target.call(call);
        }
        super._update(from, to, amount);
    }
}

/// @notice Tokens that do not keep to ERC-20. Pass mark: whatever the network takes in or pays out is to the unit what it
/// books, or the call refuses and nothing is booked; and no token's refusal of one account stops another.
contract RudeTokensTest is Stages {
    uint256 private constant PAID = 3;

    /// @dev Before the topic's start, whatever was tried before.
    function open(TestToken token_) private {
        time = 0;
        deployNetwork(token_);
        topic = network.createTopic(terms());
    }

    function leave(uint256 number, uint96 amount) private {
        network.activate(topic, workerAt(number));
        unstake(number, amount);
        warpTo(time + terms().unstakeDelay);
    }

    function withdraw(uint256 number) private {
        address worker = workerAt(number);
        by(worker);
        network.withdraw(topic, worker);
    }

    function requirePaysInFull() private {
        fund(POOL);
        deposit(0, STAKE);
        warpTo(time + terms().activationDelay);
        leave(0, STAKE);
        withdraw(0);
        require(token.balanceOf(workerAt(0)) == STAKE, "paid another amount");
        require(token.balanceOf(address(network)) == POOL, "holds another amount");
    }

    function requireRefusesMoney(bytes memory error) private {
        address worker = workerAt(0);
        mint(worker, STAKE);
        mint(STRANGER, STAKE);

        refuse(error);
        by(worker);
        network.deposit(topic, STAKE);
        refuse(error);
        by(STRANGER);
        network.fund(topic, STAKE);

        require(positionOf(0).owner == address(0) && positionOf(0).pending == 0, "booked a deposit");
        require(network.topicOf(topic).pool == 0, "booked a payment");
    }

    /* TAKEN AS IT IS */

    function test_WithoutAnAnswerIsPaidInFull() public {
        open(new SilentToken());
        requirePaysInFull();
    }

    function test_OfAnyDecimalsIsPaidInFull() public {
        uint8[4] memory scales = [0, 6, 24, 255];
        for (uint256 i = 0; i < 4; i++) {
            open(new ScaledToken(scales[i]));
            requirePaysInFull();
        }
    }

    /* REFUSED */

    function test_ThatKeepsAFeeIsRefused() public {
        open(new FeeToken());
        requireRefusesMoney(abi.encodeWithSelector(ITopicDesk.WrongTransfer.selector, STAKE - 1, STAKE));
    }

    function test_ThatGivesTooMuchIsRefused() public {
        open(new GenerousToken());
        requireRefusesMoney(abi.encodeWithSelector(ITopicDesk.WrongTransfer.selector, STAKE + 1, STAKE));
    }

    function test_ThatMovesNothingAndSaysYesIsRefused() public {
        open(new IdleToken(true));
        requireRefusesMoney(abi.encodeWithSelector(ITopicDesk.WrongTransfer.selector, 0, STAKE));
    }

    function test_ThatSaysNoIsRefused() public {
        TestToken idle = new IdleToken(false);
        open(idle);
        requireRefusesMoney(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(idle)));
    }

    /* THAT BLOCKS */

    function test_ThatBlocksOneWorkerStopsNoOther() public {
        BlockingToken blocking = new BlockingToken();
        open(blocking);
        (address one, address other) = (workerAt(0), workerAt(1));
        deposit(0, STAKE);
        deposit(1, STAKE);
        warpTo(time + terms().activationDelay);
        leave(0, STAKE);
        leave(1, STAKE);

        blocking.setBlocked(one, true);
        refuse(abi.encodeWithSelector(BlockingToken.Blocked.selector, one));
        withdraw(0);
        require(positionOf(0).leaving == STAKE, "booked a payment that was refused");
        withdraw(1);
        require(token.balanceOf(other) == STAKE, "the other was not paid");

        blocking.setBlocked(one, false);
        withdraw(0);
        require(token.balanceOf(one) == STAKE, "not paid once unblocked");
    }

    /* THAT CALLS BACK */

    function test_ThatCallsBackIsPaidOnce() public {
        (CallingToken calling, address self) = openCalling();
        calling.run(address(network), abi.encodeCall(ITopicDesk.deposit, (topic, STAKE)), "");
        warpTo(time + terms().activationDelay);
        network.activate(topic, self);
        calling.run(address(network), abi.encodeCall(ITopicDesk.unstake, (topic, self, STAKE / 2)), "");
        warpTo(time + terms().unstakeDelay);

        bytes memory call = abi.encodeCall(ITopicDesk.withdraw, (topic, self));
        calling.run(address(network), call, call);
        require(calling.wasCalled() && !calling.didPass(), "was paid twice");
        require(token.balanceOf(address(network)) == STAKE / 2, "holds another amount");
        require(network.positionOf(topic, self).stake == STAKE / 2, "another stake");
    }

    function test_ThatPaysWithinAPaymentIsRefused() public {
        (CallingToken calling, ) = openCalling();
        bytes memory call = abi.encodeCall(ITopicDesk.fund, (topic, STAKE));
        refuse(abi.encodeWithSelector(ITopicDesk.WrongTransfer.selector, 2 * STAKE, STAKE));
        calling.run(address(network), call, call);
        require(network.topicOf(topic).pool == 0, "booked a payment");
    }

    function test_ThatCallsBackFromAClaimIsPaidOnce() public {
        CallingToken calling = new CallingToken();
        play(calling);
        address self = address(calling);
        by(self);
        network.settle(topic, PAID, keptOf[PAID].outcome, keptOf[PAID].resolution, keptOf[PAID].revealed);
        uint256 owed = network.claimableOf(self);
        uint256 held = token.balanceOf(address(network));
        bytes memory call = abi.encodeCall(ITopicDesk.claim, ());
        calling.run(address(network), call, call);
        require(calling.wasCalled() && !calling.didPass(), "was paid twice");
        require(owed > 0 && token.balanceOf(self) == owed, "paid another amount");
        require(token.balanceOf(address(network)) == held - owed, "holds another amount");
    }

    /* THAT PAUSES, OR BLOCKS A KEEPER: no round waits for a payment */

    function test_ThatPausesStopsPaymentsAndNoRound() public {
        PausingToken pausing = new PausingToken();
        play(pausing);
        pausing.setPaused(true);
        settle(PAID);
        requireClaimWaits(abi.encodeWithSelector(PausingToken.Paused.selector));
        pausing.setPaused(false);
        requireClaimIsPaid();
    }

    function test_ThatBlocksAKeeperStopsNoSettlement() public {
        BlockingToken blocking = new BlockingToken();
        play(blocking);
        blocking.setBlocked(KEEPER, true);
        settle(PAID);
        requireClaimWaits(abi.encodeWithSelector(BlockingToken.Blocked.selector, KEEPER));
        blocking.setBlocked(KEEPER, false);
        requireClaimIsPaid();
    }

    function requireClaimWaits(bytes memory error) private {
        require(roundOf(PAID).status == RoundStatus.Settled, "the round waits for a payment");
        uint256 owed = network.claimableOf(KEEPER);
        refuse(error);
        by(KEEPER);
        network.claim();
        require(owed > 0 && network.claimableOf(KEEPER) == owed, "booked a payment that was refused");
    }

    function requireClaimIsPaid() private {
        uint256 owed = network.claimableOf(KEEPER);
        by(KEEPER);
        network.claim();
        require(token.balanceOf(KEEPER) == owed && network.claimableOf(KEEPER) == 0, "not paid in full");
        refuse(abi.encodeWithSelector(ITopicDesk.NothingToClaim.selector, KEEPER));
        by(KEEPER);
        network.claim();
    }

    /* THAT REBASES: for topics only where balances never shrink */

    function test_ThatGrowsPaysWhatWasBookedAndNobodyTheRest() public {
        RebasingToken rebasing = new RebasingToken();
        leaveAfterRebase(rebasing, 200);
        withdraw(0);
        withdraw(1);
        require(token.balanceOf(workerAt(0)) == STAKE && token.balanceOf(workerAt(1)) == STAKE, "paid another amount");
        require(token.balanceOf(address(network)) == 2 * STAKE, "somebody took the growth");
    }

    /// @dev What is not there cannot be paid. The last one out keeps its claim until somebody makes up for the loss.
    function test_ThatShrinksPaysInFullAsLongAsItCanAndBooksNothingElse() public {
        RebasingToken rebasing = new RebasingToken();
        leaveAfterRebase(rebasing, 50);
        withdraw(0);
        require(token.balanceOf(workerAt(0)) == STAKE, "paid another amount");
        vm.expectRevert();
        withdraw(1);
        require(positionOf(1).leaving == STAKE, "booked a payment that was refused");
        token.mint(address(network), STAKE);
        withdraw(1);
        require(token.balanceOf(workerAt(1)) == STAKE, "not paid once it could be");
    }

    function leaveAfterRebase(RebasingToken rebasing, uint256 percent) private {
        open(rebasing);
        deposit(0, STAKE);
        deposit(1, STAKE);
        warpTo(time + terms().activationDelay);
        rebasing.rebase(percent);
        leave(0, STAKE);
        leave(1, STAKE);
    }

    /// @dev A round of three workers up to its truth, and one before it: the pool plays once it has a reference.
    function play(TestToken token_) private {
        open(token_);
        TopicParams memory params = terms();
        clock = Clock({
            start: params.start,
            cadence: params.cadence,
            commitWindow: params.commitWindow,
            revealWindow: params.revealWindow,
            horizon: params.horizon,
            truthWindow: params.truthWindow
        });
        fund(POOL);
        seatWorkers(3, STAKE);
        predict(ROUND, everybody());
        finish(ROUND, TRUTH);
        predict(PAID, everybody());
        warpTo(targetTime(PAID));
        resolve(PAID, TRUTH);
    }

    function openCalling() private returns (CallingToken calling, address self) {
        calling = new CallingToken();
        self = address(calling);
        open(calling);
        mint(self, 10 * STAKE);
    }
}

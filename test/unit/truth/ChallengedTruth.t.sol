// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Ruling} from "../../../contracts/interfaces/IArbiter.sol";
import {IReputerTruth} from "../../../contracts/interfaces/IReputerTruth.sol";
import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {TestToken} from "../../../contracts/mocks/TestToken.sol";
import {ChallengedTruth} from "../../../contracts/truth/ChallengedTruth.sol";
import {ArbiterTerms, Juror, StakeArbiter} from "../../../contracts/truth/StakeArbiter.sol";
import {ReputerTerms} from "../../../contracts/types/Reputer.sol";
import {DisputeDriver} from "../../helpers/DisputeDriver.sol";
import {vm} from "../../helpers/Vm.sol";

contract ChallengedTruthTest is DisputeDriver {
    uint256 private constant ROUND = 2;

    function test_ALieOfSixtyPerCentIsOverturned() public {
        tallied(ROUND);
        challengeRound(ROUND, TRUE_VALUE);
        requireTruth(ROUND, TruthStatus.Disputed, 0);
        requireBooks(1, 1);

        vote(1, JURORS, TRUE_VALUE);
        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
        challenged.conclude(TOPIC, ROUND);
        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
        arbiter.close(1);
        requireBooks(0, 0);

        for (uint256 i = 0; i < 3; ++i) {
            require(challenged.reputerOf(TOPIC, reporter(i)).stake == 0, "kept a liar's stake");
        }
        require(challenged.claimableOf(CHALLENGER) == 2 * (BOND + FEE), "another reward");
        // Two honest outliers of the tally lost a fifth, which nobody gives back.
        uint256 rest = 3 * uint256(STAKE) - BOND - 2 * FEE + 2 * (uint256(STAKE) / 5);
        require(challenged.claimableOf(SINK) == rest, "the sink got something else");
        require(arbiter.claimableOf(juror(0)) == FEE / JURORS, "a juror's fee");
    }

    function test_AFrivolousChallengePaysTheReporters() public {
        isLie = false;
        tallied(ROUND);
        challengeRound(ROUND, LIE);
        vote(1, JURORS, TRUE_VALUE);
        challenged.conclude(TOPIC, ROUND);
        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
        requireBooks(0, 1);

        for (uint256 i = 0; i < 5; ++i) {
            require(challenged.claimableOf(reporter(i)) == BOND / 5, "a reporter's part of the bond");
            require(challenged.reputerOf(TOPIC, reporter(i)).stake == STAKE, "an honest reporter lost stake");
        }
        require(challenged.claimableOf(CHALLENGER) == 0, "the challenger was paid");
    }

    function test_ASilentArbiterMeansVoid() public {
        tallied(ROUND);
        challengeRound(ROUND, TRUE_VALUE);
        vote(1, 2, TRUE_VALUE);
        requireTruth(ROUND, TruthStatus.Void, 0);
        challenged.conclude(TOPIC, ROUND);
        requireTruth(ROUND, TruthStatus.Void, 0);
        arbiter.close(1);
        requireBooks(0, 0);

        require(challenged.claimableOf(CHALLENGER) == BOND, "the bond stayed");
        require(arbiter.jurorOf(juror(0)).stake == STAKE, "who voted lost stake");
        require(arbiter.jurorOf(juror(4)).stake == STAKE - STAKE / 10, "silence cost something else");
        require(arbiter.claimableOf(SINK) == 3 * (uint256(STAKE) / 10), "the sink got something else");
        require(arbiter.claimableOf(juror(0)) == FEE / 2, "the fee is not shared by those who voted");
    }

    function test_NobodyOnTheCaseGivesTheFeeBackToItsPayer() public {
        for (uint256 i = 0; i < JURORS; ++i) {
            vm.prank(juror(i));
            arbiter.unregister();
        }
        tallied(ROUND);
        challengeRound(ROUND, TRUE_VALUE);
        require(arbiter.getCase(1).seats == 0, "somebody sits");
        warpTo(time + 2400);
        requireTruth(ROUND, TruthStatus.Void, 0);
        arbiter.close(1);
        require(arbiter.claimableOf(CHALLENGER) == FEE, "the fee is gone");
        challenged.conclude(TOPIC, ROUND);
        requireBooks(0, 0);
    }

    function test_PartiesAndNewcomersDoNotDecide() public {
        // A reporter and the challenger are jurors too, with more than all others, and one comes after the round has opened.
        register(reporter(0), 10, 50 * STAKE);
        register(CHALLENGER, 11, 50 * STAKE);
        fundFor(CHALLENGER, address(challenged), BOND + FEE);
        warpTo(openTime(ROUND) - DELAY + 1);
        register(address(0xEE), 12, 50 * STAKE);
        tallied(ROUND);
        challengeRound(ROUND, TRUE_VALUE);
        require(arbiter.getCase(1).seats == JURORS, "somebody decides who may not");
        for (uint256 seat = 0; seat < JURORS; ++seat) {
            require(arbiter.voteOf(1, seat).juror == juror(seat), "another juror");
        }
    }

    function test_RefusesAChallengeInOrder() public {
        vm.prank(CHALLENGER);
        vm.expectRevert(abi.encodeWithSelector(ChallengedTruth.NothingToChallenge.selector, ROUND));
        challenged.challenge(TOPIC, ROUND, TRUE_VALUE);

        tallied(ROUND);
        uint256 until = time + 600;
        warpTo(until);
        vm.prank(CHALLENGER);
        vm.expectRevert(abi.encodeWithSelector(IReputerTruth.OutsideWindow.selector, until, until - 600, until));
        challenged.challenge(TOPIC, ROUND, TRUE_VALUE);
        requireTruth(ROUND, TruthStatus.Known, LIE);

        warpTo(until - 1);
        requireTruth(ROUND, TruthStatus.Unknown, 0);
        vm.prank(CHALLENGER);
        vm.expectRevert(abi.encodeWithSelector(ChallengedTruth.SameValue.selector, LIE + 1, LIE));
        challenged.challenge(TOPIC, ROUND, LIE + 1);

        challengeRound(ROUND, TRUE_VALUE);
        vm.prank(CHALLENGER);
        vm.expectRevert(abi.encodeWithSelector(ChallengedTruth.AlreadyChallenged.selector, ROUND));
        challenged.challenge(TOPIC, ROUND, TRUE_VALUE);

        vm.expectRevert(abi.encodeWithSelector(ChallengedTruth.RulingPending.selector, ROUND));
        challenged.conclude(TOPIC, ROUND);
        vote(1, JURORS, TRUE_VALUE);
        challenged.conclude(TOPIC, ROUND);
        vm.expectRevert(abi.encodeWithSelector(ChallengedTruth.NotChallenged.selector, ROUND));
        challenged.conclude(TOPIC, ROUND);
    }

    function test_ATallyLeavesTimeForADispute() public {
        (, , , uint256 until) = challenged.windowsOf(TOPIC, ROUND);
        uint256 deadline = targetTime(ROUND) + 7200;
        require(until + 600 + arbiter.duration() == deadline, "a dispute may outlast the truth deadline");

        report(ROUND - 1, 5, valueOf);
        warpTo(until);
        uint256 from = targetTime(ROUND) + 1200;
        vm.expectRevert(abi.encodeWithSelector(IReputerTruth.OutsideWindow.selector, until, from, until));
        challenged.tally(TOPIC, ROUND);
    }

    function test_RefusesTermsThatCannotWork() public {
        ReputerTerms memory terms = ReputerTerms({
            token: IERC20(address(token)),
            network: challenged.network(),
            sink: SINK,
            commitWindow: 600,
            revealWindow: 600,
            challengeWindow: 0,
            unstakeDelay: 86_400,
            minStake: 100e18,
            quorumBps: 6_000,
            outlierBps: 2_000,
            silenceBps: 100,
            toleranceBps: 10,
            tolerance: 0
        });
        vm.expectRevert(abi.encodeWithSelector(ChallengedTruth.NoChallengeWindow.selector));
        new ChallengedTruth(terms, arbiter, BOND);
        terms.challengeWindow = 600;
        vm.expectRevert(abi.encodeWithSelector(IReputerTruth.OutOfBounds.selector, "bond", 0, 1, type(uint96).max));
        new ChallengedTruth(terms, arbiter, 0);
        terms.token = IERC20(address(new TestToken("Other", "O")));
        vm.expectRevert(
            abi.encodeWithSelector(ChallengedTruth.WrongToken.selector, address(token), address(terms.token))
        );
        new ChallengedTruth(terms, arbiter, BOND);
    }

    /// @dev Anyone may open cases, and each slashes who does not vote: a case costs what it takes from one juror at least.
    function test_CasesForNothingAreRefused() public {
        ArbiterTerms memory terms = ArbiterTerms({
            token: IERC20(address(token)),
            sink: SINK,
            delay: uint32(DELAY),
            commitWindow: 1200,
            revealWindow: 1200,
            minStake: 101,
            silenceBps: 1_000,
            fee: 10
        });
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.OutOfBounds.selector, "fee", 10, 11, type(uint96).max));
        new StakeArbiter(terms);
        terms.fee = 11;
        new StakeArbiter(terms);
    }

    /// @dev Whatever the jurors say, money is neither made nor lost, and truth and payment agree.
    function testFuzz_TheBooksBalance(uint256 seed, bool lie) public {
        isLie = lie;
        tallied(ROUND);
        challengeRound(ROUND, lie ? TRUE_VALUE : LIE);
        int104 said = [TRUE_VALUE, LIE, int104(7e18)][seed % 3];
        vote(1, (seed >> 8) % (JURORS + 1), said);
        (TruthStatus before, int256 valueBefore) = challenged.truthOf(TOPIC, ROUND, targetTime(ROUND), "");
        challenged.conclude(TOPIC, ROUND);
        requireBooks(0, 1);
        arbiter.close(1);
        requireBooks(0, 0);
        requireTruth(ROUND, before, valueBefore);

        uint256 staked = challenged.reputerOf(TOPIC, reporter(4)).stake;
        bool wasRight = said == TRUE_VALUE;
        bool isRuled = before == TruthStatus.Known;
        // Who told the truth loses a stake only where the jurors find another one.
        require(!isRuled || !wasRight || staked > 0, "an honest reporter lost all");
    }
}

contract StakeArbiterTest is DisputeDriver {
    function open(uint256 electorateAt) private returns (uint256) {
        fundFor(address(this), address(arbiter), FEE);
        return arbiter.open("", electorateAt, new address[](0), address(this));
    }

    function setUp() public override {
        super.setUp();
        warpTo(time + DELAY);
    }

    function test_SeatsTheStrongerAndLetsTheOthersGo() public {
        fundFor(address(0xEE), address(arbiter), 2 * STAKE);
        vm.prank(address(0xEE));
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.UnknownSeat.selector, 32, 31));
        arbiter.register(32, STAKE);
        vm.prank(address(0xEE));
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.BelowMinStake.selector, 1, 100e18));
        arbiter.register(0, 1);
        vm.prank(juror(1));
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.AlreadySeated.selector, juror(1)));
        arbiter.register(9, STAKE);
        vm.prank(address(0xEE));
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.StakeTooLow.selector, STAKE, (STAKE * 11) / 10));
        arbiter.register(0, STAKE);

        vm.prank(address(0xEE));
        arbiter.register(0, (STAKE * 11) / 10);
        require(arbiter.seatOf(0) == address(0xEE), "not displaced");
        Juror memory gone = arbiter.jurorOf(juror(0));
        require(gone.leavesAt == time + 2 * arbiter.duration(), "leaves at another time");
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.TooEarly.selector, time, gone.leavesAt));
        arbiter.withdraw(juror(0));
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.NotLeaving.selector, juror(1)));
        arbiter.withdraw(juror(1));
        warpTo(gone.leavesAt);
        arbiter.withdraw(juror(0));
        arbiter.claim(juror(0));
        require(token.balanceOf(juror(0)) == STAKE, "another stake");
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.NotStaked.selector, juror(0)));
        arbiter.withdraw(juror(0));
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.NothingToClaim.selector, juror(0)));
        arbiter.claim(juror(0));
    }

    function test_VotesAreSealedAndBound() public {
        uint256 id = open(time);
        bytes32 sealed_ = arbiter.commitmentOf(id, juror(0), TRUE_VALUE, 0);
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.NotSeated.selector, address(this), id));
        arbiter.commit(id, 0, sealed_);
        vm.prank(juror(0));
        arbiter.commit(id, 0, sealed_);
        vm.prank(juror(0));
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.AlreadyCommitted.selector, juror(0), id));
        arbiter.commit(id, 0, sealed_);
        // A copied vote opens for nobody.
        vm.prank(juror(1));
        arbiter.commit(id, 1, sealed_);

        uint256 from = time + 1200;
        vm.prank(juror(0));
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.OutsideWindow.selector, time, from, from + 1200));
        arbiter.reveal(id, 0, TRUE_VALUE, 0);
        warpTo(from);
        vm.prank(juror(2));
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.OutsideWindow.selector, from, from - 1200, from));
        arbiter.commit(id, 2, sealed_);
        vm.prank(juror(2));
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.NothingCommitted.selector, juror(2), id));
        arbiter.reveal(id, 2, TRUE_VALUE, 0);
        bytes32 other = arbiter.commitmentOf(id, juror(1), TRUE_VALUE, 0);
        vm.prank(juror(1));
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.WrongVote.selector, other, sealed_));
        arbiter.reveal(id, 1, TRUE_VALUE, 0);
        vm.prank(juror(0));
        arbiter.reveal(id, 0, TRUE_VALUE, 0);
    }

    function test_TheMedianOfStakeDecidesWhenMoreThanHalfHasVoted() public {
        uint256 id = open(time);
        uint256 opened = time;
        int104[3] memory values = [int104(1e18), 5e18, 90e18];
        for (uint256 i = 0; i < 3; ++i) {
            bytes32 sealed_ = arbiter.commitmentOf(id, juror(i), values[i], 0);
            vm.prank(juror(i));
            arbiter.commit(id, i, sealed_);
        }
        warpTo(opened + 1200);
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(juror(i));
            arbiter.reveal(id, i, values[i], 0);
        }
        (Ruling ruling, ) = arbiter.rulingOf(id);
        require(ruling == Ruling.Pending, "ruled early");
        vm.expectRevert();
        arbiter.close(id);
        warpTo(opened + 2400);
        int104 value;
        (ruling, value) = arbiter.rulingOf(id);
        require(ruling == Ruling.Decided && value == 5e18, "another ruling");
        arbiter.close(id);
        vm.expectRevert(abi.encodeWithSelector(StakeArbiter.AlreadyTallied.selector, id));
        arbiter.close(id);
        (ruling, value) = arbiter.rulingOf(id);
        require(ruling == Ruling.Decided && value == 5e18, "closing changed the ruling");
    }

    function test_AnUnknownCaseIsPendingForEver() public {
        (Ruling ruling, ) = arbiter.rulingOf(99);
        require(ruling == Ruling.Pending, "ruled on nothing");
        vm.expectRevert();
        arbiter.close(99);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {Ruling} from "../../../contracts/interfaces/IArbiter.sol";
import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {ChallengedTruth} from "../../../contracts/truth/ChallengedTruth.sol";
import {
    Assertion,
    AssertionStatus,
    OptimisticArbiter,
    OptimisticTerms
} from "../../../contracts/truth/OptimisticArbiter.sol";
import {ReputerTruth} from "../../../contracts/truth/ReputerTruth.sol";
import {ReputerTerms} from "../../../contracts/types/Reputer.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {DisputeDriver} from "../../helpers/DisputeDriver.sol";
import {OracleDouble} from "../../helpers/OracleDouble.sol";
import {vm} from "../../helpers/Vm.sol";

contract OptimisticArbiterTest is DisputeDriver {
    uint256 private constant ROUND = 2;
    uint96 private constant ASSERTION_BOND = 80e18;
    uint32 private constant LIVENESS = 1200;
    uint32 private constant VOTE_WINDOW = 1800;
    address private constant DISPUTER = address(0xD15);

    OracleDouble private oracle;
    OptimisticArbiter private optimistic;

    function createTruth(ReputerTerms memory terms) internal override returns (ReputerTruth) {
        oracle = new OracleDouble();
        oracle.setMinimumBond(address(token), 1e18);
        optimistic = new OptimisticArbiter(termsOf(ASSERTION_BOND, LIVENESS, VOTE_WINDOW));
        challenged = new ChallengedTruth(terms, optimistic, BOND);
        return challenged;
    }

    function termsOf(uint96 bond, uint32 liveness, uint32 vote_) private view returns (OptimisticTerms memory) {
        return OptimisticTerms(oracle, IERC20(address(token)), bond, liveness, vote_);
    }

    function setUp() public override {
        deployPanel(CADENCE);
        for (uint256 i = 0; i < REPORTERS; ++i) sit(reporter(i), i, STAKE);
        fundFor(CHALLENGER, address(challenged), BOND + ASSERTION_BOND);
        fundFor(DISPUTER, address(oracle), ASSERTION_BOND);
    }

    function asserted() private returns (bytes32) {
        tallied(ROUND);
        challengeRound(ROUND, isLie ? TRUE_VALUE : LIE);
        return optimistic.assertionOf(1).id;
    }

    function disputed() private returns (bytes32 assertion) {
        assertion = asserted();
        vm.prank(DISPUTER);
        oracle.disputeAssertion(assertion, DISPUTER);
    }

    /* RULINGS */

    function test_AnUndisputedClaimIsTheTruthWhenItsLivenessIsOver() public {
        bytes32 assertion = asserted();
        uint256 opened = time;
        require(token.balanceOf(address(oracle)) == ASSERTION_BOND, "another bond");
        require(token.balanceOf(CHALLENGER) == 0, "paid something else");
        warpTo(opened + LIVENESS - 1);
        requireTruth(ROUND, TruthStatus.Disputed, 0);
        requireRuling(Ruling.Pending, 0);

        warpTo(opened + LIVENESS);
        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
        challenged.conclude(TOPIC, ROUND);
        require(challenged.claimableOf(CHALLENGER) == 2 * (BOND + ASSERTION_BOND), "another reward");

        // Too late for the oracle, and its settlement pays the bond back and changes nothing.
        vm.prank(DISPUTER);
        vm.expectRevert("Assertion is expired");
        oracle.disputeAssertion(assertion, DISPUTER);
        oracle.settleAssertion(assertion);
        require(token.balanceOf(CHALLENGER) == ASSERTION_BOND, "the bond did not come back");
        requireRuling(Ruling.Decided, TRUE_VALUE);
        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
    }

    function test_ADisputeThatTheChallengerLosesLeavesTheReportedValue() public {
        isLie = false;
        bytes32 assertion = disputed();
        uint256 opened = time;
        warpTo(opened + LIVENESS);
        requireTruth(ROUND, TruthStatus.Disputed, 0);
        vm.expectRevert("Price not resolved");
        oracle.settleAssertion(assertion);

        oracle.vote(assertion, false);
        oracle.settleAssertion(assertion);
        requireRuling(Ruling.Decided, TRUE_VALUE);
        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
        challenged.conclude(TOPIC, ROUND);
        for (uint256 i = 0; i < REPORTERS; ++i) {
            require(challenged.claimableOf(reporter(i)) == BOND / REPORTERS, "a reporter's part of the bond");
        }
        require(challenged.claimableOf(CHALLENGER) == 0, "a wrong challenge was paid");
        require(token.balanceOf(DISPUTER) == 2 * ASSERTION_BOND - ASSERTION_BOND / 2, "another win of the disputer");
    }

    function test_ADisputeThatTheChallengerWinsOverturnsTheReport() public {
        bytes32 assertion = disputed();
        warpTo(time + LIVENESS + VOTE_WINDOW - 1);
        oracle.vote(assertion, true);
        oracle.settleAssertion(assertion);
        requireTruth(ROUND, TruthStatus.Known, TRUE_VALUE);
        challenged.conclude(TOPIC, ROUND);
        require(challenged.reputerOf(TOPIC, reporter(0)).stake == 0, "kept a liar's stake");
        require(token.balanceOf(CHALLENGER) == 2 * ASSERTION_BOND - ASSERTION_BOND / 2, "another win at the oracle");
        requireRuling(Ruling.Decided, TRUE_VALUE);
        warpTo(time + 30 days);
        requireRuling(Ruling.Decided, TRUE_VALUE);
    }

    function test_ASilentOracleMeansVoidWhateverItSaysLater() public {
        bytes32 assertion = disputed();
        warpTo(time + LIVENESS + VOTE_WINDOW);
        requireRuling(Ruling.Silent, 0);
        requireTruth(ROUND, TruthStatus.Void, 0);

        oracle.vote(assertion, true);
        oracle.settleAssertion(assertion);
        requireRuling(Ruling.Silent, 0);
        requireTruth(ROUND, TruthStatus.Void, 0);
        challenged.conclude(TOPIC, ROUND);
        requireTruth(ROUND, TruthStatus.Void, 0);
        require(challenged.claimableOf(CHALLENGER) == BOND, "the bond stayed");
        require(challenged.reputerOf(TOPIC, reporter(0)).stake == STAKE, "a stake moved without a ruling");
    }

    function test_AnUnknownCaseIsPending() public view {
        requireRuling(Ruling.Pending, 0);
        require(optimistic.duration() == LIVENESS + VOTE_WINDOW, "another duration");
    }

    /* CLAIM, FEE */

    function test_TheClaimSaysWhatIsAsserted() public {
        asserted();
        bytes memory claim = optimistic.claimOf(
            address(challenged),
            TopicId.unwrap(TOPIC),
            ROUND,
            targetTime(ROUND),
            -LIE,
            TRUE_VALUE
        );
        string memory expected = string.concat(
            "Round 2 of the Auspex topic 0x0000000000000000000000000000000000000000000000000000000000000007, whose truth ",
            "source is ",
            Strings.toHexString(address(challenged)),
            " on chain ",
            Strings.toString(block.chainid),
            ": what the topic's description asks for was 100000000000000000000 at unix time 1010800, and not ",
            "-250000000000000000000 as its reporters say. Both numbers have 18 decimals and are meant within the source's ",
            "tolerance."
        );
        require(keccak256(claim) == keccak256(bytes(expected)), string(claim));
    }

    /// @dev The same question in the same second, asked by somebody else in the name of the source: another assertion.
    function test_NobodyAsksInTheNameOfAnotherSource() public {
        bytes32 own = asserted();
        bytes memory question = abi.encode(address(challenged), TOPIC, ROUND, targetTime(ROUND), LIE, TRUE_VALUE);
        fundFor(address(this), address(optimistic), ASSERTION_BOND);
        uint256 id = optimistic.open(question, 0, new address[](0), address(this));
        Assertion memory other = optimistic.assertionOf(id);
        require(id == 2 && optimistic.caseOf(other.id) == 2, "another case");
        require(other.id != own && other.status == AssertionStatus.Asserted, "the same assertion");
        vm.expectRevert();
        optimistic.open("", 0, new address[](0), address(this));
    }

    function test_TheFeeFollowsTheOraclesLeastBond() public {
        require(optimistic.fee() == ASSERTION_BOND, "another fee");
        oracle.setMinimumBond(address(token), 2 * uint256(ASSERTION_BOND));
        require(optimistic.fee() == 2 * uint256(ASSERTION_BOND), "a fee that the oracle refuses");
        fundFor(CHALLENGER, address(challenged), BOND + 2 * ASSERTION_BOND);
        bytes32 assertion = asserted();
        (, , , , uint256 bond, , ) = oracle.assertions(assertion);
        require(bond == 2 * uint256(ASSERTION_BOND), "another bond");
        require(token.balanceOf(address(optimistic)) == 0, "the arbiter kept money");
    }

    /* CALLBACKS */

    function test_OnlyTheOracleReports() public {
        bytes32 assertion = asserted();
        bytes memory refusal = abi.encodeWithSelector(
            OptimisticArbiter.NotTheOracle.selector,
            address(this),
            address(oracle)
        );
        vm.expectRevert(refusal);
        optimistic.assertionDisputedCallback(assertion);
        vm.expectRevert(refusal);
        optimistic.assertionResolvedCallback(assertion, true);
    }

    /// @dev The oracle lets anyone name the arbiter as recipient; what it then reports is nobody's case.
    function test_AssertionsOfOthersChangeNothing() public {
        fundFor(address(this), address(oracle), 2e18);
        bytes32 foreign = oracle.assertTruth(
            "The moon is made of cheese.",
            address(this),
            address(optimistic),
            address(0),
            LIVENESS,
            token,
            1e18,
            oracle.defaultIdentifier(),
            0
        );
        oracle.disputeAssertion(foreign, address(this));
        oracle.vote(foreign, true);
        oracle.settleAssertion(foreign);
        requireRuling(Ruling.Pending, 0);
        require(optimistic.cases() == 0, "a case that nobody opened");
        require(optimistic.assertionOf(0).status == AssertionStatus.None, "wrote into no case");
    }

    /// @dev An oracle that does not keep its own rules cannot change a ruling that is final.
    function test_AFinalRulingStaysWhateverTheOracleReports() public {
        bytes32 assertion = asserted();
        uint256 opened = time;
        warpTo(opened + LIVENESS);
        requireRuling(Ruling.Decided, TRUE_VALUE);
        vm.prank(address(oracle));
        optimistic.assertionDisputedCallback(assertion);
        vm.prank(address(oracle));
        optimistic.assertionResolvedCallback(assertion, false);
        requireRuling(Ruling.Decided, TRUE_VALUE);
    }

    /* TERMS */

    function test_RefusesTermsThatCannotWork() public {
        expectBound("bond", 0, 1, type(uint96).max);
        new OptimisticArbiter(termsOf(0, 0, 0));
        expectBound("liveness", 59, 60, type(uint32).max);
        new OptimisticArbiter(termsOf(1, 59, 0));
        expectBound("voteWindow", 59, 60, type(uint32).max);
        new OptimisticArbiter(termsOf(1, 60, 59));
        new OptimisticArbiter(termsOf(1, 60, 60));
    }

    function expectBound(string memory term, uint256 actual, uint256 least, uint256 most) private {
        vm.expectRevert(abi.encodeWithSelector(OptimisticArbiter.OutOfBounds.selector, term, actual, least, most));
    }

    function requireRuling(Ruling required, int104 value) private view {
        (Ruling ruling, int104 found) = optimistic.rulingOf(1);
        require(ruling == required && found == value, "another ruling");
    }
}

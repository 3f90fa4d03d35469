// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChallengedTruth} from "../../contracts/truth/ChallengedTruth.sol";
import {ReputerTruth} from "../../contracts/truth/ReputerTruth.sol";
import {ArbiterTerms, StakeArbiter} from "../../contracts/truth/StakeArbiter.sol";
import {ReputerTerms} from "../../contracts/types/Reputer.sol";
import {PanelDriver} from "./PanelDriver.sol";
import {vm} from "./Vm.sol";

/// @title A panel of five, three of whom may lie, five jurors besides, and somebody who challenges.
abstract contract DisputeDriver is PanelDriver {
    uint96 internal constant BOND = 300e18;
    uint96 internal constant FEE = 50e18;
    uint256 internal constant DELAY = 3600;
    int104 internal constant LIE = 250e18;
    address internal constant CHALLENGER = address(0xC4);
    uint256 internal constant REPORTERS = 5;
    uint256 internal constant JURORS = 5;

    StakeArbiter internal arbiter;
    ChallengedTruth internal challenged;
    bool internal isLie = true;

    function challengeWindow() internal pure override returns (uint32) {
        return 600;
    }

    function createTruth(ReputerTerms memory terms) internal virtual override returns (ReputerTruth) {
        arbiter = new StakeArbiter(
            ArbiterTerms({
                token: terms.token,
                sink: SINK,
                delay: uint32(DELAY),
                commitWindow: 1200,
                revealWindow: 1200,
                minStake: 100e18,
                silenceBps: 1_000,
                fee: FEE
            })
        );
        challenged = new ChallengedTruth(terms, arbiter, BOND);
        return challenged;
    }

    function setUp() public virtual {
        deployPanel(CADENCE);
        for (uint256 i = 0; i < REPORTERS; ++i) sit(reporter(i), i, STAKE);
        for (uint256 i = 0; i < JURORS; ++i) register(juror(i), i, STAKE);
        fundFor(CHALLENGER, address(challenged), 10 * (BOND + FEE));
    }

    function reporter(uint256 i) internal pure returns (address) {
        return address(uint160(0xB0 + i));
    }

    function juror(uint256 i) internal pure returns (address) {
        return address(uint160(0xD0 + i));
    }

    function register(address account, uint256 seat, uint96 amount) internal {
        fundFor(account, address(arbiter), amount);
        vm.prank(account);
        arbiter.register(seat, amount);
    }

    function fundFor(address account, address spender, uint256 amount) internal {
        token.mint(account, amount);
        vm.prank(account);
        token.approve(spender, amount);
    }

    function valueOf(address account) internal view returns (int104) {
        bool lies = isLie && (account == reporter(0) || account == reporter(1) || account == reporter(2));
        return lies ? LIE : TRUE_VALUE;
    }

    function tallied(uint256 round) internal {
        report(round, REPORTERS, valueOf);
    }

    function challengeRound(uint256 round, int104 claimed) internal {
        vm.prank(CHALLENGER);
        challenged.challenge(TOPIC, round, claimed);
    }

    /// @dev The first `count` jurors of a case vote for a value.
    function vote(uint256 id, uint256 count, int104 value) internal {
        uint256 opened = time;
        for (uint256 seat = 0; seat < count; ++seat) {
            address account = arbiter.voteOf(id, seat).juror;
            bytes32 sealed_ = arbiter.commitmentOf(id, account, value, bytes32(seat));
            vm.prank(account);
            arbiter.commit(id, seat, sealed_);
        }
        warpTo(opened + 1200);
        for (uint256 seat = 0; seat < count; ++seat) {
            vm.prank(arbiter.voteOf(id, seat).juror);
            arbiter.reveal(id, seat, value, bytes32(seat));
        }
        warpTo(opened + 2400);
    }

    /// @dev Everything that truth and arbiter hold, against what they owe.
    function requireBooks(uint256 openBonds, uint256 openFees) internal view {
        uint256 owed = openBonds * BOND + challenged.claimableOf(SINK) + challenged.claimableOf(CHALLENGER);
        for (uint256 i = 0; i < REPORTERS; ++i) {
            owed += challenged.reputerOf(TOPIC, reporter(i)).stake + challenged.claimableOf(reporter(i));
        }
        require(token.balanceOf(address(challenged)) == owed, "the truth's books do not balance");

        uint256 staked = openFees * FEE + arbiter.claimableOf(SINK) + arbiter.claimableOf(CHALLENGER);
        for (uint256 i = 0; i < JURORS; ++i) {
            staked += arbiter.jurorOf(juror(i)).stake + arbiter.claimableOf(juror(i));
        }
        require(token.balanceOf(address(arbiter)) == staked, "the arbiter's books do not balance");
    }
}

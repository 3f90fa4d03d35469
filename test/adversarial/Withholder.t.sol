// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Consent, SignedCommitment} from "../../contracts/types/Seal.sol";
import {DomainKind, TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Commits for itself or has a friend do it, listens, and reveals only when it pays. Pass mark: expected profit at
/// most zero; it ends with less than by revealing always, although it knows the truth beforehand and takes the bounty
/// through a friend. And nothing it does with its seat saves it the price.
contract WithholderTest is Stages {
    uint256 private constant HIDER = 2;
    uint256 private constant ROUNDS = 40;
    uint96 private constant FORTUNE = 1e15;
    address private constant FRIEND = address(0xF12);

    struct Play {
        uint256 worth; // what it has in the end, its friend's bounties included
        uint256 paid; // for silence, bounties taken off
        uint256 silences;
    }

    /// @dev Three of equal stake, none better than another, paid by one another alone.
    function setUp() public {
        openTopic();
        rememberWorkers(5);
        seatWorkers(3, FORTUNE);
    }

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.poolRateBps = 0;
        (params.domain, params.min, params.max) = (DomainKind.Fixed, 80e18, 120e18);
    }

    /* WHAT IT EARNS */

    /// hardhat-config: fuzz.runs = 4
    function testFuzz_EarnsLessThanByRevealingAlways(uint256 seed) public {
        requireNoProfit(seed, workerAt(HIDER));
    }

    /// @dev It signs nothing but what its friend brings in, and its friend shows nobody that.
    /// hardhat-config: fuzz.runs = 4
    function testFuzz_EarnsNoMoreWhereAFriendCommitsForIt(uint256 seed) public {
        requireNoProfit(seed, FRIEND);
    }

    function requireNoProfit(uint256 seed, address committer) private {
        uint256 start = vm.snapshotState();
        Play memory honest = play(seed, false, committer);
        vm.revertToState(start);
        Play memory hiding = play(seed, true, committer);

        require(hiding.silences > ROUNDS / 5 && honest.silences == 0, "another play");
        require(hiding.worth < FORTUNE, "silence brought a profit");
        require(hiding.worth < honest.worth, "silence paid more than speaking");
        // And this is what it would be for, were it free.
        require(hiding.worth + hiding.paid > honest.worth, "there was nothing to gain by it");
    }

    function play(uint256 seed, bool isHiding, address committer) private returns (Play memory played) {
        for (uint256 i = 0; i < ROUNDS; i++) {
            uint256 round = 3 * i;
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            int256 actual = 95e18 + int256(draw % 10e18);
            (Said[] memory others, Said memory own) = drawPredictions(draw, actual);
            bool isSilent = isHiding && !isPaid(others, own, actual);

            warpTo(openTime(round));
            commit(round, BATCHER, others);
            commit(round, committer, only(own));
            warpTo(revealTime(round));
            reveal(round, FIRST, others, ALL);
            if (!isSilent) reveal(round, committer, only(own), ALL);
            warpTo(publishTime(round));
            publish(round);
            if (isSilent) played.paid += denounce(round);
            if (isSilent) played.silences++;
            finish(round, actual);
        }
        played.worth = positionOf(HIDER).stake + network.claimableOf(FRIEND);
    }

    function denounce(uint256 round) private returns (uint256 cost) {
        uint256 before = positionOf(HIDER).stake + network.claimableOf(FRIEND);
        address hider = workerAt(HIDER);
        by(FRIEND);
        network.slashWithheld(topic, round, hider);
        return before - positionOf(HIDER).stake - network.claimableOf(FRIEND);
    }

    function drawPredictions(uint256 draw, int256 actual) private pure returns (Said[] memory others, Said memory own) {
        others = new Said[](2);
        others[0] = say(0, actual + erring(draw, 0), 10_000);
        others[1] = say(1, actual + erring(draw, 1), 10_000);
        own = say(HIDER, actual + erring(draw, HIDER), 10_000);
    }

    /// @dev Up to a third of the domain: far more than a domain of three sigmas lets anyone err often.
    function erring(uint256 draw, uint256 worker) private pure returns (int256) {
        return int256(uint256(keccak256(abi.encode(draw, worker))) % 28e18) - 14e18;
    }

    /// @dev Among equal wagers it gains where its loss is below the mean of the others'.
    function isPaid(Said[] memory others, Said memory own, int256 actual) private pure returns (bool) {
        int256 first = others[0].value - actual;
        int256 second = others[1].value - actual;
        int256 mine = own.value - actual;
        return 2 * mine * mine < first * first + second * second;
    }

    /* WHERE IT MIGHT HIDE */

    function silent() private {
        Said[] memory others = new Said[](2);
        (others[0], others[1]) = (everybody()[0], everybody()[1]);
        warpTo(openTime(ROUND));
        commit(ROUND, BATCHER, others);
        commitOwn(ROUND, everybody()[HIDER]);
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, others, ALL);
    }

    function requireSlashed() private {
        warpTo(publishTime(ROUND));
        publish(ROUND);
        Said memory own = everybody()[HIDER];
        uint256 before = positionOf(own.worker).stake + positionOf(own.worker).leaving;
        slashSilent(ROUND, own.worker);
        uint256 lost = before - positionOf(own.worker).stake - positionOf(own.worker).leaving;
        require(lost == (before * 400) / 10_000 / 2, "got away");
    }

    function refuseSeat() private {
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        by(workerAt(HIDER));
        network.takeSeat(topic, workerAt(HIDER), 5);
    }

    function revoke() private {
        by(workerAt(HIDER));
        network.revoke(topic, workerAt(HIDER));
    }

    function test_IsFoundAfterItRevokedItselfToSitElsewhere() public {
        silent();
        revoke();
        refuseSeat();
        requireSlashed();
    }

    function test_IsFoundAfterItAskedForItsStakeToSitElsewhere() public {
        deposit(HIDER, 3 * FORTUNE);
        silent();
        unstake(HIDER, FORTUNE);
        network.activate(topic, workerAt(HIDER));
        refuseSeat();
        requireSlashed();
    }

    function test_IsFoundAfterAFriendTookItsSeat() public {
        deposit(3, 2 * FORTUNE);
        silent();
        seatWorker(3, 2);
        refuseSeat();
        revoke();
        refuseSeat();
        requireSlashed();
    }

    function test_IsFoundBeforeItIsAnother() public {
        Consent memory consent = consentOf(3, workerAt(HIDER));
        silent();
        revoke();
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        by(workerAt(HIDER));
        network.rotate(topic, workerAt(HIDER), workerAt(3), consent);
        requireSlashed();
    }

    /// @dev Its seat stands against it in its round's place until the ring comes round to it.
    function test_CannotCommitItsListAway() public {
        silent();
        warpTo(openTime(1));
        commitOwn(1, everybody()[HIDER]);
        SignedCommitment[] memory again = only(unsigned(commitmentOf(ROUND, say(HIDER, 1, 1))));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, 3, 1));
        by(workerAt(HIDER));
        network.commit(topic, ROUND, again);
        requireSlashed();
    }

    /// @dev Nobody need tell who committed, or show a signature: the seat is enough.
    function test_IsFoundWhoeverCommittedForIt() public {
        Said[] memory others = new Said[](2);
        (others[0], others[1]) = (everybody()[0], everybody()[1]);
        warpTo(openTime(ROUND));
        commit(ROUND, BATCHER, others);
        commit(ROUND, FRIEND, only(everybody()[HIDER]));
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, others, ALL);
        requireSlashed();
    }
}

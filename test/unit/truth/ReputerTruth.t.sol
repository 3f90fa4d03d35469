// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ITopicNetwork} from "../../../contracts/interfaces/ITopicNetwork.sol";
import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {MockTopics} from "../../../contracts/mocks/MockTopics.sol";
import {TestToken} from "../../../contracts/mocks/TestToken.sol";
import {ReputerTruth} from "../../../contracts/truth/ReputerTruth.sol";
import {Reputer, ReputerTerms, STAYS} from "../../../contracts/types/Reputer.sol";
import {RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {vm} from "../../helpers/Vm.sol";

TopicId constant TOPIC = TopicId.wrap(bytes32(uint256(7)));
uint256 constant ACTORS = 8;
uint256 constant CADENCE = 120;
uint256 constant START = 1_000;
address constant SINK = address(0x51);

function actorAt(uint256 index) pure returns (address) {
    return address(uint160(0xA0 + (index % ACTORS)));
}

/// @dev Does anything anyone may, at any time, mostly in ways that go through.
contract Reputers {
    TestToken public token = new TestToken("Test", "T");
    MockTopics public topics = new MockTopics();
    ReputerTruth public truth;

    uint256 public now_ = START;
    bool public answersStayed = true;
    bool public onlyPublishedWereTallied = true;
    uint256 public knowns;
    uint256 public slashes;
    mapping(uint256 round => bool) private isPublished;
    mapping(uint256 round => TruthStatus) private statusOf;
    mapping(uint256 round => int256) private valueOf;

    constructor() {
        truth = new ReputerTruth(
            ReputerTerms({
                token: IERC20(address(token)),
                network: ITopicNetwork(address(topics)),
                sink: SINK,
                commitWindow: 60,
                revealWindow: 60,
                challengeWindow: 0,
                unstakeDelay: 300,
                minStake: 100,
                quorumBps: 6_667,
                outlierBps: 3_000,
                silenceBps: 100,
                toleranceBps: 100,
                tolerance: 2
            })
        );
        topics.setTopic(TOPIC, address(truth), uint32(START), uint24(CADENCE), 180, 360);
    }

    // ---------------------------------------------------------------- ACTIONS

    function takeSeat(uint256 actor, uint256 seat, uint96 amount) external {
        address reputer = actorAt(actor);
        amount = uint96(100 + (amount % 10_000));
        token.mint(reputer, amount);
        vm.prank(reputer);
        token.approve(address(truth), amount);

        vm.prank(reputer);
        try truth.takeSeat(TOPIC, seat % 6, amount) {} catch {}
    }

    /// @dev One whole round of everybody: some report 100, some a lie, some nothing, some open nothing. One round in four
    /// was not published.
    function playRound(uint256 behaviours, uint256 pause) external {
        uint256 round = (now_ - START) / CADENCE + 1;
        (uint256 commitFrom, uint256 revealFrom, uint256 tallyFrom, ) = truth.windowsOf(TOPIC, round);
        if (truth.panelOf(TOPIC).cadence == 0) return;
        if (behaviours % 4 > 0) publish(round);

        warp(commitFrom);
        for (uint256 i = 0; i < ACTORS; ++i) commit(round, i, behaviours);
        warp(revealFrom);
        for (uint256 i = 0; i < ACTORS; ++i) reveal(round, i, behaviours);
        warp(tallyFrom + (pause % 600));
        tallyAll();
    }

    function unstake(uint256 actor) external {
        vm.prank(actorAt(actor));
        try truth.unstake(TOPIC) {} catch {}
    }

    function withdraw(uint256 actor) external {
        try truth.withdraw(TOPIC, actorAt(actor)) {} catch {}
    }

    function claim(uint256 actor) external {
        try truth.claim(actor % 5 == 0 ? SINK : actorAt(actor)) {} catch {}
    }

    function wait(uint256 time) external {
        warp(now_ + (time % 720));
        tallyAll();
    }

    // ---------------------------------------------------------------- A ROUND

    function publish(uint256 round) public {
        isPublished[round] = true;
        topics.setStatus(TOPIC, round, RoundStatus.Published);
    }

    function warp(uint256 time) private {
        if (time > now_) now_ = time;
        vm.warp(now_);
    }

    function commit(uint256 round, uint256 actor, uint256 behaviours) private {
        if (behaviourOf(actor, behaviours) == 0) return;
        bytes27 commitment = truth.commitmentOf(
            TOPIC,
            round,
            actorAt(actor),
            reportOf(actor, behaviours),
            bytes32(actor)
        );
        vm.prank(actorAt(actor));
        try truth.commit(TOPIC, round, commitment) {} catch {}
    }

    function reveal(uint256 round, uint256 actor, uint256 behaviours) private {
        if (behaviourOf(actor, behaviours) == 1) return;
        vm.prank(actorAt(actor));
        try truth.reveal(TOPIC, round, reportOf(actor, behaviours), bytes32(actor)) {} catch {}
    }

    function behaviourOf(uint256 actor, uint256 behaviours) private pure returns (uint256) {
        return (behaviours >> (8 * actor)) % 12;
    }

    function reportOf(uint256 actor, uint256 behaviours) private pure returns (int104) {
        uint256 behaviour = behaviourOf(actor, behaviours);
        if (behaviour == 2) return -1e30;
        return int104(int256(100 + (behaviour % 3)));
    }

    function tallyAll() private {
        uint256 latest = (now_ - START) / CADENCE;
        for (uint256 round = latest > 8 ? latest - 8 : 0; round <= latest; ++round) {
            uint256 sunk = truth.claimableOf(SINK);
            try truth.tally(TOPIC, round) {
                onlyPublishedWereTallied = onlyPublishedWereTallied && isPublished[round];
            } catch {}
            if (truth.claimableOf(SINK) > sunk) ++slashes;
            remember(round);
        }
    }

    function remember(uint256 round) private {
        (TruthStatus status, int256 value) = truth.truthOf(TOPIC, round, 0, "");
        if (status == TruthStatus.Known) ++knowns;
        if (statusOf[round] != TruthStatus.Unknown && status != TruthStatus.Unknown) {
            answersStayed = answersStayed && statusOf[round] == status && valueOf[round] == value;
        }
        if (status != TruthStatus.Unknown) (statusOf[round], valueOf[round]) = (status, value);
    }
}

contract ReputerTruthTest {
    Reputers private reputers;

    function setUp() public {
        vm.warp(START - 1);
        reputers = new Reputers();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(reputers);
    }

    function invariant_BalanceIsStakesAndClaims() public view {
        ReputerTruth truth = reputers.truth();
        uint256 accounted = truth.claimableOf(SINK);
        for (uint256 i = 0; i < ACTORS; ++i) {
            accounted += truth.reputerOf(TOPIC, actorAt(i)).stake + truth.claimableOf(actorAt(i));
        }

        require(reputers.token().balanceOf(address(truth)) == accounted, "tokens unaccounted for");
    }

    function invariant_AnAnswerNeverChanges() public view {
        require(reputers.answersStayed(), "an answer changed");
    }

    function invariant_NobodyOwesAReportOnARoundThatWasNotPublished() public view {
        require(reputers.onlyPublishedWereTallied(), "tallied what nobody waited for");
    }

    /// @dev Every term that has not ended holds its seat, and nobody else does.
    function invariant_EveryStakeHasOnePlace() public view {
        ReputerTruth truth = reputers.truth();
        for (uint256 i = 0; i < ACTORS; ++i) {
            Reputer memory reputer = truth.reputerOf(TOPIC, actorAt(i));
            bool holds = truth.seatOf(TOPIC, reputer.seat) == actorAt(i);
            require(holds == (reputer.leavesAt == STAYS), "a seat without its reputer, or the other way round");
        }
    }

    /// @dev Whoever answers for a round is its seat's reporter, and the only one; rounds that have opened keep theirs.
    function invariant_EverySeatHasOneReporterARound() public view {
        ReputerTruth truth = reputers.truth();
        uint256 next = (reputers.now_() - START) / CADENCE + 1;
        for (uint256 round = next > 6 ? next - 6 : 0; round <= next; ++round) {
            for (uint256 i = 0; i < ACTORS; ++i) {
                Reputer memory reputer = truth.reputerOf(TOPIC, actorAt(i));
                bool answers = reputer.from <= round && round < reputer.until;
                (address reporter, uint96 weight) = truth.reporterOf(TOPIC, round, reputer.seat);
                require(!answers || reporter == actorAt(i), "another reporter");
                require(!answers || weight >= reputer.stake, "weighs less than it has");
            }
        }
    }

    // ---------------------------------------------------------------- LAWS

    function testFuzz_AMinorityNeverMovesTheValue(uint96[5] memory stakes, int104[5] memory lies, uint8 liars) public {
        ReputerTruth truth = reputers.truth();
        (uint256 lying, uint256 all) = (0, 0);
        for (uint256 i = 0; i < 5; ++i) {
            stakes[i] = uint96(100 + (uint256(stakes[i]) % 1e24));
            all += stakes[i];
            sit(i, stakes[i]);
        }
        for (uint256 i = 0; i < 5; ++i) {
            bool isLiar = (liars >> i) & 1 == 1 && 2 * (lying + stakes[i]) < all;
            if (isLiar) lying += stakes[i];
            if (!isLiar) lies[i] = 42;
        }

        (TruthStatus status, int256 value) = play(lies);

        require(status == TruthStatus.Known && value == 42, "moved");
        for (uint256 i = 0; i < 5; ++i) {
            bool outside = lies[i] < 40 || lies[i] > 44;
            uint256 lost = outside ? (uint256(stakes[i]) * 3 + 9) / 10 : 0;
            require(truth.reputerOf(TOPIC, actorAt(i)).stake == stakes[i] - lost, "wrong slash");
        }
    }

    /// @dev The second, dumber formula: the least report that at least half of the stake does not exceed.
    function testFuzz_TheTruthIsTheLowerWeightedMedian(uint96[5] memory stakes, int104[5] memory values) public {
        uint256 all = 0;
        for (uint256 i = 0; i < 5; ++i) {
            stakes[i] = uint96(100 + (uint256(stakes[i]) % 4));
            if (i > 2) values[i] = values[i - 2];
            all += stakes[i];
            sit(i, stakes[i]);
        }

        (, int256 value) = play(values);

        int256 least = type(int256).max;
        for (uint256 i = 0; i < 5; ++i) {
            uint256 below = 0;
            for (uint256 j = 0; j < 5; ++j) if (values[j] <= values[i]) below += stakes[j];
            if (2 * below >= all && values[i] < least) least = values[i];
        }
        require(value == least, "not the median");
    }

    function sit(uint256 actor, uint96 amount) private {
        ReputerTruth truth = reputers.truth();
        reputers.token().mint(actorAt(actor), amount);
        IERC20 token = IERC20(address(reputers.token()));
        vm.prank(actorAt(actor));
        token.approve(address(truth), amount);
        vm.prank(actorAt(actor));
        truth.takeSeat(TOPIC, actor, amount);
    }

    function play(int104[5] memory values) private returns (TruthStatus, int256) {
        ReputerTruth truth = reputers.truth();
        (uint256 commitFrom, uint256 revealFrom, , ) = truth.windowsOf(TOPIC, 0);
        reputers.publish(0);
        vm.warp(commitFrom);
        for (uint256 i = 0; i < 5; ++i) {
            bytes27 commitment = truth.commitmentOf(TOPIC, 0, actorAt(i), values[i], bytes32(i));
            vm.prank(actorAt(i));
            truth.commit(TOPIC, 0, commitment);
        }
        vm.warp(revealFrom);
        for (uint256 i = 0; i < 5; ++i) {
            vm.prank(actorAt(i));
            truth.reveal(TOPIC, 0, values[i], bytes32(i));
        }
        truth.tally(TOPIC, 0);
        return truth.truthOf(TOPIC, 0, 0, "");
    }
}

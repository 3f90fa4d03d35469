// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {DisputeFeed} from "../../../contracts/feeds/DisputeFeed.sol";
import {ForecastPolicy, Policy, Reason} from "../../../contracts/feeds/ForecastPolicy.sol";
import {ITopicFeed} from "../../../contracts/interfaces/ITopicFeed.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {ChallengedTruth} from "../../../contracts/truth/ChallengedTruth.sol";
import {ArbiterTerms, StakeArbiter} from "../../../contracts/truth/StakeArbiter.sol";
import {FeedStatus, Forecast} from "../../../contracts/types/Feed.sol";
import {ReputerTerms} from "../../../contracts/types/Reputer.sol";
import {RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {Clock} from "../../helpers/NetworkDriver.sol";
import {Stages} from "../../helpers/Stages.sol";
import {vm} from "../../helpers/Vm.sol";

/// @notice A topic that asks every hour about a day ahead, whose truth is reported and can be challenged: 24 rounds are in
/// flight, and one of them is disputed.
contract DisputeFeedTest is Stages {
    uint96 private constant BOND = 5_000;
    uint96 private constant FEE = 1_000;
    uint96 private constant FORTUNE = 1_000_000;
    int104 private constant LIE = 130e18;
    address private constant CHALLENGER = address(0xC4);
    uint256 private constant DAY = 24;

    StakeArbiter private arbiter;
    ChallengedTruth private challenged;
    DisputeFeed private feed;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.truth, params.start, params.cadence) = (address(challenged), 20_000, 1 hours);
        (params.commitWindow, params.revealWindow, params.lead) = (600, 600, 600);
        (params.horizon, params.truthWindow) = (24 hours, 3 hours);
        (params.ringSize, params.riskBps, params.poolRateBps) = (32, 50, 80);
    }

    function setUp() public {
        deployNetwork();
        IERC20 money = IERC20(address(token));
        arbiter = new StakeArbiter(ArbiterTerms(money, address(0x51), 1 hours, 3600, 1800, 1_000, 1_000, FEE));
        challenged = new ChallengedTruth(
            ReputerTerms({
                token: money,
                network: network,
                sink: address(0x51),
                commitWindow: 600,
                revealWindow: 600,
                challengeWindow: 600,
                unstakeDelay: 1 days,
                minStake: 1_000,
                quorumBps: 6_000,
                outlierBps: 2_000,
                silenceBps: 100,
                toleranceBps: 10,
                tolerance: 0
            }),
            arbiter,
            BOND
        );
        TopicParams memory params = terms();
        clock = Clock(params.start, params.cadence, 600, 600, params.horizon, params.truthWindow);
        for (uint256 i = 0; i < 3; ++i) give(juror(i), address(arbiter), FORTUNE);
        for (uint256 i = 0; i < 3; ++i) give(reporter(i), address(challenged), FORTUNE);
        give(CHALLENGER, address(challenged), BOND + FEE);
        topic = network.createTopic(params);
        for (uint256 i = 0; i < 3; ++i) {
            by(juror(i));
            arbiter.register(i, FORTUNE);
            by(reporter(i));
            challenged.takeSeat(topic, i, FORTUNE);
        }
        feed = new DisputeFeed(network);
        rememberWorkers(3);
        fund(POOL);
        seatWorkers(3, STAKE);
    }

    /// @dev Rounds 0 to 24 are published, 1 to 24 are in flight, and round 0 was reported as a lie and challenged.
    function disputedRound() private {
        for (uint256 round = 0; round < DAY; ++round) predict(round, everybody());
        predictAndReport(DAY, LIE);
        by(CHALLENGER);
        challenged.challenge(topic, 0, int104(TRUTH));
    }

    /// @dev A round is predicted in the same windows in which the one a day older is reported.
    function predictAndReport(uint256 round, int104 value) private {
        warpTo(openTime(round));
        commit(round, BATCHER, everybody());
        for (uint256 i = 0; i < 3; ++i) {
            bytes27 sealed_ = challenged.commitmentOf(topic, round - DAY, reporter(i), value, 0);
            by(reporter(i));
            challenged.commit(topic, round - DAY, sealed_);
        }
        warpTo(revealTime(round));
        reveal(round, FIRST, everybody(), ALL);
        for (uint256 i = 0; i < 3; ++i) {
            by(reporter(i));
            challenged.reveal(topic, round - DAY, value, 0);
        }
        warpTo(publishTime(round));
        publish(round);
        challenged.tally(topic, round - DAY);
    }

    function ruled() private {
        uint256 opened = time;
        for (uint256 i = 0; i < 3; ++i) {
            bytes32 sealed_ = arbiter.commitmentOf(1, juror(i), int104(TRUTH), 0);
            by(juror(i));
            arbiter.commit(1, i, sealed_);
        }
        predictAndReport(DAY + 1, int104(TRUTH));
        warpTo(opened + 3600);
        for (uint256 i = 0; i < 3; ++i) {
            by(juror(i));
            arbiter.reveal(1, i, int104(TRUTH), 0);
        }
    }

    /* ONE OF 24 */

    function test_OneDisputedRoundOf24LeavesTheFeedLive() public {
        disputedRound();
        for (uint256 round = 0; round <= DAY; ++round) {
            require(network.roundOf(topic, round).status == RoundStatus.Published, "not in flight");
        }
        require(
            statusIn(network) == FeedStatus.Live && network.read(topic).round == DAY,
            "the dispute stopped the feed"
        );
        require(reasonIn(network) == Reason.None, "a policy refuses a later round's forecast");
        require(statusIn(feed) == FeedStatus.Live, "disputed before anybody marked it");

        // The next forecast is published, and the next round is resolved and settled, while the dispute lasts.
        ruled();
        require(network.read(topic).round == DAY + 1, "nothing published during the dispute");
        refuse(abi.encodeWithSelector(ITopicRounds.TruthUnknown.selector, TruthStatus.Disputed));
        resolve(0);
        warpTo(time + 600);
        resolve(1);
        settle(1);
        require(network.roundOf(topic, 1).status == RoundStatus.Settled, "a neighbour waits for the dispute");

        warpTo(time + 1800);
        resolve(0);
        settle(0);
        require(keptOf[0].resolution.truth == TRUTH, "settled by a lie");
    }

    function test_AnyoneMarksAndClears() public {
        disputedRound();
        Forecast memory plain = network.read(topic);
        by(STRANGER);
        feed.mark(topic, 0);
        require(feed.isMarked(topic, 0) && feed.marksOf(topic) == 1, "not marked");
        Forecast memory marked = feed.read(topic);
        require(marked.status == FeedStatus.Disputed && reasonIn(feed) == Reason.Disputed, "another status");
        plain.status = FeedStatus.Disputed;
        require(keccak256(abi.encode(plain)) == keccak256(abi.encode(marked)), "more than the status differs");
        require(statusIn(network) == FeedStatus.Live, "the network's own feed is marked");

        by(STRANGER);
        feed.mark(topic, 0);
        require(feed.marksOf(topic) == 1, "counted twice");
        vm.expectRevert(abi.encodeWithSelector(DisputeFeed.StillDisputed.selector, topic, 0));
        feed.clear(topic, 0);
        vm.expectRevert(abi.encodeWithSelector(DisputeFeed.NotDisputed.selector, topic, 1));
        feed.mark(topic, 1);

        ruled();
        require(statusIn(feed) == FeedStatus.Disputed, "a new publication clears a mark");
        warpTo(time + 1800);
        vm.expectRevert(abi.encodeWithSelector(DisputeFeed.NotDisputed.selector, topic, 0));
        feed.mark(topic, 0);
        by(STRANGER);
        feed.clear(topic, 0);
        feed.clear(topic, 0);
        require(!feed.isMarked(topic, 0) && feed.marksOf(topic) == 0, "not cleared");
        require(statusIn(feed) == FeedStatus.Live && reasonIn(feed) == Reason.None, "still refused");
    }

    /* A SOURCE THAT MISBEHAVES */

    /// @dev A mark never outlives the truth deadline, whatever the source says, or whether it answers at all.
    function test_AMarkEndsWithTheTruthDeadline() public {
        TopicParams memory params = terms();
        (params.truth, params.description) = (address(truth), "Whom do you trust?");
        TopicId other = network.createTopic(params);
        truth.set(TruthStatus.Disputed, 0);
        feed.mark(other, 3);
        feed.mark(other, 4);
        require(feed.marksOf(other) == 2, "another count");
        warpTo(deadline(3) - 1);
        vm.expectRevert(abi.encodeWithSelector(DisputeFeed.StillDisputed.selector, other, 3));
        feed.clear(other, 3);
        warpTo(deadline(3));
        feed.clear(other, 3);
        vm.expectRevert(abi.encodeWithSelector(DisputeFeed.NotDisputed.selector, other, 3));
        feed.mark(other, 3);
        require(feed.marksOf(other) == 1, "cleared the wrong round");

        vm.expectRevert(abi.encodeWithSelector(DisputeFeed.NotDisputed.selector, other, 2 ** 24));
        feed.mark(other, 2 ** 24);
        require(statusIn(feed, other) == FeedStatus.Void, "disputed without a forecast");
    }

    function test_RefusesAnUnknownTopic() public {
        TopicId unknown = TopicId.wrap(bytes32(uint256(1)));
        vm.expectRevert(abi.encodeWithSelector(DisputeFeed.UnknownTopic.selector, unknown));
        feed.mark(unknown, 0);
        vm.expectRevert(abi.encodeWithSelector(DisputeFeed.UnknownTopic.selector, unknown));
        feed.clear(unknown, 0);
        require(!feed.isTopic(unknown) && feed.isTopic(topic), "another topic");
        require(statusIn(feed, unknown) == FeedStatus.Void, "read something");
        require(feed.decimalsOf(topic) == network.decimalsOf(topic), "other decimals");
        require(feed.publishedOf(topic) == network.publishedOf(topic), "another count");
    }

    /* HELPERS */

    function statusIn(ITopicFeed from) private view returns (FeedStatus) {
        return statusIn(from, topic);
    }

    function statusIn(ITopicFeed from, TopicId id) private view returns (FeedStatus) {
        return from.read(id).status;
    }

    function reasonIn(ITopicFeed from) private view returns (Reason) {
        Policy memory none;
        return ForecastPolicy.judge(none, from.read(topic));
    }

    function give(address account, address spender, uint256 amount) private {
        token.mint(account, amount);
        by(account);
        token.approve(spender, amount);
    }

    function reporter(uint256 i) private pure returns (address) {
        return address(uint160(0xB0 + i));
    }

    function juror(uint256 i) private pure returns (address) {
        return address(uint160(0xD0 + i));
    }
}

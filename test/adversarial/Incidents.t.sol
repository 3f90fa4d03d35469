// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {VolatilityLending, LendingTerms} from "../../contracts/examples/VolatilityLending.sol";
import {FeedFactory} from "../../contracts/feeds/FeedFactory.sol";
import {ForecastPolicy, Policy} from "../../contracts/feeds/ForecastPolicy.sol";
import {GuardedFeed} from "../../contracts/feeds/GuardedFeed.sol";
import {RiskParameters, RiskTerms} from "../../contracts/feeds/RiskParameters.sol";
import {TopicFeed} from "../../contracts/feeds/TopicFeed.sol";
import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicNetwork} from "../../contracts/interfaces/ITopicNetwork.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {MockAggregator} from "../../contracts/mocks/MockAggregator.sol";
import {MockTopicFeed} from "../../contracts/mocks/MockTopicFeed.sol";
import {TestToken} from "../../contracts/mocks/TestToken.sol";
import {FeedTruth} from "../../contracts/truth/FeedTruth.sol";
import {FeedStatus} from "../../contracts/types/Feed.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {SignedCommitment} from "../../contracts/types/Seal.sol";
import {TopicId, TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";
import {vm} from "../helpers/Vm.sol";

/// @dev Runs any call for anyone and puts a name behind it, as forwarders of meta-transactions do.
contract OpenForwarder {
    function execute(address target, bytes calldata data, address as_) external returns (bool ok, bytes memory answer) {
        return target.call(bytes.concat(data, abi.encodePacked(as_)));
    }
}

/// @notice What went wrong at oracles and at those who read them, in the order of the public records, each as a test of what
/// would happen here. Two do not apply, for there is nothing here that they could happen to:
///
/// 9, a rogue key in an aggregate signature (Chronicle, found before use): no signature here stands for several signers;
/// each prediction carries its own.
///
/// 22, two sessions of one joint signature (ROS, Drijvers): no signature here is made in a session between signers, and no
/// nonce is shared.
contract IncidentsTest is Stages {
    uint256 private constant MANY = 11;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.seats = 16;
    }

    /// @dev The source limits what may depend on it, and bears all there is but where a test says otherwise.
    function security() internal pure override returns (uint256) {
        return 1e24;
    }

    /// @dev Eleven workers with equal stakes; the last `others` say `value`, the rest 100 give or take 1.
    function crowd(uint256 others, int256 value) private returns (Said[] memory list) {
        opened();
        rememberWorkers(MANY);
        seatWorkers(MANY, STAKE);
        list = new Said[](MANY);
        for (uint256 i = 0; i < MANY; i++) {
            int256 honest = 99e18 + int256(i % 3) * 1e18;
            list[i] = say(i, i < MANY - others ? honest : value, 10_000);
        }
        predict(ROUND, list);
    }

    function guarded(Policy memory policy) private returns (GuardedFeed) {
        return new FeedFactory(network).createGuardedFeed(topic, policy);
    }

    function plain() private returns (TopicFeed) {
        return new FeedFactory(network).createFeed(topic);
    }

    /// @notice LUNA, May 2022: a feed stood at its least answer while the market fell through it, and lenders took it.
    function test_01_AValueBeyondItsBoundsIsRefusedAndAFeedThatStopsSaysSo() public {
        published();
        Policy memory policy;
        (policy.minValue, policy.maxValue) = (110e18, 200e18);
        GuardedFeed feed = guarded(policy);
        int256 value = network.read(topic).value;
        refuse(abi.encodeWithSelector(ForecastPolicy.ValueOutOfRange.selector, value, 110e18, 200e18));
        feed.latestRoundData();

        policy.minValue = 1;
        feed = guarded(policy);
        feed.latestRoundData();
        uint256 publishedAt = time;
        warpTo(targetTime(ROUND));
        refuse(abi.encodeWithSelector(ForecastPolicy.ForecastStale.selector, time, time));
        feed.latestRoundData();
        (, , , uint256 updatedAt, ) = plain().latestRoundData();
        require(updatedAt == publishedAt, "an old answer under a new time");
    }

    /// @notice Pyth, September 2021: two publishers of Bitcoin's price said almost zero, and their small intervals gave them
    /// weight. Confidence here is money at risk and nothing else.
    function test_02_TwoPublishersNearZeroMoveTheValueByLittle() public {
        crowd(2, 1e10);
        int256 value = network.read(topic).value;
        require(95e18 <= value && value <= 101e18, "two of eleven moved it");
    }

    /// @notice Synthetix, June 2019: one source of sKRW was a thousandfold off, only two were left, and they were averaged.
    function test_03_TwoSourcesAreNotEnoughWhereThreeAreRequired() public {
        staked();
        predict(ROUND, without(everybody(), 2));
        Policy memory policy;
        policy.minContributors = 3;
        GuardedFeed feed = guarded(policy);
        refuse(abi.encodeWithSelector(ForecastPolicy.TooFewContributors.selector, 2, 3));
        feed.latestRoundData();

        // Below the topic's own least number there is no value at all: the one before stays, and says that it is thin.
        int256 before = network.read(topic).value;
        predict(1, only(everybody()[0]));
        require(network.read(topic).value == before && network.read(topic).status == FeedStatus.Thin, "not refused");
    }

    /// @notice Moonwell, November 2025: most nodes of a feed shared one broken upstream, and wrsETH was worth 1.65 million ether.
    function test_04_AMajorityWithABrokenUpstreamIsHeldByTheTopicsDomain() public {
        crowd(8, 999e18);
        int256 value = network.read(topic).value;
        require(value <= toldOf(ROUND).domainHigh, "beyond the domain");
        require(toldOf(ROUND).domainHigh <= 100e18 + 4 * 5e18, "the domain is no bound");
        Policy memory policy;
        (policy.minValue, policy.maxValue) = (90e18, 110e18);
        GuardedFeed feed = guarded(policy);
        vm.expectRevert();
        feed.latestRoundData();
    }

    /// @notice Aave's CAPO, March 2026: a capped ratio moved by less than its time did, so that the cap lay below the value
    /// accepted before. Here a step's value and time are one write, and no step leads away from the forecast.
    function testFuzz_05_ACappedStepMovesValueAndTimeTogether(uint256 seed) public {
        vm.warp(1_800_000_000);
        (MockTopicFeed feed, TopicId asked) = mock();
        Policy memory policy;
        policy.maxAge = 3 hours;
        RiskTerms memory limits = RiskTerms(20e18, 60e18, 8_000, 4_000, 6_000, 50, 1 hours, 1 days, address(0));
        RiskParameters oracle = new RiskParameters(feed, asked, policy, "LTV", address(this), limits);
        uint256 last = 6_000;
        for (uint256 i = 0; i < 20; ++i) {
            vm.warp(1_800_000_000 + i * (1 hours + (seed % 7 days)));
            int256 value = int256(uint256(keccak256(abi.encode(seed, i))) % 80e18);
            feed.publish(asked, value, 1);
            uint256 aim = oracle.aimOf(value);
            if (aim == last) continue;
            uint256 id = oracle.propose();
            require(oracle.getUpdateById(id).timestamp == 1_800_000_000 + i * (1 hours + (seed % 7 days)), "time");
            uint256 next = abi.decode(oracle.getUpdateById(id).newValue, (uint256));
            require(aim > last ? last < next && next <= aim : aim <= next && next < last, "away from the forecast");
            last = next;
        }
    }

    function mock() private returns (MockTopicFeed feed, TopicId asked) {
        feed = new MockTopicFeed();
        TopicParams memory params;
        (params.cadence, params.decimals) = (3_600, 8);
        asked = feed.createTopic(params);
    }

    /// @notice BonqDAO, February 2023: whoever bought a small stake could report a price and borrow against it at once.
    function test_06_AStakeThatIsBoughtNowSaysNothingNow() public {
        staked();
        warpTo(openTime(ROUND));
        deposit(4, 1e24);
        SignedCommitment[] memory own = only(unsigned(commitmentOf(ROUND, say(4, 900e18, 10_000))));
        refuse(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        by(workerAt(4));
        network.commit(topic, ROUND, own);
        require(network.read(topic).status == FeedStatus.Void, "published");
    }

    /// @notice KiloEx, April 2025: an open forwarder was trusted to name whom it acts for.
    function test_07_AForwarderActsForNobodyButItself() public {
        staked();
        OpenForwarder forwarder = new OpenForwarder();
        address owner = workerAt(0);
        bytes[4] memory calls = [
            abi.encodeCall(ITopicDesk.revoke, (topic, owner)),
            abi.encodeCall(ITopicDesk.unstake, (topic, owner, 1)),
            abi.encodeCall(ITopicDesk.takeSeat, (topic, owner, 7)),
            abi.encodeCall(ITopicDesk.withdraw, (topic, owner))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool ok, bytes memory answer) = forwarder.execute(address(network), calls[i], owner);
            bytes memory refusal = abi.encodeWithSelector(ITopicDesk.NotOwner.selector, address(forwarder), owner);
            require(!ok && keccak256(answer) == keccak256(refusal), "acted for its victim");
        }
    }

    /// @notice Flare's relay, guarded in its own tests: signatures that recover to zero, or to a number of the attacker's choice.
    function test_08_ForgedSignaturesBindNobody() public {
        staked();
        predict(ROUND, everybody());
        address victim = workerAt(0);
        SignedCommitment memory one = signed(ROUND, everybody()[0]);
        SignedCommitment memory forged = SignedCommitment(bytes20(victim), 0, 0);
        bytes32[4] memory rs = [bytes32(0), bytes32(uint256(uint160(victim))), one.r, bytes32(type(uint256).max)];
        bytes32[4] memory vss = [
            bytes32(0),
            bytes32(uint256(1)),
            one.vs ^ bytes32(uint256(1) << 255),
            bytes32(type(uint256).max)
        ];
        for (uint256 i = 0; i < 4; ++i)
            for (uint256 j = 0; j < 4; ++j) {
                (forged.r, forged.vs) = (rs[i], vss[j]);
                refuse(abi.encodeWithSelector(ITopicRounds.BadSignature.selector, victim));
                network.slashEquivocation(topic, ROUND, victim, one, forged);
            }
    }

    /// @notice Polymarket, March 2025: a quarter of the votes, in three accounts, decided a market worth more than they did.
    function test_10_NoMoreDependsOnATruthThanCorruptingItCosts() public {
        staked();
        // Four rounds may hang on it at once, so that each exposes a quarter of what corrupting the source costs.
        truth.setSecurity(400);
        predict(ROUND, everybody());
        require(toldOf(ROUND).wagers == 1_000 && toldOf(ROUND).exposed == 100, "more than the source can bear");
    }

    /// @notice Stream, November 2025: a price was a constant in the code, and nothing told it from a live one.
    function test_11_AConstantFeedIsToldApartFromALiveOne() public {
        published();
        TopicFeed feed = plain();
        (uint80 roundId, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        warpTo(time + 365 days);
        (uint80 later, int256 same, , uint256 still, ) = feed.latestRoundData();
        require(later == roundId && same == answer && still == updatedAt, "a year made it younger");
        require(time - still > feed.heartbeat() && feed.forecast().status == FeedStatus.Stale, "looks live");
    }

    /// @notice Rollups: the first blocks after an outage of the sequencer carry prices from before it.
    function test_12_AfterAnOutageOfTheSequencerNothingIsAcceptedForAWhile() public {
        MockAggregator sequencer = new MockAggregator(0, "uptime");
        published();
        Policy memory policy;
        (policy.sequencerFeed, policy.grace) = (address(sequencer), 60);
        GuardedFeed feed = guarded(policy);
        sequencer.push(1, uint64(time));
        refuse(abi.encodeWithSelector(ForecastPolicy.SequencerDown.selector));
        feed.latestRoundData();
        sequencer.push(0, uint64(time));
        warpTo(time + 60);
        refuse(abi.encodeWithSelector(ForecastPolicy.SequencerJustUp.selector, 60, 60));
        feed.latestRoundData();
        warpTo(time + 1);
        feed.latestRoundData();
    }

    /// @notice Gravita and Perennial, 2023: a new aggregator behind a proxy made round ids jump, and `roundId - 1` meant nothing.
    function test_13_RoundIdsGrowByOneAndAnUpgradedSourceKeepsItsAnswer() public {
        published();
        TopicFeed feed = plain();
        require(feed.latestRound() == 1, "the first");
        feed.history().record(topic);
        finish(ROUND, TRUTH);
        predict(3, only(everybody()[0]));
        require(feed.latestRound() == 1, "a void round was counted");
        predict(6, everybody());
        require(feed.latestRound() == 2, "a gap");
        (uint80 id, int256 answer, , uint256 updatedAt, ) = feed.getRoundData(1);
        require(id == 1 && answer > 0 && updatedAt == publishTime(ROUND), "the round before");

        MockAggregator source = new MockAggregator(18, "upgraded");
        source.push(7e18, 1_000);
        source.push(8e18, 2_000);
        FeedTruth proven = new FeedTruth(source, 3_600);
        source.startPhase();
        source.push(9e18, 1_400);
        source.push(10e18, 3_000);
        (TruthStatus status, int256 value) = proven.truthOf(topic, 0, 1_500, proven.proofOf(1_500));
        require(status == TruthStatus.Known && value == 7e18, "the new phase rewrote the old answer");
    }

    /// @notice Allora's consumer: an older message that came late overwrote a newer value.
    function test_14_AnOlderRoundThatComesLateDoesNotReplaceAYoungerOne() public {
        staked();
        for (uint256 round = 0; round < 2; ++round) {
            warpTo(openTime(round));
            commit(round, BATCHER, everybody());
            warpTo(revealTime(round));
            reveal(round, FIRST, everybody(), ALL);
        }
        warpTo(publishTime(1));
        publish(1);
        bytes32 before = keccak256(abi.encode(network.read(topic)));
        publish(0);
        require(roundOf(0).status == RoundStatus.Published, "not published");
        require(keccak256(abi.encode(network.read(topic))) == before, "overwritten");
    }

    /// @notice Casts and exponents: a value that does not survive the way to a view of other decimals, or loses its sign.
    function testFuzz_15_ViewsKeepSignAndScale(int104 value, uint8 decimals) public {
        decimals %= 19;
        MockTopicFeed feed = new MockTopicFeed();
        TopicParams memory params;
        (params.cadence, params.decimals) = (3_600, decimals);
        TopicId asked = feed.createTopic(params);
        feed.publish(asked, value, 0);
        TopicFeed seen = new FeedFactory(ITopicNetwork(address(feed))).createFeed(asked);
        int256 unit = int256(10 ** (18 - decimals));
        (, int256 answer, , , ) = seen.latestRoundData();
        int256 rest = int256(value) - answer * unit;
        require(answer == 0 || (answer < 0) == (value < 0), "sign");
        require(-unit < rest && rest < unit, "scale");
    }

    /// @notice Copying, as in networks that take weights in the open: here a copy is sealed under the copier's own name, which
    /// the statement inside does not carry.
    function test_16_ACopiedCommitmentCannotBeOpenedAndCosts() public {
        staked();
        Said[] memory list = without(everybody(), 2);
        SignedCommitment[] memory all = commitmentsOf(ROUND, BATCHER, list);
        all[1] = signedBy(1, ROUND, all[0].commitment);
        warpTo(openTime(ROUND));
        commit(ROUND, BATCHER, all);
        warpTo(revealTime(ROUND));
        list[1] = Said(1, list[0].value, list[0].confidence, list[0].salt);
        unfold(ROUND);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, ROUND));
        reveal(ROUND, FIRST, list, ALL);
        reveal(ROUND, FIRST, list, 1);
        require(keptOf[ROUND].revealed.workers.length == 1, "the copy was opened");
        warpTo(publishTime(ROUND));
        slashSilent(ROUND, 1);
        require(positionOf(1).stake < STAKE, "copying was free");
    }

    /// @notice Replay across rounds, topics and chains.
    function test_17_ASignatureCountsInItsRoundAndTopicAlone() public {
        staked();
        Said memory said = everybody()[0];
        SignedCommitment memory ofOther = signed(ROUND + 1, said);
        ofOther.commitment = commitmentOf(ROUND, said);
        warpTo(openTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        network.commit(topic, ROUND, only(ofOther));

        SignedCommitment[] memory own = only(signed(ROUND, said));
        TopicParams memory params = terms();
        params.description = "What else?";
        TopicId other = network.createTopic(params);
        refuse(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        network.commit(other, ROUND, own);

        // Another chain has another separator, and so signs another hash.
        bytes32 elsewhere = keccak256(
            abi.encodePacked(hex"1901", keccak256("another chain"), statementOf(ROUND, own[0].commitment))
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf(0), elsewhere);
        own[0] = SignedCommitment(own[0].commitment, r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
        refuse(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        network.commit(topic, ROUND, own);
    }

    /// @notice A settlement that a participant can make too dear, or revert by a callback. Nothing is called back here, and what
    /// a worker adds to a settlement stays below its share of a transaction that may hold 256 of them.
    function test_18_WhatAWorkerAddsToASettlementIsBounded() public {
        crowd(0, 0);
        warpTo(targetTime(ROUND));
        resolve(ROUND, TRUTH);
        uint256 held = gasleft();
        settle(ROUND);
        require(held - gasleft() < (uint256(16_777_216) * MANY) / 256, "a full room would not fit a transaction");
        require(roundOf(ROUND).status == RoundStatus.Settled, "not settled");
    }

    /// @notice Infernet: where an arbiter stayed silent, time decided for one side. Here it decides for nobody.
    function test_19_ATruthThatNeverComesVoidsTheRoundAndMovesNoMoney() public {
        published();
        bytes32 before = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2)));
        warpTo(deadline(ROUND) - 1);
        vm.expectRevert();
        voidRound(ROUND);
        warpTo(deadline(ROUND));
        voidRound(ROUND);
        require(roundOf(ROUND).status == RoundStatus.Void, "not void");
        require(keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2))) == before, "money moved");
        // And the truth that comes after all changes nothing.
        truth.set(TruthStatus.Known, TRUTH);
        network.resolve(topic, ROUND, keptOf[ROUND].outcome, "");
        require(roundOf(ROUND).status == RoundStatus.Void, "decided after all");
        require(keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2))) == before, "money moved after all");
    }

    /// @notice Pull oracles: whoever brings the update picks the one it likes, and acts before and after it in one block.
    function test_20_UpdatesAroundABorrowingInOneBlockMoveOneStep() public {
        vm.warp(1_800_000_000);
        (MockTopicFeed feed, TopicId asked) = mock();
        Policy memory policy;
        policy.maxAge = 3 hours;
        LendingTerms memory limits = LendingTerms(4_000, 8_000, 500, 1 hours, 20e18);
        VolatilityLending lending = new VolatilityLending(
            feed,
            asked,
            policy,
            new TestToken("Collateral", "C"),
            new TestToken("Asset", "A"),
            limits
        );
        for (uint256 i = 0; i < 10; ++i) {
            feed.publish(asked, i % 2 == 0 ? int256(1e18) : int256(900e18), 1);
            lending.update();
        }
        require(lending.loanToValueBps() == 4_500, "more than one step in a block");
    }

    /// @notice Numerai and Tellor: stake that was slashed, or had been asked back, was counted twice.
    function test_21_StakeThatLeavesPaysForWhatItDidAndPaysOnce() public {
        staked();
        warpTo(openTime(ROUND));
        commit(ROUND, BATCHER, everybody());
        unstake(2, STAKE);
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), 3);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        slashSilent(ROUND, 2);
        uint256 left = uint256(positionOf(2).stake) + positionOf(2).leaving;
        require(left == STAKE - 200, "half of what it may risk");
        slashSilent(ROUND, 2);
        finish(ROUND, TRUTH);
        warpTo(time + 10_000);
        by(workerAt(2));
        network.withdraw(topic, workerAt(2));
        require(token.balanceOf(workerAt(2)) == STAKE - 200, "paid out more or less than was left");
    }
}

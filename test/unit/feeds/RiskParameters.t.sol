// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Policy, Reason} from "../../../contracts/feeds/ForecastPolicy.sol";
import {Policies} from "../../../contracts/feeds/Policies.sol";
import {RiskParameters, RiskTerms} from "../../../contracts/feeds/RiskParameters.sol";
import {IRiskOracle, RiskParameterUpdate} from "../../../contracts/interfaces/IRiskOracle.sol";
import {ForecastTest} from "../../../contracts/testing/ForecastTest.sol";
import {Forecast} from "../../../contracts/types/Feed.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {vm} from "../../helpers/Vm.sol";

/// @notice A steward by the published rules of Aave's edge steward: reads the latest update of a parameter and a market,
/// refuses one that it applied or that is older than its own expiry, and bounds the change by its own range.
contract Steward {
    IRiskOracle private immutable oracle;
    mapping(uint256 id => bool) private applied;
    uint256 public ltv;

    constructor(IRiskOracle oracle_, uint256 ltv_) {
        (oracle, ltv) = (oracle_, ltv_);
    }

    function apply_(address market) external {
        RiskParameterUpdate memory update = oracle.getLatestUpdateByParameterAndMarket("LTV", market);
        require(!applied[update.updateId], "applied");
        require(block.timestamp <= update.timestamp + 10 days, "expired");
        uint256 value = abi.decode(update.newValue, (uint256));
        uint256 change = value > ltv ? value - ltv : ltv - value;
        require(change <= 50, "beyond the steward's range");
        (ltv, applied[update.updateId]) = (value, true);
    }
}

/// @notice Loan-to-value in basis points: 8,000 up to a volatility of 20 per cent, 4,000 from 60 on; 50 a step, a day apart,
/// answered for three days. The market has 7,900.
contract RiskParametersTest is ForecastTest {
    address private constant MARKET = address(0x3a4e7);
    address private constant GUARDIAN = address(0x60a4d);

    RiskParameters private oracle;
    Steward private steward;

    function setUp() external {
        oracle = build("LTV", terms());
        steward = new Steward(oracle, 7_900);
    }

    function terms() private pure returns (RiskTerms memory) {
        return RiskTerms(20e18, 60e18, 8_000, 4_000, 7_900, 50, 1 days, 3 days, GUARDIAN);
    }

    function build(string memory updateType, RiskTerms memory terms_) private returns (RiskParameters) {
        Policy memory policy = Policies.lending();
        policy.sequencerFeed = address(sequencer);
        return new RiskParameters(feed, topic, policy, updateType, MARKET, terms_);
    }

    function test_RefusesTermsWithoutASlopeOrALimit() external {
        for (uint256 i = 0; i < 5; ++i) {
            RiskTerms memory bad = terms();
            if (i == 0) bad.wild = bad.calm;
            if (i == 1) bad.atWild = bad.atCalm;
            if (i == 2) bad.step = 0;
            if (i == 3) bad.pause = 0;
            if (i == 4) bad.expiry = 0;
            vm.expectRevert(abi.encodeWithSelector(RiskParameters.UnsoundTerms.selector));
            build("LTV", bad);
        }
        vm.expectRevert(abi.encodeWithSelector(RiskParameters.UnsoundTerms.selector));
        build("", terms());
    }

    function test_AnswersNothingBeforeTheFirstProposalOrForAnythingElse() external {
        refusesToAnswer("LTV", MARKET);
        vm.expectRevert(abi.encodeWithSelector(RiskParameters.UnknownUpdate.selector, 0));
        oracle.getUpdateById(0);
        oracle.propose();
        refusesToAnswer("SupplyCap", MARKET);
        refusesToAnswer("LTV", address(this));
        vm.expectRevert(abi.encodeWithSelector(RiskParameters.UnknownUpdate.selector, 2));
        oracle.getUpdateById(2);
    }

    function refusesToAnswer(string memory updateType, address market) private {
        vm.expectRevert(abi.encodeWithSelector(RiskParameters.NoUpdate.selector, updateType, market));
        oracle.getLatestUpdateByParameterAndMarket(updateType, market);
    }

    function test_ProposesOneStepTowardsWhatTheForecastAsksFor() external {
        feed.publish(topic, 40e18, 1e18);
        require(oracle.propose() == 1, "id");
        RiskParameterUpdate memory update = oracle.getLatestUpdateByParameterAndMarket("LTV", MARKET);
        require(abi.decode(update.newValue, (uint256)) == 7_850, "new");
        require(abi.decode(update.previousValue, (uint256)) == 7_900, "previous");
        require(update.timestamp == block.timestamp && update.updateId == 1 && update.market == MARKET, "what");
        (TopicId asked, Forecast memory basis) = abi.decode(update.additionalData, (TopicId, Forecast));
        require(TopicId.unwrap(asked) == TopicId.unwrap(topic) && basis.value == 40e18, "basis");
        require(keccak256(abi.encode(oracle.getUpdateById(1))) == keccak256(abi.encode(update)), "by id");
    }

    function test_AStewardAppliesAProposalOnce() external {
        oracle.propose();
        steward.apply_(MARKET);
        require(steward.ltv() == 7_950, "calm: a step up");
        vm.expectRevert(bytes("applied"));
        steward.apply_(MARKET);
    }

    function test_PausesBetweenTwoProposals() external {
        oracle.propose();
        uint256 from = block.timestamp + 1 days;
        vm.warp(from - 1);
        vm.expectRevert(abi.encodeWithSelector(RiskParameters.TooSoon.selector, from - 1, from));
        oracle.propose();
        vm.warp(from);
        feed.publish(topic, GOOD, 1e18);
        oracle.propose();
    }

    function test_ProposesNothingWhereTheParameterIs() external {
        RiskTerms memory there = terms();
        there.start = 8_000;
        oracle = build("LTV", there);
        vm.expectRevert(abi.encodeWithSelector(RiskParameters.NothingToPropose.selector, 8_000));
        oracle.propose();
    }

    function test_AProposalRunsOut() external {
        oracle.propose();
        vm.warp(block.timestamp + 3 days);
        oracle.getUpdateById(1);
        vm.warp(block.timestamp + 1);
        refusesToAnswer("LTV", MARKET);
        vm.expectRevert(abi.encodeWithSelector(RiskParameters.UnknownUpdate.selector, 1));
        oracle.getUpdateById(1);
    }

    function test_TheGuardianFreezesForGoodAndNobodyElse() external {
        oracle.propose();
        vm.expectRevert(abi.encodeWithSelector(RiskParameters.NotGuardian.selector, address(this)));
        oracle.freeze();
        vm.prank(GUARDIAN);
        oracle.freeze();
        refusesToAnswer("LTV", MARKET);
        vm.warp(block.timestamp + 1 days);
        feed.publish(topic, 40e18, 1e18);
        vm.expectRevert(abi.encodeWithSelector(RiskParameters.Frozen.selector));
        oracle.propose();
    }

    function test_ProposesNothingUnderAForecastThatIsNotGood() external {
        bytes memory code = address(feed).code;
        for (uint256 i = 1; i < forecastNames().length; ++i) {
            enterForecast(i);
            (bool ok, bytes memory reason) = address(oracle).call(abi.encodeCall(RiskParameters.propose, ()));
            if (i == 11) etch(code);
            require(!ok && bytes4(reason) == RiskParameters.NoForecast.selector, forecastNames()[i]);
        }
        refusesToAnswer("LTV", MARKET);
    }

    function etch(bytes memory code) private {
        (bool ok, ) = address(vm).call(abi.encodeWithSignature("etch(address,bytes)", address(feed), code));
        require(ok, "etch");
    }

    /// @dev The attack: to own the topic for a month and drive the market as far as it goes.
    function testFuzz_NoForecastMovesAMarketFasterOrFartherThanTheGuardLets(uint256 seed) external {
        uint256 value = 7_900;
        uint256 start = block.timestamp;
        for (uint256 i = 0; i < 90; ++i) {
            vm.warp(start + i * 8 hours);
            feed.publish(topic, int256(1e16 + (uint256(keccak256(abi.encode(seed, i))) % 999e18)), 1);
            try oracle.propose() {
                uint256 next = abi.decode(oracle.getUpdateById(lastId(i)).newValue, (uint256));
                require(next >= 4_000 && next <= 8_000, "outside of its ends");
                require((next > value ? next - value : value - next) <= 50, "more than a step");
                value = next;
            } catch {}
        }
        require(value + 50 * 30 >= 7_900, "more than a step a day");
    }

    /// @dev Proposals are counted without a gap, so that the latest is the only one answered.
    function lastId(uint256 most) private view returns (uint256 id) {
        for (id = 1; id <= most + 1; ++id) {
            try oracle.getUpdateById(id) {
                return id;
            } catch {}
        }
    }

    function testFuzz_AimsLieBetweenTheEndsAndFallAsForecastsRise(int256 low, int256 high) external view {
        (low, high) = (low % 1e22, high % 1e22);
        if (low > high) (low, high) = (high, low);
        require(oracle.aimOf(low) >= oracle.aimOf(high), "rises");
        require(oracle.aimOf(high) >= 4_000 && oracle.aimOf(low) <= 8_000, "ends");
    }

    function test_ACapThatRisesWithTheForecastIsAimedAtAsWell() external {
        RiskTerms memory rising = terms();
        (rising.atCalm, rising.atWild, rising.start) = (100, 900, 100);
        oracle = build("SupplyCap", rising);
        require(oracle.aimOf(19e18) == 100 && oracle.aimOf(40e18) == 500 && oracle.aimOf(61e18) == 900, "aims");
    }

    function test_SaysWhyThereIsNothingToProposeBy() external {
        feed.setThin(topic);
        vm.expectRevert(abi.encodeWithSelector(RiskParameters.NoForecast.selector, Reason.Thin));
        oracle.propose();
    }
}

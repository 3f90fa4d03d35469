// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Phase, RoundStatus} from "../../contracts/types/Round.sol";
import {SignedCommitment} from "../../contracts/types/Seal.sol";
import {DomainKind, TopicParams} from "../../contracts/types/Topic.sol";
import {NetworkDriver, Said} from "../helpers/NetworkDriver.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Numbers and words are those of docs/Invariants.md.
contract ExtremesTest is NetworkDriver {
    uint256 private constant ROUNDS = 7;
    uint96 private constant SUPPLY = type(uint96).max;

    TopicParams private chosen;

    function terms() internal view override returns (TopicParams memory params) {
        params = chosen;
        params.truth = address(truth);
    }

    function choose(uint256 seed) private {
        TopicParams memory params = super.terms();
        params.minWorkers = 1;
        params.minWager = 0;
        params.minStake = 1;
        params.domain = DomainKind(seed % 3);
        bool isWide = seed & 8 == 0;
        if (isWide) (params.min, params.max) = (type(int104).min, type(int104).max);
        params.center = [params.min, params.max, int104(0)][(seed >> 4) % 3];
        params.sigma = [uint104(1), uint104(type(uint104).max >> 1), params.sigma][(seed >> 8) % 3];
        params.domainScale = [uint16(1), type(uint16).max, 30_000][(seed >> 16) % 3];
        params.cadence = params.horizon;
        (params.ringSize, params.riskBps) = seed & 1 == 0 ? (1, 1600) : (4, 400);
        // The most that a ring may owe.
        (params.poolRateBps, params.rewardCapBps) = (params.ringSize == 1 ? 10_000 : 833, 10_000);
        params.poolShareBps = [uint16(0), 10_000, 5_000][(seed >> 20) % 3];
        params.referenceRateBps = [uint16(1), 10_000, 300][(seed >> 22) % 3];
        chosen = params;
        openTopic();
    }

    /* ALL THE MONEY THERE IS */

    /// hardhat-config: fuzz.runs = 96
    function testFuzz_20_NothingRevertsAtTheEndsOfEveryRange(uint256 seed) public {
        choose(seed);
        uint256 workers = 1 + ((seed >> 24) % 3);
        uint96 pool = [uint96(1), SUPPLY / 2, 1e18][(seed >> 32) % 3];
        fund(pool);
        uint96 rest = SUPPLY - pool - 2;
        if (workers > 1) deposit(1, 1);
        if (workers > 2) deposit(2, 1);
        deposit(0, rest + uint96(3 - workers));
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < workers; i++) seatWorker(i, uint8(i));

        for (uint256 i = 0; i < ROUNDS; i++) playExtreme(3 * i, workers, uint256(keccak256(abi.encode(seed, i))));
        require(token.balanceOf(address(network)) == SUPPLY, "money left");
        requireAccounted(workers);
    }

    function playExtreme(uint256 round, uint256 workers, uint256 draw) private {
        Said[] memory said = new Said[](workers);
        for (uint256 i = 0; i < workers; i++) {
            said[i] = say(i, extreme(draw >> (8 * i)), (draw >> i) & 1 == 0 ? 10_000 : 1);
        }
        // Who has nothing to risk is passed over.
        for (uint256 i = 1; i < workers; i++) {
            if ((uint256(positionOf(i).stake) * terms().riskBps) / 10_000 == 0) said = without(said, i);
        }
        predict(round, said);
        if ((draw >> 24) % 2 == 0) slashBoth(round, said[0], say(0, 1, 1));
        finish(round, (draw >> 32) % 8 == 0 ? beyond(draw >> 40) : extreme(draw >> 32));
        require(roundOf(round).status == RoundStatus.Settled, "not settled");
        network.read(topic);
    }

    function extreme(uint256 draw) private view returns (int256) {
        int256[6] memory ends = [
            int256(type(int104).min),
            type(int104).max,
            terms().min,
            terms().max,
            0,
            terms().center
        ];
        return ends[draw % 6];
    }

    /// @dev A truth source may answer more than a value can be.
    function beyond(uint256 draw) private pure returns (int256) {
        return draw % 2 == 0 ? type(int256).min : type(int256).max;
    }

    function requireAccounted(uint256 workers) private view {
        uint256 sum = network.topicOf(topic).pool + network.claimableOf(KEEPER);
        sum += network.claimableOf(address(this)) + network.claimableOf(network.sink());
        for (uint256 i = 0; i < workers; i++) sum += positionOf(i).stake;
        require(sum == SUPPLY, "not accounted for");
    }

    /* ALL THE WORKERS THERE ARE */

    function test_20_TwoHundredAndFiftySixWorkersPlayARoundInOneBatch() public {
        fillHouse();
        predict(0, fullHouse());
        requirePlayed();
    }

    function test_20_TwoHundredAndFiftySixWorkersPlayARoundEachByItself() public {
        fillHouse();
        Said[] memory said = fullHouse();
        warpTo(openTime(0));
        for (uint256 i = 0; i < 256; i++) commitOwn(0, said[i]);
        warpTo(revealTime(0));
        for (uint256 i = 0; i < 256; i++) revealOwn(0, said[i]);
        require(keptOf[0].revealed.counts.length == 256, "not each by itself");
        warpTo(publishTime(0));
        publish(0);
        requirePlayed();
    }

    /// @dev Every seat is awaited: no bit is set until the first of them is opened.
    function test_20_TwoHundredAndFiftySixSeatsAreAwaitedAndHeardInOneList() public {
        fillHouse();
        Said[] memory said = fullHouse();
        warpTo(openTime(0));
        commit(0, BATCHER, said);
        require(roundOf(0).closed == 0 && sealsIn[0][FIRST].length == 256, "not all of them are awaited");
        refuseAnother(say(77, 1e18, 1));

        warpTo(revealTime(0));
        reveal(0, FIRST, said, ALL - 1);
        require(roundOf(0).closed == ALL - 1 && roundOf(0).count == 255, "not just one is awaited");
        publish(0, abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Reveal, Phase.Live));
        reveal(0, FIRST, said, 1);
        require(roundOf(0).closed == ALL && roundOf(0).count == 256, "not all of them were heard");
        publish(0);
        requirePlayed();
    }

    function test_20_TwoHundredAndFiftySixSeatsAreHeardAndPublishedInOneCall() public {
        fillHouse();
        warpTo(openTime(0));
        commit(0, BATCHER, fullHouse());
        warpTo(revealTime(0));
        revealAndPublish(0, fullHouse());
        require(roundOf(0).count == 256, "not all of them were heard");
        requirePlayed();
    }

    function refuseAnother(Said memory said) private {
        SignedCommitment[] memory another = only(signed(0, said));
        vm.expectRevert(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        network.commit(topic, 0, another);
    }

    function test_20_TwoHundredAndFiftySixSeatsThatStaySilentMakeTheRoundVoid() public {
        fillHouse();
        warpTo(openTime(0));
        commit(0, BATCHER, fullHouse());
        warpTo(publishTime(0));
        publish(0);
        require(roundOf(0).status == RoundStatus.Void, "not void");
        vm.expectRevert(abi.encodeWithSelector(ITopicDesk.Outage.selector, 0, 256));
        slashSilent(0, 0);
    }

    /// @dev Where nothing is sealed a round is heard whole when every seat there can be has spoken.
    function test_20_TwoHundredAndFiftySixWorkersSpeakInOneCallWhereNothingIsSealed() public {
        chosen = super.terms();
        chosen.commitWindow = 0;
        fillHouseOf(chosen);
        Said[] memory said = fullHouse();
        warpTo(openTime(0));
        revealSigned(0, BATCHER, signedOpeningsOf(0, without(said, 200)));
        require(~roundOf(0).closed == 1 << 200, "another was left out");
        publish(0, abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Reveal, Phase.Live));
        revealSigned(0, BATCHER, only(signedOpeningOf(0, said[200])));
        publish(0);
        requirePlayed();
    }

    function fillHouse() private {
        fillHouseOf(super.terms());
    }

    function fillHouseOf(TopicParams memory params) private {
        chosen = params;
        chosen.seats = 256;
        openTopic();
        rememberWorkers(256);
        fund(1e6);
        seatWorkers(256, 1e9);
    }

    function fullHouse() private pure returns (Said[] memory said) {
        said = new Said[](256);
        for (uint256 i = 0; i < 256; i++) said[i] = say(i, 90e18 + int256(i) * 1e17, 10_000);
    }

    function requirePlayed() private {
        require(network.read(topic).contributors == 256, "not all of them counted");
        finish(0, 100e18);

        require(positionOf(100).stake > 1e9, "the closest did not win");
        require(positionOf(255).stake < 1e9, "the farthest did not lose");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Position} from "../../contracts/types/Position.sol";
import {Topic, TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Wants a topic to forget what it has learnt: brings in truths at the moment at which everybody's record looks
/// young, or resolves rounds and leaves them unsettled. Pass mark: a topic whose workers stay never restarts.
/// @dev A question about the next 24 hours, asked every hour: 24 rounds are in flight.
contract RestarterTest is Stages {
    uint256 private constant ROUNDS = 200;
    uint256 private constant LAG = 24;

    mapping(uint256 round => uint256[3]) private countsIn;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.cadence, params.commitWindow, params.revealWindow, params.lead) = (1 hours, 10 minutes, 10 minutes, 60);
        (params.horizon, params.truthWindow, params.ringSize, params.riskBps) = (24 hours, 24 hours, 25, 64);
        params.poolRateBps = 0;
    }

    /// @dev Each truth comes between the commitments of a round and their publication. A reading that compared the record a
    /// worker had when it spoke with what was settled at the publication would restart the topic again and again.
    function test_ATruthBetweenCommitmentAndPublicationRestartsNothing() public {
        staked();
        uint256 naive = 0;
        for (uint256 round = 0; round < ROUNDS; round++) {
            speak(round);
            if (round >= LAG) finish(round - LAG, truthOf(round));
            if (isRestartedNaively(round)) naive++;
            warpTo(revealTime(round));
            revealAndPublish(round, saidIn(round));
        }
        require(network.topicOf(topic).tenure.era() == 0, "the topic restarted");
        require(network.topicOf(topic).tenure.count() == 31, "too few rounds to tell");
        require(naive > 0, "any reading would pass");
    }

    /// @dev Each round is resolved before the commitments of the next one, and settled after its publication. A topic that
    /// counted resolved rounds, not settled ones, would restart.
    function test_TruthsThatAreNotSettledRestartNothing() public {
        staked();
        uint256 naive = 0;
        for (uint256 round = 0; round < ROUNDS; round++) {
            warpTo(openTime(round));
            if (round >= LAG) resolve(round - LAG, truthOf(round));
            uint256 resolved = network.topicOf(topic).rounds;
            speak(round);
            if (resolved > 0 && resolved < 30 && 2 * countsIn[round][0] < resolved) naive++;
            warpTo(revealTime(round));
            revealAndPublish(round, saidIn(round));
            if (round >= LAG) settle(round - LAG);
        }
        require(network.topicOf(topic).tenure.era() == 0, "the topic restarted");
        require(naive > 0, "any reading would pass");
    }

    function speak(uint256 round) private {
        warpTo(openTime(round));
        commit(round, BATCHER, saidIn(round));
        for (uint256 i = 0; i < 3; i++) countsIn[round][i] = positionOf(i).tenure.count();
    }

    /// @dev Whether fewer than a fifth of the money would be seasoned, by what is settled now.
    function isRestartedNaively(uint256 round) private view returns (bool) {
        uint256 settled = network.topicOf(topic).tenure.count();
        uint256 needed = settled < 30 ? settled : 30;
        if (settled == 0) return false;
        for (uint256 i = 0; i < 3; i++) if (2 * countsIn[round][i] >= needed) return false;
        return true;
    }

    function saidIn(uint256 round) private pure returns (Said[] memory said) {
        said = everybody();
        for (uint256 i = 0; i < 3; i++) said[i].value += int104(int256((round * 7 + i * 3) % 5) * 1e17);
    }

    function truthOf(uint256 round) private pure returns (int256) {
        return 98e18 + int256((round * 11) % 7) * 1e18;
    }
}

/// @notice Alone in a topic it teaches whatever it likes, until honest money comes. Pass mark: as soon as more than four fifths
/// of a round's money is new the topic forgets, and the feed says what the honest say.
contract SquatterTest is Stages {
    uint256 private constant SQUATTERS = 3;
    uint256 private constant HONEST = 5;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.seats, params.poolRateBps) = (32, 0);
    }

    function test_LeavesNothingToWhoComesAfter() public {
        opened();
        rememberWorkers(SQUATTERS + HONEST);
        seatWorkers(SQUATTERS, STAKE);
        for (uint256 i = 0; i < 12; i++) {
            predict(3 * i, pumped());
            finish(3 * i, 100e18);
        }
        require(network.topicOf(topic).tenure.count() == 12, "not pumped");
        require(network.topicOf(topic).anchorRegret.unpack() != 0, "nothing to forget");

        uint256 round = joinedBy(5 * STAKE);
        predict(round, withHonest());
        require(toldOf(round).era == 1 && network.topicOf(topic).tenure.era() == 1, "did not restart");
        int256 value = network.read(topic).value;
        require(99e18 <= value && value <= 101e18, "the squatters still speak");
        for (uint256 i = 0; i < SQUATTERS; i++) {
            uint256 rank = network.rankOf(topic, workerAt(i));
            require(rank == uint256(positionOf(i).stake) * 1e18, "an old record still ranks");
        }

        finish(round, 100e18);
        predict(round + 3, withHonest());
        require(toldOf(round + 3).era == 1, "restarted once more");
    }

    /// @dev Published before the topic restarted, settled after it.
    function test_ARoundOfAnOlderEraPaysAsUsualAndTeachesNothing() public {
        opened();
        rememberWorkers(SQUATTERS + HONEST);
        seatWorkers(SQUATTERS, STAKE);
        for (uint256 i = 0; i < 6; i++) {
            predict(3 * i, pumped());
            finish(3 * i, 100e18);
        }
        uint256 round = joinedBy(5 * STAKE);
        predict(round, pumped());
        predict(round + 1, withHonest());
        require(toldOf(round).era == 0 && toldOf(round + 1).era == 1, "did not restart in between");

        Topic memory before = network.topicOf(topic);
        Position memory squatter = positionOf(2);
        finish(round, 101e18);
        Topic memory now_ = network.topicOf(topic);
        require(keptOf[round].resolution.gradient == 0, "a gradient for nobody");
        require(now_.rounds == 0 && now_.peak.unpack() == 0 && now_.tenure.count() == 0, "taught the topic");
        require(now_.feedError.unpack() == 0 && now_.anchorEnergy.unpack() == 0, "taught the topic");
        require(now_.center.unpack() != before.center.unpack(), "the reference learns from every truth");
        require(now_.resolvedUntil == round + 1, "not the youngest truth");
        Position memory paid = positionOf(2);
        require(paid.stake < squatter.stake, "the farthest did not pay");
        require(paid.regret.unpack() == squatter.regret.unpack(), "taught a worker");
        require(paid.energy.unpack() == squatter.energy.unpack(), "taught a worker");
        require(paid.tenure.count() == squatter.tenure.count(), "counted");

        finish(round + 1, 100e18);
        require(positionOf(2).tenure.era() == 1 && positionOf(2).tenure.count() == 1, "no record of the new era");
        require(positionOf(SQUATTERS).tenure.count() == 1, "no record of the honest");
    }

    /// @dev Less than half of the usual money restarts nothing, however new it is.
    function test_DustRestartsNothing() public {
        opened();
        rememberWorkers(SQUATTERS + HONEST);
        seatWorkers(SQUATTERS, 10 * STAKE);
        for (uint256 i = 0; i < 4; i++) {
            predict(3 * i, pumped());
            finish(3 * i, 100e18);
        }
        uint256 round = joinedBy(STAKE / 10);
        Said[] memory dust = new Said[](HONEST);
        for (uint256 i = 0; i < HONEST; i++) dust[i] = say(SQUATTERS + i, 104e18, 10_000);
        predict(round, dust);
        require(toldOf(round).era == 0, "dust restarted the topic");
        finish(round, 100e18);
    }

    /// @dev Seasoned on dust, then grown a thousandfold: the count is thinned with the record, and its money is new money.
    function test_AgeCannotBeBoughtWithDust() public {
        opened();
        rememberWorkers(SQUATTERS);
        seatWorkers(SQUATTERS, 1_000);
        for (uint256 i = 0; i < 20; i++) {
            predict(3 * i, pumped());
            finish(3 * i, 100e18);
        }
        require(positionOf(0).tenure.count() == 20, "not seasoned");
        for (uint256 i = 0; i < SQUATTERS; i++) deposit(i, 1_000_000);
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < SQUATTERS; i++) network.activate(topic, workerAt(i));
        require(positionOf(0).tenure.count() == 0, "kept its age");

        uint256 round = (time - terms().start) / terms().cadence + 1;
        predict(round, pumped());
        require(toldOf(round).era == 1, "bought money counts as known");
    }

    function joinedBy(uint96 stake) private returns (uint256 round) {
        for (uint256 i = SQUATTERS; i < SQUATTERS + HONEST; i++) deposit(i, stake);
        warpTo(time + terms().activationDelay);
        for (uint256 i = SQUATTERS; i < SQUATTERS + HONEST; i++) seatWorker(i, uint8(i));
        return (time - terms().start) / terms().cadence + 1;
    }

    /// @dev Far off, and worse each.
    function pumped() private pure returns (Said[] memory said) {
        said = new Said[](SQUATTERS);
        for (uint256 i = 0; i < SQUATTERS; i++) said[i] = say(i, 110e18 + int256(i) * 2e18, 10_000);
    }

    function withHonest() private pure returns (Said[] memory said) {
        said = new Said[](SQUATTERS + HONEST);
        for (uint256 i = 0; i < SQUATTERS; i++) said[i] = pumped()[i];
        for (uint256 i = 0; i < HONEST; i++) {
            said[SQUATTERS + i] = say(SQUATTERS + i, 99_600e15 + int256(i) * 2e17, 10_000);
        }
    }
}

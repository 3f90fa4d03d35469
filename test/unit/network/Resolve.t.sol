// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {Outcome, Pair} from "../../../contracts/types/Outcome.sol";
import {Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {Topic, TopicId} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

contract ResolveTest is Stages {
    Outcome private outcome;

    function setUp() public {
        published();
        outcome = keptOf[ROUND].outcome;
        warpTo(targetTime(ROUND));
        truth.set(TruthStatus.Known, TRUTH);
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.resolve(TopicId.wrap(bytes32(uint256(7))), ROUND, outcome, "");
    }

    function test_RefusesARoundThatIsNotPublished() public {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.None, RoundStatus.Published));
        network.resolve(topic, 1, outcome, "");
    }

    /// @dev Whatever it is given then.
    function test_DoesNothingASecondTime() public {
        resolve(ROUND);
        doesNothing();
        outcome.publisher++;
        doesNothing();
        settle(ROUND);
        doesNothing();
    }

    function doesNothing() private {
        bytes32 before = keccak256(abi.encode(roundOf(ROUND), network.topicOf(topic)));
        network.resolve(topic, ROUND, outcome, "");
        require(keccak256(abi.encode(roundOf(ROUND), network.topicOf(topic))) == before, "resolved again");
    }

    function test_RefusesBeforeTheTargetTime() public {
        predict(3, everybody());
        outcome = keptOf[3].outcome;
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Live, Phase.Due));
        network.resolve(topic, 3, outcome, "");
    }

    function test_RefusesAtTheDeadline() public {
        warpTo(deadline(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Expired, Phase.Due));
        network.resolve(topic, ROUND, outcome, "");
    }

    function test_RefusesAnotherOutcome() public {
        outcome.values = Pair.wrap(Pair.unwrap(outcome.values) + 1);
        bytes20 actual = bytes20(keccak256(abi.encode(outcome)));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongOutcome.selector, actual, roundOf(ROUND).digest));
        network.resolve(topic, ROUND, outcome, "");
    }

    function test_RefusesAnUnknownOrDisputedTruth() public {
        truth.set(TruthStatus.Unknown, TRUTH);
        refuse(abi.encodeWithSelector(ITopicRounds.TruthUnknown.selector, TruthStatus.Unknown));
        network.resolve(topic, ROUND, outcome, "");
        truth.set(TruthStatus.Disputed, TRUTH);
        refuse(abi.encodeWithSelector(ITopicRounds.TruthUnknown.selector, TruthStatus.Disputed));
        network.resolve(topic, ROUND, outcome, "");
    }

    /* A KNOWN TRUTH */

    function test_TeachesTheTopic() public {
        Topic memory before = network.topicOf(topic);
        resolve(ROUND);
        Topic memory learnt = network.topicOf(topic);
        require(
            learnt.rounds == 1 && learnt.feedError.unpack() > 0 && learnt.anchorError.unpack() > 0,
            "nothing learnt"
        );
        require(learnt.sigma.unpack() != before.sigma.unpack() && learnt.pool == before.pool, "another domain or pool");
        require(roundOf(ROUND).status == RoundStatus.Resolved, "another status");
    }

    /// @dev A round adds its regret to a record and the square of it to its energy, to the rounding of both floats.
    function test_KeepsRegretAndEnergyOfBothHouseExperts() public {
        resolve(ROUND, TRUTH);
        settle(ROUND);
        Topic memory before = network.topicOf(topic);
        predict(3, everybody());
        warpTo(targetTime(3));
        resolve(3, TRUTH);
        Topic memory learnt = network.topicOf(topic);
        int256 ofAnchor = learnt.anchorRegret.unpack() - before.anchorRegret.unpack();
        int256 ofMean = learnt.meanRegret.unpack() - before.meanRegret.unpack();
        isSquare(ofAnchor, learnt.anchorEnergy.unpack() - before.anchorEnergy.unpack());
        isSquare(ofMean, learnt.meanEnergy.unpack() - before.meanEnergy.unpack());
    }

    function isSquare(int256 regret, uint256 energy) private pure {
        require(regret != 0, "nothing learnt");
        uint256 square = uint256(regret * regret);
        require(energy <= square + (square >> 10) && square <= energy + (energy >> 10), "another energy");
    }

    function test_MovesTheReferenceByItsRate() public {
        int256 before = network.topicOf(topic).center.unpack();
        resolve(ROUND, 110e18);
        int256 now_ = network.topicOf(topic).center.unpack();
        // A tenth of the way, to what the float of 31 bits keeps.
        int256 apart = now_ - (before + (110e18 - before) / 10);
        require(-1e12 <= apart && apart <= 1e12, "another reference");
        require(network.topicOf(topic).resolvedUntil == ROUND + 1, "another youngest truth");
        require(network.topicOf(topic).usual.unpack() == 1_200, "the usual money is of budgets, not wagers");
    }

    /// @dev It still settles, and teaches skill; but an old truth does not take the place of a younger one.
    function test_AnOlderTruthMovesNeitherReferenceNorSigma() public {
        finish(ROUND, TRUTH);
        predict(3, everybody());
        predict(4, everybody());
        finish(4, 110e18);
        Topic memory before = network.topicOf(topic);
        finish(3, 90e18);
        Topic memory now_ = network.topicOf(topic);
        require(now_.center.unpack() == before.center.unpack(), "an old truth moved the reference");
        require(now_.sigma.unpack() == before.sigma.unpack(), "an old truth moved sigma");
        require(now_.resolvedUntil == 5 && before.resolvedUntil == 5, "another youngest truth");
        require(now_.rounds == 3 && now_.tenure.count() == 3, "taught nothing");
        require(now_.anchorError.unpack() != before.anchorError.unpack(), "taught nothing");
    }

    function test_Tells() public {
        resolve(ROUND);
        require(keptOf[ROUND].resolution.truth == TRUTH, "another truth");
        require(keptOf[ROUND].resolution.gradient == 2e18, "another gradient");
        bytes20 outcomeDigest = bytes20(keccak256(abi.encode(outcome)));
        bytes20 expected = bytes20(keccak256(abi.encode(outcomeDigest, keptOf[ROUND].resolution)));
        require(roundOf(ROUND).digest == expected, "kept another resolution");
    }

    function test_TakesTheLastSecond() public {
        warpTo(deadline(ROUND) - 1);
        resolve(ROUND);
    }

    function test_MovesNoStakeAndNoSkillOfWorkers() public {
        bytes32 before = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2)));
        resolve(ROUND);
        require(before == keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2))), "something moved");
    }

    /* NO TRUTH, FOR GOOD */

    function test_VoidsTheRoundAndLeavesThePoolAsItIs() public {
        truth.set(TruthStatus.Void, 0);
        Topic memory before = network.topicOf(topic);
        tells();
        emit ITopicRounds.RoundVoided(topic, ROUND);
        network.resolve(topic, ROUND, outcome, "");

        require(roundOf(ROUND).status == RoundStatus.Void, "not void");
        Topic memory now_ = network.topicOf(topic);
        require(toldOf(ROUND).reward == 5 && now_.pool == POOL, "rewards left the pool");
        require(keccak256(abi.encode(now_)) == keccak256(abi.encode(before)), "something was learnt");
    }
}

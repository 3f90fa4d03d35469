// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Aggregation} from "../../contracts/maths/Aggregation.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Float, Float18, Float32, Float40, SignedFloat48} from "../../contracts/maths/Float.sol";
import {Scoring} from "../../contracts/maths/Scoring.sol";
import {Settlement} from "../../contracts/maths/Settlement.sol";
import {
    Aggregate,
    Domain,
    Expert,
    Hints,
    Learning,
    Money,
    Range,
    Submissions
} from "../../contracts/types/Learning.sol";
import {DomainKind} from "../../contracts/types/Topic.sol";

/// @notice The pure libraries from outside: one aggregate at a time, and everything a round computes, by the tape.
contract MathHarness {
    /// @dev A list of words and how far it has been read or written: by a pointer, since a bounds check a word would
    /// take half of the time. Both kinds of tape are spelled out in test/parity/tape.ts.
    struct Tape {
        uint256 pointer;
    }

    struct Context {
        uint256[] confidences;
        Aggregate aggregate;
        Learning learning;
        int256 gradient;
        int256 truth;
        int256 low;
        uint256 width;
        uint256 peak;
        Settlement.Pot pot;
    }

    function aggregate(
        Submissions memory submissions,
        Hints memory hints,
        Learning memory learning,
        Range memory range
    ) external pure returns (Aggregate memory) {
        return Aggregation.aggregate(submissions, hints, learning, range);
    }

    /// @notice Gas of one aggregate, without the way in and out.
    function gasOfAggregate(
        Submissions memory submissions,
        Hints memory hints,
        Learning memory learning,
        Range memory range
    ) external view returns (uint256) {
        uint256 start = gasleft();
        Aggregation.aggregate(submissions, hints, learning, range);
        return start - gasleft();
    }

    /// @notice Plays the rounds of a tape and returns what they gave, as a tape.
    function play(int256[] calldata words) external pure returns (int256[] memory results) {
        results = new int256[](4 * words.length);
        (uint256 from, uint256 to) = (0, 0);
        assembly ("memory-safe") {
            from := words.offset
            to := add(results, 0x20)
        }
        uint256 end = from + 32 * words.length;
        Tape memory input = Tape(from);
        Tape memory output = Tape(to);
        while (input.pointer < end) {
            playRound(input, output);
        }

        uint256 count = (output.pointer - to) / 32;
        require(count <= results.length, "the tape is too short");
        assembly ("memory-safe") {
            mstore(results, count)
        }
    }

    function playRound(Tape memory input, Tape memory output) private pure {
        Context memory context;
        (Submissions memory submissions, int256[] memory values) = readSubmissions(input, context);
        Expert[] memory experts = readExperts(input, values.length);
        Hints memory hints = Hints(read(input), readUint(input));
        context.learning = readLearning(input);
        Range memory range = Aggregation.rangeOf(readRange(input), readRange(input), values.length, context.learning);
        context.aggregate = Aggregation.aggregate(submissions, hints, context.learning, range);
        write(output, range.low);
        write(output, range.high);
        write(output, context.aggregate);
        playSeason(input, output);

        context.learning = readLearning(input);
        context.truth = read(input);
        context.gradient = Scoring.gradient(context.aggregate.inner, context.truth, context.learning);
        context.peak = context.learning.peak;
        write(output, context.gradient);
        Scoring.learn(context.learning, context.aggregate, context.truth, readUint(input));
        write(output, context.learning);

        int256 center = playDomain(input, output, context);
        submissions.values = values;
        playWorkers(input, output, context, submissions, experts, center);
    }

    function playSeason(Tape memory input, Tape memory output) private pure {
        uint256 settled = readUint(input);
        Money memory money;
        (money.seasoned, money.budgets) = (readUint(input), readUint(input));
        uint256 usual = readUint(input);
        write(output, SafeCast.toUint(Scoring.restarts(settled, money, usual)));
        write(output, Scoring.usualMoney(usual, money.budgets));
    }

    function playDomain(
        Tape memory input,
        Tape memory output,
        Context memory context
    ) private pure returns (int256 center) {
        DomainKind kind = DomainKind(readUint(input));
        uint256 scale = readUint(input);
        center = read(input);
        uint256 sigma = readUint(input);
        (context.low, context.width) = Scoring.domainOf(kind, scale, center, sigma, read(input), read(input));
        write(output, context.low);
        write(output, context.width);
        write(output, Scoring.followed(center, context.truth, readUint(input)));
        write(output, Scoring.spread(sigma, center, context.truth));
    }

    function playWorkers(
        Tape memory input,
        Tape memory output,
        Context memory context,
        Submissions memory submissions,
        Expert[] memory experts,
        int256 center
    ) private pure {
        uint256 count = experts.length;
        uint256[] memory losses = new uint256[](count);
        Domain memory domain = Domain(context.low, context.width, 0);
        domain.actual = Scoring.place(context.truth, context.low, context.width);
        uint256 total = 0;
        for (uint256 i = 0; i < count; i++) {
            losses[i] = Scoring.loss(submissions.values[i], domain);
            total += submissions.wagers[i];
        }
        uint256 lambda = Settlement.lambda(submissions.wagers, losses);
        write(output, lambda);
        playPot(input, output, context, total);
        Settlement.Rate memory rate = Settlement.rateOf(context.pot, lambda, Scoring.loss(center, domain));
        write(output, rate.base);
        write(output, rate.slope);
        write(output, rate.scale);

        for (uint256 i = 0; i < count; i++) {
            uint256 wager = submissions.wagers[i];
            write(output, losses[i]);
            write(output, Settlement.payout(rate, wager, losses[i]));
            playSkill(output, context, submissions.values[i], wager, experts[i], context.confidences[i]);
        }
    }

    function playPot(Tape memory input, Tape memory output, Context memory context, uint256 total) private pure {
        Settlement.PoolTerms memory terms = Settlement.PoolTerms(
            readUint(input),
            readUint(input),
            readUint(input),
            readUint(input)
        );
        uint256 tipBps = readUint(input);
        bool isFresh = readUint(input) == 1;
        uint256 exposed = Settlement.exposure(total, readUint(input), readUint(input));
        context.pot = Settlement.potOf(total, exposed, terms, isFresh);
        write(output, context.pot.exposed);
        write(output, context.pot.play);
        write(output, context.pot.reward);
        write(output, Settlement.tip(context.pot.play, tipBps));
    }

    function playSkill(
        Tape memory output,
        Context memory context,
        int256 value,
        uint256 wager,
        Expert memory expert,
        uint256 confidence
    ) private pure {
        uint256 trust = Scoring.trust(expert.regret, expert.energy, context.peak);
        write(output, Float32.unwrap(Float.down32(trust)));
        write(output, Scoring.rank(wager, expert.regret, expert.energy, context.peak));
        write(output, Settlement.dilute(expert.regret, wager, context.pot.play));
        uint256 count = expert.energy % 32;
        write(output, Settlement.diluteCount(count, wager, context.pot.play));
        write(output, SafeCast.toUint(Scoring.isSeasoned(count, expert.energy % 31)));
        Float40 budget = Settlement.budget(wager, 1 + (expert.energy % 1_600));
        write(output, Float40.unwrap(budget));
        write(output, Settlement.wager(budget, 1 + (expert.energy % 10_000)));
        write(output, Settlement.budgetBehind(wager, 1 + (expert.energy % 10_000)));

        int256 kept = Aggregation.clamp(value, context.aggregate.low, context.aggregate.high);
        Scoring.learn(expert, Scoring.regret(context.gradient, context.aggregate.inner, kept, confidence));
        write(output, expert);
        write(output, SignedFloat48.unwrap(Float.signed48(expert.regret)));
        write(output, Float.signed32(expert.regret).unpack());
        write(output, Float.down40(expert.energy).unpack());
        write(output, Float18.unwrap(Float.up18(expert.energy)));
    }

    /* READING */

    function read(Tape memory tape) private pure returns (int256 word) {
        assembly ("memory-safe") {
            let pointer := mload(tape)
            word := calldataload(pointer)
            mstore(tape, add(pointer, 0x20))
        }
    }

    function readUint(Tape memory tape) private pure returns (uint256) {
        return uint256(read(tape));
    }

    /// @return submissions whose values an aggregation clamps
    /// @return values the same values, as they were revealed
    function readSubmissions(
        Tape memory tape,
        Context memory context
    ) private pure returns (Submissions memory submissions, int256[] memory values) {
        uint256 count = readUint(tape);
        submissions = Submissions(new int256[](count), new uint256[](count), new uint256[](count));
        (context.confidences, values) = (new uint256[](count), new int256[](count));
        for (uint256 i = 0; i < count; i++) {
            submissions.values[i] = values[i] = read(tape);
            submissions.wagers[i] = readUint(tape);
            submissions.trusts[i] = readUint(tape);
            context.confidences[i] = readUint(tape);
        }
    }

    function readRange(Tape memory tape) private pure returns (Range memory) {
        return Range(read(tape), read(tape));
    }

    function readExperts(Tape memory tape, uint256 count) private pure returns (Expert[] memory experts) {
        experts = new Expert[](count);
        for (uint256 i = 0; i < count; i++) {
            experts[i] = readExpert(tape);
        }
    }

    function readExpert(Tape memory tape) private pure returns (Expert memory expert) {
        expert.regret = read(tape);
        expert.energy = readUint(tape);
    }

    function readLearning(Tape memory tape) private pure returns (Learning memory learning) {
        learning.peak = readUint(tape);
        learning.anchorError = readUint(tape);
        learning.feedError = readUint(tape);
        learning.bias = read(tape);
        learning.widthBelow = readUint(tape);
        learning.widthAbove = readUint(tape);
        learning.rounds = readUint(tape);
        learning.anchor = readExpert(tape);
        learning.mean = readExpert(tape);
    }

    /* WRITING */

    function write(Tape memory tape, int256 word) private pure {
        assembly ("memory-safe") {
            let pointer := mload(tape)
            mstore(pointer, word)
            mstore(tape, add(pointer, 0x20))
        }
    }

    function write(Tape memory tape, uint256 word) private pure {
        write(tape, int256(word));
    }

    function write(Tape memory tape, Aggregate memory result) private pure {
        write(tape, result.value);
        write(tape, result.below);
        write(tape, result.above);
        write(tape, result.inner);
        write(tape, result.anchor);
        write(tape, result.low);
        write(tape, result.high);
        write(tape, result.mean);
        write(tape, result.debiased);
    }

    function write(Tape memory tape, Learning memory learning) private pure {
        write(tape, learning.peak);
        write(tape, learning.anchorError);
        write(tape, learning.feedError);
        write(tape, learning.bias);
        write(tape, learning.widthBelow);
        write(tape, learning.widthAbove);
        write(tape, learning.rounds);
        write(tape, learning.anchor);
        write(tape, learning.mean);
    }

    function write(Tape memory tape, Expert memory expert) private pure {
        write(tape, expert.regret);
        write(tape, expert.energy);
    }
}

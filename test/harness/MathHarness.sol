// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Aggregation} from "../../contracts/libraries/Aggregation.sol";
import {Float} from "../../contracts/libraries/Float.sol";
import {Scoring} from "../../contracts/libraries/Scoring.sol";
import {Settlement} from "../../contracts/libraries/Settlement.sol";
import {Aggregate, Expert, Hints, Learning, Submissions} from "../../contracts/types/Learning.sol";
import {DomainKind} from "../../contracts/types/Topic.sol";

/// @notice The pure libraries from outside: one aggregate at a time, and everything a round computes, by the tape.
contract MathHarness {
    /// @dev A list of words and how far it has been read or written: by a pointer, since a bounds check a word would
    /// take half of the time. Both kinds of tape are spelled out in test/parity/tape.ts.
    struct Tape {
        uint256 pointer;
    }

    struct Context {
        Aggregate aggregate;
        Learning learning;
        int256 gradient;
        int256 truth;
        int256 low;
        uint256 width;
        uint256 peak;
        uint256 pot;
        uint256 wagers;
    }

    function aggregate(
        Submissions memory submissions,
        Hints memory hints,
        Learning memory learning
    ) external pure returns (Aggregate memory) {
        return Aggregation.aggregate(submissions, hints, learning);
    }

    /// @notice Gas of one aggregate, without the way in and out.
    function gasOfAggregate(
        Submissions memory submissions,
        Hints memory hints,
        Learning memory learning
    ) external view returns (uint256) {
        uint256 start = gasleft();
        Aggregation.aggregate(submissions, hints, learning);
        return start - gasleft();
    }

    /// @notice Plays the rounds of a tape and returns what they gave, as a tape.
    function play(int256[] calldata words) external pure returns (int256[] memory results) {
        results = new int256[](3 * words.length);
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
        Submissions memory submissions = readSubmissions(input);
        Expert[] memory experts = readExperts(input, submissions.values.length);
        Hints memory hints = Hints(read(input), readUint(input));
        Context memory context;
        context.learning = readLearning(input);
        context.aggregate = Aggregation.aggregate(submissions, hints, context.learning);
        write(output, context.aggregate);

        context.learning = readLearning(input);
        context.truth = read(input);
        context.gradient = Scoring.gradient(context.aggregate.inner, context.truth, context.learning);
        context.peak = context.learning.peak;
        write(output, context.gradient);
        Scoring.learn(context.learning, context.aggregate, context.truth, readUint(input));
        write(output, context.learning);

        playDomain(input, output, context);
        playWorkers(input, output, context, submissions, experts);
    }

    function playDomain(Tape memory input, Tape memory output, Context memory context) private pure {
        DomainKind kind = DomainKind(readUint(input));
        uint256 scale = readUint(input);
        int256 center = read(input);
        uint256 sigma = readUint(input);
        (context.low, context.width) = Scoring.domainOf(kind, scale, center, sigma, read(input), read(input));
        write(output, context.low);
        write(output, context.width);
        write(output, Scoring.spread(sigma, center, context.truth));
    }

    function playWorkers(
        Tape memory input,
        Tape memory output,
        Context memory context,
        Submissions memory submissions,
        Expert[] memory experts
    ) private pure {
        uint256 count = experts.length;
        uint256[] memory losses = new uint256[](count);
        uint256 actual = Scoring.place(context.truth, context.low, context.width);
        for (uint256 i = 0; i < count; i++) {
            losses[i] = Scoring.loss(Scoring.place(submissions.values[i], context.low, context.width), actual);
            context.wagers += submissions.wagers[i];
        }
        uint256 lambda = Settlement.lambda(submissions.wagers, losses);
        context.pot = Settlement.rewards(readUint(input), readUint(input), readUint(input), context.wagers);
        write(output, lambda);
        write(output, context.pot);

        for (uint256 i = 0; i < count; i++) {
            uint256 wager = submissions.wagers[i];
            write(output, losses[i]);
            write(output, Settlement.payout(wager, losses[i], lambda, context.wagers));
            write(output, Settlement.reward(context.pot, wager, losses[i], context.wagers));
            playSkill(output, context, submissions.values[i], wager, experts[i]);
        }
    }

    function playSkill(
        Tape memory output,
        Context memory context,
        int256 value,
        uint256 wager,
        Expert memory expert
    ) private pure {
        write(output, Float.packDown(Scoring.trust(expert.regret, expert.energy, context.peak), 40));
        write(output, Scoring.rank(wager, expert.regret, expert.energy, context.peak));
        write(output, Settlement.dilute(expert.regret, wager, context.pot));
        uint40 budget = Settlement.budget(wager, 1 + (expert.energy % 1_600));
        write(output, budget);
        write(output, Settlement.wager(budget, 1 + (expert.energy % 10_000)));

        int256 heard = Aggregation.winsorise(value, context.aggregate.anchor, context.aggregate.radius);
        Scoring.learn(expert, Scoring.regret(context.gradient, context.aggregate.inner, heard));
        write(output, expert);
        write(output, Float.packSigned(expert.regret, 47));
        write(output, Float.unpackSigned(Float.packSigned(expert.regret, 31)));
        write(output, Float.unpack(Float.packDown(expert.energy, 40)));
        write(output, Float.packUp(expert.energy, 24));
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

    function readSubmissions(Tape memory tape) private pure returns (Submissions memory submissions) {
        uint256 count = readUint(tape);
        submissions = Submissions(new int256[](count), new uint256[](count), new uint256[](count));
        for (uint256 i = 0; i < count; i++) {
            submissions.values[i] = read(tape);
            submissions.wagers[i] = readUint(tape);
            submissions.trusts[i] = readUint(tape);
        }
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
        learning.width = readUint(tape);
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
        write(tape, result.half);
        write(tape, result.inner);
        write(tape, result.anchor);
        write(tape, result.radius);
        write(tape, result.mean);
        write(tape, result.debiased);
    }

    function write(Tape memory tape, Learning memory learning) private pure {
        write(tape, learning.peak);
        write(tape, learning.anchorError);
        write(tape, learning.feedError);
        write(tape, learning.bias);
        write(tape, learning.width);
        write(tape, learning.rounds);
        write(tape, learning.anchor);
        write(tape, learning.mean);
    }

    function write(Tape memory tape, Expert memory expert) private pure {
        write(tape, expert.regret);
        write(tape, expert.energy);
    }
}

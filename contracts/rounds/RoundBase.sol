// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Commitments} from "../maths/Commitments.sol";
import {Float, Float32, Float40} from "../maths/Float.sol";
import {Scoring} from "../maths/Scoring.sol";
import {Settlement} from "../maths/Settlement.sol";
import {Batches, Lists, Seals} from "../memory/Lists.sol";
import {Ring} from "../storage/State.sol";
import {Network} from "../types/Network.sol";
import {Standing, Tenure} from "../types/Position.sol";
import {packPrediction, Prediction, Statement} from "../types/Prediction.sol";
import {ALL_CLOSED, Backing, Listing, Round, RoundStatus} from "../types/Round.sol";
import {Backer, Opening, openingAt, packBacker, Seal} from "../types/Seal.sol";
import {Topic, TopicId} from "../types/Topic.sol";

/// @title What the network and its desk share: the same storage, from the first slot on, and the same signing domain.
abstract contract NetworkBase {
    string internal constant DOMAIN_NAME = "Auspex";
    string internal constant DOMAIN_VERSION = "1";
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    Network internal network;

    /// @dev The EIP-712 domain of the contract whose storage this is: the network's, in code of the desk too.
    function domainSeparator() internal view returns (bytes32) {
        bytes32 name = keccak256(bytes(DOMAIN_NAME));
        bytes32 version = keccak256(bytes(DOMAIN_VERSION));
        return keccak256(abi.encode(DOMAIN_TYPEHASH, name, version, block.chainid, address(this)));
    }

    /// @dev Code that is run by delegation has no storage of its own that anybody reads: money or terms given to it directly
    /// would be lost.
    function requireDelegated(address code) internal view {
        require(address(this) != code, ITopicDesk.CalledDirectly(code));
    }
}

/// @title Parts of a round's verbs that both the network and its desk use.
abstract contract RoundBase is NetworkBase {
    using Ring for Network;

    uint256 private constant BPS = 10_000;

    /* OPEN */

    /// @dev The first commitment opens the round and freezes what its domain and its weights follow from, before any
    /// prediction is known. Every seat's bit starts set, as nothing is to be revealed yet; in signed-only topics it starts clear.
    function openRound(
        TopicId id,
        Topic storage topic,
        uint256 number
    ) internal returns (Round storage round, uint256 closed) {
        round = network.roundAt[id][number % topic.ringSize];
        if (round.number == number && round.status != RoundStatus.None) return (round, round.closed);

        network.requireRoom(id, topic, number);

        // Both were packed from numbers of 104 bits, sigma from at most 2^103.
        int104 center = int104(topic.center.unpack());
        uint104 sigma = uint104(topic.sigma.unpack());
        round.digest = Commitments.firstDigest(center, sigma);
        round.number = uint24(number);
        round.status = RoundStatus.Open;
        round.peak = topic.peak;
        round.count = 0;
        round.listing = Listing.Apart;
        closed = topic.commitWindow > 0 ? ALL_CLOSED : 0;

        emit ITopicRounds.RoundOpened(id, number, center, sigma);
    }

    /// @notice What a worker's backing in a round follows from, apart from its own position.
    /// @param riskBps share of its stake that it may risk
    /// @param peak the topic's when the round opened
    /// @param era the topic's now
    /// @param settled settled rounds of that era
    struct Spoken {
        uint256 riskBps;
        uint256 peak;
        uint256 era;
        uint256 settled;
    }

    function spokenIn(Topic storage topic, Round storage round) internal view returns (Spoken memory) {
        Tenure tenure = topic.tenure;
        return Spoken(topic.riskBps, round.peak.unpack(), tenure.era(), tenure.count());
    }

    /// @dev Budget, record, season and era are recorded when the worker commits: later settlements and exits do not change
    /// them. Read at publication instead, a truth settled in
    /// between would make every worker unseasoned, and anyone could restart a topic.
    function backerOf(address worker, Standing standing, Spoken memory spoken) internal pure returns (Backer) {
        uint256 era = spoken.era;
        Float40 budget = Settlement.budget(standing.stake(), spoken.riskBps);
        bool isSeasoned = Scoring.isSeasoned(standing.countIn(era), spoken.settled);
        return packBacker(worker, standing.seat(), budget, trustOf(standing, era, spoken.peak), isSeasoned, era);
    }

    function trustOf(Standing standing, uint256 era, uint256 peak) private pure returns (Float32) {
        (int256 regret, uint256 energy) = standing.recordIn(era);
        if (regret <= 0) return Float32.wrap(0);

        return Float.down32(Scoring.trust(regret, energy, peak));
    }

    /* BACKING */

    /// @dev The sums of the round, which may still be those of the round that had its place before.
    function backingOf(TopicId id, uint256 number) internal returns (Backing storage backing) {
        backing = network.backingAt[id][number % network.topicOf[id].ringSize];
        if (backing.round == number) return backing;
        (backing.round, backing.committed, backing.revealed) = (uint24(number), 0, 0);
    }

    /// @dev Adds what stands behind a list of seals. All money that is held fits 96 bits, and a seat commits once.
    function addCommitted(TopicId id, uint256 number, Seal[] memory seals) internal {
        uint256 sum = 0;
        for (uint256 i = 0; i < seals.length; ++i) sum += seals[i].sealedBudget().unpack();
        backingOf(id, number).committed += uint96(sum);
    }

    /* REVEAL */

    /// @dev Whether the first list, which the round still holds, is this one.
    function requireFirst(
        Round storage round,
        uint256 number,
        int104 center,
        uint104 sigma,
        bytes29 seals
    ) internal view returns (bytes20 first) {
        first = Commitments.firstDigest(center, sigma);
        require(round.digest == Commitments.fold(first, seals), ITopicRounds.WrongList(address(0), number));
    }

    /// @dev Opened and unopened seals, each in its place, give the list that was committed. A worker that was revealed before
    /// is skipped. Counts stay far below any overflow.
    function unseal(
        bytes32 roundHash,
        uint256 closed,
        Opening[] calldata openings,
        uint256 opened,
        Seal[] calldata rest
    ) internal pure returns (bytes29, uint256, Prediction[] memory predictions, address[] memory workers) {
        uint256 places = openings.length + rest.length;
        Seal[] memory seals = Seals.create(places);
        uint256 next = 0;
        uint256 count = 0;

        (predictions, workers) = Batches.create(openings.length);
        unchecked {
            for (uint256 i = 0; i < places; ++i) {
                if ((opened >> i) & 1 == 0) {
                    Lists.set(seals, i, rest[i - next]);
                    continue;
                }
                Opening calldata opening = openingAt(openings, next++);
                (Backer backer, Statement statement) = (opening.backer, opening.statement);
                address worker = backer.worker();
                bytes20 commitment = Commitments.commitmentOf(roundHash, worker, statement);
                Lists.set(seals, i, Commitments.sealOf(commitment, backer));
                uint256 bit = 1 << backer.seat();
                uint256 wager = wagerOf(backer, statement);
                if (closed & bit != 0) continue;

                closed |= bit;
                if (wager == 0) continue;
                Lists.set(predictions, count, packPrediction(statement, wager, backer));
                Lists.set(workers, count++, worker);
            }
        }
        Batches.close(predictions, workers, count);
        return (Seals.hashOf(seals), closed, predictions, workers);
    }

    /// @dev Takes down what a call revealed: the seats that are closed, and the next link of the chain of batches.
    function record(
        TopicId id,
        Round storage round,
        uint256 number,
        address committer,
        uint256 closed,
        Prediction[] memory predictions,
        address[] memory workers
    ) internal {
        round.closed = closed;
        round.digest = Batches.chain(round.digest, predictions, workers);
        round.count += uint16(predictions.length);

        Batches.emitRevealed(predictions, workers, id, number, committer);
    }

    function wagerOf(Backer backer, Statement statement) internal pure returns (uint256) {
        uint256 confidence = statement.confidence();
        require(0 < confidence && confidence <= BPS, ITopicRounds.ConfidenceOutOfBounds(confidence));
        return Settlement.wager(backer.budget(), confidence);
    }

    /* VOID */

    function toVoid(TopicId id, Round storage round) internal {
        round.status = RoundStatus.Void;

        emit ITopicRounds.RoundVoided(id, round.number);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Batch, Prediction, Revealed} from "../../../contracts/types/Prediction.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {BatchesHarness} from "../../harness/BatchesHarness.sol";
import {Draws} from "../../harness/Draws.sol";
import {PlainBatches} from "../../helpers/PlainBatches.sol";
import {Vm, vm} from "../../helpers/Vm.sol";

contract BatchesTest {
    using Draws for Draws.Draw;

    TopicId private constant TOPIC = TopicId.wrap(bytes32(uint256(7)));
    uint256 private constant ROUND = 12;
    address private constant COMMITTER = address(0xC0);
    int104 private constant CENTER = -3;
    uint104 private constant SIGMA = 5;

    BatchesHarness private harness;

    function setUp() public {
        harness = new BatchesHarness();
    }

    /* ONE CHAIN, THREE WAYS */

    function testFuzz_PublishAndSettleFindWhatRevealsRecorded(uint256 seed) public {
        Revealed memory revealed = draw(seed);
        Batch[] memory batches = PlainBatches.batchesOf(revealed);
        bytes20 plain = PlainBatches.digestOf(CENTER, SIGMA, revealed.predictions, batches);

        require(recorded(revealed, seed % 4) == plain, "recorded otherwise");
        (bytes20 digest, bytes20 fromZero) = harness.publishedDigest(first(), revealed.predictions, batches);
        require(digest == plain, "published otherwise");
        require(fromZero == PlainBatches.digestOf(revealed), "kept otherwise");
        require(harness.settledDigest(revealed) == fromZero, "settled otherwise");
    }

    function testFuzz_AnyWordChangedGivesAnotherDigest(uint256 seed) public view {
        Draws.Draw memory at = Draws.Draw(seed);
        Revealed memory revealed = draw(seed);
        bytes20 before = harness.settledDigest(revealed);
        uint256 i = at.below(revealed.workers.length);
        uint256 bit = 1 << at.below(256);
        if (seed % 2 == 0) revealed.workers[i] = address(uint160(revealed.workers[i]) ^ uint160(bit | (bit >> 96)));
        if (seed % 2 == 1) revealed.predictions[i] = Prediction.wrap(Prediction.unwrap(revealed.predictions[i]) ^ bit);

        require(harness.settledDigest(revealed) != before, "one digest for two rounds");
    }

    function testFuzz_AnotherSplitGivesAnotherDigest(uint256 seed) public view {
        Revealed memory revealed = draw(seed);
        Revealed memory other = draw(seed);
        other.counts = split(Draws.Draw(~seed), revealed.workers.length);
        bool isSame = keccak256(abi.encode(revealed.counts)) == keccak256(abi.encode(other.counts));
        bytes20 digest = harness.settledDigest(revealed);

        require((harness.settledDigest(other) == digest) == isSame, "one digest for two splits");
    }

    /* NOT ALL OF THE LISTS */

    function testFuzz_BatchesThatHoldLessHaveNoDigest(uint256 seed) public view {
        Draws.Draw memory at = Draws.Draw(seed);
        Revealed memory revealed = draw(seed);
        Batch[] memory batches = PlainBatches.batchesOf(revealed);
        uint256 i = at.below(batches.length);
        uint256 less = 1 + at.below(batches[i].count);
        (batches[i].count, revealed.counts[i]) = (batches[i].count - less, batches[i].count - less);

        (bytes20 digest, bytes20 fromZero) = harness.publishedDigest(first(), revealed.predictions, batches);
        require(digest == 0 && fromZero == 0, "a digest of a part");
        require(harness.settledDigest(revealed) == 0, "a digest of a part");
    }

    function testFuzz_BatchesThatHoldMoreAreRefused(uint256 seed) public {
        Draws.Draw memory at = Draws.Draw(seed);
        Revealed memory revealed = draw(seed);
        Batch[] memory batches = PlainBatches.batchesOf(revealed);
        uint256 i = at.below(batches.length);
        uint256 more = at.below(2) == 0 ? 1 + at.below(300) : type(uint256).max - at.below(300);
        unchecked {
            (batches[i].count, revealed.counts[i]) = (batches[i].count + more, batches[i].count + more);
        }
        // What wraps around to less is a part, and has no digest.
        if (batches[i].count < more) return;

        vm.expectRevert();
        harness.publishedDigest(first(), revealed.predictions, batches);
        vm.expectRevert();
        harness.settledDigest(revealed);
    }

    function testFuzz_ListsOfTwoLengthsHaveNoDigest(uint256 seed) public view {
        Revealed memory revealed = draw(seed);
        Revealed memory longer = draw(seed);
        longer.workers = new address[](revealed.workers.length + 1);
        for (uint256 i = 0; i < revealed.workers.length; i++) longer.workers[i] = revealed.workers[i];
        require(harness.settledDigest(longer) == 0, "workers that said nothing");

        longer.workers = revealed.workers;
        longer.predictions = new Prediction[](revealed.predictions.length + 1);
        for (uint256 i = 0; i < revealed.predictions.length; i++) longer.predictions[i] = revealed.predictions[i];
        require(harness.settledDigest(longer) == 0, "predictions of nobody");
    }

    /* DRAWING */

    function first() private pure returns (bytes20) {
        return bytes20(keccak256(abi.encode(CENTER, SIGMA)));
    }

    function draw(uint256 seed) private pure returns (Revealed memory revealed) {
        Draws.Draw memory draws = Draws.Draw(seed);
        uint256 count = 1 + draws.below(12);
        revealed.predictions = new Prediction[](count);
        revealed.workers = new address[](count);
        for (uint256 i = 0; i < count; i++) {
            revealed.predictions[i] = Prediction.wrap(draws.next());
            revealed.workers[i] = address(uint160(draws.next()));
        }
        revealed.counts = split(draws, count);
    }

    function split(Draws.Draw memory draws, uint256 count) private pure returns (uint256[] memory counts) {
        uint256[] memory drawn = new uint256[](count);
        uint256 parts = 0;
        for (uint256 left = count; left > 0; left -= drawn[parts++]) drawn[parts] = 1 + draws.below(left);
        counts = new uint256[](parts);
        for (uint256 i = 0; i < parts; i++) counts[i] = drawn[i];
    }

    /// @dev Each batch has more room than it needs, as one has that passed workers over, and is told as it is.
    function recorded(Revealed memory revealed, uint256 spare) private returns (bytes20 digest) {
        digest = first();
        uint256 from = 0;
        for (uint256 i = 0; i < revealed.counts.length; i++) {
            uint256 count = revealed.counts[i];
            Prediction[] memory said = new Prediction[](count);
            address[] memory by = new address[](count);
            for (uint256 j = 0; j < count; j++) {
                (said[j], by[j]) = (revealed.predictions[from + j], revealed.workers[from + j]);
            }
            vm.recordLogs();
            digest = harness.recorded(digest, count + spare, said, by, TOPIC, ROUND, COMMITTER);
            requireTold(said, by);
            from += count;
        }
    }

    function requireTold(Prediction[] memory said, address[] memory by) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        require(logs.length == 1 && logs[0].topics.length == 4, "told once, with three topics");
        require(logs[0].topics[0] == ITopicRounds.PredictionsRevealed.selector, "another event");
        require(logs[0].topics[1] == TopicId.unwrap(TOPIC) && uint256(logs[0].topics[2]) == ROUND, "another round");
        require(logs[0].topics[3] == bytes32(uint256(uint160(COMMITTER))), "another committer");
        (Prediction[] memory toldSaid, address[] memory toldBy) = abi.decode(logs[0].data, (Prediction[], address[]));
        require(keccak256(abi.encode(toldSaid, toldBy)) == keccak256(abi.encode(said, by)), "other lists");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Batch, Prediction, Revealed} from "../../contracts/types/Prediction.sol";

/// @title The chain of a round's batches again, each link straight from its formula.
library PlainBatches {
    function batchesOf(Revealed memory revealed) internal pure returns (Batch[] memory batches) {
        batches = new Batch[](revealed.counts.length);
        uint256 from = 0;
        for (uint256 i = 0; i < batches.length; i++) {
            address[] memory workers = new address[](revealed.counts[i]);
            for (uint256 j = 0; j < workers.length; j++) workers[j] = revealed.workers[from + j];
            batches[i] = Batch(workers.length, hashOf(workers));
            from += workers.length;
        }
    }

    /// @notice The digest of a round's batches, which must be all of its predictions.
    function digestOf(
        int104 center,
        uint104 sigma,
        Prediction[] memory predictions,
        Batch[] memory batches
    ) internal pure returns (bytes20 digest) {
        return chained(bytes20(keccak256(abi.encode(center, sigma))), predictions, batches);
    }

    /// @notice The digest as an outcome keeps it: from zero on.
    function digestOf(Revealed memory revealed) internal pure returns (bytes20) {
        return chained(0, revealed.predictions, batchesOf(revealed));
    }

    function chained(
        bytes20 first,
        Prediction[] memory predictions,
        Batch[] memory batches
    ) private pure returns (bytes20 digest) {
        digest = first;
        uint256 from = 0;
        for (uint256 i = 0; i < batches.length; i++) {
            Prediction[] memory said = new Prediction[](batches[i].count);
            for (uint256 j = 0; j < said.length; j++) said[j] = predictions[from + j];
            digest = bytes20(keccak256(abi.encode(digest, hashOf(said), batches[i].workers)));
            from += said.length;
        }
        require(from == predictions.length, "not all of them");
    }

    function hashOf(Prediction[] memory predictions) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(predictions));
    }

    function hashOf(address[] memory workers) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(workers));
    }
}

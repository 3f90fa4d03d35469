// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {ModelBond} from "../../contracts/models/ModelBond.sol";
import {ModelStore} from "../../contracts/models/ModelStore.sol";
import {TruthRing} from "../../contracts/models/TruthRing.sol";
import {Bond, Evidence, InputKind, ModelId} from "../../contracts/types/Model.sol";
import {Said} from "./NetworkDriver.sol";
import {Stages} from "./Stages.sol";

/// @title Workers 0, 1 and 2 with stakes, and a bond of worker 0 that it predicts the mean of two numbers.
/// @notice Rounds 0 and 1 came true as 98 and 102, so that a model of past truths says 100 in round 4.
abstract contract BondStages is Stages {
    uint96 internal constant BOND = 1_001;
    uint96 internal constant FEE = 10;
    uint256 internal constant WINDOW = 600;
    uint16 internal constant LAG = 3;
    uint256 internal constant FOURTH = 4;
    address internal constant CHALLENGER = address(0xCA11);
    bytes32 internal constant SALT = keccak256("salt");

    ModelStore internal models;
    TruthRing internal truths;
    ModelBond internal bonds;
    ModelId internal model;
    address internal worker;

    function prepared() internal {
        staked();
        worker = workerAt(0);
        models = new ModelStore();
        truths = new TruthRing(network);
        bonds = new ModelBond(models, truths, WINDOW, FEE);
        model = publishModel(meanOfTwo());
        endow(worker, 10 * BOND);
        endow(CHALLENGER, 100 * FEE);
    }

    function endow(address account, uint256 amount) internal {
        token.mint(account, amount);
        by(account);
        token.approve(address(bonds), type(uint256).max);
    }

    function publishModel(bytes memory data) internal returns (ModelId) {
        address[] memory parts = new address[](1);
        parts[0] = models.write(data);
        return models.publish(parts);
    }

    /// @dev (x0 + x1) / 2, without a scale.
    function meanOfTwo() internal pure returns (bytes memory) {
        bytes memory unit = abi.encodePacked(int128(0), uint128(1e18));
        bytes memory head = abi.encodePacked(uint8(1), uint8(1), uint8(0), uint8(0), uint16(2), unit, unit, unit);
        bytes memory layer = abi.encodePacked(uint16(1), uint16(0), uint8(0), uint8(1), int64(0), int16(1), int16(1));
        return abi.encodePacked(head, layer);
    }

    function bonded(InputKind kind) internal {
        by(worker);
        bonds.bond(topic, model, kind, kind == InputKind.Truths ? LAG : 0, BOND);
    }

    function recorded() internal {
        warpTo(targetTime(1));
        truth.set(TruthStatus.Known, 98e18);
        truths.record(topic, 0, "");
        truth.set(TruthStatus.Known, 102e18);
        truths.record(topic, 1, "");
    }

    /// @notice Round 4 is published, and worker 0 has said this in it.
    function predicted(int256 value) internal {
        predict(FOURTH, saying(value));
    }

    function saying(int256 value) internal pure returns (Said[] memory said) {
        said = everybody();
        said[0] = say(0, value, 10_000);
    }

    /// @notice As `predicted`, with inputs that the worker commits to.
    function predictedFrom(int256[] memory given, int256 value) internal {
        warpTo(openTime(FOURTH));
        sealInputs(given);
        commit(FOURTH, BATCHER, saying(value));
        warpTo(revealTime(FOURTH));
        reveal(FOURTH, FIRST, saying(value), ALL);
        warpTo(publishTime(FOURTH));
        publish(FOURTH);
    }

    function sealInputs(int256[] memory given) internal {
        bytes29 hash = bonds.hashOf(topic, worker, FOURTH, given, SALT);
        by(worker);
        bonds.commitInputs(topic, FOURTH, hash);
    }

    function two(int256 first, int256 second) internal pure returns (int256[] memory list) {
        list = new int256[](2);
        (list[0], list[1]) = (first, second);
    }

    function nothing() internal pure returns (int256[] memory) {
        return new int256[](0);
    }

    function evidence() internal view returns (Evidence memory) {
        return Evidence(keptOf[FOURTH].outcome, keptOf[FOURTH].resolution, keptOf[FOURTH].revealed, 0);
    }

    function challenge(int256[] memory given) internal {
        challenge(evidence(), given);
    }

    function challenge(Evidence memory shown, int256[] memory given) internal {
        by(CHALLENGER);
        bonds.challenge(topic, worker, FOURTH, shown, given, SALT);
    }

    function request() internal {
        Evidence memory shown = evidence();
        by(CHALLENGER);
        bonds.request(topic, worker, FOURTH, shown);
    }

    function bondOf() internal view returns (Bond memory) {
        return bonds.bondOf(topic, worker);
    }

    /// @notice Half of the bond, and `more`, is the challenger's, the other half the sink's; nothing else is held.
    function requireLost(uint256 more) internal view {
        require(bondOf().amount == 0, "kept its bond");
        require(bonds.claimableOf(CHALLENGER) == BOND / 2 + more, "the challenger's half");
        require(bonds.claimableOf(network.sink()) == BOND - BOND / 2, "the sink's half");
        require(token.balanceOf(address(bonds)) == BOND + more, "books");
    }
}

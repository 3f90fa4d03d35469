// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {NetworkBase} from "./NetworkBase.sol";
import {ITopicDesk} from "./interfaces/ITopicDesk.sol";
import {Ring} from "./libraries/Ring.sol";
import {Schedule} from "./libraries/Schedule.sol";
import {Slashing} from "./libraries/Slashing.sol";
import {Stakes} from "./libraries/Stakes.sol";
import {Terms} from "./libraries/Terms.sol";
import {Network} from "./types/Network.sol";
import {Position} from "./types/Position.sol";

import {Phase, Round} from "./types/Round.sol";
import {SignedCommitment} from "./types/Seal.sol";
import {Times, Topic, TopicId, TopicParams} from "./types/Topic.sol";

/// @title The network's desk: what happens between rounds. Told in ITopicDesk.
/// @dev Made by the network, once, and run in its place and memory: a round's own code has the contract to itself, where
/// every function less makes all others cheaper. Called directly it keeps books of its own, which nobody reads.
contract TopicDesk is ITopicDesk, NetworkBase {
    using Ring for Network;
    using Schedule for Times;

    constructor(IERC20 token_) NetworkBase(token_) {}

    /* TOPICS */

    /// @inheritdoc ITopicDesk
    function createTopic(TopicParams calldata params) external returns (TopicId) {
        return Terms.create(network, params);
    }

    /// @inheritdoc ITopicDesk
    function fund(TopicId id, uint96 amount) external {
        Stakes.fund(network, token, id, amount);
    }

    /* STAKE */

    /// @inheritdoc ITopicDesk
    function deposit(TopicId id, uint96 amount) external {
        Stakes.deposit(network, token, _domainSeparatorV4(), id, msg.sender, amount, 0, 0);
    }

    /// @inheritdoc ITopicDesk
    function depositFor(TopicId id, address worker, uint96 amount, bytes32 r, bytes32 vs) external {
        Stakes.deposit(network, token, _domainSeparatorV4(), id, worker, amount, r, vs);
    }

    /// @inheritdoc ITopicDesk
    function activate(TopicId id, address worker) external {
        Stakes.activate(network, id, worker);
    }

    /// @inheritdoc ITopicDesk
    function takeSeat(TopicId id, address worker, uint8 seat) external {
        Stakes.takeSeat(network, id, worker, seat);
    }

    /// @inheritdoc ITopicDesk
    function revoke(TopicId id, address worker) external {
        Stakes.revoke(network, id, worker);
    }

    /// @inheritdoc ITopicDesk
    function rotate(TopicId id, address worker, address signer, bytes32 r, bytes32 vs) external {
        Stakes.rotate(network, _domainSeparatorV4(), id, worker, signer, r, vs);
    }

    /* UNSTAKE */

    /// @inheritdoc ITopicDesk
    function unstake(TopicId id, address worker, uint96 amount) external {
        Stakes.unstake(network, id, worker, amount);
    }

    /// @inheritdoc ITopicDesk
    function withdraw(TopicId id, address worker) external {
        Stakes.withdraw(network, token, id, worker);
    }

    /// @inheritdoc ITopicDesk
    function claim() external {
        Stakes.claim(network, token);
    }

    /* SLASH */

    /// @inheritdoc ITopicDesk
    function slashWithheld(TopicId id, uint256 number, address worker) external {
        Slashing.slashWithheld(network, id, number, worker);
    }

    /// @inheritdoc ITopicDesk
    function slashEquivocation(
        TopicId id,
        uint256 number,
        address worker,
        SignedCommitment calldata one,
        SignedCommitment calldata other
    ) external {
        Slashing.slashEquivocation(network, _domainSeparatorV4(), id, number, worker, one, other);
    }

    /* READ */

    /// @inheritdoc ITopicDesk
    function topicOf(TopicId id) external view returns (Topic memory) {
        return network.topicOf[id];
    }

    /// @inheritdoc ITopicDesk
    function descriptionOf(TopicId id) external view returns (string memory) {
        return Terms.descriptionOf(network, id);
    }

    /// @inheritdoc ITopicDesk
    function positionOf(TopicId id, address worker) external view returns (Position memory) {
        return network.positionOf[id][worker];
    }

    /// @inheritdoc ITopicDesk
    function seatOf(TopicId id, uint8 seat) external view returns (address) {
        return network.seatOf[id][seat];
    }

    /// @inheritdoc ITopicDesk
    function roundOf(TopicId id, uint256 number) external view returns (Round memory round) {
        Round storage kept = network.placeOf(id, number);
        if (kept.number == number) return kept;
    }

    /// @inheritdoc ITopicDesk
    function phaseOf(TopicId id, uint256 number) external view returns (Phase) {
        return network.existing(id).times().phaseAt(number, block.timestamp);
    }

    /// @inheritdoc ITopicDesk
    function sink() external pure returns (address) {
        return Slashing.SINK;
    }

    /// @inheritdoc ITopicDesk
    function rankOf(TopicId id, address worker) external view returns (uint256) {
        return Stakes.rankOf(network, id, worker);
    }

    /// @inheritdoc ITopicDesk
    function claimableOf(address account) external view returns (uint256) {
        return network.claimableOf[account];
    }
}

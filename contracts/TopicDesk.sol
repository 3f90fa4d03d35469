// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Delegation} from "./desk/Delegation.sol";
import {Slashing} from "./desk/Slashing.sol";
import {Stakes} from "./desk/Stakes.sol";
import {Terms} from "./desk/Terms.sol";
import {TopicTerms} from "./desk/TopicTerms.sol";
import {ITopicDesk} from "./interfaces/ITopicDesk.sol";
import {Schedule} from "./maths/Schedule.sol";
import {Revealing} from "./rounds/Revealing.sol";
import {Ring} from "./storage/State.sol";
import {Network} from "./types/Network.sol";
import {Position} from "./types/Position.sol";
import {Phase, Round, RoundStatus} from "./types/Round.sol";
import {Consent, SignedCommitment} from "./types/Seal.sol";
import {Times, Topic, TopicId, TopicParams} from "./types/Topic.sol";

/// @title The network's desk: what happens between rounds, and what few rounds need. Documented in ITopicDesk.
/// @dev The network runs its code by delegation, in its own storage. So the verbs of every round have the
/// network's code to themselves. Called directly every verb of it refuses.
contract TopicDesk is Revealing, IERC5267 {
    using Ring for Network;
    using Ring for Times;
    using Schedule for Times;

    IERC20 private immutable money;
    address private immutable terms;

    constructor(IERC20 token_) {
        money = token_;
        terms = address(new TopicTerms());
    }

    /* ROUNDS */

    /// @inheritdoc ITopicDesk
    function voidRound(TopicId id, uint256 number) external delegated {
        (Round storage round, bool isDone) = network.roundFor(id, number, RoundStatus.Published, RoundStatus.Void);
        if (isDone) return;

        network.topicOf[id].times().requirePhase(number, Phase.Expired);
        toVoid(id, round);
    }

    /* TOPICS */

    /// @inheritdoc ITopicDesk
    /// @dev The terms' own code answers the call, with what it was given; nothing of this one runs afterwards.
    function createTopic(TopicParams calldata) external delegated returns (TopicId) {
        Delegation.forward(terms);
    }

    /// @inheritdoc ITopicDesk
    function fund(TopicId id, uint96 amount) external delegated {
        Stakes.fund(network, money, id, amount);
    }

    /* STAKE */

    /// @inheritdoc ITopicDesk
    function deposit(TopicId id, uint96 amount) external delegated {
        Stakes.deposit(network, money, domainSeparator(), id, msg.sender, amount, Consent(0, 0, 0));
    }

    /// @inheritdoc ITopicDesk
    function depositFor(TopicId id, address worker, uint96 amount, Consent calldata consent) external delegated {
        Stakes.deposit(network, money, domainSeparator(), id, worker, amount, consent);
    }

    /// @inheritdoc ITopicDesk
    function activate(TopicId id, address worker) external delegated {
        Stakes.activate(network, id, worker);
    }

    /// @inheritdoc ITopicDesk
    function takeSeat(TopicId id, address worker, uint8 seat) external delegated {
        Stakes.takeSeat(network, id, worker, seat);
    }

    /// @inheritdoc ITopicDesk
    function revoke(TopicId id, address worker) external delegated {
        Stakes.revoke(network, id, worker);
    }

    /// @inheritdoc ITopicDesk
    function rotate(TopicId id, address worker, address signer, Consent calldata consent) external delegated {
        Stakes.rotate(network, domainSeparator(), id, worker, signer, consent);
    }

    /* UNSTAKE */

    /// @inheritdoc ITopicDesk
    function unstake(TopicId id, address worker, uint96 amount) external delegated {
        Stakes.unstake(network, id, worker, amount);
    }

    /// @inheritdoc ITopicDesk
    function withdraw(TopicId id, address worker) external delegated {
        Stakes.withdraw(network, money, id, worker);
    }

    /// @inheritdoc ITopicDesk
    function claim() external delegated {
        Stakes.claim(network, money);
    }

    /* SLASH */

    /// @inheritdoc ITopicDesk
    function slashWithheld(TopicId id, uint256 number, address worker) external delegated {
        Slashing.slashWithheld(network, id, number, worker);
    }

    /// @inheritdoc ITopicDesk
    function slashEquivocation(
        TopicId id,
        uint256 number,
        address worker,
        SignedCommitment calldata one,
        SignedCommitment calldata other
    ) external delegated {
        Slashing.slashEquivocation(network, domainSeparator(), id, number, worker, one, other);
    }

    /* READ */

    /// @inheritdoc ITopicDesk
    function token() external view delegated returns (address) {
        return address(money);
    }

    /// @inheritdoc ITopicDesk
    function topicOf(TopicId id) external view delegated returns (Topic memory) {
        return network.topicOf[id];
    }

    /// @inheritdoc ITopicDesk
    function descriptionOf(TopicId id) external view delegated returns (string memory) {
        return Terms.descriptionOf(network, id);
    }

    /// @inheritdoc ITopicDesk
    function positionOf(TopicId id, address worker) external view delegated returns (Position memory) {
        return network.positionOf[id][worker];
    }

    /// @inheritdoc ITopicDesk
    function seatOf(TopicId id, uint8 seat) external view delegated returns (address) {
        return network.seatOf[id][seat];
    }

    /// @inheritdoc ITopicDesk
    function roundOf(TopicId id, uint256 number) external view delegated returns (Round memory round) {
        Round storage kept = network.placeOf(id, number);
        if (kept.number == number) return kept;
    }

    /// @inheritdoc ITopicDesk
    function phaseOf(TopicId id, uint256 number) external view delegated returns (Phase) {
        return network.existing(id).times().phaseAt(number, block.timestamp);
    }

    /// @inheritdoc ITopicDesk
    function sink() external view delegated returns (address) {
        return Slashing.SINK;
    }

    /// @inheritdoc ITopicDesk
    function rankOf(TopicId id, address worker) external view delegated returns (uint256) {
        return Stakes.rankOf(network, id, worker);
    }

    /// @inheritdoc ITopicDesk
    function claimableOf(address account) external view delegated returns (uint256) {
        return network.claimableOf[account];
    }

    /* SIGNATURES */

    /// @inheritdoc IERC5267
    /// @dev The network's domain: its address is this one, where this code is run by delegation.
    function eip712Domain()
        external
        view
        delegated
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        return (hex"0f", DOMAIN_NAME, DOMAIN_VERSION, block.chainid, address(this), salt, extensions);
    }
}

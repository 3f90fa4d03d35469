// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {IArbiter, Ruling} from "../interfaces/IArbiter.sol";
import {IOptimisticOracle, IOptimisticOracleCallbacks} from "../interfaces/IOptimisticOracle.sol";

/// @notice The terms of an OptimisticArbiter.
/// @param oracle an optimistic oracle of UMA's shape
/// @param token what bonds are paid in; the oracle must take it
/// @param bond least bond of an assertion, smallest unit of the token; the oracle's own minimum where that is more
/// @param liveness how long an assertion can be disputed, seconds; at least 60. Reporters who are honest must notice a wrong
/// challenge within it
/// @param voteWindow after that, how long the oracle has to decide a disputed assertion, seconds; at least 60
struct OptimisticTerms {
    IOptimisticOracle oracle;
    IERC20 token;
    uint96 bond;
    uint32 liveness;
    uint32 voteWindow;
}

/// @notice How an assertion stands.
enum AssertionStatus {
    None,
    Asserted, // nobody has disputed it
    Disputed, // the oracle has not decided
    Truthful, // disputed, and the challenger was right
    Untruthful // disputed, and the challenger was wrong
}

/// @notice A case, and what was asserted in it: three slots.
struct Assertion {
    int104 reported;
    int104 claimed;
    uint40 openedAt; // zero for none
    AssertionStatus status;
    bytes32 id; // the oracle's
    uint256 bond; // what a dispute costs too
}

/// @title Decides what happened by an optimistic oracle.
/// @notice A case asserts at the oracle that the challenger's value is right and the reported one is not.
///
/// - Nobody disputes it within `liveness`: the challenger's value is the ruling.
/// - The oracle decides a dispute within `voteWindow` more: the ruling is the challenger's value, or the reported one.
/// - The oracle is silent for longer: there is no ruling, whatever it says later.
///
/// The ruling waits for no transaction but the settlement of a disputed assertion, which anyone may send to the oracle. The
/// fee is the assertion's bond. The oracle pays it back to the payer where the assertion stands, with a part of the
/// disputer's bond, and to the disputer where it does not; so a challenge that was right costs nothing.
///
/// Who may dispute and who decides is the oracle's affair: `electorateAt` and `parties` bind nobody here. Reporters who were
/// right have to dispute a wrong assertion, or anyone else who wants its bond.
/// @dev The arbiter keeps no money. Both callbacks ignore assertions that are not its own, because the oracle lets anyone name
/// a recipient, and never revert for the oracle, because that would keep bonds from being paid out.
/// A topic whose `truthWindow` is longer than its ring can wait (`ringSize x cadence - horizon`) opens no further rounds while
/// a dispute lasts: choose the ring for it.
contract OptimisticArbiter is IArbiter, IOptimisticOracleCallbacks {
    using SafeERC20 for IERC20;

    /// @notice A term is out of its bounds. Thrown at deployment.
    error OutOfBounds(string term, uint256 actual, uint256 least, uint256 most);
    /// @notice Only the oracle reports on assertions. Thrown by both callbacks.
    error NotTheOracle(address caller, address oracle);
    /// @notice The token moved another amount than it was asked to. Thrown by `open`.
    error WrongTransfer(uint256 received, uint256 required);

    /// @notice A case was opened with an assertion at the oracle, under `assertionId`.
    event CaseAsserted(
        uint256 indexed id,
        address indexed opener,
        bytes32 indexed assertionId,
        address payer,
        bytes claim,
        uint256 bond
    );
    /// @notice A case's assertion was disputed: the oracle's voters decide.
    event CaseDisputed(uint256 indexed id);
    /// @notice The oracle decided a disputed assertion in time.
    event CaseDecided(uint256 indexed id, bool truthful);

    uint256 private constant LEAST_WINDOW = 60;

    /* IMMUTABLES, see OptimisticTerms */

    IOptimisticOracle public immutable oracle;
    IERC20 public immutable token;
    uint96 public immutable bond;
    uint32 public immutable liveness;
    uint32 public immutable voteWindow;

    /* STORAGE */

    /// @notice How many cases there have been; the latest one's id.
    uint256 public cases;
    mapping(uint256 id => Assertion) private assertions;
    /// @notice The case of an assertion; zero for those that are not of this arbiter.
    mapping(bytes32 assertionId => uint256) public caseOf;

    constructor(OptimisticTerms memory terms) {
        requireBound("bond", terms.bond, 1, type(uint96).max);
        requireBound("liveness", terms.liveness, LEAST_WINDOW, type(uint32).max);
        requireBound("voteWindow", terms.voteWindow, LEAST_WINDOW, type(uint32).max);

        (oracle, token, bond) = (terms.oracle, terms.token, terms.bond);
        (liveness, voteWindow) = (terms.liveness, terms.voteWindow);
    }

    function requireBound(string memory term, uint256 actual, uint256 least, uint256 most) private pure {
        require(least <= actual && actual <= most, OutOfBounds(term, actual, least, most));
    }

    /* OPEN */

    /// @inheritdoc IArbiter
    /// @dev Any caller may open a case; its address is part of the claim, so that nobody asks in the name of another source.
    function open(bytes calldata question, uint256, address[] calldata, address payer) external returns (uint256 id) {
        (, bytes32 topic, uint256 round, uint256 target, int104 reported, int104 claimed) = abi.decode(
            question,
            (address, bytes32, uint256, uint256, int104, int104)
        );
        bytes memory claim = claimOf(msg.sender, topic, round, target, reported, claimed);
        uint256 amount = fee();
        pull(amount);
        bytes32 assertionId = oracle.assertTruth(
            claim,
            payer,
            address(this),
            address(0),
            liveness,
            token,
            amount,
            oracle.defaultIdentifier(),
            bytes32(0)
        );
        id = ++cases;
        assertions[id] = Assertion({
            reported: reported,
            claimed: claimed,
            openedAt: uint40(block.timestamp),
            status: AssertionStatus.Asserted,
            id: assertionId,
            bond: amount
        });
        caseOf[assertionId] = id;

        emit CaseAsserted(id, msg.sender, assertionId, payer, claim, amount);
    }

    function pull(uint256 amount) private {
        uint256 held = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - held;
        require(received == amount, WrongTransfer(received, amount));
        token.forceApprove(address(oracle), amount);
    }

    /// @notice What is asserted, for people to read. Values are 1e18 fixed point.
    /// @param source the truth source that asks
    function claimOf(
        address source,
        bytes32 topic,
        uint256 round,
        uint256 target,
        int104 reported,
        int104 claimed
    ) public view returns (bytes memory) {
        string memory what = string.concat(
            "Round ",
            Strings.toString(round),
            " of the Auspex topic ",
            Strings.toHexString(uint256(topic), 32),
            ", whose truth source is ",
            Strings.toHexString(source),
            " on chain ",
            Strings.toString(block.chainid)
        );
        string memory values = string.concat(
            ": what the topic's description asks for was ",
            Strings.toStringSigned(claimed),
            " at unix time ",
            Strings.toString(target),
            ", and not ",
            Strings.toStringSigned(reported)
        );
        string memory reading =
            " as its reporters say. Both numbers have 18 decimals and are meant within the source's tolerance.";
        return bytes(string.concat(what, values, reading));
    }

    /* CALLBACKS */

    /// @inheritdoc IOptimisticOracleCallbacks
    /// @dev The oracle takes no dispute once the liveness is over, and from then on an undisputed assertion is the ruling.
    function assertionDisputedCallback(bytes32 assertionId) external {
        requireOracle();
        uint256 id = caseOf[assertionId];
        Assertion storage assertion = assertions[id];
        bool isOpen = assertion.status == AssertionStatus.Asserted && block.timestamp < assertion.openedAt + liveness;
        if (!isOpen) return;

        assertion.status = AssertionStatus.Disputed;

        emit CaseDisputed(id);
    }

    /// @inheritdoc IOptimisticOracleCallbacks
    /// @dev What is undisputed is ruled by time alone, and what comes after the vote window comes too late.
    function assertionResolvedCallback(bytes32 assertionId, bool assertedTruthfully) external {
        requireOracle();
        uint256 id = caseOf[assertionId];
        Assertion storage assertion = assertions[id];
        bool isOpen = assertion.status == AssertionStatus.Disputed && block.timestamp < assertion.openedAt + duration();
        if (!isOpen) return;

        assertion.status = assertedTruthfully ? AssertionStatus.Truthful : AssertionStatus.Untruthful;

        emit CaseDecided(id, assertedTruthfully);
    }

    function requireOracle() private view {
        require(msg.sender == address(oracle), NotTheOracle(msg.sender, address(oracle)));
    }

    /* READ */

    /// @inheritdoc IArbiter
    function duration() public view returns (uint256) {
        return uint256(liveness) + voteWindow;
    }

    /// @inheritdoc IArbiter
    /// @dev Follows the oracle's least bond, which its governance may change: a fixed one might be refused one day.
    function fee() public view returns (uint256) {
        return Math.max(bond, oracle.getMinimumBond(address(token)));
    }

    /// @inheritdoc IArbiter
    function rulingOf(uint256 id) external view returns (Ruling, int104) {
        Assertion memory assertion = assertions[id];
        if (assertion.status == AssertionStatus.Truthful) return (Ruling.Decided, assertion.claimed);
        if (assertion.status == AssertionStatus.Untruthful) return (Ruling.Decided, assertion.reported);

        bool isAsserted = assertion.status == AssertionStatus.Asserted;
        bool isStanding = isAsserted && block.timestamp >= assertion.openedAt + liveness;
        if (isStanding) return (Ruling.Decided, assertion.claimed);

        bool isDisputed = assertion.status == AssertionStatus.Disputed;
        bool isSilent = isDisputed && block.timestamp >= assertion.openedAt + duration();
        return (isSilent ? Ruling.Silent : Ruling.Pending, 0);
    }

    /// @notice A case; all zeros for one that was not opened.
    function assertionOf(uint256 id) external view returns (Assertion memory) {
        return assertions[id];
    }
}

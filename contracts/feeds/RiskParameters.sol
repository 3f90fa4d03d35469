// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";
import {IRiskOracle, RiskParameterUpdate} from "../interfaces/IRiskOracle.sol";
import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";
import {ForecastReader} from "./ForecastReader.sol";
import {Policy, Reason} from "./ForecastPolicy.sol";

/// @notice How a parameter follows a forecast: straight from `atCalm` to `atWild` between the two values, level beyond them.
/// Parameters are in their market's own unit, basis points as a rule; forecasts 1e18 fixed point.
/// @param calm forecast at which the parameter is `atCalm`
/// @param wild forecast at which it is `atWild`, above `calm`
/// @param atCalm one end of what is ever proposed
/// @param atWild the other end
/// @param start what the market has when this begins
/// @param step most that a proposal differs from the one before
/// @param pause least seconds between two proposals
/// @param expiry seconds after which a proposal is no longer answered
/// @param guardian who may freeze this, for good; the zero address for nobody
struct RiskTerms {
    int104 calm;
    int104 wild;
    uint64 atCalm;
    uint64 atWild;
    uint64 start;
    uint64 step;
    uint32 pause;
    uint32 expiry;
    address guardian;
}

/// @title Proposes a market's risk parameter by a forecast, in bounded steps; executes nothing.
/// @notice Risk stewards read the latest proposal and apply it under limits of their own. Five limits hold here besides theirs.
/// A proposal differs from the one before by at most `step` (50 basis points, say). Two proposals lie at least `pause` apart.
/// No proposal lies outside the two ends, whatever a forecast says. A proposal is not answered after `expiry`. The guardian
/// can freeze everything: then nothing is answered or proposed again; it can move nothing.
/// @dev Anyone may call `propose`. Where the policy refuses the forecast nothing is proposed and the last proposal runs out.
/// The steps count from what was proposed and not from what the market has: a steward that skipped proposals takes
/// the next one only within its own limits.
contract RiskParameters is ForecastReader, IRiskOracle {
    /// @notice The terms leave nothing to propose, or no limit. Thrown by the constructor.
    error UnsoundTerms();
    /// @notice Nothing is proposed for this parameter of this market, by this contract or any more.
    error NoUpdate(string updateType, address market);
    /// @notice There is no proposal of this number, or it ran out.
    error UnknownUpdate(uint256 updateId);
    /// @notice The last proposal is not `pause` old.
    error TooSoon(uint256 now_, uint256 from);
    /// @notice There is no forecast to propose by.
    error NoForecast(Reason reason);
    /// @notice The parameter is where the forecast asks for it.
    error NothingToPropose(uint256 value);
    /// @notice The guardian froze this contract.
    error Frozen();
    /// @notice Only the guardian may freeze.
    error NotGuardian(address caller);

    /// @notice Emitted by `propose`, in the shape that watchers of risk oracles know.
    event ParameterUpdated(
        string referenceId,
        bytes newValue,
        bytes previousValue,
        uint256 timestamp,
        string indexed updateType,
        uint256 indexed updateId,
        address indexed market,
        bytes additionalData
    );
    /// @notice Emitted by `freeze`.
    event FrozenForGood(address guardian);

    /// @dev One proposal; only the latest is kept.
    struct Proposal {
        uint64 value;
        uint64 before;
        uint40 madeAt;
        uint32 id;
        uint24 round;
    }

    address public immutable market;
    int256 public immutable calm;
    int256 public immutable wild;
    uint256 public immutable atCalm;
    uint256 public immutable atWild;
    uint256 public immutable step;
    uint256 public immutable pause;
    uint256 public immutable expiry;
    address public immutable guardian;

    /// @notice The parameter's name.
    string public updateType;
    bool public isFrozen;
    Proposal private latest;
    bytes private basis;

    constructor(
        ITopicFeed feed_,
        TopicId topic_,
        Policy memory policy_,
        string memory updateType_,
        address market_,
        RiskTerms memory terms
    ) ForecastReader(feed_, topic_, policy_) {
        bool isSloped = terms.calm < terms.wild && terms.atCalm != terms.atWild;
        bool isLimited = terms.step > 0 && terms.pause > 0 && terms.expiry > 0;
        require(isSloped && isLimited && bytes(updateType_).length > 0, UnsoundTerms());

        (market, updateType, guardian) = (market_, updateType_, terms.guardian);
        (calm, wild) = (terms.calm, terms.wild);
        (atCalm, atWild) = (terms.atCalm, terms.atWild);
        (step, pause, expiry) = (terms.step, terms.pause, terms.expiry);
        latest.value = terms.start;
    }

    /* PROPOSE */

    /// @notice Proposes one step towards what the forecast asks for. Anyone may call it.
    function propose() external returns (uint256 updateId) {
        require(!isFrozen, Frozen());
        Proposal memory last = latest;
        require(last.id == 0 || block.timestamp >= last.madeAt + pause, TooSoon(block.timestamp, last.madeAt + pause));
        (bool ok, Reason reason, Forecast memory forecast) = tryReadForecast();
        require(ok, NoForecast(reason));
        uint64 value = stepTowards(last.value, aimOf(forecast.value));
        require(value != last.value, NothingToPropose(value));

        updateId = uint256(last.id) + 1;
        // Rounds have 24 bits; a proposal a second fills 32 bits in a century.
        latest = Proposal(value, last.value, uint40(block.timestamp), uint32(updateId), uint24(forecast.round));
        basis = abi.encode(topic, forecast);

        RiskParameterUpdate memory update = lastUpdate();
        emit ParameterUpdated(
            update.referenceId,
            update.newValue,
            update.previousValue,
            block.timestamp,
            updateType,
            updateId,
            market,
            update.additionalData
        );
    }

    /// @notice What a forecast asks for, before the limits of a step.
    /// @param value 1e18 fixed point
    function aimOf(int256 value) public view returns (uint256) {
        if (value <= calm) return atCalm;
        if (value >= wild) return atWild;

        // Values have 104 bits and parameters 64. Rounded towards `atCalm`.
        uint256 share = uint256(value - calm);
        uint256 whole = uint256(wild - calm);
        if (atWild > atCalm) return atCalm + ((atWild - atCalm) * share) / whole;
        return atCalm - ((atCalm - atWild) * share) / whole;
    }

    /// @dev Both ends of the step lie within 64 bits, for so do the aim and the value.
    function stepTowards(uint256 value, uint256 aim) private view returns (uint64) {
        if (aim > value) return uint64(FixedPointMathLib.min(aim, value + step));
        return uint64(FixedPointMathLib.max(aim, FixedPointMathLib.zeroFloorSub(value, step)));
    }

    /// @notice Stops this contract for good. Only the guardian may.
    function freeze() external {
        require(msg.sender == guardian, NotGuardian(msg.sender));
        isFrozen = true;

        emit FrozenForGood(msg.sender);
    }

    /* READ */

    /// @inheritdoc IRiskOracle
    function getLatestUpdateByParameterAndMarket(
        string calldata updateType_,
        address market_
    ) external view returns (RiskParameterUpdate memory) {
        bool isOwn = market_ == market && Strings.equal(updateType_, updateType);
        require(isOwn && isAnswered(), NoUpdate(updateType_, market_));
        return lastUpdate();
    }

    /// @inheritdoc IRiskOracle
    /// @dev Only the latest is kept: an older one must not be applied any more.
    function getUpdateById(uint256 updateId) external view returns (RiskParameterUpdate memory) {
        require(updateId == latest.id && isAnswered(), UnknownUpdate(updateId));
        return lastUpdate();
    }

    function isAnswered() private view returns (bool) {
        return !isFrozen && latest.id > 0 && block.timestamp <= latest.madeAt + expiry;
    }

    function lastUpdate() private view returns (RiskParameterUpdate memory update) {
        Proposal memory last = latest;
        update.timestamp = last.madeAt;
        update.newValue = abi.encode(uint256(last.value));
        update.previousValue = abi.encode(uint256(last.before));
        update.updateType = updateType;
        update.updateId = last.id;
        update.market = market;
        update.additionalData = basis;
        update.referenceId = string.concat(
            Strings.toHexString(uint256(TopicId.unwrap(topic)), 32),
            "/",
            Strings.toString(last.round)
        );
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {IDefinedTruth} from "../interfaces/IDefinedTruth.sol";
import {IPyth} from "../interfaces/IPyth.sol";
import {ITopicNetwork} from "../interfaces/ITopicNetwork.sol";
import {ITruthSource, TRUTH_SOURCE, TruthStatus} from "../interfaces/ITruthSource.sol";
import {Schedule} from "../maths/Schedule.sol";
import {Definition, Question} from "../types/Definition.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";

/// @title The truth of a Pyth price: its first update published at or after the target time.
/// @notice Pyth's updates are signed and carry the publish time of the one before, so there is one first update. Anyone
/// brings it by `record`, once; `truthOf` answers what was recorded and needs no proof. Nothing recorded by the truth
/// deadline makes the round void there.
/// @dev Assumed of Pyth: its guardians sign one history of a price.
contract PythTruth is IDefinedTruth {
    using Address for address payable;

    /// @notice A term of the contract that is out of its bounds. Thrown at deployment.
    error OutOfBounds(string term, uint256 actual, uint256 least, uint256 most);

    /// @notice The address that was given for a contract has no code on this chain. Thrown at deployment.
    error NoContract(address account);

    /// @notice The topic does not take its truth from this contract.
    error UnknownTopic(TopicId topic);

    /// @notice The round's target time has not come, or its truth deadline has passed; `until` is the first second too late.
    error OutsideWindow(uint256 time, uint256 from, uint256 until);

    /// @notice The update for this target time is recorded.
    error AlreadyRecorded(uint256 targetTime);

    /// @notice Less was sent than Pyth asks for parsing the updates, wei.
    error FeeTooLow(uint256 paid, uint256 fee);

    /// @notice The first update at or after a target time was recorded. Void where it was too uncertain to be a truth.
    event UpdateRecorded(
        TopicId indexed topic,
        uint256 indexed round,
        uint256 indexed targetTime,
        uint256 publishTime,
        TruthStatus status,
        int256 value
    );

    /// @dev Unknown until recorded. A value has at most 64 bits and 36 decimal digits, below 2^184.
    struct Answer {
        TruthStatus status;
        int248 value;
    }

    uint256 private constant BPS = 10_000;
    uint256 private constant LONGEST_DELAY = 1 days;

    /// @dev Exponents beyond this are no price's.
    int32 private constant MOST_EXPONENT = 18;

    /* IMMUTABLES */

    IPyth public immutable pyth;
    ITopicNetwork public immutable network;

    /// @notice Which of Pyth's prices.
    bytes32 public immutable priceId;

    /// @notice Seconds after the target time by which the first update must be published.
    uint256 public immutable maxDelay;

    /// @notice Widest confidence of an update, as a share of its price; a wider one makes the round void.
    uint256 public immutable maxConfidenceBps;

    /* STORAGE */

    mapping(uint256 targetTime => Answer) private answers;

    /// @param maxDelay_ seconds, 1 to a day
    /// @param maxConfidenceBps_ basis points, 1 to 10,000
    constructor(IPyth pyth_, ITopicNetwork network_, bytes32 priceId_, uint256 maxDelay_, uint256 maxConfidenceBps_) {
        require(address(pyth_).code.length > 0, NoContract(address(pyth_)));
        require(address(network_).code.length > 0, NoContract(address(network_)));
        requireBound("maxDelay", maxDelay_, 1, LONGEST_DELAY);
        requireBound("maxConfidenceBps", maxConfidenceBps_, 1, BPS);

        (pyth, network, priceId) = (pyth_, network_, priceId_);
        (maxDelay, maxConfidenceBps) = (maxDelay_, maxConfidenceBps_);
    }

    function requireBound(string memory term, uint256 actual, uint256 least, uint256 most) private pure {
        require(least <= actual && actual <= most, OutOfBounds(term, actual, least, most));
    }

    /* RECORD */

    /// @notice Records the first update at or after a round's target time. Anyone may, once for a target time; what is
    /// sent beyond Pyth's fee comes back.
    /// @dev Refuses with UnknownTopic, OutsideWindow, AlreadyRecorded, FeeTooLow, and with Pyth's own errors where the
    /// updates are not signed, or none of them is the first. Only Pyth is called before the answer is written, with no more
    /// than its fee.
    /// @param updates as Pyth's price service serves them for the target time
    function record(TopicId topic, uint256 round, bytes[] calldata updates) external payable {
        Topic memory terms = network.topicOf(topic);
        Times memory times = Times(
            terms.start,
            terms.cadence,
            terms.commitWindow,
            terms.revealWindow,
            terms.horizon,
            terms.truthWindow
        );
        uint256 target = Schedule.targetTime(times, round);
        uint256 deadline = Schedule.truthDeadline(times, round);
        uint256 fee = pyth.getUpdateFee(updates);

        require(terms.truth == address(this), UnknownTopic(topic));
        bool isWithin = target <= block.timestamp && block.timestamp < deadline;
        require(isWithin, OutsideWindow(block.timestamp, target, deadline));
        require(answers[target].status == TruthStatus.Unknown, AlreadyRecorded(target));
        require(msg.value >= fee, FeeTooLow(msg.value, fee));

        IPyth.Price memory price = firstUpdate(target, fee, updates);
        Answer memory answer = answerOf(price);
        answers[target] = answer;

        emit UpdateRecorded(topic, round, target, price.publishTime, answer.status, answer.value);

        if (msg.value > fee) payable(msg.sender).sendValue(msg.value - fee);
    }

    /// @dev A target time that has come fits 64 bits.
    function firstUpdate(
        uint256 target,
        uint256 fee,
        bytes[] calldata updates
    ) private returns (IPyth.Price memory price) {
        bytes32[] memory ids = new bytes32[](1);
        ids[0] = priceId;
        (IPyth.PriceFeed[] memory feeds, ) = pyth.parsePriceFeedUpdatesWithConfig{value: fee}(
            updates,
            ids,
            uint64(target),
            uint64(target + maxDelay),
            true,
            false,
            false
        );
        return feeds[0].price;
    }

    /// @dev A price is 64 bits and the power at most 10^36, so neither product overflows.
    function answerOf(IPyth.Price memory price) private view returns (Answer memory) {
        uint256 size = uint256(price.price < 0 ? -int256(price.price) : int256(price.price));
        bool isSharp = uint256(price.conf) * BPS <= size * maxConfidenceBps;
        bool isScaled = -MOST_EXPONENT <= price.expo && price.expo <= MOST_EXPONENT;
        if (!isSharp || !isScaled) return Answer(TruthStatus.Void, 0);

        int256 scale = int256(10 ** uint256(int256(price.expo) + MOST_EXPONENT));
        return Answer(TruthStatus.Known, int248(int256(price.price) * scale));
    }

    /* TRUTH SOURCE */

    /// @inheritdoc ITruthSource
    function isTruthSource() external pure returns (bytes4) {
        return TRUTH_SOURCE;
    }

    /// @inheritdoc ITruthSource
    /// @dev Nobody stakes on it: whoever corrupts Pyth's guardians is beyond this contract.
    function truthSecurity(TopicId) external pure returns (uint256) {
        return type(uint256).max;
    }

    /// @inheritdoc ITruthSource
    function truthOf(
        TopicId,
        uint256,
        uint256 targetTime,
        bytes calldata
    ) external view returns (TruthStatus status, int256 value) {
        Answer memory answer = answers[targetTime];
        return (answer.status, answer.value);
    }

    /// @inheritdoc IDefinedTruth
    function definition() external view returns (Definition memory) {
        return Definition(Question.Value, address(pyth), priceId, 0, 0, 0, maxDelay, "as published under the price id");
    }
}
